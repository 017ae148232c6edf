"""Reads an exercise's folder that holds a notebook (`exercise.ipynb`, nbgrader's source format).

Statement, starter, reference, tests and points come from the notebook; `exercise.yaml` says the rest.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from examengine.bank.bank import Exercise, ExercisePackage, WrongSolution
from examengine.bank.bank_files import BankFiles
from examengine.bank.problem_list import ProblemList
from examengine.bank.quarantine import Quarantine
from examengine.bank.stated_survivors import StatedSurvivor
from examengine.bank.wording import complaints
from examengine.bank.yaml_file import id_of, read_model, read_tree
from examengine.bank.yaml_source import Node
from examengine.core.digest import digest_files
from examengine.core.limits import Limits
from examengine.core.model import Model
from examengine.itemtypes.coding.model import SOLUTION, Coding, Package, Part
from examengine.itemtypes.coding.scoring import HIDDEN_TESTS
from examengine.itemtypes.item import Cognitive, Difficulty, ItemId, Prose, Reference, Slug
from examengine.notebooks.assignment import SOURCE, Assignment, read_assignment
from examengine.notebooks.cell import Role
from examengine.notebooks.percent import write_percent
from examengine.notebooks.submission import runner_text
from examengine.notebooks.tests_file import SUPPORT_MODULE, write_tests

FILE = "exercise.yaml"
SAMPLE_TESTS = "test_sample.py"
_GRADE_ID = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=200)]


class NotebookPart(Model):
    """A share of the points: one test cell, or several of equal points."""

    id: Slug
    title: Prose
    domain: Slug
    cells: tuple[_GRADE_ID, ...] = ()
    """The grade_ids of its test cells; none: the cell whose grade_id is the part's id."""


class NotebookExerciseFile(Model):
    """`exercise.yaml` beside a notebook."""

    id: ItemId
    title: Prose
    objective: ItemId
    difficulty: Difficulty
    cognitive: Cognitive = Cognitive.APPLY
    minutes: int = Field(ge=1, le=240)
    parts: tuple[NotebookPart, ...] = Field(min_length=1)
    requires: tuple[Package, ...] = ()
    limits: Limits = Limits()
    wrong: tuple[WrongSolution, ...] = ()
    survivors: tuple[StatedSurvivor, ...] = ()
    quarantined: Quarantine | None = None
    rationale: Prose
    references: tuple[Reference, ...] = Field(min_length=1)
    verified: date
    enemies: tuple[ItemId, ...] = ()
    tags: tuple[Slug, ...] = ()


def read_notebook_exercise(folder: str, files: BankFiles, problems: ProblemList) -> tuple[Exercise | None, Node | None]:
    """Return the exercise of a folder (None where it has errors, which are told) and the tree of its file."""
    return _Reader(folder, files, problems).read()


