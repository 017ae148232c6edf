"""Numbered rows that each take one answer: reading a line such as `B A -` or `1B 3C`, and counting what may be said."""

import re
from collections.abc import Callable, Mapping, Sequence

from examengine.itemtypes.formula_markdown import with_formulas_as_text

_NUMBERED = re.compile(r"(\d{1,3})\s*[.:=)]?\s*([A-Za-z]+|-)[\s,;]*")
_LETTERS = re.compile(r"[A-Za-z-]+")
BLANK = "-"


def read_rows(text: str, rows: int, usage: str) -> dict[int, str]:
    """Return the words given to rows, by row from 0; a row left out or given `-` has none.

    Words stand in the order of the rows (`B A -`, or `BA-` where each is one letter), or behind a row's number
    (`1B 3C`).

    Raises:
        ValueError: the line is of neither form, or names a row that does not exist or stands twice.
    """
    plain = text.strip()
    if not plain:
        return {}
    if plain[0].isdecimal():
        return _read_numbered(plain, rows, usage)
    words = [word for word in re.split(r"[\s,;]+", plain) if word]
    if len(words) == 1 and rows > 1 and len(words[0]) == rows and _LETTERS.fullmatch(words[0]):
        words = list(words[0])
    if len(words) != rows:
        raise ValueError(f"there are {rows} rows, and {len(words)} answers were given; {usage}")
    return {row: word for row, word in enumerate(words) if word != BLANK}


def _read_numbered(text: str, rows: int, usage: str) -> dict[int, str]:
    given: dict[int, str] = {}
    place = 0
    while place < len(text):
        found = _NUMBERED.match(text, place)
        if found is None:
            raise ValueError(usage)
        row = int(found[1])
        if not 1 <= row <= rows:
            raise ValueError(f"there is no row {row}; rows go from 1 to {rows}")
        if row - 1 in given:
            raise ValueError(f"row {row} is answered twice; answer each row once")
        given[row - 1] = found[2]
        place = found.end()
    return {row: word for row, word in given.items() if word != BLANK}


def count_choices(sizes: Sequence[int]) -> int:
    """Return in how many ways rows may be answered, each with one of its choices or not at all."""
    product = 1
    for size in sizes:
        product *= size + 1
    return product


def choices_at(number: int, choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the answers by row that a number from 0 stands for; 0 leaves every row blank.

    Raises:
        IndexError: the number is beyond the last.
    """
    left = number
    given: dict[str, str] = {}
    for row, words in choices.items():
        left, digit = divmod(left, len(words) + 1)
        if digit:
            given[row] = words[digit - 1]
    if left or number < 0:
        raise IndexError(number)
    return given


def require_told_apart(kind: str, ids: Sequence[str]) -> None:
    """Raise ValueError where an id stands twice."""
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise ValueError(f"{kind} id {repeated[0]!r} stands twice; give each {kind} its own id")


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def plain_line(text: str) -> str:
    """Return Markdown as one line of plain text, formulas written out."""
    return one_line(with_formulas_as_text(text))


def each_row(rows: Sequence[str], word_of: Callable[[str], str | None]) -> str:
    """Return `1. word; 3. word` for the rows that have a word."""
    words = [(number, word_of(row)) for number, row in enumerate(rows, start=1)]
    return "; ".join(f"{number}. {word}" for number, word in words if word is not None)
