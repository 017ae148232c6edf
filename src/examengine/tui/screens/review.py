"""Before a section or the session ends: what is left to do, one key from each gap, and the way out."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from examengine.core.errors import StoreError
from examengine.delivery.looking import Looking
from examengine.delivery.sitting import Sitting
from examengine.session import commands as cmd
from examengine.session.standing import Standing, counts, first_line, standings
from examengine.tui.actions import Action
from examengine.tui.screens.confirm import ConfirmScreen
from examengine.tui.theme import FLAG_SIGN, STANDING_SIGNS
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.row_list import RowList

_ROW_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


class ReviewScreen(ActionModal[int | None]):
    """Answers with the number to go to; leaving the section or submitting is asked for here.

    Told by `show`, before each showing, to look at how the items stand.
    """

    PLACE = "review"
    # Below 18 rows the list takes what the dialog leaves, so that its mark is never out of sight.
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (32, "-tall")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, sitting: Sitting | Looking) -> None:
        super().__init__()
        self._sitting = sitting
        self._standings: Sequence[Standing] = ()
        self._rows: list[Standing] = []

    def show(self) -> None:
        """Take up how the items of the open section stand now."""
        state = self._sitting.state
        self._standings = standings(self._sitting.form, state, state.section)
        self._rows = [one for one in self._standings if one.is_gap or one.is_flagged]
        if self.is_mounted:
            self._fill()

    def compose(self) -> ComposeResult:
        """Lay out counts, gaps and the way out."""
        with Vertical(classes="dialog dialog-large", id="review"):
            yield Static("", id="review-title", markup=False)
            yield Static("", id="review-counts", markup=False)
            yield RowList(id="gaps")
            yield Static(Content("✓ Every item has a response, and nothing is flagged."), id="no-gaps")
            yield Static("", id="way-out", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Fill in what is shown."""
        self._fill()

    def can(self, name: str) -> bool:
        """Go nowhere where there is no gap."""
        return name != "choose" or bool(self._rows)

    def label(self, action: Action) -> str:
        """Name the way out by what it does."""
        if action.name != "finish":
            return action.label
        if self._sitting.form.feedback == "immediate":
            return "Finish the drill"
        return "Submit the exam" if self._is_last() else "Leave the section"

    def on_key(self, event: events.Key) -> None:
        """Go to the item whose key was pressed."""
        place = _ROW_KEYS.find(event.character) if event.character else -1
        if 0 <= place < len(self._rows):
            event.stop()
            self.dismiss(self._rows[place].entry.number)

    def action_choose(self) -> None:
        """Go to the marked item."""
        self.dismiss(self._rows[self.query_one(RowList).marked].entry.number)

    def action_back(self) -> None:
        """Go back to the item."""
        self.dismiss(None)

    def action_finish(self) -> None:
        """Ask, then leave the section or submit."""
        done = counts(self._standings)
        gaps = len(self._standings) - done["answered"]
        left = f"{gaps} of {len(self._standings)} items have no complete response. " if gaps else ""
        section = next(one for one in self._sitting.form.sections if one.id == self._sitting.state.section)
        if self._sitting.form.feedback == "immediate":
            self._ask("Finish the drill?", f"{left}You see the result next.", "Finish", cmd.Submit())
        elif self._is_last():
            body = f"{left}The exam ends for good; nothing can be changed after that."
            self._ask("Submit the exam?", body, "Submit", cmd.Submit())
        elif section.leave == "locks":
            body = f"{left}The section closes for good: you cannot come back to it."
            self._ask(f"Leave {section.title}?", body, "Leave it for good", cmd.LeaveSection())
        else:
            body = f"{left}You can come back to it."
            self._ask(f"Leave {section.title}?", body, "Leave it", cmd.LeaveSection())

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self._rows[event.place].entry.number)

    def _fill(self) -> None:
        """Show counts, the gaps with the first one marked, and the way out."""
        self.query_one("#review-title", Static).update(Content.styled(f"Review: {self._title()}", "bold $primary"))
        self.query_one("#review-counts", Static).update(self._counts())
        self.query_one("#way-out", Static).update(Content.styled(self._way_out(), "$quiet"))
        gaps = self.query_one(RowList)
        gaps.show_rows([self._row(place, one) for place, one in enumerate(self._rows)])
        gaps.display = bool(self._rows)
        self.query_one("#no-gaps").display = not self._rows
        self.set_focus(gaps if self._rows else None)

    def _ask(self, title: str, body: str, yes: str, command: cmd.Command) -> None:
        def answered(is_yes: bool | None) -> None:
            if is_yes:
                self._perform(command)

        self.app.push_screen(ConfirmScreen(title, body, yes), answered)

    def _perform(self, command: cmd.Command) -> None:
        try:
            decision = self._sitting.perform(command)
        except StoreError as error:
            self.exam_app.report(error)
            return
        if decision.refusal is not None:
            self.exam_app.notice(decision.refusal.message, is_warning=True)

    def _is_last(self) -> bool:
        state = self._sitting.state
        others = [one for one in self._sitting.form.sections if one.id not in (*state.sections_closed, state.section)]
        return not others

    def _title(self) -> str:
        form = self._sitting.form
        if len(form.sections) == 1:
            return form.title
        return next(one.title for one in form.sections if one.id == self._sitting.state.section)

    def _counts(self) -> Content:
        done = counts(self._standings)
        parts = [f"{done['answered']} of {len(self._standings)} answered"]
        parts += [f"{done[name]} {STANDING_SIGNS[name][1]}" for name in ("incomplete", "seen", "unseen") if done[name]]
        if done["flagged"]:
            parts.append(f"{done['flagged']} flagged")
        return Content(", ".join(parts) + ".")

    def _row(self, place: int, one: Standing) -> Content:
        key = _ROW_KEYS[place] if place < len(_ROW_KEYS) else " "
        sign, words = STANDING_SIGNS[one.word]
        flag = f"{FLAG_SIGN} " if one.is_flagged else "  "
        about = first_line(one.entry) if one.word != "unseen" else ""
        return Content.assemble(
            (f" {key} ", "bold $accent"),
            (f" Item {one.entry.number:>3}  ", "bold"),
            f"{sign} {words:<17} {flag}",
            (about, "$quiet"),
        ).rstrip()

    def _way_out(self) -> str:
        if self._sitting.form.feedback == "immediate":
            return "Finishing the drill shows its result."
        if self._is_last():
            return "Submitting ends the exam for good."
        section = next(one for one in self._sitting.form.sections if one.id == self._sitting.state.section)
        if section.leave == "locks":
            return "Leaving this section closes it for good; the next section follows."
        return "You can come back to this section."
