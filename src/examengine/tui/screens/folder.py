"""Asks where an exercise is to be written, to work on it in another program."""

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from examengine.itemtypes.text_fields import LineField
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar

_WORDS = (
    "The folder gets solution.py, the sample tests, the statement, the data, and all of it as exercise.ipynb "
    "for Jupyter. Each save there is taken into your exam within a second or two, as long as the exercise is open. "
    "Files that are not ours are never overwritten without a question."
)


class FolderWish(NamedTuple):
    """What is wanted: a folder to write and watch, or (no path) to watch no more."""

    path: str | None


class FolderScreen(ActionModal[FolderWish]):
    """A path, and what will happen."""

    PLACE = "folder"
    DEFAULT_CSS = """
    FolderScreen .dialog { overflow-y: auto; }
    """

    def __init__(self, path: str, *, is_watched: bool) -> None:
        super().__init__()
        self._path = path
        self._is_watched = is_watched

    def compose(self) -> ComposeResult:
        """Lay out words, path and buttons."""
        with Vertical(classes="dialog dialog-large"):
            yield Static(Content.styled("Work in another program", "bold $primary"), markup=False)
            yield Static(Content(_WORDS), classes="dialog-body", markup=False)
            yield LineField(self._path, id="path", select_on_focus=False)
            with Horizontal(classes="dialog-buttons"):
                if self._is_watched:
                    yield Button(Content("Stop watching"), id="stop")
                yield Button(Content("Write and watch"), id="write", variant="primary")
        yield HintBar()

    def on_mount(self) -> None:
        """Wait for a path."""
        self.query_one(Input).focus()

    def can(self, name: str) -> bool:
        """Offer to stop only what goes on."""
        return name != "stop_watching" or self._is_watched

    def action_write(self) -> None:
        """Write and watch; on the other button, that one's own."""
        if isinstance(self.focused, Button) and self.focused.id == "stop":
            self.action_stop_watching()
            return
        path = self.query_one(Input).value.strip()
        if path:
            self.dismiss(FolderWish(path))
        else:
            self.exam_app.notice("Name a folder, such as ~/work.", is_warning=True)

    def action_stop_watching(self) -> None:
        """Watch no more."""
        self.dismiss(FolderWish(None))

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "stop":
            self.action_stop_watching()
        else:
            self.action_write()
