"""Options to pick from, drawn as one widget; `multiple_response` picks several from the same."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from examengine.core.model import Model
from examengine.itemtypes.item import Option
from examengine.itemtypes.multiple_choice.model import MultipleChoiceResponse
from examengine.itemtypes.spec import position_label
from examengine.itemtypes.widget import QUIET, Host, ItemView, Kept, inline_content

_INDENT = 9
_RIGHT_BUTTON = 3
_VERDICT_SIGNS = {"key": ("✓", "$success"), "missed key": ("◐", "$warning"), "your pick": ("✗", "$error")}


class OptionPicker(ItemView, can_focus=True):
    """Options with letters: a key, an arrow and space, or the mouse picks one."""

    DEFAULT_CSS = """
    OptionPicker { height: auto; width: 1fr; padding: 0 1 0 0; }
    """
    CAN_STRIKE = True
    PICKED: ClassVar[str]
    FREE: ClassVar[str]
    STRUCK: ClassVar[str]

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._options: list[Option] = []
        self._picked: set[str] = set()
        self._struck: frozenset[str] = frozenset()
        self._marked = 0
        self._is_final = False
        self._feedback: dict[str, tuple[str, str]] = {}
        self._verdict = ""
        self._drawn: tuple[int, list[Content], list[int | None]] | None = None

    def picked_of(self, response: Any) -> Collection[str]:
        """Return the option ids of a response."""
        raise NotImplementedError

    def toggled(self, option: str, picked: set[str]) -> Model | str:
        """Return the response after an option was pressed, or why it is not taken."""
        raise NotImplementedError

    def heading(self, picked: int) -> str:
        """Return the line above the options."""
        raise NotImplementedError

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show the options in the form's order."""
        by_id = {option.id: option for option in item.options}
        self._item = item
        self._options = [by_id[name] for name in order]
        self._picked = set(self.picked_of(response))
        self._marked = next((i for i, one in enumerate(self._options) if one.id in self._picked), 0)
        self._is_final = is_final
        self._feedback, self._verdict = {}, ""
        self._struck = frozenset()
        self._redraw()

    def show_struck(self, options: frozenset[str]) -> None:
        """Draw these options as ruled out."""
        self._struck = options
        self._redraw()

    def strike_marked(self) -> None:
        """Rule the marked option out, or take it back."""
        self._strike(self._marked)

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Put the verdict above the options, and its rationale under each of them."""
        self._is_final = True
        self._verdict = verdict
        self._feedback = {name: (verdict, rationale) for name, verdict, rationale in lines}
        self._redraw()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take the letters of the options before the screen's own."""
        del key
        return not self._is_final and self._index_of(character) is not None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the options need at a width."""
        del container, viewport
        return len(self._lines(width)[0])

    def render(self) -> Content:
        """Draw heading and options."""
        return Content("\n").join(self._lines(self.content_size.width)[0])

    def on_focus(self) -> None:
        """Show the mark."""
        self._redraw()

    def on_blur(self) -> None:
        """Hide the mark."""
        self._redraw()

    def on_key(self, event: events.Key) -> None:
        """Pick by letter, move the mark, pick what is marked."""
        index = self._index_of(event.character)
        if index is not None:
            self._press(index)
        elif event.key in ("up", "down"):
            step = 1 if event.key == "down" else -1
            self._marked = (self._marked + step) % len(self._options)
            self._redraw()
            self.call_after_refresh(self._reveal)
        elif event.key == "space":
            self._press(self._marked)
        elif event.key == "enter":
            if self._is_final or self._options[self._marked].id in self._picked:
                self.host.confirm()
            else:
                self._press(self._marked)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Pick the option under the mouse."""
        place = event.get_content_offset(self)
        if place is not None:
            owners = self._lines(self.content_size.width)[1]
            owner = owners[place.y] if place.y < len(owners) else None
            if owner is not None and event.button == _RIGHT_BUTTON:
                self._marked = owner
                self._strike(owner)
            elif owner is not None:
                self._press(owner)

    def _index_of(self, character: str | None) -> int | None:
        letter = (character or "").lower()
        index = ord(letter) - ord("a") if len(letter) == 1 and "a" <= letter <= "z" else -1
        return index if 0 <= index < len(self._options) else None

    def _press(self, index: int) -> None:
        self._marked = index
        if self._is_final:
            self._redraw()
            return
        response = self.toggled(self._options[index].id, set(self._picked))
        if isinstance(response, str):
            self.notify(response, severity="warning", markup=False)
        elif self.host.respond(response) is Kept.SAVED:
            self._picked = set(self.picked_of(response))
            # An option cannot be both: the review would show a pick that was struck out.
            freed = self._struck - self._picked
            if freed != self._struck and self.host.strike(freed) is Kept.SAVED:
                self._struck = freed
        self._redraw()
        self.call_after_refresh(self._reveal)

    def _strike(self, index: int) -> None:
        if not self._is_final and self._options[index].id in self._picked:
            self.notify("This option is picked; pick another one or take it back first.", markup=False)
        elif not self._is_final and self.host.strike(self._struck ^ {self._options[index].id}) is Kept.SAVED:
            self._struck ^= {self._options[index].id}
        self._redraw()

    def _redraw(self) -> None:
        self._drawn = None
        self.refresh(layout=True)

    def _lines(self, width: int) -> tuple[list[Content], list[int | None]]:
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, *self._draw(width))
        return self._drawn[1], self._drawn[2]

    def _draw(self, width: int) -> tuple[list[Content], list[int | None]]:
        if not self._options:
            return [], []  # drawn before its first item is loaded
        lines: list[Content] = [
            Content.styled(self._verdict, "bold")
            if self._verdict
            else Content.styled(self.heading(len(self._picked)), QUIET)
        ]
        owners: list[int | None] = [None]
        for index, option in enumerate(self._options):
            lines.append(Content(""))
            owners.append(None)
            own = self._draw_option(index, option, max(width, _INDENT + 8))
            lines += own
            owners += [index] * len(own)
        return lines, owners

    def _draw_option(self, index: int, option: Option, width: int) -> list[Content]:
        is_marked = index == self._marked and self.has_focus and not self._is_final
        is_picked = option.id in self._picked
        is_struck = option.id in self._struck and not is_picked and not self._verdict
        verdict, rationale = self._feedback.get(option.id, ("", ""))
        sign = self.PICKED if is_picked else self.STRUCK if is_struck else self.FREE
        style = "bold $primary" if is_picked else ""
        first = Content.assemble(
            ("▸ " if is_marked else "  ", "bold $primary"), (f"{sign} ", style), (f"{position_label(index)}  ", style)
        )
        text = inline_content(option.text)
        if is_picked:
            text = text.stylize_before("bold")
        elif is_struck:
            text = text.stylize(f"strike {QUIET}")
        room = width - _INDENT
        lines = [
            Content.assemble(first if number == 0 else " " * _INDENT, line)
            for number, line in enumerate(text.wrap(room))
        ]
        if verdict:
            mark, colour = _VERDICT_SIGNS.get(verdict, ("", QUIET))
            lines.append(Content.assemble(" " * _INDENT, (f"{mark} {verdict}", f"bold {colour}")))
        if rationale:
            told = inline_content(rationale).stylize_before(QUIET)
            lines += [Content.assemble(" " * _INDENT, line) for line in told.wrap(room)]
        if is_marked:
            lines = [line.pad_right(max(0, width - line.cell_length)).stylize("on $boost") for line in lines]
        return lines

    def _reveal(self) -> None:
        owners = self._lines(self.content_size.width)[1]
        rows = [row for row, owner in enumerate(owners) if owner == self._marked]
        scroller = next(
            (node for node in self.ancestors if isinstance(node, Widget) and node.allow_vertical_scroll), None
        )
        if rows and scroller is not None:
            top = self.region.y - scroller.region.y + round(scroller.scroll_y) + rows[0]
            scroller.scroll_to_region(Region(0, top, 1, len(rows)), animate=False, force=True)


class MultipleChoiceView(OptionPicker):
    """One option."""

    PICKED = "(●)"
    FREE = "( )"
    STRUCK = "(/)"

    def picked_of(self, response: Any) -> Collection[str]:
        """Return the one option, if there is one."""
        return [response.option] if response.option else []

    def toggled(self, option: str, picked: set[str]) -> Model | str:
        """Pick the option in place of the one before."""
        del picked
        return MultipleChoiceResponse(option=option)

    def heading(self, picked: int) -> str:
        """Say how many to choose."""
        del picked
        return "Choose one."
