"""Formulas within Markdown: `$…$` becomes one line of Unicode, `$$…$$` on lines of its own a drawing."""

import functools
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from examengine.itemtypes.formula_art import formula_rows
from examengine.itemtypes.formula_text import formula_text


def formula_plugin(parser: MarkdownIt) -> None:
    """Make a parser read formulas as text and code blocks, for whoever shows its tokens. A price stays a price."""
    dollarmath_plugin(parser, allow_space=False, allow_digits=False, allow_labels=False, double_inline=False)
    parser.core.ruler.push("formulas", _as_text)


def _as_text(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "math_block":
            token.type, token.tag, token.markup, token.info = "fence", "code", "```", "text"
            token.content = "\n".join(formula_rows(token.content.strip())) + "\n"
        for child in token.children or ():
            if child.type == "math_inline":
                child.type, child.tag, child.markup = "text", "", ""
                child.content = formula_text(child.content)


@functools.cache
def _reader() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    dollarmath_plugin(parser, allow_space=False, allow_digits=False, allow_labels=False, double_inline=False)
    return parser


def formulas_of(markdown: str) -> tuple[str, ...]:
    """Return the sources of the formulas of a text, in order."""
    if "$" not in markdown:
        return ()
    return tuple(token.content for token in _formula_tokens(markdown))


def with_formulas_as_text(markdown: str) -> str:
    """Return a Markdown text with each formula written as one line of Unicode, everything else as it was."""
    if "$" not in markdown:
        return markdown
    written, rest = "", markdown
    for token in _formula_tokens(markdown):
        fence = "$$" if token.type == "math_block" else "$"
        before, found, after = rest.partition(f"{fence}{token.content}{fence}")
        if found:
            written, rest = written + before + formula_text(token.content.strip()), after
    return written + rest


def _formula_tokens(markdown: str) -> Iterator[Token]:
    for token in _reader().parse(markdown):
        if token.type == "math_block":
            yield token
        for child in token.children or ():
            if child.type == "math_inline":
                yield child
