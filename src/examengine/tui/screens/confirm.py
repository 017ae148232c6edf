"""A question before something that cannot be taken back."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from examengine.delivery.sitting import Sitting
from examengine.tui.actions import Action
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar

if TYPE_CHECKING:
    from examengine.tui.app import ExamApp


class ConfirmScreen(ActionModal[bool]):
    """Title, consequence, yes and no; no is marked at first."""

    PLACE = "confirm"

    def __init__(self, title: str, body: str, yes: str, no: str = "Go back") -> None:
        super().__init__()
        self._title = title
        self._body = body
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            yield Static(Content(self._body), classes="dialog-body", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(f"{self._no} (n)"), id="no")
                yield Button(Content(f"{self._yes} (y)"), id="yes", variant="warning")
        yield HintBar()

    def label(self, action: Action) -> str:
        """Name the answers by what they do."""
        return self._yes if action.name == "yes" else self._no

    def on_mount(self) -> None:
        """Mark the harmless answer."""
        self.query_one("#no", Button).focus()

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(False)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


def ask_to_leave(app: "ExamApp", sitting: Sitting) -> None:
    """Leave the session after a question that says what happens to the clock; a drill is left at once."""
    if sitting.form.seconds is None:
        app.call_next(app.leave_sitting)
        return
    match sitting.form.interruptions:
        case "credit":
            cost = "The clock stops, and you resume with the time you have now."
        case "charge":
            cost = "The clock goes on while you are away."
        case _:
            cost = "The clock stops for a limited time; beyond that it goes on."

    def left(yes: bool | None) -> None:
        if yes:
            app.call_next(app.leave_sitting)

    app.push_screen(ConfirmScreen("Leave for now?", f"Everything is saved. {cost}", "Leave"), left)
