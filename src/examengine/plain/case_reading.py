"""The case of an item in line mode: what it holds, and each part of it as lines that read well aloud."""

from typing import TYPE_CHECKING

from examengine.bank.stimulus import Exhibit, Stimulus, StimulusSection
from examengine.itemtypes.table_markdown import row_in_words
from examengine.plain.spoken import spoken

if TYPE_CHECKING:
    from examengine.plain.session_loop import SessionLoop

_ROWS = 20
"""Rows of a table that are read at once."""


def case_hint(stimulus: Stimulus) -> str:
    """Return the line that an item says of its case."""
    return f"This item stands on the case: {stimulus.title}. Type case to read it."


def outline_lines(stimulus: Stimulus) -> list[str]:
    """Return what a case holds, by number."""
    lines = [f"Case: {stimulus.title}."]
    for number, part in enumerate(_parts(stimulus), 1):
        what = f", table of {len(part.rows)} rows" if isinstance(part, Exhibit) and part.kind == "table" else ""
        what = ", figure" if isinstance(part, Exhibit) and part.kind == "figure" else what
        lines.append(f"{number}. {part.title}{what}")
    return [*lines, "Type case 1 for the first part, case all for all of them."]


def part_lines(stimulus: Stimulus, number: int, row: int = 1) -> list[str]:
    """Return one part of a case; of a long table the rows from one on.

    Raises:
        ValueError: there is no such part or row; the message says which there are.
    """
    parts = _parts(stimulus)
    if not 1 <= number <= len(parts):
        raise ValueError(f"the case has parts 1 to {len(parts)}")
    part = parts[number - 1]
    lines = [f"{number}. {part.title}"]
    if isinstance(part, StimulusSection):
        return [*lines, *spoken(part.text).splitlines()]
    if part.kind == "figure":
        return [*lines, f"Figure: {part.alt}"]
    if not 1 <= row <= len(part.rows):
        raise ValueError(f"the table has rows 1 to {len(part.rows)}")
    last = min(len(part.rows), row + _ROWS - 1)
    lines += part.alt.splitlines()
    for place in range(row, last + 1):
        lines.append(row_in_words(place, part.header, part.rows[place - 1]))
    if last < len(part.rows):
        lines.append(f"The table has {len(part.rows)} rows. Type case {number} {last + 1} for the next ones.")
    return lines


def read_case(loop: "SessionLoop", rest: str) -> None:
    """Read the case of the item: its outline, one part, or all of it."""
    stimulus = loop.current_stimulus()
    if stimulus is None:
        return
    words = rest.lower().split()
    try:
        if words == ["all"]:
            lines = [line for number in range(1, len(_parts(stimulus)) + 1) for line in part_lines(stimulus, number)]
        elif words and all(word.isdecimal() and len(word) < 6 for word in words) and len(words) <= 2:
            lines = part_lines(stimulus, *map(int, words))
        elif words:
            lines = part_lines(stimulus, _number_of(stimulus, rest))
        else:
            lines = outline_lines(stimulus)
    except ValueError as error:
        loop.say(f"Not read: {error}.")
        return
    for line in lines:
        loop.say(line)


def _number_of(stimulus: Stimulus, name: str) -> int:
    """Return the number of the part whose name begins so.

    Raises:
        ValueError: no part does, or several do.
    """
    wanted = " ".join(name.casefold().split())
    found = [
        number
        for number, part in enumerate(_parts(stimulus), 1)
        if part.id == wanted or part.title.casefold().startswith(wanted)
    ]
    if len(found) != 1:
        raise ValueError("say which part, such as case 2, or case 3 21 for row 21 of a table, or case all")
    return found[0]


def _parts(stimulus: Stimulus) -> list[StimulusSection | Exhibit]:
    return [*stimulus.sections, *stimulus.exhibits]
