"""Measures what a screen shows: how well each run of text stands out from its ground."""

from collections.abc import Iterator

from rich.color import Color
from textual.geometry import Region

from examengine.tui.app import ExamApp
from examengine.tui.widgets.action_screen import ActionModal


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [one / 255 for one in colour]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def texts_with_contrast(app: ExamApp) -> Iterator[tuple[str, float]]:
    """Yield every run of the screen that has a letter, a digit or a sign of ours, and its contrast.

    What lies behind a dialog is dimmed on purpose and is left out.
    """
    places = [widget.region for widget in app.screen.children] if isinstance(app.screen, ActionModal) else None
    for y, line in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in line:
            here = Region(x, y, segment.cell_length, 1)
            x += segment.cell_length
            text = segment.text.strip()
            if not any(character.isalnum() or character in "✓✗◐●○·⚑▸?!~-+" for character in text):
                continue
            if places is not None and not any(place.contains_region(here) for place in places):
                continue
            style = segment.style
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            front, back = _rgb(style.color), _rgb(style.bgcolor)
            if style.reverse:
                front, back = back, front
            yield text, contrast(front, back)


def _rgb(colour: Color) -> tuple[int, int, int]:
    return tuple(colour.get_truecolor())
