"""Statements with two answers each."""

from collections.abc import Hashable, Sequence
from typing import Any

from textual import events
from textual.content import Content

from examengine.itemtypes.rows_widget import MARK, NO_MARK, Row, RowsView, Zone, hanging, highlighted
from examengine.itemtypes.widget import QUIET, Host, inline_content
from examengine.itemtypes.yes_no_series.model import Statement, YesNoSeries, YesNoSeriesResponse

_INDENT = 5
_ANSWERS = ("yes", "no")


class YesNoSeriesView(RowsView):
    """A key or a click answers a statement, and the mark goes on to the next one."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._item: YesNoSeries | None = None
        self._statements: list[Statement] = []
        self._answers: dict[str, Any] = {}
        self._row = 0
        self._feedback: dict[str, tuple[str, str]] = {}

    @property
    def marked(self) -> Hashable:
        """Return the marked statement."""
        return self._row

    def load(self, item: Any, order: Sequence[str], response: Any, *, is_final: bool) -> None:
        """Show the statements in the form's order."""
        by_id = {one.id: one for one in item.statements}
        self._item = item
        self._statements = [by_id[name] for name in order]
        self._answers = {name: answer for name, answer in response.answers.items() if name in by_id}
        self._row = next((i for i, one in enumerate(self._statements) if one.id not in self._answers), 0)
        self.is_final, self.verdict, self._feedback = is_final, "", {}
        self.redraw()

    def show_feedback(self, lines: Sequence[tuple[str, str, str]], verdict: str) -> None:
        """Put the right answer and why under each statement."""
        self.is_final, self.verdict = True, verdict
        self._feedback = {name: (said, rationale) for name, said, rationale in lines}
        self.redraw()

    def letters(self) -> str:
        """Take the first letters of the two answers."""
        return "" if self._item is None else "".join(self._item.word(answer)[0].lower() for answer in _ANSWERS)

    def on_key(self, event: events.Key) -> None:
        """Answer, move the mark, take an answer back."""
        letter = (event.character or "").lower()
        letters = self.letters()
        if letter and letter in letters:
            self._answer(self._row, _ANSWERS[letters.index(letter)], goes_on=True)
        elif event.key in ("up", "down"):
            self._mark(self._row + (1 if event.key == "down" else -1))
        elif event.key in ("left", "right"):
            self._answer(self._row, _ANSWERS[event.key == "right"], goes_on=False)
        elif event.key == "space":
            now = self._answers.get(self._statements[self._row].id)
            self._answer(self._row, "no" if now == "yes" else "yes", goes_on=False)
        elif event.key in ("backspace", "delete"):
            self._answer(self._row, None, goes_on=False)
        elif event.key == "enter":
            self._enter()
        else:
            return
        event.stop()
        event.prevent_default()

    def clicked(self, target: Hashable) -> None:
        """Answer where an answer was clicked, else mark the statement."""
        if isinstance(target, tuple):
            self._answer(target[0], target[1], goes_on=False)
        elif isinstance(target, int):
            self._mark(target)

    def draw(self, width: int) -> list[Row]:
        """Draw each statement over its two answers."""
        if self._item is None:
            return []
        yes, no = (self._item.word(answer) for answer in _ANSWERS)
        done = f"{len(self._answers)} of {len(self._statements)} answered"
        rows = [self.heading(f"{yes} or {no} for each statement; {done}.")]
        for index, statement in enumerate(self._statements):
            rows.append(Row(Content("")))
            rows += self._draw_statement(index, statement, width)
        return rows

    def _draw_statement(self, index: int, statement: Statement, width: int) -> list[Row]:
        is_marked = index == self._row and self.has_focus and not self.is_final
        first = Content.assemble((MARK if is_marked else NO_MARK, "bold $primary"), (f"{index + 1:<3}", "bold"))
        lines = hanging(first, inline_content(statement.text), width)
        answers, zones = self._draw_answers(index, statement)
        lines.append(answers)
        if is_marked:
            lines = highlighted(lines, width)
        rows = [Row(line, index) for line in lines[:-1]] + [Row(lines[-1], index, zones)]
        if statement.id in self._feedback:
            said, rationale = self._feedback[statement.id]
            given = self._answers.get(statement.id)
            sign, colour = ("·", QUIET) if given is None else ("✓", "$success")
            if given not in (None, statement.answer):
                sign, colour = "✗", "$error"
            told = [Content.assemble(" " * _INDENT, (f"{sign} {said}", f"bold {colour}"))]
            told += hanging(Content(" " * _INDENT), inline_content(rationale).stylize_before(QUIET), width)
            rows += [Row(line, index) for line in told]
        return rows

    def _draw_answers(self, index: int, statement: Statement) -> tuple[Content, list[Zone]]:
        content, zones = Content(" " * _INDENT), []
        for answer in _ANSWERS:
            is_given = self._answers.get(statement.id) == answer
            word = self._item.word(answer) if self._item else ""
            piece = Content.styled(f"{'(●)' if is_given else '( )'} {word}", "bold $primary" if is_given else "")
            zones.append(Zone(content.cell_length, content.cell_length + piece.cell_length, (index, answer)))
            content = Content.assemble(content, piece, "   ")
        return content, zones

    def _mark(self, row: int) -> None:
        self._row = row % len(self._statements)
        self.redraw()

    def _enter(self) -> None:
        gap = next((i for i, one in enumerate(self._statements) if one.id not in self._answers), None)
        if gap is None or self.is_final:
            self.host.confirm()
        else:
            self._mark(gap)

    def _answer(self, row: int, answer: str | None, *, goes_on: bool) -> None:
        self._row = row
        if not self.is_final:
            name = self._statements[row].id
            answers = {one: said for one, said in self._answers.items() if one != name}
            if answer is not None:
                answers[name] = answer
            if self.send(YesNoSeriesResponse.model_validate({"answers": answers})):
                self._answers = answers
                if goes_on and row + 1 < len(self._statements):
                    self._row = row + 1
        self.redraw()
