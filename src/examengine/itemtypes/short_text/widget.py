"""A field for a few words, and how they are read."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from examengine.itemtypes.short_text.model import LONGEST, ShortTextResponse
from examengine.itemtypes.short_text.normalising import Normalising
from examengine.itemtypes.text_fields import ToldField
from examengine.itemtypes.widget import QUIET, Host, ItemView, Kept


class WordsField(ToldField):
    """Takes any words."""

    def __init__(self, typed: Callable[[str], None]) -> None:
        super().__init__(typed, id="words", max_length=LONGEST, placeholder="type here")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take every character, until the response is final."""
        return not self.disabled and super().check_consume_key(key, character)


class ShortTextView(ItemView):
    """A typed text; the line below says how it is read."""

    DEFAULT_CSS = """
    ShortTextView { height: auto; width: 1fr; }
    ShortTextView Input { width: 1fr; max-width: 60; }
    ShortTextView Static { height: auto; }
    ShortTextView #words-reading { padding: 0 1; }
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._text = ""
        self._how = Normalising()

    def compose(self) -> ComposeResult:
        """Lay out heading, field and reading."""
        yield Static("", id="words-heading", markup=False)
        yield WordsField(self._typed)
        yield Static("", id="words-reading", markup=False)

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show what was typed so far."""
        del order
        self._text, self._how = response.text, item.normalise
        heading = Content.styled(f"Type the answer. {self._how.rules_line()}", QUIET)
        self.query_one("#words-heading", Static).update(heading)
        field = self.query_one(WordsField)
        field.show_text(self._text)
        field.disabled = is_final
        self._show_reading()

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Close the field; the pane below tells the key."""
        del lines, verdict
        self.query_one(WordsField).disabled = True

    def focus_target(self) -> Widget:
        """Return the field."""
        return self.query_one(WordsField)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.host.confirm()

    def _typed(self, value: str) -> None:
        if value == self._text:
            return
        if self.host.respond(ShortTextResponse(text=value)) is Kept.SAVED:
            self._text = value
        else:
            self.query_one(WordsField).show_text(self._text)
        self._show_reading()

    def _show_reading(self) -> None:
        line = self.query_one("#words-reading", Static)
        plain = self._how.plain(self._text)
        if not self._text.strip():
            line.update(Content.styled("No response yet.", QUIET))
        elif not plain:
            line.update(Content.styled("✗ Nothing of this counts; type letters or digits.", "$error"))
        else:
            line.update(Content.assemble(("Read as ", QUIET), (plain, "bold")))
