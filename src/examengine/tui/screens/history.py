"""All sessions, newest first: those that are open can be resumed, the others looked at."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from examengine.delivery.list_sessions import SessionLine, list_sessions
from examengine.reports.words import MARKS, OUTCOMES, duration
from examengine.tui.actions import Action, bindings_of
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.choice_list import ChoiceList
from examengine.tui.widgets.hint_bar import HintBar

_OUTCOME_MARKS = {"passed": "right", "failed": "wrong", "open": "ungraded"}


class HistoryScreen(ActionScreen[None]):
    """One line for each session."""

    PLACE = "history"
    BINDINGS = list(bindings_of(PLACE))  # noqa: RUF012 - Textual declares it so
    DEFAULT_CSS = """
    HistoryScreen .title-line { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    HistoryScreen #sessions { height: 1fr; border: none; padding: 1 0; background: transparent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._sessions: list[SessionLine] = []

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Content.styled("History", "bold"), classes="title-line", markup=False)
        yield ChoiceList(Option(Content("  Reading the sessions …"), disabled=True), id="sessions")
        yield HintBar()

    def on_screen_resume(self) -> None:
        """Read again what may have changed meanwhile."""
        services = self.exam_app.services
        self.exam_app.background.run(self, lambda: list_sessions(services), self._show, self.exam_app.report)

    def can(self, name: str) -> bool:
        """Open nothing while there is nothing."""
        return name != "choose" or self._marked() is not None

    def label(self, action: Action) -> str:
        """Say what becomes of the marked session."""
        marked = self._marked()
        if action.name == "choose" and marked is not None:
            return "Resume" if marked.is_open else "Results"
        return action.label

    def action_choose(self) -> None:
        """Open the marked session."""
        self.query_one(OptionList).action_select()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        line = next((one for one in self._sessions if one.id == event.option_id), None)
        if line is None:
            return
        if line.is_open:
            self.app.call_next(self.exam_app.open_session, line.id)
            return
        from examengine.tui.screens.results import ResultsScreen

        self.app.push_screen(ResultsScreen(line.id))

    def _marked(self) -> SessionLine | None:
        option = self.query_one(OptionList).highlighted_option
        name = option.id if option is not None else None
        return next((one for one in self._sessions if one.id == name), None)

    def _show(self, sessions: list[SessionLine]) -> None:
        choices = self.query_one(OptionList)
        kept = self._marked()
        self._sessions = sessions
        choices.clear_options()
        choices.add_options(Option(session_line(one), one.id) for one in sessions)
        if sessions:
            ids = [one.id for one in sessions]
            choices.highlighted = ids.index(kept.id) if kept is not None and kept.id in ids else 0
        else:
            choices.add_option(Option(Content("  There is no session yet."), disabled=True))
        self.set_focus(choices)
        self.refresh_bindings()


def session_line(line: SessionLine) -> Content:
    """Return a session as two lines: what and when, then how it stands."""
    day = datetime.fromtimestamp(line.started).astimezone()
    head = [(f"{day:%Y-%m-%d %H:%M}  ", "$quiet"), (line.title, "bold"), (f"   {line.id}", "$quiet")]
    if line.is_open:
        left = "" if line.seconds_left is None else f", {duration(line.seconds_left)} left"
        stands = ("○ open", "bold $accent")
        rest = f"  {line.answered} of {line.entries} answered{left}"
    elif line.kind == "drill":
        stands = ("● drill", "bold")
        rest = (
            f"  {line.percent or 0:.1f} %, {line.answered} of {line.entries} answered in {duration(line.seconds_used)}"
        )
    else:
        mark = _OUTCOME_MARKS[line.outcome]
        stands = (f"{MARKS[mark][0]} {OUTCOMES[line.outcome]}", f"bold $mark-{mark}")
        scaled = "" if line.scaled is None else f"  {line.scaled}"
        rest = f"{scaled}  {line.percent or 0:.1f} % of the points in {duration(line.seconds_used)}"
    return Content.assemble("  ", *head, "\n                    ", stands, rest)
