"""The domains of a report as bars, one a line; one of them is marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from examengine.reports.session_report import DomainReport
from examengine.reports.words import MARKS, points
from examengine.tui.widgets.share_bar import share_bar

_ROOMY = 84
_LONGEST_TITLE = 40
_LEAST_TITLE = 20


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths in cells."""

    title: int
    bar: int
    points: int
    notes: bool


class DomainBars(Widget, can_focus=True):
    """Arrows move the mark and enter picks it; a click marks a line and a second one picks it."""

    DEFAULT_CSS = """
    DomainBars { height: auto; width: 1fr; }
    """
    marked: reactive[int] = reactive(0)

    class Picked(Message):
        """The marked domain was clicked again, or enter was pressed on it."""

        def __init__(self, domain: DomainReport) -> None:
            super().__init__()
            self.domain = domain

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._domains: Sequence[DomainReport] = ()
        self._cut: float | None = None

    def show_domains(self, domains: Sequence[DomainReport], cut: float | None) -> None:
        """Show these domains, and mark the weakest."""
        self._domains = domains
        self._cut = cut
        weakest = min(range(len(domains)), key=lambda index: domains[index].percent, default=0)
        self.set_reactive(DomainBars.marked, weakest)
        self.refresh(layout=True)

    @property
    def domain(self) -> DomainReport | None:
        """Return the marked domain."""
        return self._domains[self.marked] if self._domains else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one row for each domain."""
        del container, viewport, width
        return len(self._domains)

    def render(self) -> Content:
        """Draw the bars."""
        return Content("\n").join(self._line(index) for index in range(len(self._domains)))

    def on_key(self, event: events.Key) -> None:
        """Move the mark; at the first line, go on to what stands above."""
        if event.key == "up" and self.marked == 0:
            if isinstance(self.parent, Widget):
                self.parent.scroll_relative(y=-1, animate=False)
        elif event.key in ("up", "down"):
            step = 1 if event.key == "down" else -1
            self.marked = min(len(self._domains) - 1, max(0, self.marked + step))
        elif event.key == "enter" and self._domains:
            self.post_message(self.Picked(self._domains[self.marked]))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Mark a line, or pick the marked one."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(self._domains):
            return
        if place.y == self.marked:
            self.post_message(self.Picked(self._domains[place.y]))
        self.marked = place.y

    def watch_marked(self) -> None:
        """Keep the mark in view."""
        self.call_after_refresh(self._reveal)

    def _line(self, index: int) -> Content:
        domain = self._domains[index]
        columns = self._columns()
        sign, style = self._sign(domain)
        is_marked = index == self.marked
        line = Content.assemble(
            ("▸ " if is_marked else "  ", "bold $primary"),
            (f"{sign} ", style),
            (f"{_cut(domain.title, columns.title):<{columns.title}} ", "bold" if is_marked else ""),
            share_bar(domain.percent, self._cut, columns.bar),
            f" {domain.percent:5.1f} %  {_points(domain):>{columns.points}}",
            (f"  {_notes(domain)}" if columns.notes else "", "$quiet"),
        ).truncate(max(1, self.content_size.width))
        return line.stylize("on $boost") if is_marked and self.has_focus else line

    def _columns(self) -> "_Columns":
        width = self.content_size.width
        points_width = max(len(_points(one)) for one in self._domains)
        notes_width = max(len(_notes(one)) for one in self._domains)
        longest = min(_LONGEST_TITLE, max(len(one.title) for one in self._domains))
        bar = 30 if width >= _ROOMY else 16
        fixed = 4 + 1 + 1 + len("100.0 %") + 2 + points_width
        room = width - fixed - bar - (notes_width + 2 if notes_width else 0)
        has_notes = bool(notes_width) and room >= min(longest, _LEAST_TITLE)
        if not has_notes:
            room = width - fixed - bar
        if room < min(longest, _LEAST_TITLE):
            bar = 10
            room = width - fixed - bar
        return _Columns(max(6, min(longest, room)), bar, points_width, has_notes)

    def _sign(self, domain: DomainReport) -> tuple[str, str]:
        if domain.ungraded:
            return MARKS["ungraded"][0], "$mark-ungraded"
        if self._cut is None:
            return " ", ""
        mark = "right" if domain.percent >= self._cut else "wrong"
        return MARKS[mark][0], f"bold $mark-{mark}"

    def _reveal(self) -> None:
        if isinstance(self.parent, Widget):
            top = self.region.y - self.parent.region.y + round(self.parent.scroll_y) + self.marked
            self.parent.scroll_to_region(Region(0, top, 1, 1), animate=False, force=True)


def _points(domain: DomainReport) -> str:
    return f"{points(domain.earned)} of {points(domain.possible)}"


def _notes(domain: DomainReport) -> str:
    blank = [f"{domain.blank} blank"] if domain.blank else []
    waiting = [f"{points(domain.ungraded)} open"] if domain.ungraded else []
    return ", ".join(blank + waiting)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
