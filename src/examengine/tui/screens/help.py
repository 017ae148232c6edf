"""Every key of a screen."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from examengine.tui.actions import PLACES, WIDGET_KEYS, shown_key
from examengine.tui.theme import FLAG_SIGN, STANDING_SIGNS
from examengine.tui.widgets.action_screen import ActionModal, ActionScreen
from examengine.tui.widgets.hanging_text import HangingText, Line, plain_line
from examengine.tui.widgets.hint_bar import HintBar


class HelpScreen(ActionModal[None]):
    """The rows of the table of actions for one screen, those first that make sense now."""

    PLACE = "help"

    def __init__(self, about: ActionScreen[Any]) -> None:
        super().__init__()
        self._lines = help_lines(about)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with VerticalScroll(classes="dialog dialog-large", id="help"):
            yield HangingText(self._lines)
        yield HintBar()

    def on_mount(self) -> None:
        """Let arrows scroll."""
        self.query_one("#help").focus()

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)


def help_lines(about: ActionScreen[Any]) -> list[Line]:
    """Return all keys of a screen with what they do."""
    rows = []
    for action in PLACES[about.PLACE]:
        if about.can(action.name):
            keys = " ".join(shown_key(key) for key in (*action.letters, *action.keys))
            rows.append((keys, f"{action.help}."))
    rows += [(keys, f"{text}.") for keys, text in WIDGET_KEYS.get(about.PLACE, ())]
    rows.append((shown_key("ctrl+backslash").replace("BACKSLASH", "\\"), "Open the palette: everything by its name."))
    width = max(len(keys) for keys, _ in rows)
    lines = [plain_line("Keys", "bold $primary"), plain_line("")]
    lines += [(Content.styled(f"{keys:<{width}}  ", "bold $accent"), Content(text)) for keys, text in rows]
    if about.PLACE in ("exam", "navigator", "review", "look"):
        signs = "   ".join(f"{sign} {words}" for sign, words in STANDING_SIGNS.values())
        lines += [plain_line(""), plain_line(f"Signs: {signs}   {FLAG_SIGN} flagged")]
        lines.append(plain_line("A letter alone works wherever it is not typed as text; the other keys always do."))
    return lines
