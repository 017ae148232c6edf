"""Every item of the form with its standing; one key away from each."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from examengine.delivery.looking import Looking
from examengine.delivery.sitting import Sitting
from examengine.itemtypes.registry import spec_of
from examengine.session.standing import Standing, counts, first_line, standings
from examengine.tui.theme import CERTAINTY_SIGNS, FLAG_SIGN, STANDING_SIGNS
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.number_grid import GridSection, NumberGrid

_PREVIEW = 200
_FILTERS: tuple[tuple[str, Callable[[Standing], bool]], ...] = (
    ("all", lambda _one: True),
    ("not answered", lambda one: one.is_gap),
    ("flagged", lambda one: one.is_flagged),
    ("unseen", lambda one: one.word == "unseen"),
    ("not certain", lambda one: one.certainty in ("guess", "unsure")),
)


class NavigatorScreen(ActionModal[int | None]):
    """Answers with the number to go to; told by `show` where to begin, before each showing."""

    PLACE = "navigator"
    # Below 18 rows the list takes what the dialog leaves, so that its mark is never out of sight.
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (32, "-tall")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, sitting: Sitting | Looking) -> None:
        super().__init__()
        self._sitting = sitting
        self._begin = (1, "")
        self._standings: Sequence[Standing] = ()
        self._filter = 0
        self._grid = NumberGrid()

    def show(self, number: int, digits: str) -> None:
        """Take up how the items stand now; begin at an item, or at the digits that led here."""
        self._begin = (number, digits)
        self._standings = standings(self._sitting.form, self._sitting.state)
        self._filter = 0
        if self.is_mounted:
            self._fill()

    def compose(self) -> ComposeResult:
        """Lay out counts, grid, preview and legend."""
        with Vertical(classes="dialog dialog-large"):
            yield Static("", id="items-title", markup=False)
            yield Static("", id="items-counts", classes="quiet", markup=False)
            with VerticalScroll(id="numbers", can_focus=False):
                yield self._grid
            yield Static("", id="preview", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Fill in what is shown."""
        self._grid.focus()
        self._fill()

    def on_screen_resume(self) -> None:
        """Keep the mark in view at the size that there is now."""
        self.call_after_refresh(self._grid.reveal)

    def action_choose(self) -> None:
        """Answer with the marked number."""
        self.dismiss(self._grid.marked)

    def action_next_gap(self) -> None:
        """Mark the next open item that is not answered."""
        self._mark_next([one for one in self._standings if one.is_gap and one.is_open])

    def action_next_flag(self) -> None:
        """Mark the next flagged item."""
        self._mark_next([one for one in self._standings if one.is_flagged])

    def action_filter(self) -> None:
        """Go on to the next filter that leaves something."""
        for step in range(1, len(_FILTERS) + 1):
            wanted = (self._filter + step) % len(_FILTERS)
            if any(_FILTERS[wanted][1](one) for one in self._standings):
                self._filter = wanted
                break
        self.query_one("#items-title", Static).update(self._title())
        self._grid.show_sections(self._sections(), self._grid.marked)

    def action_back(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)

    @on(NumberGrid.Chosen)
    def _clicked(self, event: NumberGrid.Chosen) -> None:
        self.dismiss(event.number)

    @on(NumberGrid.Marked)
    def _moved(self, event: NumberGrid.Marked) -> None:
        self._show_preview(event.number)

    def _fill(self) -> None:
        number, digits = self._begin
        self.query_one("#items-title", Static).update(self._title())
        self.query_one("#items-counts", Static).update(self._counts())
        self._grid.show_sections(self._sections(), number)
        self._grid.type_digits(digits)
        self._show_preview(self._grid.marked)

    def _counts(self) -> Content:
        done = counts(self._standings)
        signs = "   ".join(
            f"{done[name]} {sign} {words}" for name, (sign, words) in STANDING_SIGNS.items() if done[name]
        )
        return Content(signs + (f"   {done['flagged']} {FLAG_SIGN} flagged" if done["flagged"] else ""))

    def _title(self) -> Content:
        name = _FILTERS[self._filter][0]
        return Content.assemble(("Items", "bold $primary"), ("" if not self._filter else f": {name}", "bold $accent"))

    def _sections(self) -> list[GridSection]:
        matches = _FILTERS[self._filter][1]
        sections = [
            GridSection(
                section.title + self._note(section.id),
                [one for one in self._standings if one.entry.section == section.id and matches(one)],
            )
            for section in self._sitting.form.sections
        ]
        return [section for section in sections if section.standings]

    def _note(self, section: str) -> str:
        state = self._sitting.state
        if section in state.sections_closed:
            return " (closed for good)"
        return "" if section == state.section else " (not open)"

    def _mark_next(self, wanted: list[Standing]) -> None:
        numbers = [one.entry.number for one in wanted]
        if numbers:
            self._grid.marked = next((one for one in numbers if one > self._grid.marked), numbers[0])

    def _show_preview(self, number: int) -> None:
        one = next(one for one in self._standings if one.entry.number == number)
        spec = spec_of(one.entry.item)
        response = spec.response_model.model_validate(self._sitting.state.responses.get(number, {}))
        given = "" if one.word in ("seen", "unseen") else spec.summarise(one.entry.item, response, one.entry.order)
        flag = f", {FLAG_SIGN} flagged" if one.is_flagged else ""
        if one.certainty is not None:
            flag += f", {' '.join(CERTAINTY_SIGNS[one.certainty])}"
        if one.has_note:
            flag += ", with a note"
        if one.is_locked:
            flag += ", closed for good"
        sign, words = STANDING_SIGNS[one.word]
        lines = [
            Content.assemble((f"Item {number}", "bold"), f", {spec.title.lower()}: {sign} {words}{flag}"),
            # What was never on the screen is not told before its time.
            Content(first_line(one.entry)[:_PREVIEW] if one.word != "unseen" else ""),
            Content.styled(f"Your response: {given}" if given else "", "$quiet"),
        ]
        self.query_one("#preview", Static).update(Content("\n").join(lines))
