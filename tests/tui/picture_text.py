"""A screen as text that can be read and compared: what stands there, and in which colours."""

from collections.abc import Sequence
from string import ascii_letters, digits, punctuation

from rich.segment import Segment
from rich.style import Style
from textual.widgets import Input, TextArea

from examengine.tui.widgets.exam_header import ExamHeader
from tui.rooms import Room

_SIGNS = ascii_letters + digits + punctuation.replace("·", "")
Cells = list[tuple[str, str]]
"""Character and style of each place of a line."""


async def cells_of(room: Room) -> list[Cells]:
    """Return every place of the screen once it is at rest; cursors stand still."""
    for field in room.app.screen.query("Input, TextArea"):
        if isinstance(field, Input | TextArea):
            field.cursor_blink = False
            field._cursor_visible = True  # it may have been caught between two blinks
    for header in room.app.screen.query(ExamHeader):
        header._tick()  # clock and pace of this moment, not of half a second ago
    seen: list[Cells] = []
    while True:
        await room.rest()
        before, seen = seen, [_cells(line) for line in room.app.screen._compositor.render_strips()]
        if seen == before:
            return seen


def _cells(line: Sequence[Segment]) -> Cells:
    return [(letter, style_words(style)) for text, style, _control in line for letter in text]


def style_words(style: Style | None) -> str:
    """Return a style as words: `bold #e8eaed on #101418`."""
    if style is None:
        return "-"
    attributes = [word for word in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, word)]
    front = style.color.get_truecolor().hex if style.color else "-"
    ground = style.bgcolor.get_truecolor().hex if style.bgcolor else "-"
    return " ".join([*attributes, f"{front} on {ground}"])


def picture(themes: dict[str, list[Cells]]) -> str:
    """Return the text once, below it where which style begins and how far it goes, then the styles by theme.

    Every theme must show the same text. Where a figure brings more colours than there are signs, its own are left
    out.
    """
    try:
        return _picture(themes, figures=True)
    except IndexError:
        return _picture(themes, figures=False)


def _picture(themes: dict[str, list[Cells]], *, figures: bool) -> str:
    names = list(themes)
    texts = {name: ["".join(letter for letter, _ in line).rstrip() for line in themes[name]] for name in names}
    for name in names[1:]:
        differing = [pair for pair in zip(texts[name], texts[names[0]], strict=True) if pair[0] != pair[1]]
        assert not differing, f"{name} and {names[0]} show different texts: {differing}"
    signs: dict[tuple[str, ...], str] = {}
    runs = []
    for lines in zip(*themes.values(), strict=True):
        row: list[tuple[str, int]] = []
        for places in zip(*lines, strict=True):
            styles = tuple(_seen_style(*place) if figures or place[0] not in "▀▄" else "figure" for place in places)
            sign = signs.setdefault(styles, _SIGNS[len(signs)])
            if row and row[-1][0] == sign:
                row[-1] = (sign, row[-1][1] + 1)
            else:
                row.append((sign, 1))
        runs.append(" ".join(f"{sign}{length}" for sign, length in row))
    legend = [
        f"{sign}  {'  |  '.join(f'{name}: {style}' for name, style in zip(names, styles, strict=True))}"
        for styles, sign in signs.items()
    ]
    return "\n".join([*texts[names[0]], "", *_folded(runs), "", *legend]) + "\n"


def _seen_style(letter: str, style: str) -> str:
    """Return what can be seen of a style: of a blank, its ground and its lines."""
    if letter != " ":
        return style
    kept = [word for word in style.split() if word in ("underline", "reverse", "strike")]
    return " ".join([*kept, style[style.index("on ") :] if "on " in style else style])


def _folded(runs: list[str]) -> list[str]:
    """Tell lines that are coloured alike once: `3-7  a80`."""
    found: list[tuple[int, int, str]] = []
    for number, run in enumerate(runs, start=1):
        if found and found[-1][2] == run:
            found[-1] = (found[-1][0], number, run)
        else:
            found.append((number, number, run))
    return [f"{first if first == last else f'{first}-{last}'}  {run}" for first, last, run in found]
