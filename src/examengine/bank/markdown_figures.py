"""The pictures that a Markdown text refers to."""

import re

_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\(\s*<?([^)\s>]+)>?[^)\n]*\)")


def find_figures(text: str) -> list[str]:
    """Return the targets of the pictures in a text, code left out."""
    return [found[1] for found in _IMAGE.finditer(_CODE.sub("", text))]
