"""The colours of code in the editor, dark and light."""

from rich.style import Style
from textual.widgets.text_area import TextAreaTheme

DARK, LIGHT = "code-dark", "code-light"

_PALETTES = {
    DARK: {
        "string": "#ce9178",
        "comment": "#7fa86b",
        "keyword": "#7db4f0",
        "number": "#b5cea8",
        "type": "#e3c16f",
        "function": "#dcdcaa",
        "constant": "#9cdcfe",
        "operator": "#cccccc",
    },
    LIGHT: {
        "string": "#0a3069",
        "comment": "#57606a",
        "keyword": "#b3202b",
        "number": "#0550ae",
        "type": "#7a3e00",
        "function": "#5a32a3",
        "constant": "#0550ae",
        "operator": "#24292e",
    },
}
_TOKENS = {
    "string": ("string", "string.documentation"),
    "comment": ("comment",),
    "keyword": (
        *("keyword", "conditional", "keyword.function", "keyword.return", "keyword.operator"),
        *("repeat", "exception", "include"),
    ),
    "number": ("number", "float"),
    "type": ("type", "type.class", "class", "constructor"),
    "function": ("function", "function.call", "method", "method.call"),
    "constant": ("boolean", "constant.builtin", "type.builtin"),
    "operator": ("operator",),
}
_BRACKETS = Style(bold=True, underline=True, reverse=True)
"""A sign of its own: seen without colours too."""


def code_theme(name: str) -> TextAreaTheme:
    """Return code colours that lie on the background of the screen."""
    colours = _PALETTES[name]
    return TextAreaTheme(
        name=name,
        bracket_matching_style=_BRACKETS,
        syntax_styles={token: Style(color=colours[group]) for group, tokens in _TOKENS.items() for token in tokens},
    )
