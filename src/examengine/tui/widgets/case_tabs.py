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
    chosen: reactive[int] = reactive(0, layout=True)

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
        lines = self._all_tabs(width)
        # On a low screen the tabs must leave room for what stands under them: then only the one that is on is named.
        return lines if len(lines) <= max(1, self.app.size.height // 5) else [self._only_the_chosen(width)]

    def _only_the_chosen(self, width: int) -> list[tuple[str, str, int]]:
        count = len(self._titles)
        place = f" {self.chosen + 1} of {count}"
        label = Content(self._titles[self.chosen]).truncate(max(4, width - len(place) - 6), ellipsis=True).plain
        return [
            ("◂ ", "bold", (self.chosen - 1) % count),
            (f"[{label}]", "bold $accent", self.chosen),
            (" ▸", "bold", (self.chosen + 1) % count),
            (place, "$quiet", self.chosen),
        ]

    def _all_tabs(self, width: int) -> list[list[tuple[str, str, int]]]:
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
