"""YAML text as plain values with a place for every node; YAML 1.2 core rules; safe on hostile files.

The tree is built here from the C parser's events: composing deep nesting in the C loader overflows its stack.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same events
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40
MAX_NODES = 250_000
"""Nodes of one file, each alias counted as often as it would be written out."""

_NUMBER_LENGTH = 40
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_HUGE_EXPONENT = re.compile(r"[-+]?[0-9_.]+[eE][-+]?[0-9_]{4,}")
_NUMBER_STARTS = frozenset("+-._0123456789")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_TAG = "tag:yaml.org,2002:"
_TAG_TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "null": type(None),
}


# Most nodes are scalars: what they do not have is shared, since a large bank has millions of them.
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(slots=True)
class Node:
    """One value of a file and where it stands; lines and columns from 1."""

    line: int
    column: int
    data: Any
    """The plain value: text, number, true, false, None, list or dict with text keys."""
    text: str | None = None
    """A scalar as written; None for lists and mappings."""
    entries: "Sequence[Node]" = ()
    """Of a list."""
    fields: "Mapping[str, Node]" = field(default_factory=lambda: _NOTHING)
    """Of a mapping."""
    key_places: Mapping[str, tuple[int, int]] = field(default_factory=lambda: _NOTHING)
    size: int = 1
    height: int = 1

    def child(self, part: str | int) -> "Node | None":
        """Return the value under a key or index; None where there is none."""
        if isinstance(part, int):
            return self.entries[part] if 0 <= part < len(self.entries) else None
        return self.fields.get(part)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the text of a file, and where."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class YamlReading:
    """The tree of a file, as far as it could be read, and its faults; without faults there is a root."""

    root: Node | None
    faults: tuple[Fault, ...] = ()


class _Stop(Exception):  # noqa: N818
    """Reading cannot go on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read_yaml(content: bytes) -> YamlReading:
    """Return the one document of a file; never raises on any content."""
    faults: list[Fault] = []
    try:
        root = _Builder(faults).build(decode(content))
    except _Stop as stop:
        return YamlReading(None, (*faults, stop.fault))
    return YamlReading(root, tuple(faults))


