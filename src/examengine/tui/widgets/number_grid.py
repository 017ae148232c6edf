"""All items of the form as numbers with signs, drawn as one widget."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from examengine.session.standing import Standing
from examengine.tui.theme import FLAG_SIGN, STANDING_SIGNS

_CELL = 8


@dataclass(frozen=True, slots=True)
class GridSection:
    """One section's heading and its items."""

    heading: str
    standings: Sequence[Standing]


class NumberGrid(Widget, can_focus=True):
    """Arrows move the mark, digits jump to a number, a click goes there."""

    DEFAULT_CSS = """
    NumberGrid { height: auto; width: 1fr; }
    """
    marked: reactive[int] = reactive(1)

    class Chosen(Message):
        """An item was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Marked(Message):
        """The mark moved."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__()
        self._sections: Sequence[GridSection] = ()
        self._numbers: list[int] = []
        self._typed = ""

    def show_sections(self, sections: Sequence[GridSection], marked: int) -> None:
        """Show these items; the first one is marked where the wanted one is not among them."""
        self._sections = sections
        self._numbers = [one.entry.number for section in sections for one in section.standings]
        self._typed = ""
        self.marked = marked if marked in self._numbers else self._numbers[0]
        self.refresh(layout=True)

    def type_digits(self, digits: str) -> None:
        """Mark an item by its number, digit by digit."""
        for digit in digits:
            wanted = self._typed + digit
            if int(wanted) not in self._numbers:
                wanted = digit
            if int(wanted) in self._numbers:
                self._typed = wanted
                self.marked = int(wanted)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the items need at a width."""
        del container, viewport
        return len(self._rows(width))

    def render(self) -> Content:
        """Draw headings and cells."""
        lines = []
        for heading, cells in self._rows(self.content_size.width):
            if heading is not None:
                lines.append(Content.styled(heading, "bold"))
            else:
                lines.append(Content("").join([self._cell(one) for one in cells]))
        return Content("\n").join(lines)

    def on_key(self, event: events.Key) -> None:
        """Move the mark."""
        columns = max(1, self.content_size.width // _CELL)
        steps = {"left": -1, "right": 1, "up": -columns, "down": columns}
        if event.key in steps:
            self._typed = ""
            place = self._numbers.index(self.marked) + steps[event.key]
            self.marked = self._numbers[min(len(self._numbers) - 1, max(0, place))]
        elif event.character is not None and event.character in "0123456789":
            self.type_digits(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Go to the item under the mouse."""
        place = event.get_content_offset(self)
        rows = self._rows(self.content_size.width)
        if place is not None and place.y < len(rows):
            cells = rows[place.y][1]
            if place.x // _CELL < len(cells):
                self.marked = cells[place.x // _CELL].entry.number
                self.post_message(self.Chosen(self.marked))

    def watch_marked(self, number: int) -> None:
        """Tell of the mark and keep it in view."""
        self.post_message(self.Marked(number))
        self.call_after_refresh(self.reveal)

    def _rows(self, width: int) -> list[tuple[str | None, Sequence[Standing]]]:
        columns = max(1, width // _CELL)
        rows: list[tuple[str | None, Sequence[Standing]]] = []
        for section in self._sections:
            if len(self._sections) > 1:
                rows.append((section.heading, ()))
            rows += [
                (None, section.standings[start : start + columns])
                for start in range(0, len(section.standings), columns)
            ]
        return rows

    def _cell(self, one: Standing) -> Content:
        sign = STANDING_SIGNS[one.word][0]
        flag = FLAG_SIGN if one.is_flagged else " "
        is_marked = one.entry.number == self.marked
        mark = "✎" if one.has_note else " "
        text = f"{'▸' if is_marked else ' '}{one.entry.number:>3} {sign}{flag}{mark}"
        style = "bold reverse" if is_marked else "bold" if one.is_current else "" if one.is_open else "$quiet"
        return Content.styled(text, style)

    def reveal(self) -> None:
        """Scroll the mark into view."""
        for row, (_heading, cells) in enumerate(self._rows(self.content_size.width)):
            if any(one.entry.number == self.marked for one in cells) and isinstance(self.parent, Widget):
                self.parent.scroll_to_region(Region(0, row, 1, 1), animate=False)
