"""Code cells as one Python text in the percent format: a line `# %% [name]` before each cell.

What the editor and the line mode show of an exercise from a notebook. Any cell survives the way there
and back: a line that the format would take for its own, or that is not Python, is written after `#:`.
"""

import dataclasses
import re
from collections.abc import Iterable, Sequence

from examengine.notebooks.cell import Cell, Role

_HEAD = re.compile(r"# %%(?: \[(?P<name>[^\]\n]*)\](?P<note>.*)| .*)?")
_ESCAPED = "#:"
_NEEDS_ESCAPE = re.compile(r"# %%|#:|[ \t]*[%!]")
_NOTES = {Role.LOCKED: " read only", Role.TEST: " sample test, read only", Role.SOLUTION: " your answer"}


def write_percent(cells: Iterable[Cell]) -> str:
    """Return the code cells of a notebook as Python text."""
    blocks = []
    for cell in cells:
        if cell.is_code:
            head = f"# %% [{cell.grade_id or _nameless(cell)}]{_NOTES.get(cell.role, '')}"
            body = [_ESCAPED + line if _NEEDS_ESCAPE.match(line) else line for line in cell.source.split("\n")]
            blocks.append("\n".join([head, *body]) + "\n")
    return "\n".join(blocks)


def read_percent(text: str, known: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a Python text; `known` gives the cells that its names stand for.

    Cells are numbered from 1 in the text. A text without a single head is one cell without a name.
    """
    by_name = {cell.grade_id or _nameless(cell): cell for cell in known if cell.is_code}
    cells: list[Cell] = []
    head: str | None = None
    lines: list[str] = []

    def close(*, is_last: bool) -> None:
        body = lines[:-1] if lines and not lines[-1] and (is_last or head is not None) else list(lines)
        if head is None and not any(line.strip() for line in body):
            return
        source = "\n".join(line.removeprefix(_ESCAPED) for line in body)
        cell = by_name.get(head or "")
        number = len(cells) + 1
        if cell is None:
            cells.append(Cell(number=number, kind="code", source=source))
        else:
            cells.append(dataclasses.replace(cell, number=number, source=source))

    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _HEAD.fullmatch(line)
        if found is None:
            lines.append(line)
            continue
        close(is_last=False)
        head, lines = found["name"] or "", []
    close(is_last=True)
    return tuple(cells)


def answer_lines(text: str) -> dict[int, tuple[str, int]]:
    """Return the lines of a Python text that answer a task, from 1: each with its cell's name and its line there."""
    lines: dict[int, tuple[str, int]] = {}
    cell, start = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        found = _HEAD.fullmatch(line)
        if found is not None:
            cell, start = found["name"] if found["note"] == _NOTES[Role.SOLUTION] else "", number
        elif cell:
            lines[number] = (cell, number - start)
    return lines


def merged(cells: Sequence[Cell], edited: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return a notebook's cells with the sources that were edited as Python text."""
    sources = {cell.grade_id or cell.cell_id: cell.source for cell in edited}
    return tuple(
        dataclasses.replace(cell, source=sources.get(cell.grade_id or cell.cell_id, cell.source))
        if cell.is_code
        else cell
        for cell in cells
    )


def _nameless(cell: Cell) -> str:
    return f"cell {cell.number}"