class _Reader:
    """The reading of one folder; `self.item` names it in every problem."""

    def __init__(self, folder: str, files: BankFiles, problems: ProblemList) -> None:
        self.folder = folder
        self.files = files
        self.problems = problems
        self.item = folder.rsplit("/", 1)[-1]
        self.names = {name.removeprefix(f"{folder}/") for name in files.under(folder)}
        self.is_sound = True

    def read(self) -> tuple[Exercise | None, Node | None]:
        if FILE not in self.names:
            self._fault(FILE, "missing-file", f"`{FILE}` is missing", "see docs/notebooks.md")
            return None, None
        root = read_tree(self.files, f"{self.folder}/{FILE}", self.problems)
        if root is None:
            return None, None
        self.item = id_of(root, self.item)
        before = len(self.problems.found)
        head = read_model(NotebookExerciseFile, root, f"{self.folder}/{FILE}", self.problems, self.item)
        assignment = self._assignment()
        support, data = self._beside("holdout"), self._beside("data")
        self._check_other_files()
        if head is None or assignment is None:
            return None, root
        self._check_wrong(head, root)
        parts = self._parts(head, assignment, root)
        if len(self.problems.found) > before and any(p.severity == "error" for p in self.problems.found[before:]):
            return None, root
        tests = {HIDDEN_TESTS: write_tests(assignment, with_hidden=True).encode()}
        support = {
            **support,
            SOURCE: self.files.contents[f"{self.folder}/{SOURCE}"],
            f"{SUPPORT_MODULE}.py": runner_text("in_judge.py"),
        }
        digest = digest_files(
            {
                FILE: self.files.contents[f"{self.folder}/{FILE}"],
                **{f"tests/{name}": content for name, content in tests.items()},
                **{f"support/{name}": content for name, content in support.items()},
                **{f"data/{name}": content for name, content in data.items()},
            }
        )
        item = self._item(head, assignment, parts, tuple(sorted(data)), digest, root)
        if item is None or not self.is_sound:
            return None, root
        exercise = Exercise(
            package=ExercisePackage(item=item, tests=tests, support=support, data=data),
            wrong=head.wrong,
            wrong_files={one.file: self.files.contents[f"{self.folder}/{one.file}"] for one in head.wrong},
            reference=write_percent(assignment.reference).encode(),
            folder=self.folder,
            survivors=head.survivors,
            quarantined=head.quarantined,
        )
        return exercise, root

    def _assignment(self) -> Assignment | None:
        content = self.files.read(f"{self.folder}/{SOURCE}")
        if content is None:
            return None
        assignment, faults = read_assignment(content)
        for fault in faults:
            self._fault(SOURCE, fault.code, fault.message, fault.hint, is_warning=fault.is_warning)
        return assignment

    def _parts(self, head: NotebookExerciseFile, assignment: Assignment, root: Node) -> tuple[Part, ...]:
        """Return the parts with the points and tests of their cells."""
        test_cells = {
            assignment.cells[index].grade_id: (assignment.cells[index], name)
            for index, name in assignment.test_names.items()
        }
        seen: set[str] = set()
        parts = []
        for index, part in enumerate(head.parts):
            node = root.fields["parts"].entries[index]
            wanted = part.cells or (part.id,)
            found = []
            for grade_id in wanted:
                if grade_id not in test_cells:
                    self._fault(
                        FILE,
                        "unknown-cell",
                        f"part '{part.id}' names the cell '{grade_id}', which is no test cell of {SOURCE}",
                        self.problems.nearest(grade_id, sorted(test_cells)),
                        place=(node.line, node.column),
                    )
                elif grade_id in seen:
                    message = f"the cell '{grade_id}' belongs to two parts"
                    self._fault(FILE, "cell-twice", message, "name it once", place=(node.line, node.column))
                else:
                    found.append(test_cells[grade_id])
                seen.add(grade_id)
            points = sorted({cell.points or 0.0 for cell, _name in found})
            if found and (len(points) > 1 or not points[0]):
                message = (
                    f"part '{part.id}' has cells of {' and '.join(f'{one:g}' for one in points)} points"
                    if len(points) > 1
                    else f"part '{part.id}' names a cell without points"
                )
                hint = "give a part cells of equal points" if len(points) > 1 else "cells of 0 points stand in no part"
                self._fault(FILE, "uneven-points", message, hint, place=(node.line, node.column))
            elif found and len(found) == len(wanted):
                total = sum((Fraction(str(cell.points)) for cell, _name in found), Fraction(0))
                tests = tuple(name for _cell, name in found)
                parts.append(Part(id=part.id, title=part.title, points=total, domain=part.domain, tests=tests))
        for grade_id, (cell, _name) in test_cells.items():
            if grade_id not in seen and cell.points:
                self._fault(
                    SOURCE,
                    "cell-without-part",
                    f"{cell.label} has {cell.points:g} points and belongs to no part",
                    f"name '{grade_id}' in a part of {FILE}",
                )
        return tuple(parts)

    def _item(
        self,
        head: NotebookExerciseFile,
        assignment: Assignment,
        parts: tuple[Part, ...],
        data_files: tuple[str, ...],
        digest: str,
        root: Node,
    ) -> Coding | None:
        tests = {index for task in assignment.tasks for index in task.tests}
        shown = [assignment.starter[index] for index in sorted(tests) if assignment.starter[index].source.strip()]
        try:
            return Coding(
                type="coding",
                **head.model_dump(exclude={"wrong", "parts", "survivors", "quarantined"}),
                parts=parts,
                stem=assignment.statement,
                seconds=head.minutes * 60,
                starter={
                    SOLUTION: write_percent(c for c in assignment.starter if c.role not in {Role.TEST, Role.TASK})
                },
                sample_tests={SAMPLE_TESTS: write_percent(shown)} if shown else {},
                data_files=data_files,
                package_digest=digest,
            )
        except ValidationError as error:
            for detail in error.errors():
                if detail["loc"][:1] == ("stem",):
                    self._fault(SOURCE, "no-statement", "the text cells are empty or too long", "describe the task")
                    return None
            for complaint in complaints(error, Coding, root):
                self._fault(FILE, complaint.code, complaint.message, complaint.hint, place=complaint.place)
            return None

    def _beside(self, folder: str) -> dict[str, bytes]:
        found = {}
        for name in sorted(self.names):
            plain = name.removeprefix(f"{folder}/")
            if plain == name:
                continue
            if "/" in plain:
                self._fault(name, "nested-data", f"`{folder}` holds a folder", "put its files side by side")
                continue
            content = self.files.read(f"{self.folder}/{name}")
            if content is None:
                self.is_sound = False
            else:
                found[plain] = content
        return found

    def _check_other_files(self) -> None:
        for name in sorted(self.names):
            top = name.split("/", 1)[0] if "/" in name else ""
            if top in {"data", "holdout", "wrong"} or name in {FILE, SOURCE, "README.md", "LICENSE", "make_data.py"}:
                continue
            self._fault(
                name,
                "unknown-file",
                f"an exercise with {SOURCE} has no file of this name",
                "statement, starter, reference and tests stand in the notebook",
                is_warning=True,
            )

    def _check_wrong(self, head: NotebookExerciseFile, root: Node) -> None:
        for index, wrong in enumerate(head.wrong):
            if self.files.read(f"{self.folder}/{wrong.file}") is None:
                node = root.fields["wrong"].entries[index].fields["file"]
                known = sorted(name for name in self.names if name.startswith("wrong/"))
                self._fault(
                    FILE,
                    "missing-file",
                    f"`{wrong.file}` does not exist",
                    self.problems.nearest(wrong.file, known),
                    place=(node.line, node.column),
                )
        named = {wrong.file for wrong in head.wrong}
        for name in sorted(self.names):
            if name.startswith("wrong/") and name.endswith((".py", ".ipynb")) and name not in named:
                self._fault(name, "unlisted-file", f"{FILE} does not list this wrong solution", "add it to `wrong`")

    def _fault(
        self,
        name: str,
        code: str,
        message: str,
        hint: str = "",
        *,
        place: tuple[int, int] = (1, 1),
        is_warning: bool = False,
    ) -> None:
        self.problems.add(
            f"{self.folder}/{name}",
            code,
            message,
            hint,
            place=place,
            item=self.item,
            severity="warning" if is_warning else "error",
        )
