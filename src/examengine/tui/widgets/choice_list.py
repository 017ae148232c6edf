"""A list of options that takes its keys in the order in which they were typed."""

from collections.abc import Callable

from textual import events
from textual.widgets import OptionList


class ChoiceList(OptionList):
    """Moves its mark as soon as a key reaches it.

    Textual's own list moves it by bindings, which the app looks up only after the key has bubbled back to it: an
    enter typed right behind an arrow, as a slow line delivers them, would go before the arrow.
    """

    def on_key(self, event: events.Key) -> None:
        """Move the mark."""
        moves: dict[str, Callable[[], None]] = {
            "up": self.action_cursor_up,
            "down": self.action_cursor_down,
            "home": self.action_first,
            "end": self.action_last,
            "pageup": self.action_page_up,
            "pagedown": self.action_page_down,
        }
        if event.key in moves:
            event.stop()
            event.prevent_default()
            moves[event.key]()
