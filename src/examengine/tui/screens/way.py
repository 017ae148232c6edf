"""The way through a session that is over: which item when, what was changed, what was lost to what."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from examengine.reports.session_report import SessionReport
from examengine.reports.way_words import (
    CERTAINTY_HEADS,
    break_line,
    certainty_cells,
    certainty_lines,
    change_line,
    change_summary,
    has_certainty,
    loss_lines,
    retry_line,
    stay_words,
)
from examengine.reports.words import gap_line, points, printable
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.hanging_text import HangingText, Line, bullet, plain_line
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.way_chart import WayChart


class WayScreen(ActionScreen[None]):
    """One page to scroll: the chart first, then everything in words."""

    PLACE = "way"
    DEFAULT_CSS = """
    WayScreen .title-line { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    WayScreen #way-page { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    WayScreen.-tall #way-page { padding: 1 2; }
    WayScreen WayChart { margin-bottom: 1; }
    """

    def __init__(self, report: SessionReport) -> None:
        super().__init__()
        self._report = report

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        title = Content.assemble((self._report.title, "bold"), ("  the way through", "$quiet"))
        yield Static(title, classes="title-line", markup=False)
        with VerticalScroll(id="way-page", can_focus=False):
            yield WayChart()
            yield HangingText(way_content(self._report))
        yield HintBar()

    def on_mount(self) -> None:
        """Draw the chart."""
        self.query_one(WayChart).show_report(self._report)

    def action_scroll_up(self) -> None:
        """Scroll up."""
        self._scroll(-1)

    def action_scroll_down(self) -> None:
        """Scroll down."""
        self._scroll(1)

    def action_back(self) -> None:
        """Go back to the results."""
        self.dismiss(None)

    def _scroll(self, direction: int) -> None:
        page = self.query_one("#way-page")
        page.scroll_relative(y=direction * max(1, page.size.height // 2), animate=False)


def way_content(report: SessionReport) -> list[Line]:
    """Return everything that the page says in words."""
    again = retry_line(report)
    lines = [_head("Changed answers"), plain_line(change_summary(report))]
    lines += [bullet(printable(change_line(change))) for change in report.way.changes]
    lines += [plain_line(again)] if again else []
    lines += [_blank(), _head("Where the points went"), *map(plain_line, loss_lines(report))]
    lines += [
        bullet(
            printable(
                f"{domain.title}: {points(domain.lost_to_clock)} to the clock,"
                f" {points(domain.lost_to_knowledge)} to knowledge"
            )
        )
        for domain in report.domains
        if domain.lost_to_clock
    ]
    if has_certainty(report):
        lines += [_blank(), _head("Certainty"), *certainty_table(report), *map(plain_line, certainty_lines(report))]
    if report.breaks:
        lines += [_blank(), _head("Breaks"), *(bullet(break_line(one)) for one in report.breaks)]
    if report.gaps:
        lines += [_blank(), _head("Gaps in the clock"), *(bullet(gap_line(one)) for one in report.gaps)]
    return [*lines, _blank(), _head("Item by item"), plain_line(f"{stay_words(report)}.")]


def certainty_table(report: SessionReport) -> list[Line]:
    """Return the table of certainty and marks, narrow enough for 40 columns less."""
    widths = (10, 6, 6, 7, 10, 11)
    table = [CERTAINTY_HEADS, *(certainty_cells(row) for row in report.calibration.rows)]
    rows = [
        "".join(f"{cell:<{width}}" if place == 0 else f"{cell:>{width}}" for place, (cell, width) in enumerate(cells))
        for cells in (zip(row, widths, strict=True) for row in table)
    ]
    return [plain_line(rows[0], "$quiet"), *map(plain_line, rows[1:])]


def _head(text: str) -> Line:
    return plain_line(text, "bold $primary")


def _blank() -> Line:
    return plain_line("")
