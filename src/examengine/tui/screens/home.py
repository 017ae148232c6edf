"""The first screen: sessions to resume, exams, drills, history."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from examengine import __version__
from examengine.core.counted import counted
from examengine.core.errors import ExamEngineError
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.hint_bar import HintBar

if TYPE_CHECKING:
    from examengine.delivery.list_exams import ExamLine
    from examengine.delivery.list_sessions import SessionLine
    from examengine.delivery.services import Services
    from examengine.practice.next_drill import NextDrill
    from examengine.practice.streak import Streak
    from examengine.store.session_store import SessionRow

_TRIAL_ITEMS = 5
_SIGNS = {
    "active": "●",
    "proposed": "◐",
    "announced": "○",
    "beta": "○",
    "retiring": "◐",
    "retired": "✗",
    "unreadable": "✗",
}


@dataclass(frozen=True, slots=True)
class _Found:
    open_sessions: "list[SessionLine]"
    exams: "list[ExamLine]"
    finished: "list[SessionRow]"
    streak: "Streak"
    due: "NextDrill | None"


class HomeScreen(ActionScreen[None]):
    """One list with headings; what has to be read from disk comes in when it is there."""

    PLACE = "home"

    def __init__(self, *, is_shown: bool) -> None:
        super().__init__()
        self._is_first = is_shown
        self._exams: list[ExamLine] = []

    def compose(self) -> ComposeResult:
        """Lay out title, list and footer."""
        yield Static(_title(None), id="title")
        yield OptionList(*([Option("Reading the banks …", disabled=True)] if self._is_first else []), id="choices")
        yield HintBar()

    def on_screen_resume(self) -> None:
        """Read again what may have changed meanwhile."""
        # After the first paint: reading and what it imports would hold it up.
        self.call_after_refresh(self._read)

    def _read(self) -> None:
        if self.app.screen is self:
            services = self.exam_app.services
            self.exam_app.background.run(self, lambda: _read(services), self._show, self.exam_app.report)

    def can(self, name: str) -> bool:
        """Open nothing while nothing is marked."""
        return name != "choose" or self.query_one(OptionList).highlighted is not None

    def action_choose(self) -> None:
        """Open what is marked."""
        self.query_one(OptionList).action_select()

    def action_drill(self) -> None:
        """Choose a drill."""
        from examengine.tui.screens.drill_choice import DrillChoiceScreen

        self.app.push_screen(DrillChoiceScreen(self._banks()))

    def action_history(self) -> None:
        """Show the history."""
        from examengine.tui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen())

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit()

    @on(OptionList.OptionSelected)
    async def _open(self, event: OptionList.OptionSelected) -> None:
        kind, _, name = (event.option_id or "").partition(":")
        match kind:
            case "session":
                self.app.call_next(self.exam_app.open_session, name)
            case "exam":
                from examengine.tui.screens.start import StartScreen

                self.app.push_screen(StartScreen(name))
            case "bank":
                from examengine.tui.screens.drill_choice import DrillChoiceScreen

                self.app.push_screen(DrillChoiceScreen([name]))
            case "due":
                from examengine.tui.screens.drill_choice import DrillChoiceScreen

                # A bank that has no exam is offered here alone.
                names = {*self._banks(), name.partition(":")[0]}
                self.app.push_screen(DrillChoiceScreen(sorted(names), name))
            case "trial":
                self._start_trial(name)
            case "history":
                self.action_history()

    def _start_trial(self, bank: str) -> None:
        from examengine.delivery.start_session import start_drill
        from examengine.forms.drill import DrillChoice

        app, services = self.exam_app, self.exam_app.services
        app.notice("Putting together five items …")
        app.background.run(
            self,
            lambda: start_drill(services, bank, DrillChoice(count=_TRIAL_ITEMS)),
            lambda session: app.call_next(app.open_session, session),
            app.report,
        )

    def _banks(self) -> list[str]:
        return sorted({exam.bank for exam in self._exams if not exam.trouble and exam.can_be_practised})

    def _first_banks(self) -> list[str]:
        """Return the banks for a first look: those with an exam that can be sat, if there are any."""
        whole = {exam.bank for exam in self._exams if not exam.trouble and not exam.lacks}
        return [bank for bank in self._banks() if bank in whole] or self._banks()

    def _show(self, found: _Found) -> None:
        self._exams = found.exams
        choices = self.query_one(OptionList)
        # What can be gone on with comes first; else the mark stays where it was.
        kept = choices.highlighted_option.id if choices.highlighted_option and not found.open_sessions else None
        choices.clear_options()
        self.query_one("#title", Static).update(_title(found.streak))
        is_new = not found.open_sessions and not found.finished
        if is_new and self._banks():
            choices.add_options(_welcome())
        if found.open_sessions:
            choices.add_option(_heading("Go on with"))
            choices.add_options(_resume_card(line) for line in found.open_sessions)
            choices.add_option(_blank())
        choices.add_option(_heading("Exams"))
        choices.add_options(_exam_card(exam) for exam in found.exams if not exam.lacks)
        if not found.exams:
            choices.add_option(Option(Content("  There is no bank yet; see examengine bank list."), disabled=True))
        choices.add_option(_blank())
        choices.add_option(_heading("Practise"))
        if found.due is not None:
            choices.add_option(_due_card(found.due, is_one_bank=len(self._banks()) == 1))
        if is_new:
            for bank in self._first_banks():
                words = f"  ▸ A first look at {bank}: five items, feedback after each, no clock"
                choices.add_option(Option(Content(words), f"trial:{bank}"))
        for bank in self._banks():
            choices.add_option(
                Option(Content(f"  Drill {bank}: items of your choice, feedback after each"), f"bank:{bank}")
            )
        choices.add_option(_blank())
        choices.add_option(_heading("Look back"))
        choices.add_option(_history_card(found.finished))
        unwritten = [exam for exam in found.exams if exam.lacks]
        if unwritten:
            choices.add_option(_blank())
            choices.add_option(_heading("Not written yet"))
            choices.add_options(_unwritten_card(exam) for exam in unwritten)
        ids = [option.id for option in choices.options]
        choices.highlighted = (
            ids.index(kept)
            if kept is not None and kept in ids
            else next((place for place, option in enumerate(choices.options) if not option.disabled), None)
        )
        self.set_focus(choices)
        self.refresh_bindings()


def _read(services: "Services") -> _Found:
    from examengine.delivery.list_exams import ExamLine, exams_and_domains
    from examengine.delivery.list_sessions import open_sessions
    from examengine.delivery.practice_history import practice_due, practice_streak

    finished = [row for row in services.store.list_sessions() if row.phase == "submitted"]
    try:
        exams, domains = exams_and_domains(services)
    except ExamEngineError as error:
        trouble = ExamLine(
            id="banks", title="Banks", bank="", minutes=0, status="unreadable", items=0, exercises=0, trouble=str(error)
        )
        exams, domains = [trouble], []
    due = practice_due(services, domains)
    return _Found(open_sessions(services), exams, finished, practice_streak(services), due)


def _title(streak: "Streak | None") -> Content:
    name = (("examengine", "bold $primary"), (f"  {__version__}", "$quiet"))
    if streak is None or not streak.longest:
        return Content.assemble(*name)
    days = f"{counted(streak.days, 'day')} in a row"
    if streak.is_today_done:
        told = f"✓ {days}"
    elif streak.days:
        told = f"○ {days}; today is still open"
    else:
        told = f"○ no streak now; the longest was {counted(streak.longest, 'day')}"
    return Content.assemble(*name, (f"   {told}", "$accent"))


def _welcome() -> list[Option]:
    lines = (
        "Welcome. Open an exam to read its rules; no clock runs until you begin.",
        "Or take a first look below. The footer names the next keys; ? tells all.",
    )
    return [*(Option(Content(line), disabled=True) for line in lines), _blank()]


def _due_card(due: "NextDrill", *, is_one_bank: bool) -> Option:
    bank = "" if is_one_bank else f" ({due.domain.bank})"
    text = Content.assemble(
        ("  ◆ ", "$accent"), "Due: ", (f"{due.domain.title}{bank}", "bold"), (f"\n      {due.reason}", "$quiet")
    )
    return Option(text, f"due:{due.domain.bank}:{due.domain.id}")


def _heading(text: str) -> Option:
    return Option(Content.styled(text, "bold $primary"), disabled=True)


def _blank() -> Option:
    return Option(Content(""), disabled=True)


def _resume_card(line: "SessionLine") -> Option:
    from examengine.reports.words import duration

    left = "" if line.seconds_left is None else f"{duration(line.seconds_left)} left, "
    begun = datetime.fromtimestamp(line.started).astimezone()
    text = Content.assemble(
        ("  ▸ ", "$accent"),
        (line.title, "bold"),
        f"  {left}{line.answered} of {line.entries} answered",
        (f"  begun {begun:%Y-%m-%d %H:%M}", "$quiet"),
    )
    return Option(text, f"session:{line.id}")


def _exam_card(exam: "ExamLine") -> Option:
    sign = _SIGNS.get(exam.status, "·")
    if exam.trouble:
        return Option(Content(f"  {sign} {exam.title}: {exam.trouble}"), disabled=True)
    note = f", {exam.status_note}" if exam.status_note else ""
    day = f", as of {exam.as_of}" if exam.as_of is not None else ""
    code = f" and {counted(exam.exercises, 'exercise')}" if exam.exercises else ""
    text = Content.assemble(
        f"  {sign} ",
        (exam.title, "bold"),
        f"\n      {exam.minutes:g} min, {counted(exam.items, 'item')}{code}",
        (f"  {exam.status}{note}{day}", "$quiet"),
    )
    return Option(text, f"exam:{exam.id}")


def _unwritten_card(exam: "ExamLine") -> Option:
    note = f", {exam.status_note}" if exam.status_note else ""
    sign = _SIGNS.get(exam.status, "·")
    text = Content.assemble(f"  {sign} {exam.title}\n      {exam.lacks}", (f"  {exam.status}{note}", "$quiet"))
    return Option(text, disabled=True)


def _history_card(finished: "list[SessionRow]") -> Option:
    if not finished:
        return Option(Content("  History: no finished session yet"), "history:")
    last = finished[0]
    day = datetime.fromtimestamp(last.created).astimezone()
    count = counted(len(finished), "session")
    return Option(Content(f"  History: {count}, the last {last.title} of {day:%Y-%m-%d}"), "history:")
