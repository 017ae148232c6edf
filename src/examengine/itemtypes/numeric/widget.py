"""A field for a number, and how it was read."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from examengine.itemtypes.numeric.model import NumericResponse
from examengine.itemtypes.numeric.reading import read_number
from examengine.itemtypes.numeric.spec import show_number
from examengine.itemtypes.text_fields import ToldField
from examengine.itemtypes.widget import QUIET, Host, ItemView, Kept

_LONGEST = 60
_OF_NUMBERS = frozenset("0123456789.,+-\u2212\u2013/%eE ")


class NumberField(ToldField):
    """Takes the signs of numbers."""

    def __init__(self, typed: Callable[[str], None]) -> None:
        super().__init__(typed, id="number", max_length=_LONGEST, placeholder="such as 0.25, 3/4 or 1e-3")
        self.taken = _OF_NUMBERS

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take the characters that a number and its unit are made of, and leave other letters to the screen."""
        del key
        return not self.disabled and character is not None and character in self.taken

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()


class NumericView(ItemView):
    """A typed number; the line below says how it is read."""

    DEFAULT_CSS = """
    NumericView { height: auto; width: 1fr; }
    NumericView Horizontal { height: 3; }
    NumericView Input { width: 32; }
    NumericView #unit { width: auto; padding: 1 1; }
    NumericView #reading { height: auto; padding: 0 1; }
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._unit = ""
        self._text = ""

    def compose(self) -> ComposeResult:
        """Lay out heading, field, unit and reading."""
        yield Static("Type a number.", id="heading", markup=False)
        with Horizontal():
            yield NumberField(self._typed)
            yield Static("", id="unit", markup=False)
        yield Static("", id="reading", markup=False)

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show what was typed so far."""
        del order
        self._unit, self._text = item.unit, response.text
        field = self.query_one(NumberField)
        field.show_text(self._text)
        field.taken = _OF_NUMBERS | frozenset(self._unit)
        field.disabled = is_final
        self.query_one("#unit", Static).update(Content(self._unit))
        self._show_reading()

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Close the field."""
        del lines, verdict
        self.query_one(NumberField).disabled = True

    def focus_target(self) -> Widget:
        """Return the field."""
        return self.query_one(NumberField)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.host.confirm()

    def _typed(self, value: str) -> None:
        if value == self._text:
            return
        if self.host.respond(NumericResponse(text=value)) is Kept.SAVED:
            self._text = value
            self.scroll_visible(animate=False)
        else:
            self.query_one(NumberField).show_text(self._text)
        self._show_reading()

    def _show_reading(self) -> None:
        value = read_number(self._text, self._unit)
        line = self.query_one("#reading", Static)
        if not self._text.strip():
            line.update(Content.styled("No response yet.", QUIET))
        elif value is None:
            line.update(Content.styled("✗ Not read as a number; type one such as 0.25, 3/4, 12 % or 1e-3.", "$error"))
        else:
            unit = f" {self._unit}" if self._unit else ""
            line.update(Content.assemble(("Read as ", QUIET), (f"{show_number(value)}{unit}", "bold")))
