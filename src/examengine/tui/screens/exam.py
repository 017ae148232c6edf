"""The exam room: one item at a time, under the clock."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from examengine.core.errors import ExamEngineError, StoreError
from examengine.core.model import Model
from examengine.delivery.calculator import Line
from examengine.delivery.check_item import check_item
from examengine.delivery.looking import Looking
from examengine.delivery.sitting import Sitting
from examengine.forms.form import FormEntry
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import FileEdit
from examengine.itemtypes.widget import Kept
from examengine.reports.session_report import ItemReport
from examengine.session import commands as cmd
from examengine.session.decide import Decision, Refusal, leaving_locks
from examengine.session.standing import open_numbers
from examengine.tui.actions import Action
from examengine.tui.screens.case_actions import CASE, CaseActions
from examengine.tui.screens.code_outside import OUTSIDE, CodeOutside
from examengine.tui.screens.code_workspace import CODE
from examengine.tui.screens.confirm import ConfirmScreen, ask_to_leave
from examengine.tui.screens.exam_tools import TOOLS, ExamTools
from examengine.tui.screens.figure_actions import FigureActions
from examengine.tui.theme import CERTAINTY_SIGNS, FLAG_SIGN
from examengine.tui.widgets.exam_header import ExamHeader
from examengine.tui.widgets.figure import ShownFigure
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.item_pane import ItemPane

if TYPE_CHECKING:
    from examengine.tui.screens.navigator import NavigatorScreen
    from examengine.tui.screens.review import ReviewScreen


class ExamScreen(CaseActions, FigureActions[None], ExamTools, CodeOutside):
    """Shows the session's current item and sends every change to the session at once; also the room for drills."""

    PLACE = "exam"

    def __init__(self, sitting: Sitting | Looking) -> None:
        super().__init__()
        self._sitting = sitting
        self._reports: dict[int, ItemReport] = {}
        self._grading: set[int] = set()
        self._tape: list[Line] = []
        self._navigator: NavigatorScreen | None = None
        self._review: ReviewScreen | None = None

    def compose(self) -> ComposeResult:
        """Lay out header, item and footer."""
        yield ExamHeader(self._sitting, self.place)
        yield ItemPane(self)
        yield HintBar()

    async def on_mount(self) -> None:
        """Show the current item."""
        self.query_one(ExamHeader).is_clock_hidden = self.exam_app.is_clock_hidden
        await self.show_current()

    @property
    def entry(self) -> FormEntry:
        """Return the item on the screen."""
        pane = self.query_one(ItemPane)
        return pane.entry if pane.entry is not None else self._sitting.form.entry(self._current())

    @property
    def is_drill(self) -> bool:
        """Whether feedback is given at once."""
        return self._sitting.form.feedback == "immediate"

    def place(self) -> tuple[str, str]:
        """Return the header's title and place."""
        form, state = self._sitting.form, self._sitting.state
        number = self._current()
        section = next(one for one in form.sections if one.id == form.entry(number).section)
        title = form.title if len(form.sections) == 1 else section.title
        flag = f"  {FLAG_SIGN} flagged" if number in state.flagged else ""
        certainty = state.certainty.get(number)
        word = f"  {' '.join(CERTAINTY_SIGNS[certainty])}" if certainty is not None else ""
        note = "  ✎" if state.notes.get(number, "").strip() else ""
        return title, f"item {number} of {len(form.entries)}{flag}{word}{note}"

    def can(self, name: str) -> bool:
        """Return what makes sense for the item on the screen."""
        pane = self.query_one(ItemPane)
        if pane.entry is None:
            return name in ("help", "leave")
        number = pane.entry.number
        if name in TOOLS:
            return self.can_use(name)
        if name in CASE:
            return self.can_look_at_case(name)
        if name in CODE:
            return self.can_code(name)
        if name in OUTSIDE:
            return self.can_go_outside()
        if name == "figure":
            return bool(pane.figures)
        match name:
            case "check":
                return self.is_drill and number not in self._sitting.state.checked
            case "retry":
                return self.is_drill and number in self._sitting.state.checked and isinstance(self._sitting, Sitting)
            case "zoom":
                return pane.has_class("-roomy")
            case "toggle_clock":
                return self._sitting.form.seconds is not None
        return True

    def label(self, action: Action) -> str:
        """Name what leads out of a drill by what it does there."""
        if action.name == "case":
            return self.case_label()
        return "Finish" if action.name == "review" and self.is_drill else action.label

    async def show_current(self) -> None:
        """Show the item that the session says is current, with what is on disk."""
        entry = self._sitting.form.entry(self._current())
        state = self._sitting.state
        is_final = entry.number in state.checked | state.locked or isinstance(self._sitting, Looking)
        pane = self.query_one(ItemPane)
        response, stimulus = state.responses.get(entry.number), self._sitting.form.stimulus_of(entry)
        figures = self._sitting.form.figures_of(entry.item.id)
        # One change for the eye, laid out and painted once.
        with self.app.batch_update():
            await pane.show_entry(entry, response, is_final=is_final, stimulus=stimulus, figures=figures)
            if pane.view is not None and state.struck.get(entry.number):
                pane.view.show_struck(state.struck[entry.number])
            self._show_extras(entry)
            self.query_one(ExamHeader).refresh()
            self.refresh_bindings()

    def figures_here(self) -> Sequence[ShownFigure]:
        """Return the figures of the item, then those of its case."""
        return self.query_one(ItemPane).figures

    def perform(self, command: cmd.Command) -> Decision | None:
        """Send a command; a refusal is told, and a disk that refuses gets its own screen (then: None)."""
        try:
            decision = self._sitting.perform(command)
        except StoreError as error:
            self._disk_refused(error, command)
            return None
        if decision.refusal is not None:
            self.exam_app.notice(decision.refusal.message, is_warning=True)
        return decision

    def respond(self, response: Model) -> Kept:
        """Keep a response of the item on the screen."""
        return self._kept(cmd.Respond(self.entry.number, response.model_dump(mode="json")))

    def edit(self, edit: FileEdit) -> Kept:
        """Keep one change of a file of the item on the screen."""
        return self._kept(cmd.EditFile(self.entry.number, edit))

    def confirm(self) -> None:
        """In a drill: check the response, then go on."""
        if self.is_drill:
            wanted = "next_item" if self.entry.number in self._sitting.state.checked else "check"
            self.app.call_later(self.action_do, wanted)

    async def action_next_item(self) -> None:
        """Go to the next item of the section, or to the review screen."""
        numbers = self._numbers()
        place = numbers.index(self.entry.number)
        if place + 1 < len(numbers):
            await self.go(numbers[place + 1])
        else:
            await self.action_review()

    async def action_previous_item(self) -> None:
        """Go to the previous item of the section."""
        numbers = self._numbers()
        place = numbers.index(self.entry.number)
        if place > 0:
            await self.go(numbers[place - 1])
        else:
            self.exam_app.notice("This is the first item of the section.")

    async def go(self, number: int) -> None:
        """Show an item, where the session allows it; before an item locks, ask."""
        if leaving_locks(self._sitting.form, self._sitting.state) and number != self._sitting.state.current:
            body = "This item closes for good once you leave it: you cannot come back to it."
            question = ConfirmScreen(f"Leave item {self.entry.number}?", body, "Leave it for good")
            self.app.push_screen(question, lambda yes: self.app.call_next(self._show, number) if yes else None)
        else:
            await self._show(number)

    async def _show(self, number: int) -> None:
        decision = self.perform(cmd.Show(number))
        if decision is not None and decision.refusal is None and self._sitting.state.current is not None:
            await self.show_current()

    def action_flag(self) -> None:
        """Flag the item, or take the flag off."""
        number = self.entry.number
        self.perform(cmd.Flag(number, number not in self._sitting.state.flagged))
        self.query_one(ExamHeader).refresh()

    def action_toggle_clock(self) -> None:
        """Hide or show the clock."""
        self.exam_app.is_clock_hidden = not self.exam_app.is_clock_hidden
        self.query_one(ExamHeader).is_clock_hidden = self.exam_app.is_clock_hidden

    async def action_navigator(self) -> None:
        """Show all items."""
        await self._open_navigator("")

    async def action_go_to(self) -> None:
        """Ask for a number."""
        await self._open_navigator("")

    async def on_key(self, event: events.Key) -> None:
        """Take a digit as the beginning of an item's number."""
        if event.character is not None and event.character in "123456789":
            event.stop()
            await self._open_navigator(event.character)

    async def action_review(self) -> None:
        """Show what is left to do."""
        from examengine.tui.screens.review import ReviewScreen

        if self._review is None:
            self._review = self.keep(ReviewScreen(self._sitting))
        self._review.show()
        await self.lay_over(self._review, self._reviewed)

    def action_zoom(self) -> None:
        """Give one half all the room."""
        self.query_one(ItemPane).zoom()

    def action_scroll_up(self) -> None:
        """Scroll the item."""
        self._scroll(-1)

    def action_scroll_down(self) -> None:
        """Scroll the item."""
        self._scroll(1)

    def action_saved(self) -> None:
        """Say that there is nothing to save."""
        self.exam_app.notice("Every change is saved as you make it.")

    def action_leave(self) -> None:
        """Ask, then leave."""
        if isinstance(self._sitting, Sitting):
            ask_to_leave(self.exam_app, self._sitting)

    def action_check(self) -> None:
        """Show the feedback of a drill's item; code is graded beside the screen."""
        entry, sitting = self.entry, self._sitting
        if not isinstance(sitting, Sitting) or entry.number in self._grading:
            return
        services = self.exam_app.services
        if not isinstance(entry.item, Coding):
            try:
                self._checked(entry.number, check_item(services, sitting, entry.number))
            except StoreError as error:
                self._disk_refused(error, cmd.Check(entry.number))
            return
        self._grading.add(entry.number)
        self.query_one(ItemPane).show_wait()

        def failed(error: ExamEngineError) -> None:
            self._grading.discard(entry.number)
            self.exam_app.report(error)

        self.exam_app.background.run(
            self,
            lambda: check_item(services, sitting, entry.number),
            lambda report: self._checked(entry.number, report),
            failed,
        )

    async def action_retry(self) -> None:
        """Let a drill's item be answered anew; its first attempt is kept and counts."""
        number = self.entry.number
        if number in self._grading:
            return
        decision = self.perform(cmd.Retry(number))
        if decision is not None and decision.refusal is None:
            self._reports.pop(number, None)
            await self.show_current()

    def _current(self) -> int:
        state = self._sitting.state
        return state.current if state.current is not None else self._sitting.form.entries[0].number

    def _numbers(self) -> list[int]:
        if isinstance(self._sitting, Looking):
            return [one.number for one in self._sitting.form.entries_of(self.entry.section)]
        return open_numbers(self._sitting.form, self._sitting.state) or [self.entry.number]

    def _kept(self, command: cmd.Command) -> Kept:
        decision = self.perform(command)
        if decision is None:
            return Kept.UNSAVED
        return Kept.SAVED if decision.refusal is None else Kept.REFUSED

    def _scroll(self, direction: int) -> None:
        self.query_one(ItemPane).scroll_page(direction)

    async def _open_navigator(self, digits: str) -> None:
        from examengine.tui.screens.navigator import NavigatorScreen

        if self._navigator is None:
            self._navigator = self.keep(NavigatorScreen(self._sitting))
        self._navigator.show(self.entry.number, digits)
        await self.lay_over(self._navigator, self._navigated)

    async def _navigated(self, number: int | None) -> None:
        if number is not None and number != self.entry.number:
            await self.go(number)

    async def _reviewed(self, chosen: int | None) -> None:
        if chosen is not None and self._sitting.state.section is not None:
            await self.go(chosen)

    def _show_extras(self, entry: FormEntry) -> None:
        number = entry.number
        self.show_code_extras(entry)
        if number in self._reports:
            self._show_report(number)
        elif number in self._sitting.state.checked:
            self.action_check()

    def _checked(self, number: int, report: ItemReport | Refusal) -> None:
        self._grading.discard(number)
        if isinstance(report, Refusal):
            self.exam_app.notice(report.message, is_warning=True)
            return
        self._reports[number] = report
        if number == self.entry.number:
            self._show_report(number)
        self.refresh_bindings()

    def _show_report(self, number: int) -> None:
        entry = self._sitting.form.entry(number)
        spec = spec_of(entry.item)
        response = spec.response_model.model_validate(self._sitting.state.responses.get(number, {}))
        self.query_one(ItemPane).show_feedback(self._reports[number], spec.explain(entry.item, response))

    def _disk_refused(self, error: StoreError, command: cmd.Command) -> None:
        from examengine.tui.screens.disk import DiskScreen

        def answered(is_again: bool | None) -> None:
            if not is_again:
                self.app.call_next(self.exam_app.leave_sitting)
            elif isinstance(command, cmd.EditFile):
                # The editor still holds the text: all that the disk lacks goes again, not this change alone.
                view = self.query_one(ItemPane).view
                if view is not None:
                    view.send_again()
            else:
                self.perform(command)
                self.app.call_next(self.show_current)

        if not isinstance(self.app.screen, DiskScreen):
            self.app.push_screen(DiskScreen(error), answered)
