"""Asks for words and a folder, and writes a note on a defect of an item there."""

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from examengine.core.errors import ExamEngineError
from examengine.delivery.write_defect_note import write_defect_note
from examengine.itemtypes.text_fields import LineField
from examengine.reports.session_report import ItemReport, SessionReport
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar


class DefectScreen(ActionModal[None]):
    """What is wrong above, the folder below; the note holds the rest already."""

    PLACE = "defect"
    DEFAULT_CSS = """
    DefectScreen Static { height: auto; }
    DefectScreen #defect-said { margin: 1 0; }
    DefectScreen #defect-error { color: $error; }
    """

    def __init__(self, report: SessionReport, item: ItemReport) -> None:
        super().__init__()
        self._report = report
        self._item = item

    def compose(self) -> ComposeResult:
        """Lay out the questions."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(f"A note on a defect in item {self._item.number}", "bold"), markup=False)
            said = (
                f"{self._item.id}: the note holds the item and its version, your response, the key and the form."
                " It is written to a file; nothing is sent."
            )
            yield Static(Content(said), id="defect-said", markup=False)
            yield Static(Content("What is wrong? (May be filled in later, in the file.)"), markup=False)
            yield LineField(id="words")
            yield Static(Content("Folder"), markup=False)
            yield LineField(str(Path.cwd()), id="folder")
            yield Static("", id="defect-error", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Begin with the words."""
        self.query_one("#words").focus()

    def action_save(self) -> None:
        """Write the note."""
        folder = Path(self.query_one("#folder", Input).value.strip() or ".").expanduser()
        words = self.query_one("#words", Input).value
        report, number, app = self._report, self._item.number, self.exam_app
        app.background.run(self, lambda: write_defect_note(report, number, folder, words), self._written, self._fail)

    def action_next_field(self) -> None:
        """Go to the other field."""
        self.focus_next(Input)

    def action_back(self) -> None:
        """Close without writing."""
        self.dismiss(None)

    def _written(self, path: Path) -> None:
        self.dismiss(None)
        self.exam_app.notice(f"The note is in {path}. Add what you want to say, and send it yourself.")

    def _fail(self, error: ExamEngineError) -> None:
        self.query_one("#defect-error", Static).update(Content(str(error)))
