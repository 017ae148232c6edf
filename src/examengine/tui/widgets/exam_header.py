"""The line above an item: where you are, whether it is flagged, and the clocks."""

from collections.abc import Callable

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from examengine.delivery.looking import Looking
from examengine.delivery.sitting import Sitting
from examengine.reports.words import duration
from examengine.session.timing import ALWAYS_SHOWN, PACE_FROM, pace
from examengine.tui.theme import FLAG_SIGN

_TICK_SECONDS = 0.5
_PACE_STEP = 10
"""Seconds: the pace moves in steps, so that it does not draw the eye."""


class ExamHeader(Widget):
    """Title, place and clocks in one line; the clocks can be hidden until the last five minutes."""

    DEFAULT_CSS = """
    ExamHeader { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    """
    is_clock_hidden: reactive[bool] = reactive(False)

    def __init__(self, sitting: Sitting | Looking, where: Callable[[], tuple[str, str]]) -> None:
        super().__init__()
        self._sitting = sitting
        self._where = where
        self._clock: tuple[str, str] = ("", "")
        self._pace = ""

    def on_mount(self) -> None:
        """Look at the clock twice a second."""
        self._tick()
        self.set_interval(_TICK_SECONDS, self._tick)

    def clock_text(self) -> tuple[str, str]:
        """Return the clocks as text, and their style; empty where no clock runs."""
        left = self._sitting.time_left()
        least = left.least
        if least is None:
            return "no clock", "$quiet"
        if self.is_clock_hidden and least > ALWAYS_SHOWN:
            return "clock hidden", "$quiet"
        if len(self._sitting.form.sections) == 1:
            text = duration(least)
        else:
            named = (("section", left.section), ("exam", left.exam))
            text = " · ".join(f"{name} {duration(seconds)}" for name, seconds in named if seconds is not None)
        if least <= ALWAYS_SHOWN:
            return f"! {text}", "bold $warning"
        return text, "bold"

    def pace_text(self) -> str:
        """Return how far ahead of the plan or behind it the candidate is; empty where no clock is shown."""
        sitting = self._sitting
        if self.is_clock_hidden or sitting.form.kind != "exam":
            return ""
        seconds = pace(sitting.form, sitting.state, sitting.now())
        if seconds is None:
            return ""
        if abs(seconds) < PACE_FROM:
            return "on plan"
        steps = int(abs(seconds) // _PACE_STEP) * _PACE_STEP
        return f"{duration(steps)} {'ahead' if seconds > 0 else 'behind'}"

    def render(self) -> Content:
        """Draw the line: the title yields first where it is narrow."""
        title, place = self._where()
        clock, style = self._clock
        width = self.content_size.width
        if len(clock) + len(place) + 2 > width:
            # Where both clocks find no room, the one that ends first is left.
            clock = clock.split(" · ", 1)[0]
        if self._pace and len(title) + len(place) + len(clock) + len(self._pace) + 9 <= width:
            clock = f"{self._pace} · {clock}"
        flag = FLAG_SIGN in place
        room = width - len(clock) - len(place) - 4
        shown = title if len(title) <= room else (title[: room - 1] + "…" if room > 8 else "")
        left = Content.assemble((shown, "bold"), ("  " if shown else ""), (place, "$accent" if flag else ""))
        gap = max(1, width - left.cell_length - len(clock))
        return Content.assemble(left, " " * gap, (clock, style))

    def watch_is_clock_hidden(self) -> None:
        """Show the change at once."""
        self._tick()

    def _tick(self) -> None:
        clock = self.clock_text()
        own_pace = self.pace_text()
        if (clock, own_pace) != (self._clock, self._pace):
            self._clock, self._pace = clock, own_pace
            self.refresh()
