"""The pictures that a Markdown text refers to."""

import re

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([ \t]{0,9}<?([^)\s>]{1,500})>?[^)\n]{0,500}\)")


def find_figures(text: str) -> list[str]:
    """Return the targets of the pictures in a text, code left out."""
    return [found[1] for found in _IMAGE.finditer(_CODE.sub("", text))]


def figures_without_words(text: str) -> list[str]:
    """Return the targets of the pictures of a text that have no text alternative, code left out."""
    return [found[1] for found in _IMAGE.finditer(_CODE.sub("", text)) if not found[0][2:].partition("]")[0].strip()]


def figures_with_words(text: str) -> list[tuple[str, str]]:
    """Return target and text alternative of the pictures in a text, in order, each target once, code left out."""
    found: dict[str, str] = {}
    for picture in _IMAGE.finditer(_CODE.sub("", text)):
        found.setdefault(picture[1], " ".join(picture[0][2:].partition("](")[0].split()))
    return list(found.items())


def with_figures_in_words(text: str) -> str:
    """Return a Markdown text with each picture as its text alternative, code as it was."""
    if "![" not in text:
        return text
    pieces, last = [], 0
    for code in _CODE.finditer(text):
        pieces += [_IMAGE.sub(_in_words, text[last : code.start()]), code[0]]
        last = code.end()
    return "".join([*pieces, _IMAGE.sub(_in_words, text[last:])])


def _in_words(picture: re.Match[str]) -> str:
    words = " ".join(picture[0][2:].partition("](")[0].split())
    return f"[figure: {words or picture[1]}]"
