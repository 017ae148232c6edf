"""The break: nothing of the exam is seen, and one key leads back."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from examengine.core.errors import StoreError
from examengine.delivery.sitting import Sitting
from examengine.reports.words import duration
from examengine.session import commands as cmd
from examengine.session.decide import breaks_left
from examengine.session.state import advance
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.hint_bar import HintBar

_TICK_SECONDS = 0.5


class BreakScreen(ActionScreen[None]):
    """Covers the exam while the candidate is away."""

    PLACE = "break"
    DEFAULT_CSS = """
    BreakScreen { align: center middle; }
    """

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting

    def compose(self) -> ComposeResult:
        """Lay out what the break costs and what it closed."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("Break", "bold $primary"), markup=False)
            yield Static("", id="break-clock", markup=False)
            yield Static(Content(self._rule()), classes="dialog-body", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Show the time twice a second."""
        self._tick()
        self.set_interval(_TICK_SECONDS, self._tick)

    def action_come_back(self) -> None:
        """End the break."""
        self._perform(cmd.EndBreak())

    def action_leave(self) -> None:
        """Ask, then leave."""
        from examengine.tui.screens.confirm import ask_to_leave

        ask_to_leave(self.exam_app, self._sitting)

    def _perform(self, command: cmd.Command) -> None:
        try:
            decision = self._sitting.perform(command)
        except StoreError as error:
            self.exam_app.report(error)
            return
        if decision.refusal is not None:
            self.exam_app.notice(decision.refusal.message, is_warning=True)

    def _tick(self) -> None:
        pause = advance(self._sitting.state, self._sitting.now()).pause
        if pause is None:
            return
        if not pause.stops_clock:
            clock = self._running_clocks()
            text = f"{duration(pause.seconds)} so far.{clock}"
        elif pause.limit is None:
            text = f"{duration(pause.seconds)} so far. The exam's clock stands still."
        else:
            text = f"{duration(max(0.0, pause.limit - pause.seconds))} left. The exam's clock stands still until then."
        self.query_one("#break-clock", Static).update(Content.styled(text, "bold"))

    def _running_clocks(self) -> str:
        left = self._sitting.time_left()
        if left.least is None or left.exam is None:
            return ""
        if len(self._sitting.form.sections) == 1:
            return f" The exam's clock is running: {duration(left.least)} left."
        section = "" if left.section is None else f", {duration(left.section)} in the section"
        return f" The clock is running: {duration(left.exam)} left in the exam{section}."

    def _rule(self) -> str:
        left = breaks_left(self._sitting.form, self._sitting.state)
        # The one that is being taken is not counted as taken yet.
        more = "" if left is None else f" After this one, {left - 1} may be taken."
        locks = (
            "The items of this section that you have seen are closed for good; you go on with the next one."
            if self._sitting.state.pause is not None
            and self._sitting.form.breaks is not None
            and self._sitting.form.breaks.locks == "seen"
            and self._sitting.state.section is not None
            else "Nothing is closed by this break."
        )
        return f"{locks}{more}"
