"""Turns pydantic's errors into sentences for authors, at the line they speak of."""

import difflib
import re
import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from examengine.bank.problem_list import nearest
from examengine.bank.yaml_source import Node, node_at
from examengine.core.counted import counted

Path = tuple[str | int, ...]

_PATTERNS = {
    r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*){1,4}$": (
        "words of lower-case letters, digits and hyphens, joined by dots, such as cmla.evaluation.auc"
    ),
    r"^[a-z0-9][a-z0-9_-]*$": "a word of lower-case letters, digits, hyphens and underscores",
    r"^[a-z0-9][a-z0-9-]*$": "a word of lower-case letters, digits and hyphens",
    r"^https?://\S+$": "an address that begins with https:// or http://",
    r"^\d+\.\d+\.\d+$": "three numbers with dots, such as 1.0.0",
    r"^[a-z][a-z0-9_]*$": "a word of lower-case letters, digits and underscores that begins with a letter",
    r"^(data|figures)/[\w./-]+$": "a table such as data/claims.csv, or a figure such as figures/roc.png",
    r"^wrong/[\w-]+\.py$": "a file of the exercise such as wrong/off_by_one.py",
    r"^([\w./-]+::)?[\w\[\]:.+ -]+$": "a test's name such as test_ties, or test_hidden_more.py::test_ties[3]",
    r"^[A-Za-z0-9][\w-]*$": "a table's name without .csv, such as holdout",
    r"^[A-Za-z_][A-Za-z0-9_]*$": "a function's name such as fit_predict",
    r"^[A-Za-z_][\w.]*$": "the name that is imported, such as numpy (sklearn, not scikit-learn)",
}
_QUOTED = re.compile(r"(?P<word>\w+) '(?P<text>[^']+)'")
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_KINDS = (
    ("string_", "text"),
    ("int_", "a whole number"),
    ("float_", "a number"),
    ("finite_number", "a number"),
    ("bool_", "true or false"),
    ("date_", "a day such as 2026-11-21"),
    ("tuple_", "a list"),
    ("list_", "a list"),
    ("frozen_set_", "a list"),
    ("set_", "a list"),
    ("dict_", "fields (`name: value`)"),
    ("model_", "fields (`name: value`)"),
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One error in an author's words, and where it stands."""

    place: tuple[int, int]
    code: str
    message: str
    hint: str = ""


def use_text_as_written(error: ValidationError, root: Node, data: Any) -> bool:
    """Put numbers and truth values that stand where text is wanted back as written; return whether any was.

    `text: 0.50` means the text 0.50. `data` is changed in place.
    """
    changed = False
    for detail in error.errors(include_url=False, include_input=False, include_context=False):
        if detail["type"] != "string_type":
            continue
        path = _path_in(root, detail["loc"])
        node = node_at(root, path)
        if path and node.text is not None and isinstance(node.data, int | float):
            holder = data
            for part in path[:-1]:
                holder = holder[part]
            holder[path[-1]] = node.text
            changed = True
    return changed


def complaints(error: ValidationError, model: type[BaseModel], root: Node) -> list[Complaint]:
    """Return every error at its place; the alternatives of one field make one complaint."""
    grouped: dict[Path, list[Any]] = {}
    for detail in error.errors(include_url=False):
        path = _path_in(root, detail["loc"])
        if detail["type"] == "missing":
            # The field has no place of its own: an empty part keeps it apart from errors of its holder.
            path = (*path, "", str(detail["loc"][-1]))
        grouped.setdefault(path, []).append(detail)
    found: list[Complaint] = []
    for path, details in grouped.items():
        # A list whose entries are wrong is reported as too short as well.
        if details[0]["type"] == "too_short" and any(
            len(other) > len(path) and other[: len(path)] == path for other in grouped
        ):
            continue
        found.extend(_tell(path, _main_alternatives(details), model, root))
    return found


def _main_alternatives(details: list[Any]) -> list[Any]:
    """Of the alternatives of a union, keep those that got furthest."""
    deepest = [d for d in details if d["type"] in {"missing", "extra_forbidden"}]
    return deepest or details


def _tell(path: Path, details: Sequence[Any], model: type[BaseModel], root: Node) -> Iterable[Complaint]:
    first = details[0]
    if first["type"] == "missing":
        name, holder = str(path[-1]), node_at(root, path[:-2])
        return [Complaint((holder.line, holder.column), "missing-field", f"`{name}` is missing", f"add `{name}: …`")]
    node = node_at(root, path)
    if first["type"] == "extra_forbidden":
        name, holder = str(path[-1]), node_at(root, path[:-1])
        known = sorted({field for cls in models_at(model, path[:-1]) for field in cls.model_fields})
        place = holder.key_places.get(name, (node.line, node.column))
        return [Complaint(place, "unknown-field", f"`{name}` is not a field here", nearest(name, known))]
    if first["type"] == "value_error":
        text = str(first["ctx"]["error"])
        message, _, hint = text.partition("; ")
        if path and node.text is not None:
            message, hint = f"{_label(path)} is {shown(node)}", text.replace("expected", "give", 1)
        named = _field_named_in(message, node)
        return [Complaint((named.line, named.column), "invalid", message, hint)]
    wanted = " or ".join(dict.fromkeys(_expected(detail) for detail in details))
    hint = f"give {wanted}"
    if node.text:
        choices = [c for d in details if d["type"] in {"literal_error", "enum"} for c in _choices(d)]
        close = difflib.get_close_matches(node.text[:200], choices, 1, 0.6)
        hint = f"did you mean {close[0]}? {hint}" if close else hint
    return [Complaint((node.line, node.column), _code(first), f"{_label(path)} is {shown(node)}", hint)]


def models_at(model: type[BaseModel], path: Path) -> list[type[BaseModel]]:
    """Return the models whose fields may stand at a path below a model."""
    return [kind for kind in kinds_at(model, path) if isinstance(kind, type) and issubclass(kind, BaseModel)]


def kinds_at(model: type[BaseModel], path: Path) -> list[Any]:
    """Return the types of what may stand at a path below a model."""
    kinds: list[Any] = [model]
    for part in path:
        below: list[Any] = []
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                info = kind.model_fields.get(str(part))
                below.extend(_unfold(info.annotation) if info else [])
            elif typing.get_origin(kind) in {tuple, list, frozenset} and isinstance(part, int):
                below.extend(u for a in typing.get_args(kind) if a is not ... for u in _unfold(a))
            elif typing.get_origin(kind) is dict and isinstance(part, str):
                below.extend(_unfold(typing.get_args(kind)[1]))
        kinds = below
    return kinds


def _unfold(annotation: Any) -> list[Any]:
    """Return the alternatives of an annotation, without Annotated and None."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _unfold(typing.get_args(annotation)[0])
    if origin in {typing.Union, types.UnionType}:
        return [u for a in typing.get_args(annotation) if a is not type(None) for u in _unfold(a)]
    return [annotation]


def _path_in(root: Node, loc: Sequence[str | int]) -> Path:
    """Return the parts of a pydantic location that exist in the file (it names union members too)."""
    path: list[str | int] = []
    node = root
    for part in loc:
        below = node.child(part)
        if below is not None:
            path.append(part)
            node = below
    return tuple(path)


def _label(path: Path) -> str:
    """Return how a value is called: `seconds`, or entry 2 of `tags`."""
    if not path:
        return "this"
    if isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {_label(path[:-1])}" if path[:-1] else f"entry {path[-1] + 1}"
    return f"`{path[-1]}`"


def shown(node: Node) -> str:
    """Return how a value is called in a message: as written, or what it is."""
    if node.text is None:
        return "a list" if isinstance(node.data, list) else "a mapping"
    if not node.text.strip():
        return "empty"
    text = " ".join(node.text.split())
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"


def _field_named_in(message: str, node: Node) -> Node:
    """Return what a rule's message speaks of: the value that it quotes, or the field that it begins with.

    Of a value that stands several times the second is meant: the first was still right.
    """
    quoted = _QUOTED.search(message)
    if quoted is not None:
        holders = {"id", quoted["word"], f"{quoted['word']}s"}
        found = [scalar for holder, scalar in _scalars(node, "") if scalar.text == quoted["text"] and holder in holders]
        if found:
            return found[min(1, len(found) - 1)]
    word = message.split(" ", 1)[0]
    return node.fields.get(word) or node.fields.get(f"{word}s") or node


def _scalars(node: Node, holder: str) -> Iterator[tuple[str, Node]]:
    """Yield the scalars below a node in order, each with the field that holds it."""
    if node.text is not None:
        yield holder, node
    for name, child in node.fields.items():
        yield from _scalars(child, name)
    for child in node.entries:
        yield from _scalars(child, holder)


def _expected(detail: Any) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], f"text of the form {context['pattern']}")
    if kind == "string_too_short":
        return "text"
    if kind == "string_too_long":
        return f"at most {context['max_length']} characters"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{words} {context[name]:g}" if isinstance(context[name], float) else f"{words} {context[name]}"
    if kind in {"literal_error", "enum"}:
        return str(context["expected"]).replace("'", "")
    if kind == "too_short":
        return f"at least {counted(context['min_length'], 'entry', 'entries')}"
    if kind == "too_long":
        return f"at most {counted(context['max_length'], 'entry', 'entries')}"
    if kind == "value_error":
        return str(context["error"]).removeprefix("expected ")
    return next((words for start, words in _KINDS if kind.startswith(start)), str(detail["msg"]))


def _choices(detail: Any) -> list[str]:
    words = str(detail["ctx"]["expected"]).replace(" or ", ", ").split(", ")
    return [word.strip("'") for word in words]


def _code(detail: Any) -> str:
    kind = detail["type"]
    if kind in _BOUNDS or kind in {"too_short", "too_long", "string_too_long"}:
        return "out-of-bounds"
    if kind in {"literal_error", "enum"}:
        return "unknown-value"
    return "wrong-kind" if kind != "string_pattern_mismatch" else "wrong-form"
