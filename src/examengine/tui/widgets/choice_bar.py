"""A line of choices of which one is on: a click or a digit picks one."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class ChoiceBar(Widget):
    """Draws `[All 54] Wrong 12  Blank 3`; the one that is on stands in brackets."""

    DEFAULT_CSS = """
    ChoiceBar { height: 1; width: 1fr; }
    """
    chosen: reactive[int] = reactive(0)

    class Changed(Message):
        """Another choice is on."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._choices: Sequence[str] = ()

    def set_choices(self, choices: Sequence[str]) -> None:
        """Show these choices."""
        self._choices = choices
        self.refresh()

    def step(self, by: int) -> None:
        """Turn the next choice on."""
        if self._choices:
            self.chosen = (self.chosen + by) % len(self._choices)

    def choose(self, index: int) -> bool:
        """Turn one on; return whether there is one."""
        if not 0 <= index < len(self._choices):
            return False
        self.chosen = index
        return True

    def watch_chosen(self, index: int) -> None:
        """Tell of the change."""
        self.post_message(self.Changed(index))

    def render(self) -> Content:
        """Draw the line."""
        return Content.assemble(*((text, style) for text, style, _ in self._pieces()))

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        place = event.get_content_offset(self)
        left = 0
        for text, _, index in self._pieces():
            left += len(text)
            if place is not None and place.x < left:
                self.choose(index)
                return

    def _pieces(self) -> list[tuple[str, str, int]]:
        return [
            (f"[{name}]", "bold $accent", index) if index == self.chosen else (f" {name} ", "$quiet", index)
            for index, name in enumerate(self._choices)
        ]
