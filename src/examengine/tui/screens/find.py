"""Finds a text within the item on the screen: every line that holds it, marked."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from examengine.forms.searchable import found_lines
from examengine.itemtypes.text_fields import LineField
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar

_LONGEST = 100


class FindScreen(ActionModal[None]):
    """A field above, the lines below."""

    PLACE = "find"
    DEFAULT_CSS = """
    FindScreen #found { height: auto; max-height: 60vh; margin-top: 1; }
    FindScreen #found-text { height: auto; }
    """

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out field and lines."""
        with Vertical(classes="dialog dialog-large"):
            yield Static(Content.styled("Find in this item", "bold $primary"), markup=False)
            yield LineField(max_length=_LONGEST, id="wanted")
            with VerticalScroll(id="found", can_focus=False):
                yield Static("", id="found-text", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Wait for a text."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_scroll_up(self) -> None:
        """Scroll the lines up."""
        self.query_one("#found").scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        """Scroll the lines down."""
        self.query_one("#found").scroll_page_down(animate=False)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        found = found_lines(self._lines, event.value)
        blocks: list[Content] = []
        part = ""
        for own, line, places in found:
            if own != part:
                part = own
                blocks.append(Content.styled(part, "bold"))
            text = Content(line)
            for place in places:
                text = text.stylize("bold reverse", place, place + len(event.value))
            blocks.append(Content.assemble("  ", text))
        if event.value and not found:
            blocks = [Content.styled("Nothing in this item reads so.", "$quiet")]
        self.query_one("#found-text", Static).update(Content("\n").join(blocks))
