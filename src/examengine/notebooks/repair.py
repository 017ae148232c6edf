"""Puts a candidate's notebook right before it is graded: cells found again by id, then by content.

Locked and test cells become the exercise's own; what the candidate wrote is never changed.
"""

import bisect
import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from examengine.notebooks.assignment import Assignment, stable_cell_id, statements_of
from examengine.notebooks.cell import Cell, Role
from examengine.notebooks.names import bound_by

_WORD = re.compile(r"\w+|[^\w\s]")
_COMPARED_CELLS = 200
_ALIKE = 0.75
"""Share of equal words from which a cell counts as an edited copy."""
_COMPARED_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its right place."""

    cell: Cell
    """The candidate's; or the exercise's, with number 0, where theirs was lost."""
    index: int
    """Of the exercise's cell that this is; of the one before it, -1 for none, where the candidate added it."""
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class Repaired:
    """A candidate's notebook in the exercise's order."""

    cells: tuple[Placed, ...]
    repairs: tuple[str, ...]


@dataclass(slots=True)
class _Matching:
    """Which of the candidate's cells is which of the exercise's."""

    exercise: Sequence[Cell]
    given: Sequence[Cell]
    found: dict[int, list[int]] = field(default_factory=dict)
    """Index in the exercise to indexes in the candidate's notebook."""
    taken: set[int] = field(default_factory=set)
    by_content: list[int] = field(default_factory=list)
    """The candidate's cells that no id told."""

    def take(self, index: int, position: int, *, by_content: bool = False) -> None:
        self.found.setdefault(index, []).append(position)
        self.taken.add(position)
        if by_content:
            self.by_content.append(position)

    def open(self) -> list[int]:
        return [index for index in range(len(self.exercise)) if index not in self.found]

    def free(self) -> list[int]:
        return [position for position in range(len(self.given)) if position not in self.taken]


def repair(assignment: Assignment, given: Sequence[Cell], *, is_whole: bool = True) -> Repaired:
    """Return a candidate's cells in the exercise's order, with every repair told in a sentence.

    `is_whole`: the cells are those of a notebook; otherwise of a text that holds code to work on alone.
    """
    exercise = assignment.starter
    matching = _Matching(exercise, given)
    _match_ids(matching)
    _match_equal_text(matching)
    _match_definitions(matching, assignment)
    _match_gaps(matching)
    _match_edited(matching)
    repairs: list[str] = []
    if matching.by_content:
        repairs.append(_lost_ids(matching))
    moved = _moved(matching)
    placed: dict[int, list[Placed]] = {index: [] for index in range(-1, len(exercise))}
    for index, cell in enumerate(exercise):
        positions = sorted(matching.found.get(index, []))
        told: list[str] = []
        placed[index] += _restored(cell, index, [given[one] for one in positions], told)
        if positions or is_whole or cell.role is Role.SOLUTION:
            repairs += told
        if positions and positions[0] in moved and cell.is_code:
            repairs.append(f"{_named(cell)} stood elsewhere (cell {positions[0] + 1}); it was put back in its place.")
    anchor = -1
    owner = {position: index for index, positions in matching.found.items() for position in positions}
    for position, cell in enumerate(given):
        if position in owner:
            if position not in moved:
                anchor = owner[position]
        else:
            placed[anchor].append(Placed(cell, anchor, is_added=True))
    return Repaired(tuple(one for index in sorted(placed) for one in placed[index]), tuple(repairs))


def _named(cell: Cell) -> str:
    kind = {Role.TEST: "Test cell", Role.LOCKED: "Read-only cell", Role.SOLUTION: "Solution cell"}.get(
        cell.role, "Cell"
    )
    return f"{kind} '{cell.grade_id}'" if cell.grade_id else f"{kind} {cell.number} of the exercise"


def _lower(cell: Cell) -> str:
    named = _named(cell)
    return named[0].lower() + named[1:]


def _match_ids(matching: _Matching) -> None:
    by_grade_id = {cell.grade_id: index for index, cell in enumerate(matching.exercise) if cell.grade_id}
    for position, cell in enumerate(matching.given):
        if cell.grade_id in by_grade_id:
            matching.take(by_grade_id[cell.grade_id], position)
    by_id = {stable_cell_id(matching.exercise[index]): index for index in matching.open()}
    for position in matching.free():
        cell = matching.given[position]
        index = by_id.get(cell.cell_id, -1)
        if index >= 0 and index not in matching.found and cell.kind == matching.exercise[index].kind:
            matching.take(index, position, by_content=bool(matching.exercise[index].grade_id))


def _match_equal_text(matching: _Matching) -> None:
    for index in matching.open():
        cell = matching.exercise[index]
        for position in matching.free():
            other = matching.given[position]
            if other.source.strip() == cell.source.strip() and other.kind == cell.kind:
                matching.take(index, position, by_content=bool(cell.grade_id))
                break


