"""The line below the editor: find a text in the code, or go to a line by its number."""

from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from examengine.itemtypes.text_fields import LineField
from examengine.itemtypes.widget import QUIET

Asks = Literal["text", "line"]
_LABELS: dict[Asks, str] = {"text": "Find: ", "line": "Line: "}
_LONGEST = 200


class FindBar(Widget):
    """A field with what was found beside it."""

    DEFAULT_CSS = """
    FindBar { height: 1; width: 1fr; layout: horizontal; background: $panel; padding: 0 1; display: none; }
    FindBar.-shown { display: block; }
    FindBar #find-label { width: 6; height: 1; }
    FindBar Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    FindBar Input:focus { border: none; }
    FindBar #find-case { width: 6; height: 1; padding: 0 1; }
    FindBar #find-found { width: auto; max-width: 22; height: 1; padding: 0 1; }
    """

    class Asked(Message):
        """Something is to be found or gone to: direction 1 next, -1 before, 0 while typing."""

        def __init__(self, asks: Asks, text: str, direction: int, *, is_exact: bool) -> None:
            super().__init__()
            self.asks = asks
            self.text = text
            self.direction = direction
            self.is_exact = is_exact

    class Closed(Message):
        """The line was closed."""

    def __init__(self) -> None:
        super().__init__(id="find")
        self.asks: Asks = "text"
        self.is_exact = False

    def compose(self) -> ComposeResult:
        """Lay out label, field, the sign for capitals and what was found."""
        yield Static("", id="find-label", markup=False)
        yield LineField(max_length=_LONGEST, id="find-text")
        yield Static("", id="find-case", markup=False)
        yield Static("", id="find-found", markup=False)

    @property
    def is_open(self) -> bool:
        """Return whether the line is on the screen."""
        return self.has_class("-shown")

    def open(self, asks: Asks, text: str = "") -> None:
        """Show the line, with a text to begin with."""
        self.asks = asks
        self.add_class("-shown")
        self.query_one("#find-label", Static).update(Content(_LABELS[asks]))
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = text
        field.restrict = r"[0-9]*" if asks == "line" else None
        field.select_all()
        # At once, not with the next turn: what is typed right after the key belongs here.
        self.screen.set_focus(field, scroll_visible=False)
        self.show_found("")
        self._show_case()

    def close(self) -> None:
        """Take the line off the screen."""
        self.remove_class("-shown")
        self.post_message(self.Closed())

    def toggle_case(self) -> None:
        """Tell capitals from small letters, or no more so."""
        self.is_exact = not self.is_exact
        self._show_case()
        self.ask(0)

    def ask(self, direction: int) -> None:
        """Ask for the next place, or the one before."""
        text = self.query_one(Input).value
        self.post_message(self.Asked(self.asks, text, direction, is_exact=self.is_exact))

    def show_found(self, text: str) -> None:
        """Say what was found."""
        self.query_one("#find-found", Static).update(Content.styled(text, QUIET))

    def _show_case(self) -> None:
        sign = "[Aa]" if self.is_exact else " aa "
        sign = "" if self.asks == "line" else sign
        self.query_one("#find-case", Static).update(Content.styled(sign, "bold" if self.is_exact else QUIET))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.asks == "text":
            self.ask(0)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.ask(1)
        if self.asks == "line":
            self.close()

    def on_click(self, event: events.Click) -> None:
        """Toggle the telling of capitals by a click on its sign."""
        if event.widget is self.query_one("#find-case") and self.asks == "text":
            self.toggle_case()

    def on_key(self, event: events.Key) -> None:
        """Go through the places by arrows; close."""
        match event.key:
            case "escape":
                self.close()
            case "down" if self.asks == "text":
                self.ask(1)
            case "up" if self.asks == "text":
                self.ask(-1)
            case _:
                return
        event.stop()
        event.prevent_default()
