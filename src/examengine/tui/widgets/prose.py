"""Markdown of a bank on the screen: everything in it is shown, nothing in it is obeyed."""

from markdown_it import MarkdownIt
from textual.widgets import Markdown

from examengine.itemtypes.formula_markdown import formula_plugin


def prose_parser() -> MarkdownIt:
    """Return a parser with tables in which raw HTML is text: `list<int>` keeps its brackets."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")
    return parser.use(formula_plugin)


class Prose(Markdown):
    """A stem or a rationale; links are shown and never opened."""

    def __init__(self, markdown: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(markdown, id=id, parser_factory=prose_parser, open_links=False)
