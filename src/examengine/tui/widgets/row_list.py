"""Rows of one line each; only those in view are drawn, so that 500 cost what 20 do."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class RowList(ScrollView, can_focus=True):
    """Arrows, page keys, home and end move the mark; a click chooses a row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--marked"}
    DEFAULT_CSS = """
    RowList { height: auto; width: 1fr; overflow-x: hidden; background: $background; }
    RowList > .row-list--marked { background: $panel; }
    RowList:focus > .row-list--marked { background: $primary 12%; text-style: bold; }
    """
    marked: reactive[int] = reactive(0)

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self._rows: Sequence[Content] = ()

    def show_rows(self, rows: Sequence[Content]) -> None:
        """Show other rows, the first one marked."""
        self._rows = rows
        self.marked = 0
        self.virtual_size = Size(1, len(rows))
        self.scroll_home(animate=False, force=True)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line a row."""
        del container, viewport, width
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        """Draw a line of what is in view."""
        place, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if place >= len(self._rows):
            return Strip.blank(width, self.visual_style.rich_style)
        style = self.get_visual_style("row-list--marked") if place == self.marked else self.visual_style
        row = self._rows[place].truncate(width, ellipsis=True)
        return Visual.to_strips(self, row, width, 1, style, pad=True)[0].extend_cell_length(width, style.rich_style)

    def on_key(self, event: events.Key) -> None:
        """Move the mark; up and down go round."""
        last, page = len(self._rows) - 1, max(1, self.size.height - 1)
        places = {
            "up": self.marked - 1 if self.marked else last,
            "down": self.marked + 1 if self.marked < last else 0,
            "pageup": max(0, self.marked - page),
            "pagedown": min(last, self.marked + page),
            "home": 0,
            "end": last,
        }
        if event.key in places and self._rows:
            self.marked = places[event.key]
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        place = event.y + self.scroll_offset.y
        if place < len(self._rows):
            self.marked = place
            self.post_message(self.Chosen(place))

    def watch_marked(self) -> None:
        """Keep the mark in view."""
        self.refresh()
        self.scroll_to_region(Region(0, self.marked, 1, 1), animate=False)
