"""The way through a session as a chart: items downwards, time to the right; readable without colour."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from examengine.reports.session_report import SessionReport
from examengine.reports.way_chart import Cell, axis, label_width, legend, way_rows
from examengine.tui.theme import FLAG_SIGN

SIGNS: dict[Cell, str] = {"": "·", "stay": "█", "better": "+", "worse": "-", "other": "~"}
_STYLES: dict[Cell, str] = {
    "": "$bar-back",
    "stay": "$bar",
    "better": "bold $mark-right",
    "worse": "bold $mark-wrong",
    "other": "bold $mark-partial",
}
_LEAST_PLOT = 10
_LOW, _ROWS, _TALL_ROWS = 20, 12, 20


class WayChart(Widget):
    """Draws the chart at its own width, with its axis and what the signs mean."""

    DEFAULT_CSS = """
    WayChart { height: auto; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._report: SessionReport | None = None

    def show_report(self, report: SessionReport) -> None:
        """Show the way of this report."""
        self._report = report
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the chart needs."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the chart."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        report = self._report
        if report is None:
            return []
        height = _ROWS if self.app.size.height < 2 * _LOW else _TALL_ROWS
        label = label_width(len(report.items), height)
        plot = max(_LEAST_PLOT, width - label - 1)
        rows = way_rows(report.way, len(report.items), plot, height)
        if not rows:
            return [Content("No time was used.")]
        flagged = {item.number for item in report.items if item.flagged}
        lines = []
        for row in rows:
            is_flagged = any(number in flagged for number in range(row.first, row.last + 1))
            cells = [(SIGNS[cell], _STYLES[cell]) for cell in row.cells]
            sign = FLAG_SIGN if is_flagged else " "
            lines.append(Content.assemble((f"{row.label:>{label}}", "$quiet"), (sign, "$accent"), *cells))
        lines.append(Content.styled(f"{'':>{label}} {axis(report.seconds_used, plot)}", "$quiet"))
        meaning = f"{legend(SIGNS)}  {FLAG_SIGN} flagged"
        return [*lines, *Content.styled(meaning, "$quiet").wrap(max(_LEAST_PLOT, width))]
