"""Tables of a text, whole at any width.

The columns share the width that there is; where they cannot, the table is turned, and where that does not fit either,
each row is told cell by cell.
"""

import re
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets._markdown import MarkdownTable

_LONGEST_WORD = 20
"""Cells; a longer word is broken before the table is given up."""
_NUMBER = re.compile(r"[-+\u2212±<>≤≥~≈]?\s*[\d.,/\s]*\d[\d.,]*\s*(%|e[-+]?\d+)?", re.IGNORECASE)


class TableText(Widget):
    """Draws a table; nothing in it is ever cut."""

    DEFAULT_CSS = """
    TableText { width: 1fr; height: auto; }
    """

    def __init__(self, header: Sequence[Content], rows: Sequence[Sequence[Content]]) -> None:
        super().__init__()
        self.header = list(header)
        self.body = [list(row) for row in rows]
        self._drawn: tuple[int, list[Content]] = (0, [])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the table needs at a width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the table."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._drawn[0] != width:
            self._drawn = (width, table_lines(self.header, self.body, width))
        return self._drawn[1]


class ProseTable(MarkdownTable):
    """The block of a Markdown widget that holds a table."""

    def compose(self) -> ComposeResult:
        """Lay out the table as one widget: a widget for each cell would cost a screen of them."""
        header, rows = self._get_headers_and_rows()
        yield TableText(header, rows)


def table_lines(header: Sequence[Content], rows: Sequence[Sequence[Content]], width: int) -> list[Content]:
    """Return the lines of a table at a width: in columns, or row by row where the columns find no room."""
    count = max([len(header), *(len(row) for row in rows)])
    grid = [[*row, *[Content("")] * (count - len(row))] for row in (header, *rows)]
    turned = [list(column) for column in zip(*grid, strict=True)]
    for shape, gap in ((grid, 2), (grid, 1), (turned, 2)):
        widths = column_widths(shape, width, gap)
        if widths is not None:
            return _in_columns(shape, widths, gap)
    return _row_by_row(grid, width)


def column_widths(grid: Sequence[Sequence[Content]], room: int, gap: int) -> list[int] | None:
    """Return the widths of the columns, the widest made narrower first; None where whole words do not fit."""
    columns = list(zip(*grid, strict=True))
    widths = [max(cell.cell_length for cell in column) for column in columns]
    least = [max(_longest_word(cell) for cell in column) for column in columns]
    room -= gap * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        place = max((i for i in range(len(widths)) if widths[i] > least[i]), key=lambda i: widths[i])
        widths[place] -= 1
    return widths


def _longest_word(cell: Content) -> int:
    # A number with its unit or sign is one word: a line end within it would be misread.
    if _NUMBER.fullmatch(cell.plain.strip()):
        return cell.cell_length
    return min(_LONGEST_WORD, max((Content(word).cell_length for word in cell.plain.split()), default=1))


def _in_columns(grid: Sequence[Sequence[Content]], widths: Sequence[int], gap: int) -> list[Content]:
    numeric = [_is_numeric(column[1:]) for column in zip(*grid, strict=True)]
    room = Content(" " * gap)
    blocks = []
    for place, row in enumerate(grid):
        cells = [cell.stylize_before("bold $primary") if place == 0 else cell for cell in row]
        wrapped = [cell.wrap(max(1, width)) or [Content("")] for cell, width in zip(cells, widths, strict=True)]
        height = max(len(one) for one in wrapped)
        lines = []
        for at in range(height):
            pieces = [
                _aligned(one[at] if at < len(one) else Content(""), width, to_right=right)
                for one, width, right in zip(wrapped, widths, numeric, strict=True)
            ]
            lines.append(room.join(pieces))
        blocks.append(lines)
    total = sum(widths) + gap * (len(widths) - 1)
    rule = Content.styled("─" * total, "$bar-back")
    # Rows of several lines are told apart by room between them.
    between = [Content("")] if any(len(block) > 1 for block in blocks[1:]) else []
    lines = [*blocks[0], rule]
    for place, block in enumerate(blocks[1:]):
        lines += [*(between if place else []), *block]
    return lines


def _row_by_row(grid: Sequence[Sequence[Content]], width: int) -> list[Content]:
    lines: list[Content] = []
    for row in grid[1:]:
        if lines:
            lines.append(Content.styled("─" * min(width, 20), "$bar-back"))
        for name, cell in zip(grid[0], row, strict=True):
            told = Content.assemble(name.stylize_before("bold $primary"), ": ", cell)
            first, *rest = told.wrap(max(1, width)) or [Content("")]
            lines.append(first)
            for line in rest:
                lines += [Content.assemble("  ", piece) for piece in line.wrap(max(1, width - 2))]
    return lines


def _is_numeric(column: Sequence[Content]) -> bool:
    filled = [cell.plain.strip() for cell in column if cell.plain.strip() not in ("", "-", "\u2013", "\u2014")]
    return bool(filled) and all(_NUMBER.fullmatch(text) for text in filled)


def _aligned(line: Content, width: int, *, to_right: bool) -> Content:
    line = line.rstrip()
    rest = max(0, width - line.cell_length)
    return line.pad_left(rest) if to_right else line.pad_right(rest)
