"""Markdown of a bank on the screen: everything in it is shown, nothing in it is obeyed."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownBlock

from examengine.itemtypes.formula_markdown import formula_plugin
from examengine.tui.widgets.prose_table import ProseTable


def prose_parser() -> MarkdownIt:
    """Return a parser with tables in which raw HTML is text: `list<int>` keeps its brackets."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")
    parser.core.ruler.push("figures", _figures_in_words)
    return parser.use(formula_plugin)


def _figures_in_words(state: StateCore) -> None:
    for token in state.tokens:
        if any(child.type == "image" for child in token.children or ()):
            token.children = [piece for child in token.children or () for piece in _in_words(child)]


def _in_words(token: Token) -> list[Token]:
    if token.type != "image":
        return [token]
    text = Token("text", "", 0, content=f"[figure: {token.content}]", level=token.level)
    return [Token("em_open", "em", 1, markup="*"), text, Token("em_close", "em", -1, markup="*")]


class Prose(Markdown):
    """A stem or a rationale; links are shown and never opened, and nothing of a table is cut."""

    BLOCKS: dict[str, type[MarkdownBlock]] = {  # noqa: RUF012 - Textual declares it so
        **Markdown.BLOCKS,
        "table_open": ProseTable,
    }

    def __init__(self, markdown: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(markdown, id=id, parser_factory=prose_parser, open_links=False)
