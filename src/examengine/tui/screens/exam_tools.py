"""What lies on the desk of the exam room: note, scratchpad, certainty, struck options, calculator, search, break."""

from examengine.delivery.calculator import Line
from examengine.delivery.looking import Looking
from examengine.delivery.sitting import Sitting
from examengine.forms.form import FormEntry
from examengine.forms.searchable import searchable_lines
from examengine.itemtypes.widget import Kept
from examengine.session import commands as cmd
from examengine.session.decide import Decision, breaks_left
from examengine.session.events import Certainty
from examengine.tui.screens.confirm import ConfirmScreen
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.exam_header import ExamHeader
from examengine.tui.widgets.item_pane import ItemPane

_CERTAINTIES: tuple[Certainty | None, ...] = (None, "guess", "unsure", "sure")
TOOLS = frozenset({"note", "scratchpad", "calculator", "find", "certainty", "strike", "take_break"})


class ExamTools(ActionScreen[None]):
    """The tools' actions; the exam screen gives session, item and the way to send commands."""

    _sitting: Sitting | Looking
    _tape: list[Line]

    @property
    def entry(self) -> FormEntry:
        """Return the item on the screen."""
        raise NotImplementedError

    def perform(self, command: cmd.Command) -> Decision | None:
        """Send a command."""
        raise NotImplementedError

    def can_use(self, name: str) -> bool:
        """Return whether a tool makes sense for the item on the screen."""
        sitting, entry = self._sitting, self.entry
        if name == "find":
            return True
        if not isinstance(sitting, Sitting):
            return False
        match name:
            case "strike":
                return bool(entry.order) and self._is_open(entry) and self.query_one(ItemPane).can_strike
            case "certainty":
                return self._is_open(entry)
            case "calculator":
                section = next(one for one in sitting.form.sections if one.id == entry.section)
                return section.calculator or sitting.form.kind == "drill"
            case "take_break":
                return breaks_left(sitting.form, sitting.state) != 0
        return True

    def action_note(self) -> None:
        """Open the note of the item."""
        self._open_note(self.entry.number)

    def action_scratchpad(self) -> None:
        """Open the session's scratchpad."""
        self._open_note(None)

    def action_calculator(self) -> None:
        """Open the calculator."""
        from examengine.tui.screens.calculator import CalculatorScreen

        self.app.push_screen(CalculatorScreen(self._tape))

    def action_find(self) -> None:
        """Search the item."""
        from examengine.tui.screens.find import FindScreen

        self.app.push_screen(FindScreen(searchable_lines(self._sitting.form, self.entry)))

    def action_certainty(self) -> None:
        """Go on to the next word of certainty."""
        number = self.entry.number
        place = _CERTAINTIES.index(self._sitting.state.certainty.get(number))
        self.perform(cmd.RateCertainty(number, _CERTAINTIES[(place + 1) % len(_CERTAINTIES)]))
        self.query_one(ExamHeader).refresh()

    def action_strike(self) -> None:
        """Strike out the marked option, or take it back."""
        self.query_one(ItemPane).strike_marked()

    def strike(self, options: frozenset[str]) -> Kept:
        """Keep which options are struck out."""
        decision = self.perform(cmd.StrikeOptions(self.entry.number, options))
        if decision is None:
            return Kept.UNSAVED
        return Kept.SAVED if decision.refusal is None else Kept.REFUSED

    def action_take_break(self) -> None:
        """Ask, then go on a break."""
        rule = self._sitting.form.breaks
        if rule is None:
            return
        minutes = "" if rule.minutes is None else f" for up to {rule.minutes:g} minutes"
        clock = f"The clock stands still{minutes}." if rule.clock == "stops" else "The clock goes on."
        locks = " Every item you have seen in this section closes for good." if rule.locks == "seen" else ""
        question = ConfirmScreen("Take a break?", f"{clock}{locks}", "Take a break")
        self.app.push_screen(question, lambda yes: self._start_break() if yes else None)

    def _start_break(self) -> None:
        # The app shows the break's screen when it hears of it.
        self.perform(cmd.StartBreak())

    def _open_note(self, number: int | None) -> None:
        from examengine.tui.screens.note import NoteScreen

        if isinstance(self._sitting, Sitting):
            self.app.push_screen(NoteScreen(self._sitting, number), self._note_closed)

    def _note_closed(self, _none: None) -> None:
        self.query_one(ExamHeader).refresh()

    def _is_open(self, entry: FormEntry) -> bool:
        return entry.number not in self._sitting.state.checked and entry.number not in self._sitting.state.locked
