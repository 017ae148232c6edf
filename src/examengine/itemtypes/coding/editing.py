"""What an editor for Python does to lines of text: indent, comment out, find. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

INDENT = 4
_CLOSES_BLOCK = frozenset(("return", "pass", "break", "continue", "raise"))
_OPENS = frozenset("([{")
_MARK = "# "


class Place(NamedTuple):
    """A place in a text: row and column, both from 0."""

    row: int
    column: int


def indent_of(line: str) -> int:
    """Return how many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def indent_after(before: str) -> int:
    """Return the indentation of the line that follows `before`, the text left of the cursor."""
    indent = indent_of(before)
    code = without_comment(before).rstrip()
    if code.endswith(":") or code[-1:] in _OPENS:
        return indent + INDENT
    words = code.split(maxsplit=1)
    if words and words[0] in _CLOSES_BLOCK:
        return max(0, indent - INDENT)
    return indent


def without_comment(line: str) -> str:
    """Return a line without its comment; a `#` within quotes is none."""
    quote = ""
    is_escaped = False
    for index, char in enumerate(line):
        if quote:
            if is_escaped:
                is_escaped = False
            elif char == "\\":
                is_escaped = True
            elif char == quote:
                quote = ""
        elif char in "'\"":
            quote = char
        elif char == "#":
            return line[:index]
    return line


def shifted(lines: Sequence[str], direction: int) -> list[str]:
    """Return lines indented by one step (direction 1) or moved back by one (-1); empty lines stay empty."""
    if direction > 0:
        return [" " * INDENT + line if line.strip() else line for line in lines]
    return [line[min(INDENT, indent_of(line)) :] for line in lines]


def toggled_comment(lines: Sequence[str]) -> list[str]:
    """Return lines commented out at their common indentation, or no more so where each of them was."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return list(lines)
    if all(line.lstrip().startswith("#") for line in filled):
        return [_uncommented(line) if line.strip() else line for line in lines]
    column = min(indent_of(line) for line in filled)
    return [line[:column] + _MARK + line[column:] if line.strip() else line for line in lines]


def _uncommented(line: str) -> str:
    column = line.index("#")
    rest = line[column + 1 :]
    return line[:column] + rest.removeprefix(" ")


def matches(lines: Sequence[str], wanted: str, *, is_exact: bool) -> list[Place]:
    """Return where a text stands, in order; `is_exact` tells capitals from small letters."""
    if not wanted:
        return []
    pattern = re.compile(re.escape(wanted), 0 if is_exact else re.IGNORECASE)
    return [Place(row, found.start()) for row, line in enumerate(lines) for found in pattern.finditer(line)]


def next_match(places: Sequence[Place], at: Place, direction: int) -> int | None:
    """Return the index of the first place after (direction 1) or before (-1) another one; the ends meet."""
    if not places:
        return None
    if direction > 0:
        return next((index for index, place in enumerate(places) if place > at), 0)
    return next((index for index in range(len(places) - 1, -1, -1) if places[index] < at), len(places) - 1)
