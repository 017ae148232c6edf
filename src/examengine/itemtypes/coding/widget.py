"""The code workspace: an editor whose every change is kept, the sample tests to read, and what their run said."""

from collections.abc import Callable, Sequence
from typing import Any

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult, LanguageDoesNotExist, TextAreaTheme

from examengine.core.evidence import Evidence, TestStatus
from examengine.itemtypes.coding.model import SOLUTION
from examengine.itemtypes.spec import FileEdit
from examengine.itemtypes.widget import QUIET, Host, ItemView, Kept

_INDENT = 4
_CLOSES_BLOCK = ("return", "pass", "break", "continue", "raise")
_SIGNS = {TestStatus.PASSED: ("✓", "$success"), TestStatus.SKIPPED: ("·", QUIET)}
_HIGHLIGHTED_LINES = 1000
"""Beyond this, highlighting every change takes longer than a keystroke may."""


_BETWEEN = 2
_DARK, _LIGHT = "code-dark", "code-light"


_PALETTES = {
    _DARK: {
        "string": "#ce9178",
        "comment": "#7fa86b",
        "keyword": "#7db4f0",
        "number": "#b5cea8",
        "type": "#e3c16f",
        "function": "#dcdcaa",
        "constant": "#9cdcfe",
        "operator": "#cccccc",
    },
    _LIGHT: {
        "string": "#0a3069",
        "comment": "#57606a",
        "keyword": "#b3202b",
        "number": "#0550ae",
        "type": "#7a3e00",
        "function": "#5a32a3",
        "constant": "#0550ae",
        "operator": "#24292e",
    },
}
_TOKENS = {
    "string": ("string", "string.documentation"),
    "comment": ("comment",),
    "keyword": (
        *("keyword", "conditional", "keyword.function", "keyword.return", "keyword.operator"),
        *("repeat", "exception", "include"),
    ),
    "number": ("number", "float"),
    "type": ("type", "type.class", "class", "constructor"),
    "function": ("function", "function.call", "method", "method.call"),
    "constant": ("boolean", "constant.builtin", "type.builtin"),
    "operator": ("operator",),
}


def _theme(name: str) -> TextAreaTheme:
    """Return code colours that lie on the background of the screen."""
    colours = _PALETTES[name]
    return TextAreaTheme(
        name=name,
        syntax_styles={token: Style(color=colours[group]) for group, tokens in _TOKENS.items() for token in tokens},
    )


