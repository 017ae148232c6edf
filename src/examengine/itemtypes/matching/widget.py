"""Prompts with the option that each is matched with, and the options below."""

from collections.abc import Hashable, Sequence
from typing import Any

from textual import events
from textual.content import Content

from examengine.itemtypes.item import Option
from examengine.itemtypes.matching.model import Matching, MatchingResponse, Prompt
from examengine.itemtypes.matching.scoring import pairs_of, right_prompts
from examengine.itemtypes.matching.spec import task_line
from examengine.itemtypes.rows_widget import MARK, NO_MARK, Row, RowsView, Zone, hanging, highlighted, letter_index
from examengine.itemtypes.spec import position_label
from examengine.itemtypes.widget import QUIET, Host, inline_content

_INDENT = 5
_TAKE_BACK = "  ✕"


class MatchingView(RowsView):
    """A prompt is marked; a letter, an arrow to the side or a click gives it an option."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._item: Matching | None = None
        self._prompts: list[Prompt] = []
        self._options: dict[str, Option] = {}
        self._letters: dict[str, str] = {}
        self._pairs: dict[str, str] = {}
        self._row = 0
        self._feedback: dict[str, tuple[str, str]] = {}

    @property
    def marked(self) -> Hashable:
        """Return the marked prompt."""
        return self._row

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show the prompts as the author ordered them, the options in the form's order."""
        by_id = {option.id: option for option in item.options}
        self._item = item
        self._prompts = list(item.prompts)
        self._options = {name: by_id[name] for name in order}
        self._letters = {name: position_label(index) for index, name in enumerate(order)}
        self._pairs = pairs_of(item, response)
        self._row = next((i for i, one in enumerate(self._prompts) if one.id not in self._pairs), 0)
        self.is_final, self.verdict, self._feedback = is_final, "", {}
        self.redraw()

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Put the right match and why under each prompt."""
        self.is_final, self.verdict = True, verdict
        self._feedback = {name: (said, rationale) for name, said, rationale in lines}
        self.redraw()

    def letters(self) -> str:
        """Take the letters of the options."""
        return "".join(self._letters.values()).lower()

    def on_key(self, event: events.Key) -> None:
        """Match the marked prompt, take a match back, move the mark."""
        index = letter_index(event.character, len(self._options))
        if index is not None:
            self._match(list(self._options)[index], goes_on=True)
        elif event.key in ("up", "down"):
            self._mark(self._row + (1 if event.key == "down" else -1))
        elif event.key in ("left", "right"):
            self._next_option(1 if event.key == "right" else -1)
        elif event.key == "space":
            self._next_option(1)
        elif event.key in ("backspace", "delete"):
            self._match(None, goes_on=False)
        elif event.key == "enter":
            self._enter()
        else:
            return
        event.stop()
        event.prevent_default()

    def clicked(self, target: Hashable) -> None:
        """Mark a prompt, take its match back, or give the marked one an option."""
        if isinstance(target, int):
            self._mark(target)
        elif isinstance(target, tuple):
            self._row = target[1]
            self._match(None, goes_on=False)
        elif isinstance(target, str):
            self._match(target, goes_on=True)

    def draw(self, width: int) -> list[Row]:
        """Draw prompts with their matches, then the options."""
        if self._item is None:
            return []
        rows: list[Row] = []
        task = f"{task_line(self._item)} {len(self._pairs)} of {len(self._prompts)} matched."
        if self.verdict:
            rows.append(self.heading(task))
        else:
            rows += [Row(line) for line in Content.styled(task, QUIET).wrap(width)]
        rows.append(Row(Content("")))
        for index, prompt in enumerate(self._prompts):
            rows += self._draw_prompt(index, prompt, width)
        rows += [Row(Content("")), Row(Content.styled("Options", "bold"))]
        used = set(self._pairs.values())
        for name, option in self._options.items():
            sign = "●" if name in used else " "
            first = Content.assemble(
                "   ", (f"{sign} {self._letters[name]}  ", "bold $primary" if name in used else "")
            )
            text = inline_content(option.text)
            rows += [Row(line, name) for line in hanging(first, text, width)]
            if self.verdict and self._item is not None and name not in self._item.key.values():
                why = inline_content(option.rationale).stylize_before(QUIET)
                rows += [Row(line, name) for line in hanging(Content(" " * (_INDENT + 3)), why, width)]
        return rows

    def _draw_prompt(self, index: int, prompt: Prompt, width: int) -> list[Row]:
        is_marked = index == self._row and self.has_focus and not self.is_final
        first = Content.assemble((MARK if is_marked else NO_MARK, "bold $primary"), (f"{index + 1:<3}", "bold"))
        lines = hanging(first, inline_content(prompt.text), width)
        given = self._pairs.get(prompt.id)
        zones: list[Zone] = []
        if given is None:
            lines.append(Content.assemble(" " * _INDENT, ("→ (choose)", QUIET)))
        else:
            arrow = Content.assemble(" " * _INDENT, (f"→ {self._letters[given]}  ", "bold $primary"))
            room = 0 if self.is_final else len(_TAKE_BACK)
            lines += hanging(arrow, inline_content(self._options[given].text).stylize_before("bold"), width - room)
            if not self.is_final:
                # Behind the text: a cross before it would read as a verdict.
                start = lines[-1].cell_length
                zones.append(Zone(start, start + len(_TAKE_BACK), ("out", index)))
                lines[-1] = Content.assemble(lines[-1], (_TAKE_BACK, "$primary"))
        if is_marked:
            lines = highlighted(lines, width)
        rows = [Row(line, index) for line in lines]
        if zones:
            rows[-1] = Row(lines[-1], index, zones)
        return rows + self._draw_feedback(index, prompt, width)

    def _draw_feedback(self, index: int, prompt: Prompt, width: int) -> list[Row]:
        if prompt.id not in self._feedback or self._item is None:
            return []
        said, rationale = self._feedback[prompt.id]
        sign, colour = ("·", QUIET) if prompt.id not in self._pairs else ("✗", "$error")
        if prompt.id in right_prompts(self._item, self._pairs):
            sign, colour = "✓", "$success"
        mark = Content.assemble(" " * _INDENT, (f"{sign} ", f"bold {colour}"))
        lines = hanging(mark, Content.styled(said, f"bold {colour}"), width)
        for paragraph in rationale.split("\n\n"):
            lines += hanging(Content(" " * _INDENT), inline_content(paragraph).stylize_before(QUIET), width)
        return [Row(line, index) for line in lines]

    def _mark(self, row: int) -> None:
        self._row = row % len(self._prompts)
        self.redraw()

    def _enter(self) -> None:
        count = len(self._prompts)
        following = [(self._row + step) % count for step in range(1, count + 1)]
        gap = next((row for row in following if self._prompts[row].id not in self._pairs), None)
        if gap is None or self.is_final:
            self.host.confirm()
        else:
            self._mark(gap)

    def _next_option(self, by: int) -> None:
        names = list(self._options)
        if self._item is not None and not self._item.reuse:
            own = self._pairs.get(self._prompts[self._row].id)
            names = [name for name in names if name == own or name not in self._pairs.values()]
        given = self._pairs.get(self._prompts[self._row].id)
        if names:
            place = names.index(given) + by if given in names else (0 if by > 0 else -1)
            self._match(names[place % len(names)], goes_on=False)

    def _match(self, option: str | None, *, goes_on: bool) -> None:
        if self._item is not None and not self.is_final:
            prompt = self._prompts[self._row].id
            pairs = {one: other for one, other in self._pairs.items() if one != prompt}
            if option is not None:
                if not self._item.reuse:
                    # An option moves to where it is wanted last.
                    pairs = {one: other for one, other in pairs.items() if other != option}
                pairs[prompt] = option
            if self.send(MatchingResponse(pairs=pairs)):
                self._pairs = pairs
                if goes_on and self._row + 1 < len(self._prompts):
                    self._row += 1
        self.redraw()
