"""The pictures that a Markdown text refers to."""

import re

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([ \t]{0,9}<?([^)\s>]{1,500})>?[^)\n]{0,500}\)")


def find_figures(text: str) -> list[str]:
    """Return the targets of the pictures in a text, code left out."""
    return [found[1] for found in _IMAGE.finditer(_CODE.sub("", text))]
