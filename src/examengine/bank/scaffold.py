"""The texts that a new bank, item or exercise begins with: whole but for what is marked to be filled in."""

import json
import keyword
from collections.abc import Sequence
from textwrap import indent
from typing import Any

from examengine.itemtypes.scaffold import own_fields, to_fill_in, with_samples
from examengine.itemtypes.spec import ItemTypeSpec

SCHEMAS = "schemas"
"""The folder of a bank in which its schemas lie; no part of the bank itself."""

_LEVELS = """difficulty: <fill in foundational, intermediate or advanced | intermediate>
cognitive: <fill in recall, apply or analyse | apply>
"""
_BACKING = """references:
  - title: <fill in the title of the page that backs it | A page>
    url: <fill in its address | https://example.org/page>
verified: <fill in the day on which you looked the facts up, such as 2026-11-21 | 2026-11-21>
"""


def schema_name(kind: str) -> str:
    """Return the file name of a schema in a bank's folder of schemas."""
    return f"{kind}.schema.json"


def schema_line(kind: str, depth: int) -> str:
    """Return the first line of a YAML file, by which editors find its schema.

    Args:
        kind: of the schema.
        depth: how many folders of the bank the file lies below.
    """
    return f"# yaml-language-server: $schema={'../' * depth}{SCHEMAS}/{schema_name(kind)}\n"


def bank_text(bank_id: str, title: str | None) -> str:
    """Return the `bank.yaml` of a new bank; without a title, one to be filled in."""
    shown = json.dumps(title, ensure_ascii=False) if title else "<fill in the title | A bank>"
    return schema_line("bank", 0) + to_fill_in(
        f"""format: 1
id: {bank_id}
title: {shown}
version: 0.1.0
licence: <fill in the licence, such as CC-BY-4.0 | CC-BY-4.0>
domains:
  - id: <fill in a word for a field of knowledge, such as evaluation | evaluation>
    title: <fill in its title | Evaluation>
    objectives:
      - id: <fill in the domain's id, a dot and a word, such as evaluation.metrics | evaluation.metrics>
        title: <fill in what its items test | Metrics>
"""
    )


def item_text(spec: ItemTypeSpec, item_id: str, objectives: Sequence[str], *, samples: bool = False) -> str:
    """Return a new item as an entry of an item file.

    Args:
        spec: of the item's type.
        item_id: whole, with the bank and the domain.
        objectives: those that it may have, one or more.
        samples: puts the type's samples in place of the marks: a sound item.

    Raises:
        UsageError: items of this type do not stand in item files.
    """
    fields = f"type: {spec.name}\n{_objective(objectives)}{_LEVELS}{own_fields(spec)}{_BACKING}"
    fields += "seconds: <fill in the expected time in seconds, such as 90 | 90>\n"
    text = f"- id: {item_id}\n{indent(fields, '  ')}"
    return with_samples(text) if samples else to_fill_in(text)


