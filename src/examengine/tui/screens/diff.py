"""What has changed since the starter: a unified difference, told by signs and colours."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from examengine.itemtypes.coding.difference import DiffLine
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar

_STYLES = {"file": "bold $primary", "place": "$accent", "same": "", "added": "$success", "removed": "$error"}
_NONE = "Your code is the starter as it was given."


class DiffScreen(ActionModal[None]):
    """Lines with + were put in, lines with - taken out."""

    PLACE = "diff"
    DEFAULT_CSS = """
    DiffScreen #diff { height: auto; max-height: 70vh; margin-top: 1; overflow-x: auto; }
    DiffScreen #diff-text { width: auto; min-width: 100%; height: auto; text-wrap: nowrap; }
    """

    def __init__(self, lines: Sequence[DiffLine]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out counts and lines."""
        added, removed = (sum(line.kind == kind for line in self._lines) for kind in ("added", "removed"))
        with Vertical(classes="dialog dialog-large"):
            head = f"Since the starter: +{added} -{removed} lines" if self._lines else _NONE
            yield Static(Content.styled(head, "bold $primary"), markup=False)
            with VerticalScroll(id="diff"):
                shown = [Content.styled(line.signed, _STYLES[line.kind]) for line in self._lines]
                yield Static(Content("\n").join(shown), id="diff-text", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Let arrows scroll."""
        self.query_one("#diff").focus()

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_scroll_up(self) -> None:
        """Scroll up by a page."""
        self.query_one("#diff").scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        """Scroll down by a page."""
        self.query_one("#diff").scroll_page_down(animate=False)
