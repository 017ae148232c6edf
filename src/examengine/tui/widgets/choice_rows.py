"""Rows of a name and a value; arrows move between rows and change values."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

_ROOMY = 60


@dataclass(slots=True)
class ChoiceRow:
    """One thing to choose: its values with their labels, and which one is chosen."""

    id: str
    title: str
    values: Sequence[tuple[str, str]]
    """Value and label."""
    at: int = 0

    @property
    def value(self) -> str:
        """Return the chosen value."""
        return self.values[self.at][0]


class ChoiceRows(Widget, can_focus=True):
    """Up and down mark a row; left, right, space and a click change it."""

    DEFAULT_CSS = """
    ChoiceRows { height: auto; width: 1fr; }
    """

    class Changed(Message):
        """Another value of a row is chosen."""

        def __init__(self, row: str) -> None:
            super().__init__()
            self.row = row

    def __init__(self, rows: Sequence[ChoiceRow] = ()) -> None:
        super().__init__()
        self.rows = list(rows)
        self.marked = 0

    def set_rows(self, rows: Sequence[ChoiceRow]) -> None:
        """Show other rows."""
        self.rows = list(rows)
        self.marked = min(self.marked, max(0, len(self.rows) - 1))
        self.refresh(layout=True)

    def set_values(self, name: str, values: Sequence[tuple[str, str]]) -> None:
        """Offer other values in a row; the first one is chosen."""
        row = next(row for row in self.rows if row.id == name)
        row.values, row.at = values, 0
        self.refresh()

    def value(self, name: str) -> str:
        """Return the chosen value of a row."""
        return next(row.value for row in self.rows if row.id == name)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line a row."""
        del container, viewport, width
        return max(1, len(self.rows))

    def render(self) -> Content:
        """Draw the rows."""
        lines = []
        for place, row in enumerate(self.rows):
            is_marked = place == self.marked and self.has_focus
            label = row.values[row.at][1]
            lines.append(
                Content.assemble(
                    ("▸ " if is_marked else "  ", "bold $primary"),
                    (f"{row.title:<12}", "bold" if is_marked else ""),
                    ("◂ ", "$accent"),
                    (label, "bold"),
                    (" ▸", "$accent"),
                    (f"  {row.at + 1} of {len(row.values)}" if self.content_size.width >= _ROOMY else "", "$quiet"),
                ).truncate(max(1, self.content_size.width), ellipsis=True)
            )
        return Content("\n").join(lines)

    def on_key(self, event: events.Key) -> None:
        """Move or change."""
        if not self.rows:
            return
        match event.key:
            case "up" | "down":
                step = 1 if event.key == "down" else -1
                self.marked = (self.marked + step) % len(self.rows)
            case "left":
                self._change(-1)
            case "right" | "space":
                self._change(1)
            case _:
                return
        self.refresh()
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Change the row that was clicked."""
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self.rows):
            self.marked = place.y
            self._change(-1 if place.x < 16 else 1)
            self.refresh()

    def _change(self, step: int) -> None:
        row = self.rows[self.marked]
        if len(row.values) > 1:
            row.at = (row.at + step) % len(row.values)
            self.post_message(self.Changed(row.id))
