"""The code workspace: files, editor, scratch cell, and what their runs said."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from examengine.core.evidence import Evidence, TestOutcome
from examengine.itemtypes.coding.failure import place_of_test
from examengine.itemtypes.coding.model import SOLUTION
from examengine.itemtypes.coding.widget_editor import CodeEditor
from examengine.itemtypes.coding.widget_find import FindBar
from examengine.itemtypes.coding.widget_output import OutputPane
from examengine.itemtypes.spec import FileEdit
from examengine.itemtypes.widget import QUIET, Host, ItemView, Kept

__all__ = ["CodeEditor", "CodingView"]

_TOOLS = (("Cell", "scratch_cell"), ("Diff", "diff"), ("Folder", "work_in_folder"), ("Editor", "open_editor"))
"""What a click beside the file names does: label and action of the screen."""
_TOOLS_WIDTH = 56


class CodingView(ItemView):
    """File names, editor, find line, scratch cell and output, one below the other."""

    NEEDS_ROOM = True
    DEFAULT_CSS = """
    CodingView { height: 1fr; width: 1fr; layout: vertical; }
    CodingView #bar { height: 1; padding: 0 1; background: $panel; }
    CodingView #files { width: 1fr; height: 1; }
    CodingView #tools { width: auto; height: 1; }
    CodingView TextArea { border: none; padding: 0; }
    CodingView TextArea:focus { border: none; }
    CodingView #editor { height: 1fr; }
    CodingView #scratch-head { height: 1; padding: 0 1; background: $panel; display: none; }
    CodingView #scratch { height: 30%; min-height: 4; display: none; }
    CodingView.-scratch #scratch, CodingView.-scratch #scratch-head { display: block; }
    CodingView #status { height: 1; padding: 0 1; color: $quiet; display: none; text-wrap: nowrap; }
    CodingView #status.-shown { display: block; }
    """

    class ScratchLeft(Message):
        """The candidate left the scratch cell of an item, with this text in it."""

        def __init__(self, owner: int, text: str) -> None:
            super().__init__()
            self.owner = owner
            self.text = text

    class FileShown(Message):
        """Another file is in the editor."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._texts: dict[str, str] = {}
        self._samples: dict[str, str] = {}
        self._file = SOLUTION
        self._is_final = False
        self._given_tools: Sequence[str] = ()
        self._scratch_owner = 0
        self._is_quiet = False

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="bar"):
            yield Static("", id="files", markup=False)
            yield Static("", id="tools", markup=False)
        yield CodeEditor(self._changed)
        yield FindBar()
        yield Static("", id="scratch-head", markup=False)
        yield CodeEditor(lambda: None, id="scratch")
        yield OutputPane()
        yield Static("", id="status", markup=False)

    def on_mount(self) -> None:
        """Name the scratch cell."""
        head = Content.assemble(("Scratch cell", "bold"), (" tries your code; no part of your response", QUIET))
        self.query_one("#scratch-head", Static).update(head)

    def on_resize(self, event: events.Resize) -> None:
        """Leave the room to the file names where it is narrow: all tools have keys."""
        self.query_one("#tools").display = event.size.width >= _TOOLS_WIDTH

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show the candidate's files, or the starter while there are none."""
        del order
        self._texts = dict(response.files or item.starter) or {SOLUTION: ""}
        self._samples = dict(item.sample_tests)
        self._is_final = is_final
        self._file = SOLUTION if SOLUTION in self._texts else next(iter(self._texts))
        self.output.hide()
        self.query_one(FindBar).remove_class("-shown")
        self.hide_scratch()
        self.show_status("")
        self._show_file()

    @property
    def editor(self) -> CodeEditor:
        """Return the editor of the files."""
        return self.query_one("#editor", CodeEditor)

    @property
    def scratch(self) -> CodeEditor:
        """Return the editor of the scratch cell."""
        return self.query_one("#scratch", CodeEditor)

    @property
    def output(self) -> OutputPane:
        """Return the pane of the runs."""
        return self.query_one(OutputPane)

    @property
    def find_bar(self) -> FindBar:
        """Return the find line."""
        return self.query_one(FindBar)

    @property
    def file(self) -> str:
        """Return the name of the file in the editor."""
        return self._file

    @property
    def texts(self) -> dict[str, str]:
        """Return the candidate's files as they are on disk."""
        return dict(self._texts)

    @property
    def is_scratch_shown(self) -> bool:
        """Return whether the scratch cell is on the screen."""
        return self.has_class("-scratch")

    @property
    def can_change(self) -> bool:
        """Return whether what is in the editor that has the keys can be changed."""
        return not self._active_editor().read_only

    def focus_target(self) -> Widget:
        """Return the editor."""
        return self.editor

    def next_file(self) -> None:
        """Show the next file: the candidate's own, then the sample tests."""
        names = [*self._texts, *self._samples]
        self._choose_file(names[(names.index(self._file) + 1) % len(names)])

    def on_click(self, event: events.Click) -> None:
        """Show the file, or do what was clicked."""
        name = event.style.meta.get("file")
        action = event.style.meta.get("action")
        if isinstance(name, str):
            self._choose_file(name)
        elif isinstance(action, str):
            self.app.call_later(self.screen.run_action, f"do('{action}')")

    def send_again(self) -> None:
        """Send what the disk has not taken."""
        self._changed()

    def show_taken(self, name: str, text: str) -> None:
        """Show a file's text that the session has taken from outside; the editor can undo it."""
        if name not in self._texts:
            return
        before, self._texts[name] = self._texts[name], text
        if name != self._file:
            return
        editor = self.editor
        edit = FileEdit.between(name, before, text)
        if edit is not None and editor.text == before:
            document = editor.document
            start = document.get_location_from_index(edit.at)  # type: ignore[attr-defined]
            end = document.get_location_from_index(edit.at + edit.removed)  # type: ignore[attr-defined]
            with self._quietly():
                editor.replace(edit.inserted, start, end)
        if editor.text != text:
            # Line ends that the editor would write in its own way, or a text that the disk has not taken.
            place = editor.cursor_location
            editor.show_text(text, read_only=self._is_final)
            editor.move_cursor(place)

    @contextlib.contextmanager
    def _quietly(self) -> Iterator[None]:
        """Send nothing of what happens meanwhile."""
        self._is_quiet = True
        try:
            yield
        finally:
            self._is_quiet = False

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Take no more changes."""
        del lines, verdict
        self._is_final = True
        self.editor.read_only = True

    def show_tools(self, names: Sequence[str]) -> None:
        """Offer what can be done beside the file names: actions of the screen."""
        if names != self._given_tools:
            self._given_tools = names
            self._show_names()

    def show_status(self, text: str) -> None:
        """Show a line on the folder that is watched; empty: none."""
        status = self.query_one("#status", Static)
        status.set_class(bool(text), "-shown")
        status.update(Content(text))

    def show_run(self, what: str, seconds: float, outcomes: Sequence[TestOutcome], text: str) -> None:
        """Show what a run has said so far."""
        self.output.show_running(what, seconds, outcomes, text)

    def show_evidence(self, evidence: Evidence) -> None:
        """Show the outcome of each sample test, and what the code printed."""
        self.output.show_evidence(evidence)

    def show_scratch(self, text: str, owner: int) -> None:
        """Show the scratch cell of an item, by its number, and give it the keys."""
        self._scratch_owner = owner
        if self.scratch.text != text:
            self.scratch.show_text(text, read_only=False)
        self.add_class("-scratch")
        self.scratch.move_cursor(self.scratch.document.end)
        self.screen.set_focus(self.scratch, scroll_visible=False)

    def hide_scratch(self) -> None:
        """Take the scratch cell off the screen; the files get the keys."""
        if self.is_scratch_shown:
            self.remove_class("-scratch")
            self.screen.set_focus(self.editor, scroll_visible=False)

    def show_test(self, test: str) -> None:
        """Show the source of a sample test."""
        name = test.split("::", 1)[0]
        source = self._samples.get(name)
        if source is None:
            found = ((one, text) for one, text in self._samples.items() if place_of_test(text, test) is not None)
            name, source = next(found, ("", ""))
        if not name:
            return
        self.hide_scratch()
        self._choose_file(name)
        self.editor.go_to_line((place_of_test(source, test) or 0) + 1)
        self.editor.focus()

    def open_find(self) -> None:
        """Open the find line, with what is selected."""
        selected = self._active_editor().selected_text
        self.find_bar.open("text", selected if "\n" not in selected else "")
        if selected:
            self.find_bar.ask(0)

    def open_line(self) -> None:
        """Ask for the number of a line."""
        self.find_bar.open("line")

    def toggle_comment(self) -> None:
        """Comment the selected lines out, or no more so."""
        self._active_editor().toggle_comment()

    def shift_lines(self, direction: int) -> None:
        """Indent the selected lines, or move them back."""
        if self.can_change:
            self._active_editor().shift_lines(direction)

    @on(FindBar.Asked)
    def _find(self, event: FindBar.Asked) -> None:
        event.stop()
        editor = self._active_editor()
        if event.asks == "line":
            if event.text:
                editor.go_to_line(int(event.text))
            return
        number, count = editor.find(event.text, event.direction, is_exact=event.is_exact)
        found = f"{number} of {count}" if count else "not found"
        self.find_bar.show_found(found if event.text else "")

    @on(FindBar.Closed)
    def _find_closed(self, event: FindBar.Closed) -> None:
        event.stop()
        self.screen.set_focus(self._active_editor(), scroll_visible=False)

    @on(OutputPane.TestChosen)
    def _test_chosen(self, event: OutputPane.TestChosen) -> None:
        event.stop()
        self.show_test(event.test)

    @on(events.DescendantBlur)
    def _left(self, event: events.DescendantBlur) -> None:
        if event.widget is self.scratch:
            self.post_message(self.ScratchLeft(self._scratch_owner, self.scratch.text))

    def _active_editor(self) -> CodeEditor:
        if self.is_scratch_shown and (self.scratch.has_focus or not self.editor.display):
            return self.scratch
        return self.editor

    def _choose_file(self, name: str) -> None:
        self._file = name
        self._show_file()
        self.post_message(self.FileShown())

    def _show_file(self) -> None:
        text = self._texts.get(self._file, self._samples.get(self._file, ""))
        self.editor.show_text(text, read_only=self._is_final or self._file not in self._texts)
        self._show_names()

    def _show_names(self) -> None:
        pieces: list[Content] = []
        for name in [*self._texts, *self._samples]:
            is_shown = name == self._file
            label, style = (f"[{name}]", "bold $primary") if is_shown else (f" {name} ", QUIET)
            pieces.append(Content.styled(label, style).stylize(Style.from_meta({"file": name})))
        self.query_one("#files", Static).update(Content(" ").join(pieces))
        tools = [
            Content.styled(f" {label}", "underline").stylize(Style.from_meta({"action": action}))
            for label, action in _TOOLS
            if action in self._given_tools
        ]
        if self._file in self._samples:
            tools = [Content.styled(" read only", QUIET)]
        self.query_one("#tools", Static).update(Content(" ").join(tools))

    def _changed(self) -> None:
        if self._file not in self._texts or self._is_quiet:
            return
        editor = self.editor
        on_disk = self._texts[self._file]
        edit = FileEdit.between(self._file, on_disk, editor.text)
        if edit is None:
            return
        kept = self.host.edit(edit)
        if kept is Kept.SAVED:
            self._texts[self._file] = editor.text
        elif kept is Kept.REFUSED:
            place = editor.cursor_location
            editor.load_text(on_disk)
            editor.move_cursor(place)
