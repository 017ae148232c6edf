"""Fields to type in: the keys act in the order in which they are pressed, and every change can be told at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual.widget import Widget
else:
    # A widget of its own would hand on that it takes no focus.
    Widget = object


class KeysInOrder(Widget):
    """A field whose cursor and delete keys act before the next key is taken.

    Textual inserts a letter at once, but hands a key that is bound to an action to the app first: of keys that come
    quickly, the letters would overtake them.
    """

    async def _on_key(self, event: events.Key) -> None:
        is_taken = False
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            is_taken = not binding.priority and await self.app.run_action(binding.action, self)
            if is_taken:
                break
        # The key of an action of the screen that is not possible now: its letter must not become text.
        if is_taken or event.key.startswith("alt+"):
            event.stop()
            event.prevent_default()


class LineField(KeysInOrder, Input):
    """One line of text."""


class TextField(KeysInOrder, TextArea):
    """Lines of text."""


class ToldField(LineField):
    """One line of text that tells of every change before it is drawn."""

    def __init__(self, typed: Callable[[str], None], **options: Any) -> None:
        self._tell: Callable[[str], None] | None = None
        # Coming back to the field must not mark the text: the next key would take its place.
        super().__init__(select_on_focus=False, **options)
        self._tell = typed

    def show_text(self, text: str) -> None:
        """Put a text into the field without telling of it."""
        tell, self._tell = self._tell, None
        self.value = text
        self._tell = tell
        self.cursor_position = len(text)

    def watch_value(self, value: str) -> None:
        """Tell of the change."""
        if self._tell is not None:
            self._tell(value)
