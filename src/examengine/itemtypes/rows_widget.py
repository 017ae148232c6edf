"""A response widget that is drawn as rows of text, with places to click. Imports Textual: for widgets alone."""

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from examengine.core.model import Model
from examengine.itemtypes.widget import QUIET, Host, ItemView, Kept

MARK = "▸ "
NO_MARK = "  "


@dataclass(frozen=True, slots=True)
class Zone:
    """Cells of a row that do something of their own when they are clicked."""

    start: int
    end: int
    target: Hashable


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the screen."""

    content: Content
    target: Hashable = None
    """What a click on the row, beside its zones, stands for; None: nothing."""
    zones: Sequence[Zone] = field(default=())


class RowsView(ItemView, can_focus=True):
    """Draws rows, keeps the marked one in sight, and sends each response at once.

    Subclasses draw, say which letters they take, and obey clicks.
    """

    DEFAULT_CSS = """
    RowsView { height: auto; width: 1fr; padding: 0 1 0 0; }
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.is_final = False
        self.verdict = ""
        """One line once the feedback is shown; empty before."""
        self._drawn: tuple[int, list[Row]] | None = None

    @property
    @abstractmethod
    def marked(self) -> Hashable:
        """Return the target that the keys work on."""

    @abstractmethod
    def draw(self, width: int) -> list[Row]:
        """Return what is shown at a width."""

    @abstractmethod
    def clicked(self, target: Hashable) -> None:
        """Obey a click."""

    def letters(self) -> str:
        """Return the letters (in lower case) that the widget takes before the screen does."""
        return ""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take the letters of the options before the screen's own."""
        del key
        return not self.is_final and bool(character) and (character or "").lower() in self.letters()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows needed at a width."""
        del container, viewport
        return len(self.rows(width))

    def render(self) -> Content:
        """Draw all rows."""
        return Content("\n").join(row.content for row in self.rows(self.content_size.width))

    def rows(self, width: int) -> list[Row]:
        """Return the rows at a width, drawn once."""
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, self.draw(max(width, 16)))
        return self._drawn[1]

    def redraw(self) -> None:
        """Draw again, and keep the marked row in sight."""
        self._drawn = None
        self.refresh(layout=True)
        self.call_after_refresh(self._reveal)

    def send(self, response: Model) -> bool:
        """Return whether a response was taken and is on disk."""
        return self.host.respond(response) is Kept.SAVED

    def heading(self, text: str) -> Row:
        """Return the row above all others: the verdict, once there is one."""
        return Row(Content.styled(self.verdict, "bold") if self.verdict else Content.styled(text, QUIET))

    def on_focus(self) -> None:
        """Show the mark."""
        self._drawn = None
        self.refresh()

    def on_blur(self) -> None:
        """Hide the mark."""
        self._drawn = None
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Find what was clicked."""
        place = event.get_content_offset(self)
        rows = self.rows(self.content_size.width)
        if place is None or not 0 <= place.y < len(rows):
            return
        row = rows[place.y]
        target = next((zone.target for zone in row.zones if zone.start <= place.x < zone.end), row.target)
        if target is not None:
            self.clicked(target)

    def _reveal(self) -> None:
        rows = self.rows(self.content_size.width)
        own = [
            y
            for y, row in enumerate(rows)
            if row.target == self.marked or any(zone.target == self.marked for zone in row.zones)
        ]
        scroller = next(
            (node for node in self.ancestors if isinstance(node, Widget) and node.allow_vertical_scroll), None
        )
        if own and scroller is not None and self.has_focus:
            top = self.region.y - scroller.region.y + round(scroller.scroll_y) + own[0]
            height = min(own[-1] - own[0] + 1, max(1, scroller.size.height))
            scroller.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)


def hanging(first: Content, text: Content, width: int) -> list[Content]:
    """Return a text wrapped behind its first piece, later lines as far to the right."""
    indent = first.cell_length
    lines = text.wrap(max(8, width - indent)) or [Content("")]
    return [Content.assemble(first if number == 0 else " " * indent, line) for number, line in enumerate(lines)]


def highlighted(lines: Sequence[Content], width: int) -> list[Content]:
    """Return lines with the background of what is marked."""
    return [line.pad_right(max(0, width - line.cell_length)).stylize("on $boost") for line in lines]


def letter_index(character: str | None, count: int) -> int | None:
    """Return the place that a letter stands for among so many, from 0."""
    letter = (character or "").lower()
    index = ord(letter) - ord("a") if len(letter) == 1 and letter.isascii() and letter.isalpha() else -1
    return index if 0 <= index < count else None
