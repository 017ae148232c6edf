"""An author's notebook as an exercise: its cells, its tasks, and what is wrong with it."""

import ast
import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from examengine.notebooks.cell import SCHEMA, Cell, Role, nbgrader_fields, schema_of
from examengine.notebooks.magics import parse, plain_python
from examengine.notebooks.read_notebook import Notebook, Unreadable, read_notebook
from examengine.notebooks.regions import Region, cleared_solution, find_regions, without_marks, without_regions

SOURCE = "exercise.ipynb"
"""The author's notebook: in an exercise's folder, and beside the tests of its package."""
MAX_TASKS = 60
_MAX_DEPTH = 150
"""Of a syntax tree: what goes through it calls itself at each level."""
_AUTOTEST = re.compile(r"^[ \t]*#+[ \t]*(HASHED )?AUTOTEST\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AssignmentFault:
    """Something wrong in an author's notebook."""

    code: str
    message: str
    hint: str
    cell: int = 0
    """The cell's number from 1; 0: the notebook as a whole."""
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """Solution cells and the test cells that judge them; indexes into the notebook's cells."""

    number: int
    solutions: tuple[int, ...]
    tests: tuple[int, ...]

    @property
    def module(self) -> str:
        """Return the name of the module in which the candidate's cells of the task run."""
        return f"task_{self.number}"


@dataclass(frozen=True)
class Assignment:
    """An exercise as its author wrote it, solutions and hidden tests included."""

    notebook: Notebook
    tasks: tuple[Task, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the cells, in order."""
        return self.notebook.cells

    @cached_property
    def starter(self) -> tuple[Cell, ...]:
        """The cells as the candidate gets them: same order and numbers, without solutions and hidden tests."""
        return tuple(starter_cell(cell) for cell in self.cells)

    @cached_property
    def test_names(self) -> dict[int, str]:
        """The name of the test function of each test cell, by the cell's index."""
        names: dict[int, str] = {}
        taken: set[str] = set()
        for task in self.tasks:
            for index in task.tests:
                plain = re.sub(r"\W", "_", self.cells[index].grade_id)
                name = plain if plain.startswith("test_") else f"test_{plain}"
                while name in taken:
                    name += "_"
                taken.add(name)
                names[index] = name
        return names

    @cached_property
    def statement(self) -> str:
        """The text cells as one Markdown text; answers in words are not part of it."""
        texts = [
            cell.source.strip()
            for cell in self.starter
            if cell.kind == "markdown" and cell.role in {Role.PLAIN, Role.LOCKED, Role.TASK}
        ]
        return "\n\n".join(text for text in texts if text)

    @cached_property
    def reference(self) -> tuple[Cell, ...]:
        """The cells that a candidate works on, with the author's solutions."""
        return tuple(
            dataclasses.replace(cell, source=without_marks(cell.source))
            for cell in self.cells
            if cell.role not in {Role.TEST, Role.TASK}
        )

    def task_of(self, index: int) -> Task | None:
        """Return the task of a solution or test cell."""
        return next((task for task in self.tasks if index in task.solutions or index in task.tests), None)

    def starter_notebook(self) -> bytes:
        """Return the notebook that a candidate starts from, as .ipynb bytes."""
        return notebook_bytes(self.notebook.document, self.starter)


def starter_cell(cell: Cell) -> Cell:
    """Return a cell as the candidate gets it."""
    source = without_regions(cell.source, Region.MARK_SCHEME)
    if cell.role in {Role.SOLUTION, Role.MANUAL}:
        source = cleared_solution(source, is_code=cell.is_code)
    elif cell.role is Role.TEST:
        source = without_regions(source, Region.HIDDEN_TESTS)
    return dataclasses.replace(cell, source=source)


def stable_cell_id(cell: Cell) -> str:
    """Return nbformat's id of a cell, made from its place and text where the file has none."""
    if cell.cell_id:
        return cell.cell_id
    return hashlib.sha256(f"{cell.number} {cell.grade_id} {cell.source}".encode()).hexdigest()[:12]


def notebook_bytes(document: dict[str, Any], cells: tuple[Cell, ...]) -> bytes:
    """Return a valid notebook of format 4.5 with these cells and the document's metadata, without outputs."""
    metadata = document.get("metadata")
    whole = {
        "cells": [cell_document(cell) for cell in cells],
        "metadata": metadata if isinstance(metadata, dict) else {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def cell_document(cell: Cell) -> dict[str, Any]:
    """Return the JSON of a cell in nbformat 4.5, with nbgrader's metadata in schema 3."""
    metadata = dict(cell.metadata)
    fields = nbgrader_fields(metadata)
    if fields:
        fields.pop("checksum", None)
        metadata["nbgrader"] = {**fields, "schema_version": SCHEMA}
    entry: dict[str, Any] = {
        "cell_type": cell.kind,
        "id": stable_cell_id(cell),
        "metadata": metadata,
        "source": cell.source.splitlines(keepends=True),
    }
    if cell.is_code:
        entry |= {"execution_count": None, "outputs": []}
    return entry


def read_assignment(data: bytes) -> tuple[Assignment | None, tuple[AssignmentFault, ...]]:
    """Return the exercise in an author's notebook (None where it has errors) and everything wrong with it."""
    notebook = read_notebook(data)
    if isinstance(notebook, Unreadable):
        hint = "open it in Jupyter and save it again"
        return None, (AssignmentFault("not-a-notebook", notebook.message.rstrip("."), hint),)
    faults = [*_language(notebook), *_ids(notebook)]
    for cell in notebook.cells:
        faults += _cell_faults(cell)
    tasks, more = _tasks(notebook)
    faults += more
    if any(not fault.is_warning for fault in faults):
        return None, tuple(faults)
    return Assignment(notebook, tasks), tuple(faults)


def _language(notebook: Notebook) -> list[AssignmentFault]:
    metadata = notebook.document.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = kernel.get("language", "python") if isinstance(kernel, dict) else "python"
    if isinstance(language, str) and language.lower() != "python":
        return [AssignmentFault("other-language", f"the notebook's language is {language}", "only Python is graded")]
    return []


def _ids(notebook: Notebook) -> list[AssignmentFault]:
    faults = []
    seen: dict[str, Cell] = {}
    for cell in notebook.cells:
        if "nbgrader" not in cell.metadata:
            continue
        schema = schema_of(cell.metadata)
        if not isinstance(schema, int) or schema > SCHEMA:
            faults.append(
                AssignmentFault(
                    "metadata-version",
                    f"{cell.label} has nbgrader metadata of schema {schema}",
                    f"save it with an nbgrader that writes schema {SCHEMA}",
                    cell.number,
                )
            )
        if cell.role is not Role.PLAIN and not cell.grade_id:
            faults.append(
                AssignmentFault(
                    "no-grade-id",
                    f"{cell.label} is a {cell.role} cell without a usable grade_id",
                    "give it one of letters, digits, - and _",
                    cell.number,
                )
            )
        if cell.grade_id and cell.grade_id in seen:
            faults.append(
                AssignmentFault(
                    "grade-id-twice",
                    f"cells {seen[cell.grade_id].number} and {cell.number} both have grade_id '{cell.grade_id}'",
                    "give each cell its own",
                    cell.number,
                )
            )
        if cell.grade_id:
            seen.setdefault(cell.grade_id, cell)
    return faults


def _cell_faults(cell: Cell) -> list[AssignmentFault]:
    spans, region_faults = find_regions(cell.source)
    faults = [
        AssignmentFault("region", f"{cell.label}, line {one.line}: {one.message}", one.hint, cell.number)
        for one in region_faults
    ]
    allowed = {
        Region.SOLUTION: ({Role.SOLUTION, Role.MANUAL}, "mark the cell as a solution in nbgrader's menu"),
        Region.HIDDEN_TESTS: ({Role.TEST}, "mark the cell as autograder tests in nbgrader's menu"),
        Region.MARK_SCHEME: ({Role.MANUAL, Role.TASK}, "mark the cell as a task in nbgrader's menu"),
    }
    for span in spans:
        roles, hint = allowed[span.region]
        if cell.role not in roles:
            faults.append(
                AssignmentFault(
                    "region-misplaced",
                    f"{cell.label}, line {span.begin + 1}: a region {span.region} stands in a {cell.role} cell",
                    f"{hint}, or remove the region",
                    cell.number,
                )
            )
    if cell.role is Role.TEST:
        faults += _test_faults(cell)
    if cell.role in {Role.MANUAL, Role.TASK}:
        faults.append(
            AssignmentFault(
                "graded-by-hand",
                f"{cell.label} is graded by hand: it is shown and kept, and earns no points here",
                "add a test cell if it can be tested",
                cell.number,
                is_warning=True,
            )
        )
    if cell.is_code and not region_faults:
        faults += _code_faults(cell)
    return faults


def _test_faults(cell: Cell) -> list[AssignmentFault]:
    faults = []
    if not cell.is_code:
        faults.append(
            AssignmentFault(
                "test-not-code", f"{cell.label} is autograded but holds no code", "make it a code cell", cell.number
            )
        )
    if cell.points is None:
        given = nbgrader_fields(cell.metadata).get("points")
        was = "has no points" if given is None else f"has points {given!r}"
        faults.append(
            AssignmentFault(
                "no-points", f"{cell.label} is autograded and {was}", "give it a number, 0 or more", cell.number
            )
        )
    if _AUTOTEST.search(cell.source):
        faults.append(
            AssignmentFault(
                "autotest",
                f"{cell.label} holds AUTOTEST lines, which stand for tests not yet made",
                "write the checks out, or let nbgrader make them first",
                cell.number,
            )
        )
    elif cell.is_code and cell.points and parse(cell.source)[0] is not None and not statements_of(cell.source):
        faults.append(
            AssignmentFault(
                "empty-test",
                f"{cell.label} has {cell.points:g} points and holds no statement: every answer would earn them",
                "write a check, or set its points to 0",
                cell.number,
            )
        )
    return faults


def _code_faults(cell: Cell) -> list[AssignmentFault]:
    texts = [cell.source]
    if cell.role in {Role.TEST, Role.SOLUTION}:
        texts.append(starter_cell(cell).source)
    for text in texts:
        plain = plain_python(text)
        if plain.refusal:
            hint = "an exercise is graded without Jupyter: write plain Python"
            return [AssignmentFault("magic", f"{cell.label}, {plain.refusal}", hint, cell.number)]
        tree, (line, why) = parse(plain.source)
        if tree is None:
            what = "as the candidate gets it, " if text is not cell.source else ""
            message = f"{cell.label}, {what}line {line}: this is not Python: {why}"
            return [AssignmentFault("python-syntax", message, "", cell.number)]
    return []


def _tasks(notebook: Notebook) -> tuple[tuple[Task, ...], list[AssignmentFault]]:
    faults = []
    groups: list[tuple[list[int], list[int]]] = []
    for index, cell in enumerate(notebook.cells):
        if not cell.is_code:
            continue
        if cell.role in {Role.SOLUTION, Role.MANUAL}:
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(index)
        elif cell.role is Role.TEST:
            if not groups:
                faults.append(
                    AssignmentFault(
                        "test-before-solution",
                        f"{cell.label} tests something, but no solution cell stands before it",
                        "put the solution cell above its tests",
                        cell.number,
                    )
                )
                groups.append(([], []))
            groups[-1][1].append(index)
    for solutions, tests in groups:
        if not tests:
            cell = notebook.cells[solutions[0]]
            faults.append(
                AssignmentFault(
                    "solution-without-test",
                    f"no test cell follows {cell.label}",
                    "add one with points",
                    cell.number,
                    is_warning=True,
                )
            )
    if not any(notebook.cells[index].points for _solutions, tests in groups for index in tests):
        faults.append(
            AssignmentFault(
                "no-tests", "the notebook has no autograded cell with points", "mark a test cell in nbgrader's menu"
            )
        )
    if len(groups) > MAX_TASKS:
        faults.append(AssignmentFault("too-many-tasks", f"there are {len(groups)} tasks", f"at most {MAX_TASKS}"))
    return tuple(Task(number, tuple(s), tuple(t)) for number, (s, t) in enumerate(groups, 1)), faults


@lru_cache(maxsize=4096)
def statements_of(source: str) -> tuple[ast.stmt, ...]:
    """Return the statements of a code cell; none where it is not Python, or nested too deep to be looked into."""
    plain = plain_python(source)
    tree, _why = parse(plain.source) if not plain.refusal else (None, (0, ""))
    return tuple(tree.body) if tree is not None and _is_shallow(tree) else ()


def _is_shallow(tree: ast.AST) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(_MAX_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return True
    return False
