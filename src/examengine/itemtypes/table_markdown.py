"""Tables within Markdown, told row by row: bars and dashes are nothing to listen to."""

import functools
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


def row_in_words(number: int, header: Iterable[str], cells: Iterable[str]) -> str:
    """Return one row of a table as a sentence, each cell behind the name of its column."""
    said = "; ".join(f"{name} {cell or 'empty'}".strip() for name, cell in zip(header, cells, strict=True))
    return f"Row {number}: {said}."


def with_tables_in_words(markdown: str) -> str:
    """Return a Markdown text with each table as one sentence a row, everything else as it was."""
    if "|" not in markdown:
        return markdown
    lines, told, last = markdown.splitlines(), [], 0
    for table in SyntaxTreeNode(_reader().parse(markdown)).walk():
        if table.type == "table" and table.map is not None:
            begin, end = table.map
            told += [*lines[last:begin], *_rows(table)]
            last = end
    return "\n".join([*told, *lines[last:]])


def _rows(table: SyntaxTreeNode) -> list[str]:
    header, *rows = (
        [" ".join(cell.children[0].content.split()) if cell.children else "" for cell in row.children]
        for group in table.children
        for row in group.children
    )
    return [row_in_words(number, header, cells) for number, cells in enumerate(rows, start=1)]


@functools.cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
