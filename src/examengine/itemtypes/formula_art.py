"""LaTeX formulas that stand alone, drawn over several lines of text."""

import functools

from examengine.itemtypes.formula_text import formula_text

WIDEST = 74
"""Characters; a wider drawing would be cut on a screen of 80 columns."""
_LONGEST = 2000
_SPELLED = {
    "\\lVert": "\\|",
    "\\rVert": "\\|",
    "\\lvert": "|",
    "\\rvert": "|",
    "\\operatorname": "\\mathrm",
    "\\text": "\\mathrm",
    "\\tfrac": "\\frac",
    "\\dfrac": "\\frac",
    "\\boldsymbol": "\\mathbf",
    "\\argmax": "\\mathrm{arg max}",
    "\\argmin": "\\mathrm{arg min}",
}
"""Commands that the drawing library lacks, in words that it has."""
_TALL = ("\\frac", "\\dfrac", "\\begin", "\\binom", "\\sum", "\\prod", "\\int")
"""What gains from several lines; anything else reads better in one."""


@functools.lru_cache(maxsize=512)
def formula_rows(source: str) -> tuple[str, ...]:
    """Return the lines of a formula's drawing; one line of Unicode where it cannot be drawn or is too wide."""
    is_tall = len(source) <= _LONGEST and any(command in source for command in _TALL)
    rows = _drawn(source) if is_tall else ()
    if not rows or max(map(len, rows)) > WIDEST:
        return (formula_text(source),)
    return rows


def _drawn(source: str) -> tuple[str, ...]:
    # Drawing is paid for by those who have such formulas.
    from texicode import pipeline

    spelled = source.strip()
    for command, known in _SPELLED.items():
        spelled = _replace_command(spelled, command, known)
    try:
        pipeline.init_arts({"fonts": "normal"})
        rows = [str(row).rstrip() for row in pipeline.render_tex_rows(spelled, False)]
    except Exception:  # noqa: BLE001 - the library raises many kinds; one line is readable too
        return ()
    text = "\n".join(rows)
    if text.startswith("TeXicode:") or text.count("?") > source.count("?") or "\\" in text.replace("\\|", ""):
        return ()
    while rows and not rows[0].strip():
        rows = rows[1:]
    return tuple(rows)


def _replace_command(source: str, command: str, known: str) -> str:
    """Replace a command where it stands whole, not where a longer one begins with it."""
    pieces = source.split(command)
    joined = pieces[0]
    for piece in pieces[1:]:
        joined += (command if piece[:1].isalpha() else known) + piece
    return joined