class CodeEditor(TextArea):
    """A Python editor: keeps the indentation, indents with tab, and tells of every change before it is drawn."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(
            "", soft_wrap=False, tab_behavior="indent", show_line_numbers=True, max_checkpoints=200, id="editor"
        )
        self._tell = changed
        self.indent_width = _INDENT
        self.register_theme(_theme(_DARK))
        self.register_theme(_theme(_LIGHT))

    def show_text(self, text: str, *, read_only: bool) -> None:
        """Put a file into the editor; the history of changes begins anew."""
        wanted = "python" if text.count("\n") < _HIGHLIGHTED_LINES else None
        if self.language != wanted:
            try:
                self.language = wanted
            except LanguageDoesNotExist:
                self.language = None
        self.load_text(text)
        self.read_only = read_only

    def edit(self, edit: Edit) -> EditResult:
        """Make a change and tell of it."""
        result = super().edit(edit)
        self._tell()
        return result

    def undo(self) -> None:
        """Take back the last change and tell of it."""
        super().undo()
        self._tell()

    def redo(self) -> None:
        """Make the change again and tell of it."""
        super().redo()
        self._tell()

    def action_delete_left(self) -> None:
        """Delete to the left: within the indentation, to the tab stop before."""
        row, column = self.cursor_location
        before = self.document[row][:column]
        if self.selection.is_empty and before and not before.strip(" ") and not self.read_only:
            step = (column - 1) % _INDENT + 1
            self.delete((row, column - step), (row, column))
        else:
            super().action_delete_left()

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only:
            if event.key == "escape":
                event.stop()
                event.prevent_default()
                self.screen.focus_next()
            return
        match event.key:
            case "enter":
                self._new_line()
            case "tab" if not self.selection.is_empty and self.selection.start[0] != self.selection.end[0]:
                self._shift_lines(1)
            case "shift+tab":
                self._shift_lines(-1)
            case _:
                return
        event.stop()
        event.prevent_default()

    def _new_line(self) -> None:
        start, end = sorted(self.selection)
        before = self.document[start[0]][: start[1]]
        indent = len(before) - len(before.lstrip(" "))
        words = before.split("#", 1)[0].split()
        if words and words[-1].endswith(":"):
            indent += _INDENT
        elif words and words[0] in _CLOSES_BLOCK:
            indent = max(0, indent - _INDENT)
        self.replace("\n" + " " * indent, start, end, maintain_selection_offset=False)
        self.scroll_cursor_visible()

    def _shift_lines(self, direction: int) -> None:
        start, end = sorted(self.selection)
        last = end[0] if end[1] > 0 or end[0] == start[0] else end[0] - 1
        old = [self.document[row] for row in range(start[0], last + 1)]
        if direction > 0:
            new = [" " * _INDENT + line if line.strip() else line for line in old]
        else:
            new = [line[min(_INDENT, len(line) - len(line.lstrip(" "))) :] for line in old]
        if new == old:
            return
        moved = len(new[0]) - len(old[0]), len(new[-1]) - len(old[-1])
        self.replace("\n".join(new), (start[0], 0), (last, len(old[-1])))
        first = (start[0], max(0, start[1] + moved[0]))
        final = (end[0], max(0, end[1] + (moved[1] if end[0] == last else 0)))
        self.selection = type(self.selection)(first, final)


class CodingView(ItemView):
    """Editor above, outcome of the sample tests below."""

    NEEDS_ROOM = True
    DEFAULT_CSS = """
    CodingView { height: 1fr; width: 1fr; layout: vertical; }
    CodingView #files { height: 1; padding: 0 1; background: $panel; }
    CodingView TextArea { height: 1fr; border: none; padding: 0; }
    CodingView TextArea:focus { border: none; }
    CodingView #output { height: auto; max-height: 40%; border-top: solid $panel; padding: 0 1; display: none; }
    CodingView #output.-shown { display: block; }
    CodingView #output:focus { border-top: solid $primary; }
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._texts: dict[str, str] = {}
        self._samples: dict[str, str] = {}
        self._file = SOLUTION
        self._is_final = False

    def compose(self) -> ComposeResult:
        """Lay out file names, editor and output."""
        yield Static("", id="files", markup=False)
        yield CodeEditor(self._changed)
        with VerticalScroll(id="output"):
            yield Static("", id="outcome", markup=False)

    def on_mount(self) -> None:
        """Follow the colours of the screen."""
        self.watch(self.app, "theme", self._follow_theme)

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show the candidate's files, or the starter while there are none."""
        del order
        self._texts = dict(response.files or item.starter) or {SOLUTION: ""}
        self._samples = dict(item.sample_tests)
        self._is_final = is_final
        self._file = SOLUTION if SOLUTION in self._texts else next(iter(self._texts))
        self.query_one("#output").remove_class("-shown")
        self._show_file()

    @property
    def editor(self) -> CodeEditor:
        """Return the editor."""
        return self.query_one(CodeEditor)

    @property
    def file(self) -> str:
        """Return the name of the file in the editor."""
        return self._file

    def focus_target(self) -> Widget:
        """Return the editor."""
        return self.editor

    def next_file(self) -> None:
        """Show the next file: the candidate's own, then the sample tests."""
        names = [*self._texts, *self._samples]
        self._file = names[(names.index(self._file) + 1) % len(names)]
        self._show_file()

    def on_click(self, event: events.Click) -> None:
        """Show the file whose name was clicked."""
        names = self.query_one("#files").content_region
        if not names.contains_point(event.screen_offset):
            return
        right = names.x
        for name in [*self._texts, *self._samples]:
            right += len(self._label(name)) + _BETWEEN
            if event.screen_x < right:
                self._file = name
                self._show_file()
                return

    def send_again(self) -> None:
        """Send what the disk has not taken."""
        self._changed()

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Take no more changes."""
        del lines, verdict
        self._is_final = True
        self.editor.read_only = True

    def show_running(self, seconds: float) -> None:
        """Say that the sample tests run, and for how long they have."""
        self.query_one("#output").add_class("-shown")
        self.query_one("#outcome", Static).update(
            Content(f"Running the sample tests … {seconds:.0f} s; you can go on working.")
        )

    def show_evidence(self, evidence: Evidence) -> None:
        """Show the outcome of each sample test, and what the code printed."""
        self.query_one("#output").add_class("-shown")
        self.query_one("#outcome", Static).update(evidence_content(evidence))
        self.query_one("#output", VerticalScroll).scroll_home(animate=False)

    def _follow_theme(self) -> None:
        self.editor.theme = _DARK if self.app.current_theme.dark else _LIGHT

    def _show_file(self) -> None:
        text = self._texts.get(self._file, self._samples.get(self._file, ""))
        self.editor.show_text(text, read_only=self._is_final or self._file not in self._texts)
        self._show_names()

    def _label(self, name: str) -> str:
        return f" {name} (read only) " if name in self._samples else f" {name} "

    def _show_names(self) -> None:
        pieces: list[tuple[str, str]] = []
        for name in [*self._texts, *self._samples]:
            is_shown = name == self._file
            label = self._label(name)
            pieces.append((f"[{label.strip()}]" if is_shown else label, "bold $primary" if is_shown else QUIET))
            pieces.append((" " * _BETWEEN, ""))
        self.query_one("#files", Static).update(Content.assemble(*pieces))

    def _changed(self) -> None:
        if self._file not in self._texts:
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


def evidence_content(evidence: Evidence) -> Content:
    """Return the outcome of a run, one line a test with its message below."""
    passed = sum(test.outcome is TestStatus.PASSED for test in evidence.tests)
    took = f"{evidence.seconds:.1f} s"
    head = f"Sample tests: {passed} of {len(evidence.tests)} passed ({took})."
    if not evidence.tests:
        head = f"Sample tests: {evidence.verdict.value} ({took})."
    pieces: list[Content] = [Content.styled(head, "bold")]
    if evidence.message:
        pieces.append(Content(evidence.message))
    for test in evidence.tests:
        sign, colour = _SIGNS.get(test.outcome, ("✗", "$error"))
        name = test.id.split("::", 1)[-1]
        pieces.append(Content.assemble((f"{sign} {name} {test.outcome.value}", f"bold {colour}")))
        pieces += [Content(f"  {line}") for line in test.message.splitlines()]
    if evidence.output.strip():
        pieces.append(Content.styled("Printed:", "bold"))
        pieces += [Content(f"  {line}") for line in evidence.output.splitlines()]
    return Content("\n").join(pieces)
