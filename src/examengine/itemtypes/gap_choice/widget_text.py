"""Draws a text or code with boxes in it: where each gap stands, what is chosen, and which cells to click."""

import functools
from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content
from textual.highlight import highlight

from examengine.itemtypes.formula_markdown import formula_plugin
from examengine.itemtypes.gap_choice.model import MARKER, GapChoice
from examengine.itemtypes.rows_widget import Row, Zone
from examengine.itemtypes.widget import QUIET, inline_content

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").use(formula_plugin)
_FIRST = 0xE000
"""Private characters stand for the cells of the boxes while the text is laid out, so that no box is torn apart."""
_BETWEEN = " │ "
_NARROWEST = 6


def draw_body(item: GapChoice, boxes: Mapping[str, Content], width: int) -> list[list[Row]]:
    """Return the rows of the item's text, each gap replaced by its box, the zones named by the gap's id.

    Rows that must not be torn apart (of one line of code, one row of a table) come together.
    """
    ids = [gap.id for gap in item.gaps]

    def stand_in(name: str) -> str:
        return chr(_FIRST + ids.index(name)) * min(boxes[name].cell_length, width)

    clean = item.body.translate({_FIRST + n: 0xFFFD for n in range(len(ids))})
    source = MARKER.sub(lambda found: stand_in(found[1]) if found[1] in ids else found[0], clean)
    lines = _layout(source, item.language if item.code is not None else None, width)
    taken = [0] * len(ids)
    return [[_with_boxes(line, ids, boxes, taken, width) for line in group] for group in lines]


@functools.lru_cache(maxsize=16)
def _layout(source: str, language: str | None, width: int) -> list[list[Content]]:
    """Return the lines of code or of Markdown; kept, because moving the mark changes none of them."""
    return _text_lines(source, width) if language is None else _code_lines(source, language, width)


def _with_boxes(line: Content, ids: Sequence[str], boxes: Mapping[str, Content], taken: list[int], width: int) -> Row:
    """Return a line with the boxes in place of their cells; what a cell cannot hold goes on below."""
    plain, pieces, zones = line.plain, Content(""), []
    place = 0
    while place < len(plain):
        index = ord(plain[place]) - _FIRST
        end = place + 1
        if 0 <= index < len(ids):
            while end < len(plain) and plain[end] == plain[place]:
                end += 1
            box = boxes[ids[index]]
            run = end - place
            if run == min(box.cell_length, width):
                # What is too long for any line is cut; the open list says it in full.
                piece = box if box.cell_length <= run else Content.assemble(box[: run - 2], "…", box[-1:])
            else:
                piece = box[taken[index] : taken[index] + run]
                taken[index] += run
            zones.append(Zone(pieces.cell_length, pieces.cell_length + piece.cell_length, ids[index]))
        else:
            while end < len(plain) and not 0 <= ord(plain[end]) - _FIRST < len(ids):
                end += 1
            piece = line[place:end]
        pieces = Content.assemble(pieces, piece)
        place = end
    return Row(pieces, None, tuple(zones))


def _code_lines(source: str, language: str, width: int) -> list[list[Content]]:
    code = highlight(source.expandtabs(4).rstrip("\n"), language=language)
    lines: list[list[Content]] = []
    for line in code.split("\n", allow_blank=True):
        indent = len(line.plain) - len(line.plain.lstrip(" "))
        if line.cell_length <= width:
            lines.append([line])
            continue
        indent = min(indent, width // 2)
        wrapped = line[indent:].wrap(width - indent - 2)
        lines.append(
            [Content.assemble(" " * (indent + (2 if number else 0)), piece) for number, piece in enumerate(wrapped)]
        )
    return lines


def _text_lines(source: str, width: int) -> list[list[Content]]:
    lines: list[list[Content]] = []
    tokens = _MARKDOWN.parse(source)
    rows = source.split("\n")
    for index, token in enumerate(tokens):
        if token.level != 0 or token.map is None or token.nesting < 0:
            continue
        if lines:
            lines.append([Content("")])
        if token.type == "table_open":
            end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
            lines += _table_lines(tokens[index:end], width)
        else:
            block = inline_content("\n".join(rows[token.map[0] : token.map[1]]))
            lines += [[piece] for line in block.split("\n", allow_blank=True) for piece in line.wrap(width)]
    return lines


def _table_lines(tokens: Sequence[Token], width: int) -> list[list[Content]]:
    table: list[list[Content]] = []
    for token in tokens:
        if token.type == "tr_open":
            table.append([])
        elif token.type == "inline":
            table[-1].append(inline_content(token.content) if token.content else Content(""))
    columns = max(len(row) for row in table)
    widths = _widths(table, columns, width)
    lines: list[list[Content]] = []
    for number, row in enumerate(table):
        lines.append([])
        cells = [
            (row[column] if column < len(row) else Content("")).wrap(widths[column]) or [Content("")]
            for column in range(columns)
        ]
        for height in range(max(len(cell) for cell in cells)):
            pieces = [
                _padded(cell[height] if height < len(cell) else Content(""), widths[column])
                for column, cell in enumerate(cells)
            ]
            line = Content.styled(_BETWEEN, QUIET).join(pieces)
            lines[-1].append(line.stylize_before("bold") if number == 0 else line)
        if number == 0:
            lines[-1].append(Content.styled("─┼─".join("─" * one for one in widths), QUIET))
    return lines


def _widths(table: Sequence[Sequence[Content]], columns: int, width: int) -> list[int]:
    natural = [
        max((row[column].cell_length for row in table if column < len(row)), default=1) or 1
        for column in range(columns)
    ]
    room = max(columns * _NARROWEST, width - len(_BETWEEN) * (columns - 1))
    while sum(natural) > room:
        widest = natural.index(max(natural))
        if natural[widest] <= _NARROWEST:
            break
        natural[widest] -= 1
    return natural


def _padded(content: Content, width: int) -> Content:
    return content.pad_right(max(0, width - content.cell_length))
