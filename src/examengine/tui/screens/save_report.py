"""Asks for a format and a folder, and saves the report there."""

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from examengine.core.errors import ExamEngineError
from examengine.delivery.save_report import save_report
from examengine.itemtypes.text_fields import LineField
from examengine.reports.formats import REPORT_FORMATS
from examengine.reports.session_report import SessionReport
from examengine.tui.actions import bindings_of
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar

_ALL = "all"


class SaveReportScreen(ActionModal[None]):
    """Format above, folder below; arrows change the format while the folder is typed."""

    PLACE = "save_report"
    BINDINGS = list(bindings_of(PLACE))  # noqa: RUF012 - Textual declares it so
    DEFAULT_CSS = """
    SaveReportScreen OptionList { height: auto; border: none; background: transparent; margin: 1 0; }
    SaveReportScreen #save-error { height: auto; color: $error; }
    """

    def __init__(self, report: SessionReport) -> None:
        super().__init__()
        self._report = report

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("Save the report", "bold"), markup=False)
            names = [(one.name, f"{one.name}  ({one.suffix})") for one in REPORT_FORMATS.values()]
            yield OptionList(*(Option(Content(label), name) for name, label in [*names, (_ALL, "all of these")]))
            yield Static(Content("Folder"), markup=False)
            yield LineField(str(Path.cwd()), id="folder")
            yield Static("", id="save-error", markup=False)
        yield HintBar()

    def on_mount(self) -> None:
        """Begin with text, in the folder where the program was started."""
        choices = self.query_one(OptionList)
        choices.can_focus = False
        choices.highlighted = 0
        self.query_one(Input).focus()

    def action_next_format(self) -> None:
        """Mark the next format."""
        self.query_one(OptionList).action_cursor_down()

    def action_previous_format(self) -> None:
        """Mark the format before."""
        self.query_one(OptionList).action_cursor_up()

    def action_save(self) -> None:
        """Save, say where, and close; a folder that refuses is told here."""
        marked = self.query_one(OptionList).highlighted_option
        name = marked.id if marked is not None and marked.id is not None else _ALL
        formats = list(REPORT_FORMATS) if name == _ALL else [name]
        typed = self.query_one(Input).value.strip()
        folder = Path(typed or ".").expanduser()
        report, app = self._report, self.exam_app
        app.background.run(self, lambda: save_report(report, folder, formats), self._saved, self._fail)

    def action_back(self) -> None:
        """Close without saving."""
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.query_one(Input).focus()

    def _saved(self, paths: list[Path]) -> None:
        self.dismiss(None)
        self.exam_app.notice(f"Saved {', '.join(path.name for path in paths)} in {paths[0].parent}")

    def _fail(self, error: ExamEngineError) -> None:
        self.query_one("#save-error", Static).update(Content(str(error)))