def _match_definitions(matching: _Matching, assignment: Assignment) -> None:
    """Find lost solution cells by the names that they are to define."""
    bound = {
        position: bound_by(*statements_of(matching.given[position].source))
        for position in matching.free()
        if matching.given[position].is_code
    }
    for index in matching.open():
        cell = matching.exercise[index]
        if not cell.is_code or cell.role is not Role.SOLUTION:
            continue
        wanted = bound_by(*statements_of(cell.source)) or bound_by(*statements_of(assignment.cells[index].source))
        best = max(
            (position for position in bound if position not in matching.taken),
            key=lambda position: len(wanted & bound[position]),
            default=-1,
        )
        if best >= 0 and wanted & bound[best]:
            matching.take(index, best, by_content=True)


def _match_gaps(matching: _Matching) -> None:
    """Take the only unknown code cell between two known ones for the only lost solution cell there."""
    for index in matching.open():
        cell = matching.exercise[index]
        if not cell.is_code or cell.role is not Role.SOLUTION:
            continue
        below = max((p for i, ps in matching.found.items() if i < index for p in ps), default=-1)
        above = min((p for i, ps in matching.found.items() if i > index for p in ps), default=len(matching.given))
        between = [p for p in matching.free() if below < p < above and matching.given[p].is_code]
        if len(between) == 1 and (below >= 0 or above < len(matching.given)):
            matching.take(index, between[0], by_content=True)


def _match_edited(matching: _Matching) -> None:
    """Find test and locked cells that lost their id and were edited too."""
    for index in matching.open():
        cell = matching.exercise[index]
        if cell.role not in {Role.TEST, Role.LOCKED} or not cell.source.strip():
            continue
        words = _words(cell)
        for position in matching.free()[:_COMPARED_CELLS]:
            other = matching.given[position]
            found = _words(other)
            alike = 2 * (words & found).total() / max(1, words.total() + found.total())
            if other.kind == cell.kind and alike >= _ALIKE:
                matching.take(index, position, by_content=True)
                break


def _words(cell: Cell) -> Counter[str]:
    return Counter(_WORD.findall(cell.source[:_COMPARED_CHARACTERS]))


def _lost_ids(matching: _Matching) -> str:
    numbers = [str(position + 1) for position in sorted(set(matching.by_content))]
    if len(numbers) == 1:
        return f"Cell {numbers[0]} had lost its id; it was recognised by its content."
    return (
        f"Cells {', '.join(numbers[:-1])} and {numbers[-1]} had lost their ids; they were recognised by their content."
    )


def _moved(matching: _Matching) -> set[int]:
    """Return the candidate's cells outside the longest run that is in the exercise's order."""
    first = sorted((min(positions), index) for index, positions in matching.found.items())
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_position, index) in enumerate(first):
        length = bisect.bisect_left(tails, index)
        tails[length : length + 1] = [index]
        before.append(at[length - 1] if length else -1)
        at[length : length + 1] = [number]
    keep = set()
    number = at[-1] if at else -1
    while number >= 0:
        keep.add(first[number][0])
        number = before[number]
    return {position for position, _index in first} - keep


def _restored(cell: Cell, index: int, copies: Sequence[Cell], repairs: list[str]) -> list[Placed]:
    """Return what stands in the place of one of the exercise's cells."""
    is_own = cell.role in {Role.PLAIN, Role.SOLUTION, Role.MANUAL}
    if not copies:
        if cell.is_code or cell.role is not Role.PLAIN:
            was = "has nothing to run" if cell.role is Role.SOLUTION else "it was restored"
            told = (
                f"{_named(cell)} was missing; {was}."
                if was != "has nothing to run"
                else (f"{_named(cell)} is missing; there is nothing to run for it.")
            )
            repairs.append(told)
        return [Placed(dataclasses.replace(cell, number=0), index)]
    if not is_own:
        repairs += [f"Cell {one.number} is a second copy of {_lower(cell)}; it was left out." for one in copies[1:]]
        one = copies[0]
        if one.source.strip() != cell.source.strip() or one.kind != cell.kind:
            repairs.append(f"{_named(cell)} (cell {one.number}) was changed; the exercise's version was put back.")
        return [Placed(dataclasses.replace(cell, number=one.number), index)]
    if len(copies) > 1:
        numbers = ", ".join(str(copy.number) for copy in copies)
        repairs.append(f"Cells {numbers} all carry the id of {_lower(cell)}; they are run one after the other.")
    placed = []
    for one in copies:
        if one.kind != cell.kind:
            kind = "code" if cell.is_code else "text"
            repairs.append(f"{_named(cell)} (cell {one.number}) had become another kind of cell; it is {kind} again.")
        placed.append(Placed(dataclasses.replace(one, kind=cell.kind, role=cell.role, grade_id=cell.grade_id), index))
    return placed
