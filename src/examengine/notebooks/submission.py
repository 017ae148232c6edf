"""Makes the candidate's files of a repaired notebook: a file for each cell, a module for each task."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from examengine.notebooks.assignment import Assignment, Task, statements_of
from examengine.notebooks.cell import Cell, Role
from examengine.notebooks.magics import plain_python
from examengine.notebooks.names import BUILTINS, bound_by, imported_by, needed_on_entry
from examengine.notebooks.repair import Placed, Repaired

MODULE = "notebook_cells"
"""The candidate's module that runs the cells."""
PLAN = "notebook_plan.json"
_CODING = re.compile(r"[ \t\f]*#.*?coding[:=]")
_SHARED = 0
_NOT_RUN = -1
_Owned = tuple[Placed, frozenset[int]]
"""A cell and the numbers of the tasks that it runs for; shared by all; none: it is not run."""


@dataclass(frozen=True, slots=True)
class SubmissionFiles:
    """The candidate's files and what is to be said of single cells."""

    files: dict[str, bytes]
    remarks: tuple[str, ...]
    labels: dict[str, str]
    """File of a cell to how messages name it."""


def runner_text(name: str) -> bytes:
    """Return the text of a module of this package that is handed to another process."""
    return resources.files("examengine.notebooks").joinpath(name).read_bytes()


def submission_files(assignment: Assignment, repaired: Repaired, seconds: float) -> SubmissionFiles:
    """Return the files of a candidate's notebook; `seconds`: how long the cells of one task may run."""
    placed = _owned(assignment, repaired)
    files: dict[str, bytes] = {MODULE + ".py": runner_text("in_candidate.py")}
    remarks: list[str] = []
    labels: dict[str, str] = {}
    refusals: dict[str, str] = {}
    for one, owners in placed:
        if not owners:
            continue
        name = _file(one)
        labels[name] = one.cell.label
        text, refusal, notes = _cell_text(one.cell)
        files[name], refusals[name] = text, refusal
        remarks += notes
    tasks = {}
    for task in assignment.tasks:
        tasks[task.module] = _steps(assignment, task, placed, refusals)
        files[f"{task.module}.py"] = f"import {MODULE}\n\n{MODULE}.run(globals())\n".encode()
    plan = {"seconds": seconds, "tasks": tasks}
    files[PLAN] = json.dumps(plan, ensure_ascii=False).encode()
    return SubmissionFiles(files, tuple(remarks), labels)


def _file(placed: Placed) -> str:
    number = placed.cell.number
    return f"cell_{number}.py" if number else f"exercise_cell_{placed.index + 1}.py"


def _cell_text(cell: Cell) -> tuple[bytes, str, list[str]]:
    """Return a cell's text as it is run, why it is not run (or nothing), and remarks."""
    if "\x00" in cell.source:
        return b"", f"{cell.label} holds a NUL character; it was not run", []
    plain = plain_python(cell.source)
    notes = [f"{cell.label}, {remark}." for remark in plain.remarks]
    refusal = f"{cell.label}, {plain.refusal}; the cell was not run" if plain.refusal else ""
    if refusal:
        notes.append(f"{refusal}.")
    lines = plain.source.split("\n")
    # The text is UTF-8 whatever a coding line says.
    lines[:2] = ["" if _CODING.match(line) else line for line in lines[:2]]
    return "\n".join(lines).encode(), refusal, notes


def _owned(assignment: Assignment, repaired: Repaired) -> list[_Owned]:
    """Return each cell with the tasks that it runs for.

    Where a solution cell was lost, a cell of another task that defines its names (cells merged into one, an
    answer in the wrong place) runs for its task too.
    """
    owners = [_owner(assignment, one) for one in repaired.cells]
    placed = [
        (one, frozenset({owner} if owner != _NOT_RUN else ()))
        for one, owner in zip(repaired.cells, owners, strict=True)
    ]
    for lost in repaired.cells:
        is_lost = lost.cell.role is Role.SOLUTION and not lost.cell.number and not lost.is_added
        task = assignment.task_of(lost.index) if is_lost else None
        if task is None:
            continue
        wanted = bound_by(*statements_of(assignment.cells[lost.index].source))
        placed = [
            (one, tasks | {task.number})
            if min(tasks, default=_SHARED) > _SHARED and wanted & bound_by(*statements_of(one.cell.source))
            else (one, tasks)
            for one, tasks in placed
        ]
    return placed


