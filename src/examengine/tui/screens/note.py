"""A text for oneself: the note beside an item, or the session's scratchpad; kept as it is typed."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from examengine.core.errors import StoreError
from examengine.delivery.sitting import Sitting
from examengine.itemtypes.text_fields import TextField
from examengine.session import commands as cmd
from examengine.session.events import NOTE_CHARACTERS
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar


class NoteScreen(ActionModal[None]):
    """A text field; each change goes to the session at once."""

    PLACE = "note"
    DEFAULT_CSS = """
    NoteScreen TextArea { height: 12; border: none; margin: 1 0; padding: 0 1; background: $panel; }
    NoteScreen #note-state { height: auto; color: $quiet; }
    """

    def __init__(self, sitting: Sitting, number: int | None) -> None:
        """`number`: the item; none: the scratchpad."""
        super().__init__()
        self._sitting = sitting
        self._number = number

    def compose(self) -> ComposeResult:
        """Lay out title, field and a line that says what became of it."""
        title = "Scratchpad of this session" if self._number is None else f"Note on item {self._number}"
        with Vertical(classes="dialog dialog-large"):
            yield Static(Content.styled(title, "bold $primary"), markup=False)
            yield TextField(self._sitting.state.notes.get(self._number, ""), show_line_numbers=False)
            yield Static(Content("For you alone: never scored. Kept as you type."), id="note-state", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Go on where the text ends."""
        field = self.query_one(TextArea)
        field.move_cursor(field.document.end)
        field.focus()

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    @on(TextArea.Changed)
    def _changed(self) -> None:
        text = self.query_one(TextArea).text
        state = self.query_one("#note-state", Static)
        try:
            decision = self._sitting.perform(cmd.WriteNote(self._number, text))
        except StoreError as error:
            self.exam_app.report(error)
            return
        if decision.refusal is not None:
            state.update(Content.styled(f"! Not kept: {decision.refusal.message}", "$error"))
        else:
            room = NOTE_CHARACTERS - len(text)
            left = f" {room:,} characters left." if room < NOTE_CHARACTERS // 10 else ""
            state.update(Content(f"For you alone: never scored. Kept as you type.{left}"))
