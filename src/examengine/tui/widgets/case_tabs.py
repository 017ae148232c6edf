"""The tabs of a case: as many lines as they need, one of them on; a click picks another."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class CaseTabs(Widget):
    """Draws `[1 Overview] 2 Data  3 Claims`; tabs that find no room stand on the next line."""

    DEFAULT_CSS = """
    CaseTabs { height: auto; width: 100%; }
    """
    chosen: reactive[int] = reactive(0)

    class Chosen(Message):
        """Another tab was picked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the tabs need."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the lines."""
        lines = [
            Content.assemble(*((text, style) for text, style, _ in line))
            for line in self._lines(self.content_size.width)
        ]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        place = event.get_content_offset(self)
        lines = self._lines(self.content_size.width)
        if place is None or not 0 <= place.y < len(lines):
            return
        left = 0
        for text, _, index in lines[place.y]:
            left += Content(text).cell_length
            if place.x < left:
                self.post_message(self.Chosen(index))
                return

    def _lines(self, width: int) -> list[list[tuple[str, str, int]]]:
        lines: list[list[tuple[str, str, int]]] = [[]]
        used = 0
        for index, title in enumerate(self._titles):
            label = f"{index + 1} {title}"
            room = max(4, width) - 2
            if Content(label).cell_length > room:
                label = Content(label).truncate(room, ellipsis=True).plain
            is_on = index == self.chosen
            piece = (f"[{label}]", "bold $accent", index) if is_on else (f" {label} ", "$quiet", index)
            length = Content(piece[0]).cell_length
            if lines[-1] and used + length > width:
                lines.append([])
                used = 0
            lines[-1].append(piece)
            used += length
        return lines