def _owner(assignment: Assignment, placed: Placed) -> int:
    """Return the number of the task in which a cell runs; shared by all, or not run at all."""
    cell = placed.cell
    if not cell.is_code:
        return _NOT_RUN
    if not placed.is_added:
        if cell.role in {Role.TEST, Role.TASK}:
            return _NOT_RUN
        if cell.role in {Role.SOLUTION, Role.MANUAL}:
            of = assignment.task_of(placed.index)
            # What was restored is the starter's stub, which would hide what the candidate has elsewhere.
            return of.number if of is not None and cell.number else _NOT_RUN
        return _SHARED
    if not assignment.tasks or placed.index < _first(assignment.tasks[0]):
        return _SHARED
    for task in assignment.tasks:
        if task.tests and placed.index < task.tests[-1]:
            return task.number
    return assignment.tasks[-1].number


def _first(task: Task) -> int:
    return min((*task.solutions, *task.tests))


def _last(task: Task) -> int:
    return max((*task.solutions, *task.tests))


def _steps(
    assignment: Assignment, task: Task, placed: Sequence[_Owned], refusals: dict[str, str]
) -> list[dict[str, Any]]:
    """Return what runs in a task's module, in order: shared cells, its own, and names taken from earlier tasks."""
    here = {_SHARED, task.number}
    last_own = max((place for place, (_one, owners) in enumerate(placed) if task.number in owners), default=-1)
    reach = max(last_own, max((p for p, (one, _o) in enumerate(placed) if one.index <= _last(task)), default=-1))
    sequence = [(one, owners) for one, owners in placed[: reach + 1] if owners & here]
    carried = _carried(assignment, task, placed, sequence)
    ends: dict[int, list[int]] = {}
    for number in carried:
        own = [place for place, (_one, owners) in enumerate(placed) if number in owners]
        ends.setdefault(max(own), []).append(number)
    steps: list[dict[str, Any]] = []
    for place, (one, owners) in enumerate(placed[: reach + 1]):
        if owners & here:
            name = _file(one)
            steps.append({"file": name, "label": one.cell.label, "refusal": refusals[name]})
        steps += [
            {"from": assignment.tasks[number - 1].module, "names": sorted(carried[number])}
            for number in ends.get(place, [])
        ]
    return steps


def _carried(
    assignment: Assignment,
    task: Task,
    placed: Sequence[_Owned],
    sequence: Sequence[_Owned],
) -> dict[int, set[str]]:
    """Return the names that a task needs from earlier ones, by their number.

    A name that shared cells define is taken from an earlier task only where the author's solution of that
    task defines it too: renaming by accident in one task costs the others nothing.
    """
    everything = [node for one, _owners in sequence for node in statements_of(one.cell.source)]
    own = [node for one, owners in sequence if task.number in owners for node in statements_of(one.cell.source)]
    # What this task is to define and leaves undefined may stand in an answer further up.
    due = {name for index in task.solutions for name in bound_by(*statements_of(assignment.cells[index].source))}
    needed = (needed_on_entry(everything) | (due - bound_by(*everything))) - BUILTINS
    own_needed = needed_on_entry(own)
    carried: dict[int, set[str]] = {}
    for earlier in reversed(assignment.tasks[: task.number - 1]):
        theirs = [node for one, owners in placed if earlier.number in owners for node in statements_of(one.cell.source)]
        authors = [node for index in earlier.solutions for node in statements_of(assignment.cells[index].source)]
        meant = {name for node in authors for name in bound_by(node) - imported_by(node)}
        names = bound_by(*theirs) & (needed | (own_needed & meant))
        if names:
            carried[earlier.number] = names
            needed -= names
            own_needed -= names
    return carried
