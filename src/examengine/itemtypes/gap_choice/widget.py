"""A text or code with boxes; the options of the marked box open under it."""

from collections.abc import Hashable, Sequence
from typing import Any

from textual import events
from textual.content import Content

from examengine.core.counted import counted
from examengine.itemtypes.gap_choice.model import Gap, GapChoice, GapChoiceResponse
from examengine.itemtypes.gap_choice.scoring import filled
from examengine.itemtypes.gap_choice.spec import options_in_order
from examengine.itemtypes.gap_choice.widget_text import draw_body
from examengine.itemtypes.item import Option
from examengine.itemtypes.numbered import one_line
from examengine.itemtypes.rows_widget import MARK, NO_MARK, Row, RowsView, hanging, highlighted, letter_index
from examengine.itemtypes.spec import position_label
from examengine.itemtypes.widget import QUIET, Host, inline_content

_SIGNS = {"key": ("✓", "$success"), "your pick": ("✗", "$error")}
_CLOSED = -1


class GapChoiceView(RowsView):
    """Arrows go from gap to gap, space opens the options of one, a letter or a click chooses."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._item: GapChoice | None = None
        self._options: dict[str, list[Option]] = {}
        self._chosen: dict[str, str] = {}
        self._gap = 0
        self._open = _CLOSED
        """Which option of the marked gap is marked, where its list is open."""
        self._feedback: dict[str, tuple[str, str]] = {}

    @property
    def marked(self) -> Hashable:
        """Return the marked gap, or the marked option of its open list."""
        if self._item is None:
            return None
        return self._item.gaps[self._gap].id if self._open == _CLOSED else self._open

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show the text with what is chosen so far."""
        self._item = item
        self._options = {gap.id: options_in_order(gap, order) for gap in item.gaps}
        self._chosen = filled(item, response)
        self._gap = next((i for i, gap in enumerate(item.gaps) if gap.id not in self._chosen), 0)
        self._open = _CLOSED
        self.is_final, self.verdict, self._feedback = is_final, "", {}
        self.redraw()

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Put the options of every gap below the text, each with its rationale."""
        self.is_final, self.verdict, self._open = True, verdict, _CLOSED
        self._feedback = {name: (said, rationale) for name, said, rationale in lines}
        self.redraw()

    def letters(self) -> str:
        """Take the letters of the marked gap's options."""
        if self._item is None:
            return ""
        count = len(self._options[self._item.gaps[self._gap].id])
        return "".join(position_label(index) for index in range(count)).lower()

    def on_key(self, event: events.Key) -> None:
        """Go from gap to gap, open and close a list, choose."""
        if self._item is None:
            return
        gap = self._item.gaps[self._gap]
        count = len(self._options[gap.id])
        index = letter_index(event.character, count)
        is_open = self._open != _CLOSED
        if index is not None:
            self._choose(index, goes_on=True)
        elif event.key in ("up", "down") and is_open:
            self._open = (self._open + (1 if event.key == "down" else -1)) % count
            self.redraw()
        elif event.key in ("left", "right", "up", "down"):
            self._mark(self._gap + (1 if event.key in ("right", "down") else -1))
        elif event.key == "space" or (event.key == "enter" and is_open):
            if is_open:
                self._choose(self._open, goes_on=True)
            else:
                self._show_options()
        elif event.key == "enter":
            self._enter()
        elif event.key in ("backspace", "delete"):
            self._choose(None, goes_on=False)
        elif event.key == "escape" and is_open:
            self._open = _CLOSED
            self.redraw()
        else:
            return
        event.stop()
        event.prevent_default()

    def clicked(self, target: Hashable) -> None:
        """Open the list of a clicked gap, or close it; choose a clicked option."""
        if self._item is None:
            return
        if isinstance(target, int):
            self._choose(target, goes_on=False)
        else:
            place = [gap.id for gap in self._item.gaps].index(str(target))
            was_open = place == self._gap and self._open != _CLOSED
            self._mark(place)
            if not was_open:
                self._show_options()

    def draw(self, width: int) -> list[Row]:
        """Draw the text with its boxes, and what is open under the marked one."""
        if self._item is None:
            return []
        count = len(self._item.gaps)
        rows = [self.heading(f"{len(self._chosen)} of {counted(count, 'gap')} filled.")]
        rows.append(Row(Content("")))
        gap = self._item.gaps[self._gap]
        body = draw_body(self._item, {one.id: self._box(n, one) for n, one in enumerate(self._item.gaps)}, width)
        last = max(
            (y for y, own in enumerate(body) if any(z.target == gap.id for row in own for z in row.zones)), default=0
        )
        for y, own in enumerate(body):
            rows += own
            if y == last and self._open != _CLOSED:
                rows += self._draw_options(gap, width)
        if self.verdict:
            for number, one in enumerate(self._item.gaps):
                rows += self._draw_feedback(number, one, width)
        return rows

    def _box(self, number: int, gap: Gap) -> Content:
        is_marked = number == self._gap and self.has_focus and not self.is_final
        chosen = self._chosen.get(gap.id)
        text = next((one_line(inline_content(o.text).plain) for o in gap.options if o.id == chosen), "choose")
        sign = ""
        if self.verdict:
            sign = "· " if chosen is None else "✓ " if chosen == gap.key else "✗ "
        style = "bold reverse" if is_marked else "bold $primary" if chosen else "$primary"
        left, right = ("\u00ab", "\u00bb") if is_marked else ("\u2039", "\u203a")
        return Content.styled(f"{left}{number + 1}: {sign}{text}{right}", style)

    def _draw_options(self, gap: Gap, width: int) -> list[Row]:
        rows: list[Row] = []
        for index, option in enumerate(self._options[gap.id]):
            is_picked = self._chosen.get(gap.id) == option.id
            first = Content.assemble(
                "  ",
                (MARK if index == self._open else NO_MARK, "bold $primary"),
                (f"{'(●)' if is_picked else '( )'} {position_label(index)}  ", "bold $primary" if is_picked else ""),
            )
            lines = hanging(first, inline_content(option.text), width)
            rows += [Row(line, index) for line in (highlighted(lines, width) if index == self._open else lines)]
        return rows

    def _draw_feedback(self, number: int, gap: Gap, width: int) -> list[Row]:
        rows = [Row(Content("")), Row(Content.styled(f"Gap {number + 1}", "bold"))]
        for index, option in enumerate(self._options[gap.id]):
            said, rationale = self._feedback.get(f"{gap.id}/{option.id}", ("", ""))
            sign, colour = _SIGNS.get(said, (" ", ""))
            note = f"  [{said}]" if said else ""
            first = Content.assemble("  ", (f"{sign} {position_label(index)}  ", f"bold {colour}".strip()))
            text = Content.assemble(inline_content(option.text), (note, f"bold {colour}".strip()))
            lines = hanging(first, text, width)
            lines += hanging(Content(" " * 7), inline_content(rationale).stylize_before(QUIET), width)
            rows += [Row(line) for line in lines]
        return rows

    def _mark(self, gap: int) -> None:
        if self._item is not None:
            self._gap, self._open = gap % len(self._item.gaps), _CLOSED
            self.redraw()

    def _show_options(self) -> None:
        if self._item is not None and not self.is_final:
            gap = self._item.gaps[self._gap]
            chosen = self._chosen.get(gap.id)
            self._open = next((i for i, one in enumerate(self._options[gap.id]) if one.id == chosen), 0)
            self.redraw()

    def _enter(self) -> None:
        if self._item is None:
            return
        if self.is_final or len(self._chosen) == len(self._item.gaps):
            self.host.confirm()
        else:
            self._show_options()

    def _choose(self, index: int | None, *, goes_on: bool) -> None:
        if self._item is None or self.is_final:
            return
        gap = self._item.gaps[self._gap]
        chosen = {one: option for one, option in self._chosen.items() if one != gap.id}
        if index is not None:
            chosen[gap.id] = self._options[gap.id][index].id
        self._open = _CLOSED
        if self.send(GapChoiceResponse(gaps=chosen)):
            self._chosen = chosen
            if goes_on and self._gap + 1 < len(self._item.gaps):
                self._gap += 1
        self.redraw()
