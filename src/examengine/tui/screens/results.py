"""The results of a session: outcome, domains and sections on one side, the items on the other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from examengine.core.errors import ExamEngineError
from examengine.delivery.drill_domain import drill_domain
from examengine.delivery.read_report import read_report
from examengine.itemtypes.one_line import one_line
from examengine.reports.session_report import ItemReport, SessionReport
from examengine.reports.way_words import (
    break_line,
    certainty_lines,
    change_summary,
    loss_lines,
    loss_summary,
    retry_line,
)
from examengine.reports.words import (
    MARKS,
    OUTCOMES,
    duration,
    gap_line,
    in_points,
    item_points,
    points,
    printable,
    submit_line,
    waiting_line,
)
from examengine.tui.actions import Action, bindings_of
from examengine.tui.theme import FLAG_SIGN
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.choice_bar import ChoiceBar
from examengine.tui.widgets.choice_list import ChoiceList
from examengine.tui.widgets.domain_bars import DomainBars
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.section_lines import SectionLines
from examengine.tui.widgets.share_bar import share_bar

_NOT_RIGHT = ("wrong", "partial")
_OUTCOME_SIGNS = {
    "passed": (MARKS["right"][0], "$mark-right"),
    "failed": (MARKS["wrong"][0], "$mark-wrong"),
    "open": (MARKS["ungraded"][0], "$mark-ungraded"),
}
_SCALE_WIDTH = 36


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """One group of items that the list can show."""

    name: str
    holds: Callable[[ItemReport], bool]


FILTERS = (
    ItemFilter("All", lambda _item: True),
    ItemFilter("Wrong", lambda item: item.mark in _NOT_RIGHT),
    ItemFilter("Blank", lambda item: item.mark == "blank"),
    ItemFilter("Flagged", lambda item: item.flagged),
    ItemFilter("Pretest", lambda item: item.pretest),
)
"""What the list can be narrowed to: one row each."""


class ResultsScreen(ActionScreen[None]):
    """Overview and items, side by side where there is room, else one at a time."""

    PLACE = "results"
    BINDINGS = list(bindings_of(PLACE))  # noqa: RUF012 - Textual declares it so
    DEFAULT_CSS = """
    ResultsScreen .title-line { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    ResultsScreen #panes { height: 1fr; }
    ResultsScreen #overview { width: 1fr; height: 1fr; padding: 0 1; }
    ResultsScreen #overview Static { height: auto; }
    ResultsScreen #items { width: 1fr; height: 1fr; }
    ResultsScreen #overview { scrollbar-size-vertical: 1; }
    ResultsScreen #overview #domains-head { margin-top: 1; }
    ResultsScreen #item-head { height: 1; color: $quiet; }
    ResultsScreen #item-list {
        height: 1fr; border: none; padding: 0; background: transparent; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    ResultsScreen.-narrow.-on-items #overview { display: none; }
    ResultsScreen.-narrow.-on-overview #items { display: none; }
    ResultsScreen.-wide #items { width: 5fr; border-left: solid $panel; }
    ResultsScreen.-wide #overview { width: 6fr; }
    """

    def __init__(self, session_id: str) -> None:
        super().__init__(classes="-on-overview")
        self._session = session_id
        self._report: SessionReport | None = None
        self._side: Literal["overview", "items"] = "overview"
        self._numbers: list[int] = []

    def compose(self) -> ComposeResult:
        """Lay out both sides."""
        yield Static("", classes="title-line", markup=False)
        with Horizontal(id="panes"):
            with VerticalScroll(id="overview", can_focus=False):
                yield Static(Content("Reading the results …"), id="headline", markup=False)
                yield Static(Content.styled("Sections", "bold $primary"), id="sections-head", markup=False)
                yield SectionLines(id="sections")
                yield Static(Content.styled("Domains", "bold $primary"), id="domains-head", markup=False)
                yield DomainBars(id="domains")
                yield Static("", id="facts", markup=False)
            with Vertical(id="items"):
                yield ChoiceBar(id="filters")
                yield Static("", id="item-head", markup=False)
                yield ChoiceList(id="item-list")
        yield HintBar()

    def on_mount(self) -> None:
        """Read the report off the screen's thread."""
        services = self.exam_app.services
        self.exam_app.background.run(self, lambda: read_report(services, self._session), self._show, self._fail)

    @property
    def report(self) -> SessionReport | None:
        """Return the report, once it is read."""
        return self._report

    def can(self, name: str) -> bool:
        """Offer what there is something to do for."""
        report = self._report
        if name in ("back", "help"):
            return True
        if report is None:
            return False
        match name:
            case "choose":
                return self._side == "items" and bool(self._numbers)
            case "grade":
                return any(item.mark == "ungraded" for item in report.items)
            case "review":
                return self._first_not_right() is not None
            case "drill":
                return bool(report.domains)
            case "filter":
                return self._side == "items"
        return True

    def label(self, action: Action) -> str:
        """Say where the switch leads."""
        if action.name == "switch":
            return "Items" if self._side == "overview" else "Overview"
        return action.label

    def action_choose(self) -> None:
        """Review the marked item."""
        self.query_one("#item-list", OptionList).action_select()

    def action_switch(self) -> None:
        """Go to the other side."""
        self._go_to("items" if self._side == "overview" else "overview")

    def action_filter(self) -> None:
        """Show the next group of items."""
        self.query_one(ChoiceBar).step(1)

    def action_review(self) -> None:
        """Review the first item that was not right."""
        number = self._first_not_right()
        if number is not None:
            self._go_to("items")
            self.query_one(ChoiceBar).choose(0)
            self._open_item(number, [item.number for item in self._items()])

    def action_drill(self) -> None:
        """Drill the marked domain."""
        report, domain = self._report, self.query_one(DomainBars).domain
        if report is None or domain is None:
            return
        app, services = self.exam_app, self.exam_app.services
        app.notice(f"Putting together a drill of {domain.title} …")
        app.background.run(
            self,
            lambda: drill_domain(services, report, domain.id),
            lambda session: app.call_next(app.open_session, session),
            app.report,
        )

    def action_way(self) -> None:
        """Show the way through."""
        from examengine.tui.screens.way import WayScreen

        if self._report is not None:
            self.app.push_screen(WayScreen(self._report))

    def action_save(self) -> None:
        """Ask for format and folder."""
        from examengine.tui.screens.save_report import SaveReportScreen

        if self._report is not None:
            self.app.push_screen(SaveReportScreen(self._report))

    def action_grade(self) -> None:
        """Grade what could not be graded."""
        from examengine.tui.screens.grading import GradingScreen

        self.app.call_next(self.exam_app.replace_screens, GradingScreen(self._session))

    def action_scroll_up(self) -> None:
        """Scroll a page up."""
        self._scroll(-1)

    def action_scroll_down(self) -> None:
        """Scroll a page down."""
        self._scroll(1)

    def action_back(self) -> None:
        """Go back to where the results were opened."""
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Show a group of items by its digit."""
        digit = event.character or ""
        if self._report is not None and digit in "12345"[: len(FILTERS)] and digit:
            event.stop()
            self._go_to("items")
            self.query_one(ChoiceBar).choose(int(digit) - 1)

    @on(ChoiceBar.Changed)
    def _filter_changed(self) -> None:
        self._fill_items()

    @on(OptionList.OptionSelected)
    def _item_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self._open_item(int(event.option_id), self._numbers)

    @on(DomainBars.Picked)
    def _domain_picked(self) -> None:
        self.action_drill()

    def on_descendant_focus(self) -> None:
        """Follow a click into the other side."""
        side: Literal["overview", "items"] = "items" if self.focused is self.query_one("#item-list") else "overview"
        if side != self._side:
            self._go_to(side)

    def _scroll(self, direction: int) -> None:
        target = self.query_one("#overview" if self._side == "overview" else "#item-list")
        if direction < 0:
            target.scroll_page_up(animate=False)
        else:
            target.scroll_page_down(animate=False)

    def _go_to(self, side: Literal["overview", "items"]) -> None:
        self._side = side
        self.set_class(side == "overview", "-on-overview")
        self.set_class(side == "items", "-on-items")
        self.set_focus(self.query_one("#domains" if side == "overview" else "#item-list"))
        self.refresh_bindings()

    def _open_item(self, number: int, numbers: list[int]) -> None:
        from examengine.tui.screens.item_review import ItemReviewScreen

        if self._report is not None:
            self.app.push_screen(ItemReviewScreen(self._report, number, numbers), self._mark_item)

    def _mark_item(self, number: int | None) -> None:
        """Mark the item that the review ended at."""
        if number in self._numbers:
            self.query_one("#item-list", OptionList).highlighted = self._numbers.index(number)

    def _first_not_right(self) -> int | None:
        return next((item.number for item in self._items() if item.mark in _NOT_RIGHT), None)

    def _items(self) -> tuple[ItemReport, ...]:
        return self._report.items if self._report is not None else ()

    def _fail(self, error: ExamEngineError) -> None:
        self.query_one("#headline", Static).update(Content(f"The results cannot be shown: {error}."))

    def _show(self, report: SessionReport) -> None:
        self._report = report
        day = report.submitted.astimezone()
        self.query_one(".title-line", Static).update(
            Content.assemble((report.title, "bold"), (f"  results of {day:%Y-%m-%d %H:%M}", "$quiet"))
        )
        self.query_one("#headline", Static).update(headline_content(report))
        has_sections = len(report.sections) > 1 or any(one.floor_percent is not None for one in report.sections)
        self.query_one(SectionLines).show_sections(report.sections)
        self.query_one(SectionLines).display = self.query_one("#sections-head").display = has_sections
        cut = report.cut_percent if report.kind == "exam" else None
        self.query_one(DomainBars).show_domains(report.domains, cut)
        self.query_one("#facts", Static).update(facts_content(report))
        filters = self.query_one(ChoiceBar)
        filters.set_choices([f"{one.name} {sum(map(one.holds, report.items))}" for one in FILTERS])
        self.query_one("#item-head", Static).update(Content(" no      points   time expect   item"))
        self._fill_items()
        self._go_to(self._side)
        self.query_one("#overview").scroll_home(animate=False)

    def _fill_items(self) -> None:
        chosen = FILTERS[self.query_one(ChoiceBar).chosen]
        shown = [item for item in self._items() if chosen.holds(item)]
        choices = self.query_one("#item-list", OptionList)
        self._numbers = [item.number for item in shown]
        choices.clear_options()
        choices.add_options(Option(item_line(item), str(item.number)) for item in shown)
        if shown:
            choices.highlighted = 0
        elif self._report is not None:
            choices.add_option(Option(Content("  There is none."), disabled=True))
        self.refresh_bindings()


def headline_content(report: SessionReport) -> Content:
    """Return outcome, scaled score with its cut and basis, share, and why it is no pass."""
    lost = loss_summary(report)
    share = f"{points(report.earned)} of {in_points(report.possible)} ({report.percent:.1f} %)"
    share = f"{share}  {lost}" if lost else share
    if report.kind == "drill":
        lines = [Content.styled(share, "bold")]
    else:
        sign, style = _OUTCOME_SIGNS[report.outcome]
        basis = "" if report.scoring_basis == "official" else f" ({report.scoring_basis})"
        lines = [
            Content.assemble(
                (f"{sign} {OUTCOMES[report.outcome]}", f"bold {style}"),
                (f"   {report.scaled}", "bold"),
                f" on a scale of {points(report.scale_min)} to {points(report.scale_max)}"
                f"   cut {points(report.cut)}{basis}",
            ),
            _scale_bar(report),
            Content(share),
        ]
    if report.reasons:
        lines.append(Content.styled(" ".join(report.reasons), _OUTCOME_SIGNS[report.outcome][1]))
    waiting = waiting_line(report)
    if waiting:
        lines.append(Content.styled(f"? {waiting}; press a to grade", "$mark-ungraded"))
    return Content("\n").join([*lines, Content("")])


def _scale_bar(report: SessionReport) -> Content:
    span = report.scale_max - report.scale_min
    scaled = 100 * (report.scaled - report.scale_min) / span
    return share_bar(scaled, 100 * (report.cut - report.scale_min) / span, _SCALE_WIDTH)


def facts_content(report: SessionReport) -> Content:
    """Return what the bars mean, how the session ended, its pauses, and where the points went."""
    lines = [Content("")]
    if report.kind == "exam":
        basis = "as published" if report.scoring_basis == "official" else f"{report.scoring_basis}, not official"
        cut = f"┃ marks {points(report.cut_percent)} % of the points, where the cut lies ({basis})."
        lines.append(Content.styled(cut, "$quiet"))
    ending = submit_line(report)
    lines.append(Content(f"{ending[0].upper()}{ending[1:]}."))
    if report.gaps:
        lines += [Content.styled("Gaps in the clock", "bold $primary")]
        lines += [Content(f"  {gap_line(gap)}") for gap in report.gaps]
    if report.breaks:
        lines += [Content.styled("Breaks", "bold $primary")]
        lines += [Content(f"  {break_line(one)}") for one in report.breaks]
    lines += [Content.styled("Where the points went", "bold $primary"), *map(Content, loss_lines(report))]
    lines += [Content(change_summary(report)), *map(Content, certainty_lines(report))]
    if retry_line(report):
        lines.append(Content(retry_line(report)))
    lines.append(Content.styled("w shows the way through: which item when, and for how long.", "$quiet"))
    lines.append(Content.styled(f"Session {report.session}, seed {report.seed}", "$quiet"))
    return Content("\n").join(lines)


def item_line(item: ItemReport) -> Content:
    """Return an item as one line of the list."""
    sign, _word = MARKS[item.mark]
    what = one_line(printable(item.title or item.stem))
    earned = "unscored" if item.pretest else item_points(item)
    is_slow = item.seconds > 1.5 * item.expected_seconds
    return Content.assemble(
        f"{item.number:>3} ",
        (sign, f"bold $mark-{item.mark}"),
        (FLAG_SIGN if item.flagged else " ", "$accent"),
        f" {earned:>8} ",
        (f"{duration(item.seconds):>6}", "bold $warning" if is_slow else ""),
        (f"{'!' if is_slow else ' '}{duration(item.expected_seconds):>6}   ", "$quiet"),
        what,
    ).truncate(400)
