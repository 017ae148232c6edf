"""What is wrong with an exercise, by what running its solutions and its mutants showed."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from examengine.bank.bank import Exercise
from examengine.bank.exercise_folder import FILE
from examengine.bank.hidden_tests import find_tests
from examengine.bank.problem import Problem
from examengine.bank.stated_survivors import reason_for
from examengine.bank.yaml_source import Fault, Node, node_at, read_yaml
from examengine.core.metric import PREFIX
from examengine.delivery.exercise_report import ExerciseReport, MutantRuns, SolutionRuns
from examengine.delivery.notebook_job import is_notebook
from examengine.itemtypes.coding.measured_text import basis_text
from examengine.itemtypes.coding.scoring import full_test_id
from examengine.notebooks.assignment import SOURCE as NOTEBOOK

_REFERENCE = "reference.py"


def find_problems(folder: str, exercise: Exercise, report: ExerciseReport, today: date) -> list[Problem]:
    """Return what an author must mend (errors) or answer for (warnings), by file and line.

    Args:
        folder: the bank's.
        exercise: as its files say now; a report may be older than its statements about survivors.
        report: what was found.
        today: the day that a hint names.
    """
    return list(_Reading(folder, exercise, today).problems(report))


class _Reading:
    def __init__(self, folder: str, exercise: Exercise, today: date) -> None:
        self.exercise = exercise
        self.today = today
        self.place = f"{folder}/{exercise.folder}"
        self.is_notebook = is_notebook(exercise.package)

    def problems(self, report: ExerciseReport) -> Iterator[Problem]:
        for solution in report.solutions:
            yield from self._of_solution(solution)
        yield from self._of_flips(report)
        if report.mutants is not None:
            yield from self._of_mutants(report.mutants)
            yield from self._of_statements(report.mutants)
            yield from self._of_idle_tests(report)

    def _of_solution(self, solution: SolutionRuns) -> Iterator[Problem]:
        file = solution.file if "/" in solution.file or "." in solution.file else FILE
        if solution.unavailable:
            yield self._problem(file, "not-graded", solution.unavailable, "see examengine doctor")
            return
        earned = solution.earned[0]
        if earned < solution.least:
            lost = [f"{part.title}: {basis_text(part)}" for part in solution.parts if part.earned < part.possible]
            yield self._problem(
                file,
                "reference-loses",
                f"it earns {float(earned):g} of {float(solution.least):g} points",
                "; ".join((*lost, *([solution.message] if solution.message else []))),
            )
        elif earned > solution.most:
            starters = {"starter.py", NOTEBOOK}
            code = "starter-earns" if file in starters else "empty-earns" if file == FILE else "wrong-earns"
            what = solution.file if file == FILE else "it"
            yield self._problem(
                file,
                code,
                f"{what} earns {float(earned):g} points, and may earn {float(solution.most):g}",
                "; ".join(f"{part.title}: {basis_text(part)}" for part in solution.parts if part.earned),
            )
        elif file.startswith("wrong/") and all(part.earned == part.possible for part in solution.parts):
            yield self._problem(
                file,
                "wrong-loses-nothing",
                "it earns everything",
                "add a hidden test that notices the mistake, and lower `most`",
            )

    def _of_flips(self, report: ExerciseReport) -> Iterator[Problem]:
        flips = [(one.file, flip) for one in report.solutions for flip in one.flips]
        quarantined = self.exercise.quarantined
        told = "; ".join(f"{file}: {flip}" for file, flip in flips)
        if flips and quarantined is None:
            reason = json.dumps(f"{flips[0][0]}: {flips[0][1]}")
            yield self._problem(
                FILE,
                "verdict-flips",
                told,
                "mend it, or keep it out of exams until then:"
                f" add to {FILE} `quarantined: {{since: {self.today.isoformat()}, reason: {reason}}}`",
            )
        elif flips and quarantined is not None:
            yield self._problem(
                FILE,
                "quarantined",
                f"in quarantine since {quarantined.since.isoformat()}, and still: {told}",
                "no exam draws it",
                severity="warning",
                path=("quarantined",),
            )
        elif quarantined is not None and report.runs > 1:
            yield self._problem(
                FILE,
                "quarantine-without-flips",
                f"in quarantine since {quarantined.since.isoformat()}, and all verdicts were the same in"
                f" {report.runs} runs",
                "take out the line `quarantined`, so that exams draw it again",
                severity="warning",
                path=("quarantined",),
            )

    def _of_mutants(self, mutants: MutantRuns) -> Iterator[Problem]:
        if mutants.unavailable:
            yield self._problem(_REFERENCE, "not-graded", mutants.unavailable, "see examengine doctor")
        for one in mutants.survivors:
            if reason_for(one.as_mutant(), self.exercise.survivors) is not None:
                continue
            where = f"cell {one.cell}, line {one.line}: " if one.cell else ""
            # Flow style with quoted texts: it can be pasted whatever stands in the line.
            line, change = (json.dumps(text, ensure_ascii=False) for text in (one.source, one.change))
            yield self._problem(
                _REFERENCE,
                "mutant-survives",
                f"{where}no hidden test notices it when {one.change}",
                "add a test, or, where no test could tell, state it under `survivors`:"
                f" - {{line_has: {line}, change: {change}, reason: …}}",
                severity="warning",
                line=1 if one.cell else one.line,
            )

    def _of_statements(self, mutants: MutantRuns) -> Iterator[Problem]:
        for index, stated in enumerate(self.exercise.survivors):
            # One that was not tried may survive, and so may one that a busy machine ran too slowly.
            possible = (*mutants.survivors, *mutants.untried, *mutants.out_of_time)
            if not any(stated.fits(one.as_mutant()) for one in possible):
                yield self._problem(
                    FILE,
                    "no-such-survivor",
                    f"no mutant of a line with {stated.line_has!r}"
                    f"{f' and the change {stated.change!r}' if stated.change else ''} survives",
                    "take it out",
                    path=("survivors", index),
                )

    def _of_idle_tests(self, report: ExerciseReport) -> Iterator[Problem]:
        for test in report.idle_tests:
            file, line = self._place_of_test(test)
            tried = report.mutants.tried if report.mutants is not None else 0
            name = test.partition("::")[2] or test
            yield self._problem(
                file,
                "test-kills-nothing",
                f"{name} fails for none of {len(self.exercise.wrong)} wrong solutions and {tried} mutants",
                "add a wrong solution that it catches, sharpen it, or take it out",
                severity="warning",
                line=line,
            )

    def _place_of_test(self, test: str) -> tuple[str, int]:
        if test.startswith(PREFIX) or self.is_notebook:
            return FILE, 1
        file, _, name = full_test_id(test).partition("::")
        found = find_tests(self.exercise.package.tests.get(file, b"").decode())
        return file, 1 if isinstance(found, Fault) else found.get(name.partition("[")[0], 1)

    def _problem(
        self,
        file: str,
        code: str,
        message: str,
        hint: str,
        *,
        severity: Literal["error", "warning"] = "error",
        line: int = 1,
        path: tuple[str | int, ...] = (),
    ) -> Problem:
        if self.is_notebook and file == _REFERENCE:
            file = NOTEBOOK
        node = self._node(path) if path else None
        return Problem(
            file=f"{self.place}/{file}",
            line=node.line if node is not None else line,
            column=node.column if node is not None else 1,
            item=self.exercise.package.item.id,
            code=code,
            message=message,
            hint=hint,
            severity=severity,
        )

    def _node(self, path: tuple[str | int, ...]) -> Node | None:
        try:
            root = read_yaml((Path(self.place) / FILE).read_bytes()).root
        except OSError:  # the file went away since it was read
            return None
        return node_at(root, path) if root is not None else None
