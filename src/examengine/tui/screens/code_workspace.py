"""What can be done with the code of an exercise in the exam room: find, go to, comment, compare, reset."""

from textual import on

from examengine.delivery.looking import Looking
from examengine.forms.form import FormEntry
from examengine.itemtypes.coding.difference import differences
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.coding.widget import CodingView
from examengine.itemtypes.spec import FileEdit
from examengine.session import commands as cmd
from examengine.tui.screens.code_runs import CodeRuns
from examengine.tui.screens.confirm import ConfirmScreen

IN_FIND_LINE = frozenset({"find_next", "find_previous", "find_case"})
CODE = IN_FIND_LINE | {
    *("run_samples", "run_scratch", "stop_run", "scratch_cell", "show_test", "other_file", "reset", "diff"),
    *("find_code", "go_to_line", "toggle_comment", "indent", "dedent"),
}
OFFERED = ("scratch_cell", "diff", "work_in_folder", "open_editor")
"""What can be clicked beside the file names."""


class CodeWorkspace(CodeRuns):
    """The actions of the editor, on top of those that run code."""

    def can_code(self, name: str) -> bool:
        """Return whether an action makes sense for the item on the screen."""
        entry, view = self.entry, self.code_view
        if not isinstance(entry.item, Coding) or view is None:
            return False
        if isinstance(self._sitting, Looking):
            return name == "other_file"
        number = entry.number
        match name:
            case "run_samples":
                return bool(entry.item.sample_tests) and number not in self.runs
            case "run_scratch":
                return view.is_scratch_shown and number not in self.runs
            case "stop_run":
                return number in self.runs
            case "show_test":
                return bool(entry.item.sample_tests) and bool(self.failed_tests(number))
            case "reset":
                return self.is_open(number)
            case "toggle_comment" | "indent" | "dedent":
                return view.can_change
            case "find_next" | "find_previous" | "find_case":
                return view.find_bar.is_open and view.find_bar.asks == "text"
        return True

    def show_code_extras(self, entry: FormEntry) -> None:
        """Show what the runs have said, and what can be clicked beside the file names."""
        super().show_code_extras(entry)
        view = self.code_view
        if view is not None:
            view.show_tools([name for name in OFFERED if self.can(name)])

    def action_other_file(self) -> None:
        """Show the next file."""
        view = self.code_view
        if view is not None:
            view.next_file()

    def action_find_code(self) -> None:
        """Open the find line."""
        view = self.code_view
        if view is not None:
            view.open_find()
            self.refresh_bindings()

    def action_find_next(self) -> None:
        """Go to the next place."""
        view = self.code_view
        if view is not None:
            view.find_bar.ask(1)

    def action_find_previous(self) -> None:
        """Go to the place before."""
        view = self.code_view
        if view is not None:
            view.find_bar.ask(-1)

    def action_find_case(self) -> None:
        """Tell capitals from small letters, or no more so."""
        view = self.code_view
        if view is not None:
            view.find_bar.toggle_case()

    def action_go_to_line(self) -> None:
        """Ask for the number of a line."""
        view = self.code_view
        if view is not None:
            view.open_line()
            self.refresh_bindings()

    def action_toggle_comment(self) -> None:
        """Comment the selected lines out, or no more so."""
        view = self.code_view
        if view is not None:
            view.toggle_comment()

    def action_indent(self) -> None:
        """Indent the selected lines."""
        view = self.code_view
        if view is not None:
            view.shift_lines(1)

    def action_dedent(self) -> None:
        """Move the selected lines back."""
        view = self.code_view
        if view is not None:
            view.shift_lines(-1)

    def action_diff(self) -> None:
        """Show what has changed since the starter."""
        from examengine.tui.screens.diff import DiffScreen

        item = self.entry.item
        if isinstance(item, Coding):
            now = self.response_of(self.entry.number).files or item.starter
            self.app.push_screen(DiffScreen(differences(item.starter, now)))

    def action_reset(self) -> None:
        """Ask, then put the starter back."""
        question = ConfirmScreen(
            "Put the starter code back?", "Your code of this exercise is replaced; ^Z in the editor undoes it.", "Reset"
        )
        self.app.push_screen(question, self._reset)

    @on(CodingView.FileShown)
    def _file_shown(self, event: CodingView.FileShown) -> None:
        event.stop()
        self.refresh_bindings()

    async def _reset(self, yes: bool | None) -> None:
        entry = self.entry
        if yes and isinstance(entry.item, Coding):
            for name, text in entry.item.starter.items():
                if not self.take_text(entry.number, name, text):
                    break

    def take_text(self, number: int, name: str, text: str) -> bool:
        """Take a file's whole text from outside as one edit; return whether it is on disk. A refusal is told."""
        item = self._sitting.form.entry(number).item
        if not isinstance(item, Coding):
            return False
        files = self.response_of(number).files or item.starter
        edit = FileEdit.between(name, files.get(name, ""), text)
        if edit is None:
            return True
        decision = self.perform(cmd.EditFile(number, edit))
        if decision is None or decision.refusal is not None:
            return False
        view = self.code_view
        if view is not None and number == self.entry.number:
            view.show_taken(name, text)
        return True
