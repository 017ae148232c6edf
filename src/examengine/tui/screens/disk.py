"""Shown when the disk refuses to take a change."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from examengine.core.errors import StoreError
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar


class DiskScreen(ActionModal[bool]):
    """Says what is lost and what is not; the answer is whether to try again."""

    PLACE = "disk"

    def __init__(self, error: StoreError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Lay out the message."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("✗ The last change is not saved", "bold $error"), markup=False)
            text = (
                f"{self._error}.\n\nWhat was saved before is on disk. Make room or mend the disk, then try again;"
                " the clock is running."
            )
            yield Static(Content(text), classes="dialog-body", markup=False)
        yield HintBar()

    def action_again(self) -> None:
        """Try again."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(False)
