"""A list to build: options are put in, moved and taken back."""

from collections.abc import Hashable, Sequence
from typing import Any

from textual import events
from textual.content import Content

from examengine.itemtypes.item import Option
from examengine.itemtypes.ordering.model import Ordering, OrderingResponse
from examengine.itemtypes.ordering.scoring import listed
from examengine.itemtypes.ordering.spec import task_line
from examengine.itemtypes.rows_widget import MARK, NO_MARK, Row, RowsView, Zone, hanging, highlighted, letter_index
from examengine.itemtypes.spec import position_label
from examengine.itemtypes.widget import QUIET, Host, inline_content

_INDENT = 8
_BUTTONS = (("up", "▲"), ("down", "▼"), ("out", "✕"))


class OrderingView(RowsView):
    """The list above, what is left below; letters put in or take back, arrows to the side move."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._item: Ordering | None = None
        self._options: dict[str, Option] = {}
        self._letters: dict[str, str] = {}
        self._built: list[str] = []
        self._marked = ""
        self._feedback: dict[str, tuple[str, str]] = {}

    @property
    def marked(self) -> Hashable:
        """Return the marked option."""
        return self._marked

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show the list built so far, and the other options in the form's order."""
        by_id = {option.id: option for option in item.options}
        self._item = item
        self._options = {name: by_id[name] for name in order}
        self._letters = {name: position_label(index) for index, name in enumerate(order)}
        self._built = list(listed(item, response))
        self._marked = next(iter(self._free()), self._built[0] if self._built else "")
        self.is_final, self.verdict, self._feedback = is_final, "", {}
        self.redraw()

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Show the list as it should be, with where each option was put and why it belongs elsewhere."""
        self.is_final, self.verdict = True, verdict
        self._feedback = {name: (said, rationale) for name, said, rationale in lines}
        self.redraw()

    def letters(self) -> str:
        """Take the letters of the options."""
        return "".join(self._letters.values()).lower()

    def on_key(self, event: events.Key) -> None:
        """Put in, take back, move, and move the mark."""
        index = letter_index(event.character, len(self._options))
        if index is not None:
            self._toggle(list(self._options)[index])
        elif event.key in ("up", "down"):
            self._step(1 if event.key == "down" else -1)
        elif event.key in ("left", "shift+up"):
            self._move(self._marked, -1)
        elif event.key in ("right", "shift+down"):
            self._move(self._marked, 1)
        elif event.key == "space":
            self._toggle(self._marked)
        elif event.key in ("backspace", "delete"):
            self._take_back(self._marked)
        elif event.key == "enter":
            self._enter()
        else:
            return
        event.stop()
        event.prevent_default()

    def clicked(self, target: Hashable) -> None:
        """Put in what was clicked, or do what its button says."""
        if isinstance(target, tuple):
            what, name = target
            if what == "out":
                self._take_back(name)
            else:
                self._move(name, -1 if what == "up" else 1)
        elif isinstance(target, str):
            self._marked = target
            if target in self._built:
                self.redraw()
            else:
                self._put_in(target)

    def draw(self, width: int) -> list[Row]:
        """Draw the list, its empty places and what is left."""
        if self._item is None:
            return []
        places = len(self._item.order)
        rows = [self.heading(f"{task_line(self._item)} {len(self._built)} placed.")]
        rows += [Row(Content("")), Row(Content.styled("Your order", "bold"))]
        for place in range(max(places, len(self._built))):
            if place < len(self._built):
                rows += self._draw_placed(place, self._built[place], width)
            else:
                rows.append(Row(Content.styled(f"  {place + 1:<3}·  (free)", QUIET)))
        if self.verdict:
            return [*rows, *self._draw_key(width)]
        free = self._free()
        rows += [Row(Content("")), Row(Content.styled("To choose from" if free else "Nothing is left over.", "bold"))]
        for name in free:
            rows += self._draw_free(name, width)
        return rows

    def _draw_placed(self, place: int, name: str, width: int) -> list[Row]:
        is_marked = self._is_marked(name)
        content = Content.assemble((MARK if is_marked else NO_MARK, "bold $primary"), (f"{place + 1:<3}", "bold"))
        zones = []
        if self.verdict and self._item is not None:
            is_right = self._item.order[place : place + 1] == (name,)
            content = Content.assemble(content, ("✓ ", "bold $success") if is_right else ("✗ ", "bold $error"))
        elif not self.is_final:
            for what, sign in _BUTTONS:
                zones.append(Zone(content.cell_length, content.cell_length + 2, (what, name)))
                content = Content.assemble(content, (f"{sign} ", "$primary"))
        content = Content.assemble(content, (f"{self._letters[name]}  ", "bold $primary"))
        lines = hanging(content, inline_content(self._options[name].text), width)
        if is_marked:
            lines = highlighted(lines, width)
        return [Row(line, name, zones if number == 0 else ()) for number, line in enumerate(lines)]

    def _draw_free(self, name: str, width: int) -> list[Row]:
        is_marked = self._is_marked(name)
        first = Content.assemble((MARK if is_marked else NO_MARK, "bold $primary"), f"   {self._letters[name]}  ")
        lines = hanging(first, inline_content(self._options[name].text), width)
        return [Row(line, name) for line in (highlighted(lines, width) if is_marked else lines)]

    def _draw_key(self, width: int) -> list[Row]:
        order = self._item.order if self._item is not None else ()
        rows = [Row(Content("")), Row(Content.styled("The order that is right", "bold"))]
        for name in (*order, *(other for other in self._options if other not in order)):
            number = f"{order.index(name) + 1}" if name in order else "\u2013"
            first = Content.assemble("  ", (f"{number:<3}", "bold"), (f"{self._letters[name]}  ", "bold"))
            said, rationale = self._feedback.get(name, ("", ""))
            lines = hanging(first, inline_content(self._options[name].text), width)
            lines += hanging(Content(" " * _INDENT), Content.styled(said, "bold"), width)
            lines += hanging(Content(" " * _INDENT), inline_content(rationale).stylize_before(QUIET), width)
            rows += [Row(line, None) for line in lines]
        return rows

    def _free(self) -> list[str]:
        return [name for name in self._options if name not in self._built]

    def _is_marked(self, name: str) -> bool:
        return name == self._marked and self.has_focus and not self.is_final

    def _step(self, by: int) -> None:
        names = [*self._built, *self._free()]
        place = names.index(self._marked) if self._marked in names else 0
        self._marked = names[(place + by) % len(names)]
        self.redraw()

    def _toggle(self, name: str) -> None:
        if name in self._built:
            self._take_back(name)
        else:
            self._put_in(name)

    def _put_in(self, name: str) -> None:
        if self._item is None or self.is_final:
            return
        if len(self._built) >= len(self._item.order):
            self._marked = name
            self.notify(
                f"{len(self._built)} are in your order already; take one back first.", severity="warning", markup=False
            )
            self.redraw()
            return
        free = self._free()
        after = [one for one in free[free.index(name) + 1 :] + free[: free.index(name)] if one != name]
        if self._keep([*self._built, name]):
            self._marked = after[0] if after and len(self._built) < len(self._item.order) else name
        self.redraw()

    def _take_back(self, name: str) -> None:
        if name in self._built and not self.is_final:
            self._keep([one for one in self._built if one != name])
            self._marked = name
        self.redraw()

    def _move(self, name: str, by: int) -> None:
        if name in self._built and not self.is_final:
            place = self._built.index(name)
            target = place + by
            self._marked = name
            if 0 <= target < len(self._built):
                built = [one for one in self._built if one != name]
                built.insert(target, name)
                self._keep(built)
        self.redraw()

    def _enter(self) -> None:
        is_full = self._item is not None and len(self._built) == len(self._item.order)
        if self.is_final or is_full:
            self.host.confirm()
        elif self._marked not in self._built:
            self._put_in(self._marked)

    def _keep(self, built: list[str]) -> bool:
        is_kept = self.send(OrderingResponse(order=tuple(built)))
        if is_kept:
            self._built = built
        return is_kept
