"""Grading after the submission: one line for each exercise, then the results."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from examengine.core.errors import ExamEngineError
from examengine.core.evidence import Evidence, Verdict
from examengine.delivery.grade_session import coding_entries, evidence_of, grade_session, read_submitted
from examengine.delivery.services import Services
from examengine.forms.form import FormEntry
from examengine.itemtypes.coding.model import Coding
from examengine.reports.words import printable
from examengine.tui.actions import Action, bindings_of
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.hint_bar import HintBar

_RUNNING = "▸"
_WAITING = "·"
_SIGNS = {
    Verdict.PASSED: ("✓", "$mark-right", "all tests passed"),
    Verdict.FAILED: ("◐", "$mark-partial", "not all tests passed"),
    Verdict.ERROR: ("✗", "$mark-wrong", "error"),
    Verdict.TIMEOUT: ("✗", "$mark-wrong", "out of time"),
    Verdict.MEMORY: ("✗", "$mark-wrong", "out of memory"),
    Verdict.CRASHED: ("✗", "$mark-wrong", "crashed"),
    Verdict.UNAVAILABLE: ("?", "$mark-ungraded", "not graded"),
}


@dataclass
class GradingMoved(Message):
    """The grading of one exercise began (no evidence) or ended; comes from the grading thread."""

    number: int
    evidence: Evidence | None


class _Left(Exception):  # noqa: N818 - no error: the screen was left
    """Stops the grading between two exercises."""


@dataclass(frozen=True, slots=True)
class _Plan:
    entries: list[FormEntry]
    evidence: dict[int, Evidence]


class GradingScreen(ActionScreen[None]):
    """Shows how the grading goes on; goes on to the results by itself when everything is graded."""

    PLACE = "grading"
    BINDINGS = list(bindings_of(PLACE))  # noqa: RUF012 - Textual declares it so
    DEFAULT_CSS = """
    GradingScreen .title-line { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    GradingScreen #grading { padding: 1 2; }
    GradingScreen #grading-note { padding: 1 2; height: auto; }
    """

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self._session = session_id
        self._entries: list[FormEntry] = []
        self._evidence: dict[int, Evidence] = {}
        self._current: int | None = None
        self._is_done = False
        self._is_left = False
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static(Content.styled("Grading", "bold"), classes="title-line", markup=False)
        with VerticalScroll(id="grading"):
            yield Static("", id="grading-lines", markup=False)
        yield Static("", id="grading-note", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Begin at once."""
        self._grade()

    def on_unmount(self) -> None:
        """Stop after the exercise that is running; what is graded is kept."""
        self._is_left = True

    def can(self, name: str) -> bool:
        """Go on when the grading is through; grade again only what could not be graded."""
        match name:
            case "results":
                return self._is_done
            case "again":
                return self._is_done and (bool(self._trouble) or bool(self._unavailable()))
            case "later":
                return True
        return True

    def label(self, action: Action) -> str:
        """Say where leaving leads."""
        return "Home" if action.name == "later" and self._is_done else action.label

    def action_results(self) -> None:
        """Go on to the results."""
        from examengine.tui.screens.results import ResultsScreen

        self.app.call_next(self.exam_app.replace_screens, ResultsScreen(self._session))

    def action_again(self) -> None:
        """Grade again what could not be graded."""
        self._grade()

    def action_later(self) -> None:
        """Go home."""
        self._is_left = True
        self.app.call_next(self.exam_app.go_home)

    def on_grading_moved(self, message: GradingMoved) -> None:
        """Show one step."""
        if message.evidence is None:
            self._current = message.number
            self._evidence.pop(message.number, None)
        else:
            self._evidence[message.number] = message.evidence
            self._current = None
        self._draw()

    def _grade(self) -> None:
        self._is_done = False
        self._trouble = ""
        services = self.exam_app.services
        self.exam_app.background.run(self, lambda: _plan(services, self._session), self._begin, self._fail)
        self._draw()

    def _begin(self, plan: _Plan) -> None:
        self._entries = plan.entries
        self._evidence = plan.evidence
        self._draw()
        services, session = self.exam_app.services, self._session
        self.exam_app.background.run(self, lambda: self._work(services, session), self._end, self._fail)

    def _work(self, services: Services, session: str) -> dict[int, Evidence] | None:
        """Grade, in a thread of its own; none: the screen was left meanwhile."""

        def progress(entry: FormEntry, evidence: Evidence | None) -> None:
            if self._is_left:
                raise _Left
            self.post_message(GradingMoved(entry.number, evidence))

        try:
            return grade_session(services, session, progress)
        except _Left:
            return None

    def _end(self, evidence: dict[int, Evidence] | None) -> None:
        if evidence is None or self._is_left:
            return
        self._evidence = evidence
        self._current = None
        self._is_done = True
        if not self._unavailable():
            self.action_results()
            return
        self._draw()
        self.refresh_bindings()

    def _fail(self, error: ExamEngineError) -> None:
        self._current = None
        self._is_done = True
        self._trouble = str(error)
        self._draw()
        self.refresh_bindings()

    def _unavailable(self) -> list[int]:
        return [number for number, one in self._evidence.items() if one.verdict is Verdict.UNAVAILABLE]

    def _draw(self) -> None:
        lines = [self._line(entry) for entry in self._entries]
        self.query_one("#grading-lines", Static).update(Content("\n").join(lines))
        self.query_one("#grading-note", Static).update(self._note())

    def _line(self, entry: FormEntry) -> Content:
        title = entry.item.title if isinstance(entry.item, Coding) else entry.item.id
        head = f"Item {entry.number}  {' '.join(title.split())}"
        evidence = self._evidence.get(entry.number)
        if evidence is not None:
            sign, style, word = _SIGNS[evidence.verdict]
            tail = f"  {word}"
            if evidence.message:
                tail = f"  {word}: {' '.join(printable(evidence.message).split())}"
            return Content.assemble((f"{sign} ", f"bold {style}"), (head, "bold"), tail)
        if entry.number == self._current:
            return Content.assemble((f"{_RUNNING} ", "bold $accent"), (head, "bold"), "  running the hidden tests …")
        return Content.assemble((f"{_WAITING} {head}", "$quiet"), ("  waits", "$quiet"))

    def _note(self) -> Content:
        if self._trouble:
            return Content(f"The grading stopped: {self._trouble}. No response is lost; grade again, or go on.")
        missing = len(self._unavailable())
        if self._is_done and missing:
            what = "One exercise" if missing == 1 else f"{missing} exercises"
            return Content(
                f"{what} could not be graded here: that is no fault of the code, and its points stay open."
                " Grade again now, or go on to the results and grade later."
            )
        if self._entries:
            return Content("Your time is over; grading takes none of it.")
        return Content("")


def _plan(services: Services, session: str) -> _Plan:
    form, state = read_submitted(services, session)
    entries = [entry for entry, _item, _response in coding_entries(form, state)]
    return _Plan(entries, evidence_of(services, session, form, state))
