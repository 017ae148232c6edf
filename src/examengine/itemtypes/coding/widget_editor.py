"""A Python editor: indentation, brackets, comments, search; tells of every change before it is drawn."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets.text_area import Edit, EditResult, LanguageDoesNotExist, Location, Selection

from examengine.itemtypes.coding.editing import (
    INDENT,
    Place,
    indent_after,
    matches,
    next_match,
    shifted,
    toggled_comment,
)
from examengine.itemtypes.coding.widget_colours import DARK, LIGHT, code_theme
from examengine.itemtypes.text_fields import TextField

_QUICK_LINES = 1000
"""Beyond this, highlighting and looking for brackets at every key take longer than a keystroke may."""
_CLOSING = ")]}"


class CodeEditor(TextField):
    """A text area that knows Python's habits; every change is told."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "go_to_end(-1)", "First line", show=False),
        Binding("ctrl+end", "go_to_end(1)", "Last line", show=False),
    ]

    def __init__(self, changed: Callable[[], None], *, id: str = "editor") -> None:  # noqa: A002 - Textual's own name
        super().__init__("", soft_wrap=False, tab_behavior="indent", show_line_numbers=True, max_checkpoints=200, id=id)
        self._tell = changed
        self.indent_width = INDENT
        self.register_theme(code_theme(DARK))
        self.register_theme(code_theme(LIGHT))

    def on_mount(self) -> None:
        """Follow the colours of the screen."""
        self.watch(self.app, "theme", self._follow_theme)

    @property
    def lines(self) -> list[str]:
        """Return the text line by line."""
        return list(self.document.lines)

    def show_text(self, text: str, *, read_only: bool) -> None:
        """Put a file into the editor; the history of changes begins anew."""
        is_quick = text.count("\n") < _QUICK_LINES
        self.match_cursor_bracket = is_quick
        wanted = "python" if is_quick else None
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

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Return the partner of the bracket at the cursor, or of a closing one just before it."""
        if not self.match_cursor_bracket:
            return None
        found = super().find_matching_bracket(bracket, search_from)
        row, column = search_from
        if found is None and column > 0 and (before := self.document[row][column - 1]) in _CLOSING:
            return super().find_matching_bracket(before, (row, column - 1))
        return found

    def action_delete_left(self) -> None:
        """Delete to the left: within the indentation, to the tab stop before."""
        row, column = self.cursor_location
        before = self.document[row][:column]
        if self.selection.is_empty and before and not before.strip(" ") and not self.read_only:
            step = (column - 1) % INDENT + 1
            self.delete((row, column - step), (row, column))
        else:
            super().action_delete_left()

    def action_go_to_end(self, direction: int) -> None:
        """Put the cursor before the first character (-1) or behind the last (1)."""
        self.move_cursor((0, 0) if direction < 0 else self.document.end)

    def shift_lines(self, direction: int) -> None:
        """Indent the selected lines by one step, or move them back."""
        self._change_lines(lambda lines: shifted(lines, direction))

    def toggle_comment(self) -> None:
        """Comment the selected lines out, or no more so."""
        if not self.read_only:
            self._change_lines(toggled_comment)

    def go_to_line(self, number: int) -> None:
        """Put the cursor at the beginning of a line's text; lines count from 1, and beyond the last is the last."""
        row = min(max(1, number), self.document.line_count) - 1
        line = self.document[row]
        self.move_cursor((row, len(line) - len(line.lstrip())), center=True)

    def find(self, wanted: str, direction: int, *, is_exact: bool) -> tuple[int, int]:
        """Select the next place of a text, from where the cursor is; return its number from 1, and how many there are.

        Direction 1: the next; -1: the one before; 0: the one at the cursor or the next.
        """
        places = matches(self.lines, wanted, is_exact=is_exact)
        start = Place(*min(self.selection))
        if direction == 0:
            start, direction = Place(start.row, start.column - 1), 1
        index = next_match(places, start, direction)
        if index is None:
            return 0, 0
        row, column = places[index]
        self.selection = Selection((row, column), (row, column + len(wanted)))
        self.scroll_cursor_visible(center=True)
        return index + 1, len(places)

    def _follow_theme(self) -> None:
        self.theme = DARK if self.app.current_theme.dark else LIGHT

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
                self.shift_lines(1)
            case "shift+tab":
                self.shift_lines(-1)
            case _:
                return
        event.stop()
        event.prevent_default()

    def _new_line(self) -> None:
        start, end = sorted(self.selection)
        before = self.document[start[0]][: start[1]]
        self.replace("\n" + " " * indent_after(before), start, end, maintain_selection_offset=False)
        self.scroll_cursor_visible()

    def _change_lines(self, change: Callable[[list[str]], list[str]]) -> None:
        start, end = sorted(self.selection)
        is_forward = self.selection.start <= self.selection.end
        last = end[0] if end[1] > 0 or end[0] == start[0] else end[0] - 1
        old = [self.document[row] for row in range(start[0], last + 1)]
        new = change(old)
        if new == old:
            return
        moved = len(new[0]) - len(old[0]), len(new[-1]) - len(old[-1])
        self.replace("\n".join(new), (start[0], 0), (last, len(old[-1])))
        first = (start[0], max(0, start[1] + moved[0]))
        final = (end[0], max(0, end[1] + (moved[1] if end[0] == last else 0)))
        self.selection = Selection(first, final) if is_forward else Selection(final, first)
