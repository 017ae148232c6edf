"""Reads one YAML file of a bank into a model, with every error told at its place."""

import re
from typing import TypeVar

from pydantic import ValidationError

from examengine.bank.bank_files import BankFiles
from examengine.bank.problem_list import ProblemList
from examengine.bank.wording import complaints, use_text_as_written
from examengine.bank.yaml_source import Node, read_yaml
from examengine.core.model import Model

M = TypeVar("M", bound=Model)

_DAY_FIELDS = frozenset({"verified", "as_of"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_tree(files: BankFiles, name: str, problems: ProblemList) -> Node | None:
    """Return the tree of a file; None where it has faults, which are told."""
    content = files.read(name)
    if content is None:
        return None
    reading = read_yaml(content)
    for fault in reading.faults:
        problems.add(name, fault.code, fault.message, fault.hint, place=(fault.line, fault.column))
    # A repeated key or an unknown tag leaves a tree whose other errors are still worth telling.
    return reading.root


def read_model(model: type[M], node: Node, file: str, problems: ProblemList, item: str) -> M | None:
    """Return the model of a tree; None where it does not fit, with every reason told."""
    days_are_right = _check_days(node, file, problems, item)
    try:
        value = model.model_validate(node.data)
    except ValidationError as error:
        data = _copied(node.data)
        last = error
        if use_text_as_written(error, node, data):
            try:
                value = model.model_validate(data)
            except ValidationError as again:
                last = again
            else:
                return value if days_are_right else None
        for complaint in complaints(last, model, node):
            problems.add(file, complaint.code, complaint.message, complaint.hint, place=complaint.place, item=item)
        return None
    return value if days_are_right else None


def id_of(node: Node, otherwise: str) -> str:
    """Return the id that a mapping gives itself, for messages."""
    named = node.fields.get("id")
    return named.text[:120] if named is not None and named.text else otherwise


def _check_days(node: Node, file: str, problems: ProblemList, item: str) -> bool:
    """Tell days that are not written as such: a bare number would pass as seconds since 1970."""
    is_right = True
    for name, child in node.fields.items():
        # Text that is no number at all is told by the model.
        is_number = isinstance(child.data, int | float) or (child.text or "")[:1].isdigit()
        if name in _DAY_FIELDS and child.text and is_number and not _DAY.fullmatch(child.text):
            problems.add(
                file,
                "wrong-kind",
                f"`{name}` is '{child.text[:40]}'",
                "give a day such as 2026-11-21",
                place=(child.line, child.column),
                item=item,
            )
            is_right = False
    for child in (*node.fields.values(), *node.entries):
        if child.text is None:
            is_right = _check_days(child, file, problems, item) and is_right
    return is_right


def _copied(data: object) -> object:
    """Return a copy that can be changed in one place, where aliases share values."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_copied(value) for value in data]
    return data