def exercise_files(
    exercise_id: str, slug: str, objectives: Sequence[str], domains: Sequence[str], *, notebook: bool = False
) -> dict[str, str]:
    """Return the files of a new exercise's folder, by name.

    Args:
        exercise_id: whole, with the bank.
        slug: the folder's name; the function to write is named after it.
        objectives: those that it may have, one or more.
        domains: of the bank, one or more.
        notebook: makes one notebook in nbgrader's source format in place of statement, code and tests.
    """
    name = _function_name(slug)
    kind = "notebook-exercise" if notebook else "exercise"
    head = (
        f"{schema_line(kind, 2)}id: {exercise_id}\ntitle: <fill in the title>\n{_objective(objectives)}{_LEVELS}"
        "minutes: <fill in the minutes, mostly 10 to 25>\nparts:\n"
    )
    domain = domains[0] if len(domains) == 1 else f"<fill in one of {', '.join(domains)}>"
    for part, shown, test in (
        ("usual", "the usual cases", "test_usual_case"),
        ("edges", "the edge cases", "test_empty_input"),
    ):
        head += f"  - id: {part}\n    title: <fill in a title for {shown}; it may be shown afterwards>\n"
        head += "" if notebook else "    points: <fill in the points>\n"
        head += f"    domain: {domain}\n"
        head += f"    cells: [{test}]\n" if notebook else f"    tests: [{test}]\n"
    head += (
        "requires: []  # packages that must be installed, as they are imported\n"
        "limits: {seconds: 10, memory_mib: 1024}\n"
        "wrong:  # at least five, each a mistake that people make\n"
        "  - file: wrong/first_mistake.py\n"
        "    mistake: <fill in the mistake>\n"
        "    most: <fill in the most points that it may earn>\n"
        "rationale: <fill in what to learn from the exercise as a whole>\n"
    )
    files = {
        "exercise.yaml": to_fill_in(head + _BACKING),
        "wrong/first_mistake.py": f'def {name}(values):\n    raise NotImplementedError("<fill in the mistake>")\n',
    }
    if notebook:
        return files | {"exercise.ipynb": _notebook(name)}
    return files | {
        "statement.md": "\n\n".join((_task(name), *_DUTIES)) + "\n",
        "starter.py": f'def {name}(values):\n    """<fill in what it returns, in one sentence>"""\n'
        "    raise NotImplementedError\n",
        "reference.py": f"def {name}(values):\n    raise NotImplementedError({_SOLUTION})\n",
        "test_sample.py": f"from solution import {name}\n\n\n{_test(name, 'test_example')}",
        "test_hidden.py": f"from solution import {name}\n\n\n{_test(name, 'test_usual_case')}\n\n"
        f"def test_empty_input():\n    {_empty(name)}\n",
    }


_DUTIES = (
    "<fill in what it takes: types, shapes, units>",
    "<fill in what it returns: types, shapes, rounding>",
    "<fill in the edge cases and the errors that are expected>",
)
_SOLUTION = '"<fill in the solution; it earns every point>"'


def _task(name: str) -> str:
    return f"Write `{name}(values)`."


def _test(name: str, test: str) -> str:
    return f'def {test}():\n    assert {name}([1, 2]) == "<fill in what is right>"\n'


def _empty(name: str) -> str:
    return f'assert {name}([]) == "<fill in what is right for nothing>"'


def _notebook(name: str) -> str:
    """Return a notebook with one task and two test cells, in nbgrader's schema 3."""
    solution = (
        f'def {name}(values):\n    """<fill in what it returns, in one sentence>"""\n'
        f"    ### BEGIN SOLUTION\n    raise NotImplementedError({_SOLUTION})\n    ### END SOLUTION"
    )
    usual = (
        f'assert {name}([1, 2]) == "<fill in what is right; the candidate sees this line>"\n'
        f'### BEGIN HIDDEN TESTS\nassert {name}([3]) == "<fill in what is right>"\n### END HIDDEN TESTS'
    )
    edges = f"### BEGIN HIDDEN TESTS\n{_empty(name)}\n### END HIDDEN TESTS"
    cells = [
        _cell("statement", "\n\n".join((_task(name), *_DUTIES)), kind="markdown"),
        _cell("solution", solution, solution=True),
        _cell("test_usual_case", usual, grade=True, locked=True, points=1),
        _cell("test_empty_input", edges, grade=True, locked=True, points=1),
    ]
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _cell(grade_id: str, source: str, *, kind: str = "code", **flags: Any) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": grade_id.replace("_", "-"), "metadata": {}, "source": source}
    if kind == "code":
        plain = {"schema_version": 3, "grade_id": grade_id, "grade": False, "solution": False, "locked": False}
        cell |= {"metadata": {"nbgrader": plain | {"task": False} | flags}, "outputs": [], "execution_count": None}
    # One line of the file for each line of the cell, so that what is to be filled in has its line.
    cell["source"] = source.splitlines(keepends=True)
    return cell


def _objective(objectives: Sequence[str]) -> str:
    if len(objectives) == 1:
        return f"objective: {objectives[0]}\n"
    return f"objective: <fill in one of {', '.join(objectives)} | {objectives[0]}>\n"


def _function_name(slug: str) -> str:
    name = slug.replace("-", "_")
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"solve_{name}"