def decode(content: bytes) -> str:
    """Return the text of a file.

    Raises:
        _Stop: it is too large, not UTF-8, or holds control characters.
    """
    if len(content) > MAX_BYTES:
        raise _Stop(Fault(1, 1, "file-too-large", f"the file has {len(content)} bytes", f"at most {MAX_BYTES}"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Stop(Fault(1, 1, "not-utf-8", "the file is UTF-16", "save it as UTF-8"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(content[: error.start].decode("utf-8", "replace"))
        raise _Stop(
            Fault(line, column, "not-utf-8", f"byte 0x{content[error.start]:02x} is not UTF-8", "save it as UTF-8")
        ) from None
    text = text.removeprefix("\ufeff")
    found = _CONTROL.search(text)
    if found:
        line, column = _place(text[: found.start()])
        raise _Stop(Fault(line, column, "control-character", _named(found[0]), "remove it"))
    return text


def decode_text(content: bytes) -> str | Fault:
    """Return the text of a file that is not YAML (Markdown, Python), or why it is none."""
    try:
        return decode(content)
    except _Stop as stop:
        return stop.fault


class _Builder:
    """Builds nodes from events with an explicit stack, so that no nesting can exhaust it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.anchors: dict[str, Node | None] = {}
        self.nodes = 0

    def build(self, text: str) -> Node:
        self.lines = text.split("\n")
        stack: list[_Open] = []
        root: Node | None = None
        for event in self._events(text):
            # Most events are scalars, and no event has a class of its own kind's making.
            if type(event) is yaml.ScalarEvent:
                self._count(event, 1)
                done = self._scalar(event)
                if event.anchor:
                    self.anchors[event.anchor] = done
            elif isinstance(event, yaml.AliasEvent):
                done = self._alias(event, len(stack))
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self._count(event, 1)
                self._open(event, stack)
                continue
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                opened = stack.pop()
                done = opened.close()
                if opened.anchor:
                    self.anchors[opened.anchor] = done
            elif isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _stop(event, "several-documents", "a second document begins here", "one document in a file")
                continue
            else:
                continue
            if stack:
                self._attach(stack[-1], done)
            else:
                root = done
        if root is None or root.text == "":
            raise _Stop(Fault(1, 1, "empty-file", "the file is empty"))
        return root

    def _events(self, text: str) -> Iterator[yaml.Event]:
        try:
            loader = _Loader(text)
            try:
                event = loader.get_event()
                while event is not None:
                    yield event
                    event = loader.get_event()
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            raise _Stop(self._syntax(error)) from None
        except yaml.YAMLError as error:
            raise _Stop(Fault(1, 1, "yaml-syntax", str(error).splitlines()[0])) from None

    def _syntax(self, error: yaml.MarkedYAMLError) -> Fault:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or error.context or "this is not YAML"
        here = self.lines[line - 1] if line <= len(self.lines) else ""
        if "\t" in here[: len(here) - len(here.lstrip())]:
            return Fault(line, 1, "tab", "a tab stands where the line is indented", "indent with blanks")
        message, hint = _SYNTAX.get(problem, (problem, ""))
        if problem == "found character that cannot start any token" and column <= len(here):
            message = f"a value cannot begin with {here[column - 1]!r}"
        return Fault(line, column, "yaml-syntax", message, hint)

    def _count(self, event: yaml.Event, size: int) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise _stop(
                event,
                "too-many-values",
                f"the file holds more than {MAX_NODES} values, aliases written out",
                "split it",
            )

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        text: str = event.value
        line, column = _start(event)
        # The text of the file holds no such character: only an escape in double quotes makes one.
        found = _CONTROL.search(text) if event.style == '"' else None
        if found:
            self.faults.append(Fault(line, column, "control-character", _named(found[0]), "remove it"))
            text = _CONTROL.sub("?", text)
            return Node(line, column, text, text)
        if text[:1] in _NUMBER_STARTS and _HUGE_EXPONENT.match(text):
            self.faults.append(Fault(line, column, "number-out-of-range", f"the exponent of {text[:40]} is too large"))
            return Node(line, column, 0, text)
        is_plain = event.style in (None, "")
        if event.tag is None or event.tag == "!":
            value = _resolve(text) if is_plain and event.tag is None else text
            return Node(line, column, value, text)
        kind = str(event.tag).removeprefix(_TAG)
        if kind not in _TAG_TYPES or not str(event.tag).startswith(_TAG):
            self.faults.append(_unknown_tag(event))
            return Node(line, column, text, text)
        value = text if kind == "str" else _resolve(text)
        if not isinstance(value, _TAG_TYPES[kind]) or (kind in {"int", "float"} and isinstance(value, bool)):
            self.faults.append(Fault(line, column, "tag", f"{text[:40]!r} is not what its tag !!{kind} says"))
        return Node(line, column, value, text)

    def _alias(self, event: yaml.AliasEvent, depth: int) -> Node:
        name = str(event.anchor)
        if name not in self.anchors:
            raise _stop(event, "alias", f"alias *{name} has no anchor &{name} before it")
        target = self.anchors[name]
        if target is None:
            raise _stop(event, "alias", f"alias *{name} stands within its own anchor", "a value cannot hold itself")
        if depth + target.height > MAX_DEPTH:
            raise _too_deep(event)
        self._count(event, target.size)
        return target

    def _open(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent, stack: "list[_Open]") -> None:
        if len(stack) >= MAX_DEPTH:
            raise _too_deep(event)
        is_map = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", f"{_TAG}map" if is_map else f"{_TAG}seq"):
            self.faults.append(_unknown_tag(event))
        line, column = _start(event)
        if event.anchor:
            self.anchors[event.anchor] = None
        stack.append(_Open(Node(line, column, {} if is_map else []), is_map, event.anchor))

    def _attach(self, opened: "_Open", done: Node) -> None:
        node = opened.node
        node.size += done.size
        if done.height >= node.height:
            node.height = done.height + 1
        if not opened.is_map:
            opened.entries.append(done)
            node.data.append(done.data)
        elif not opened.has_key:
            opened.has_key, opened.key = True, None
            if done.text is None:
                hint = "keys are words; put {{…}} in quotes"
                fault = Fault(done.line, done.column, "key", "a key is a list or a mapping", hint)
                self.faults.append(fault)
            elif done.text in opened.key_places:
                first = opened.key_places[done.text][0]
                self.faults.append(
                    Fault(
                        done.line,
                        done.column,
                        "duplicate-key",
                        f"`{done.text}` stands twice; it stands first in line {first}",
                        "keep one of them",
                    )
                )
            else:
                opened.key = done.text
                opened.key_places[done.text] = (done.line, done.column)
        else:
            opened.has_key = False
            if opened.key is not None:
                opened.fields[opened.key] = done
                node.data[opened.key] = done.data


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been met; for a mapping, the key that waits for its value."""

    node: Node
    is_map: bool
    anchor: str | None
    has_key: bool = False
    key: str | None = None
    entries: list[Node] = field(default_factory=list)
    fields: dict[str, Node] = field(default_factory=dict)
    key_places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def close(self) -> Node:
        """Return the whole node."""
        if self.is_map:
            self.node.fields, self.node.key_places = self.fields, self.key_places
        else:
            self.node.entries = self.entries
        return self.node


_SYNTAX: dict[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": (
        "a colon followed by a blank begins a value here",
        "put text with ': ' in quotes or below a |",
    ),
    "could not find expected ':'": ("a key without ': ' behind it", "check the indentation of this line"),
    "did not find expected key": ("the indentation of this line fits nothing above", "align it with its neighbours"),
    "did not find expected '-' indicator": (
        "this line does not continue the list above",
        "begin it with '- ' or align it",
    ),
    "found character that cannot start any token": ("a value cannot begin so", "put it in quotes"),
    "did not find expected ',' or ']'": ("a list in brackets is not closed", "close it with ], or put text in quotes"),
    "did not find expected ',' or '}'": (
        "a mapping in braces is not closed",
        "close it with }, and put text with a comma, a colon or a quote in quotes",
    ),
    "found unexpected end of stream": ("a quoted text is not closed", "close the quotes"),
    "found unknown escape character": ("a backslash in double quotes begins an unknown escape", "use single quotes"),
    "did not find expected <document start>": ("text stands behind the end of the document", "check its indentation"),
}


def _resolve(text: str) -> object:
    """Return a plain scalar by the YAML 1.2 core rules; numbers of unusual length stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _NUMBER_LENGTH or text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OCTAL.fullmatch(text):
        return int(text, 8)
    if _HEX.fullmatch(text):
        return int(text, 16)
    return text


def _named(character: str) -> str:
    return f"character U+{ord(character):04X} is not allowed"


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _stop(event: yaml.Event, code: str, message: str, hint: str = "") -> _Stop:
    line, column = _start(event)
    return _Stop(Fault(line, column, code, message, hint))


def _too_deep(event: yaml.Event) -> _Stop:
    return _stop(event, "nested-too-deep", f"values are nested more than {MAX_DEPTH} deep", "flatten them")


def _unknown_tag(event: yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent) -> Fault:
    line, column = _start(event)
    return Fault(
        line, column, "tag", f"tag {str(event.tag).replace(_TAG, '!!')[:60]} is not part of the format", "remove it"
    )


def node_at(root: Node, path: Sequence[str | int]) -> Node:
    """Return the deepest node on a path; the parent stands in for what is missing."""
    node = root
    for part in path:
        below = node.child(part)
        if below is None:
            break
        node = below
    return node
