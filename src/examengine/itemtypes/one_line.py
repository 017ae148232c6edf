"""A Markdown text on one line, for lists and previews."""

import re

_MARKS = re.compile(r"^\s*```\w*\s*$|`+|\*\*", re.MULTILINE)
"""What Markdown puts around code and strong words."""


def one_line(markdown: str) -> str:
    """Return a text without line breaks and without the marks of code and strong words, its formulas as text."""
    if "$" in markdown:
        # Slow to import, and most texts hold no formula.
        from examengine.itemtypes.formula_markdown import with_formulas_as_text

        markdown = with_formulas_as_text(markdown)
    return " ".join(_MARKS.sub("", markdown).split())
