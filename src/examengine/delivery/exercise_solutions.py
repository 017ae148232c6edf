"""Grades the author's own solutions of an exercise, once or several times, and tells what was not always the same."""

import threading
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple, Protocol

from examengine.bank.bank import Exercise
from examengine.core.evidence import Evidence, IsolationLevel, TestOutcome, TestStatus, Verdict
from examengine.delivery.assignments import ExerciseAssignment, GradedSubmission
from examengine.delivery.at_once import call_for_each
from examengine.delivery.exercise_report import SolutionRuns
from examengine.delivery.notebook_job import is_notebook
from examengine.delivery.read_submission import ChosenFiles
from examengine.grading.executors import Grader
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import SOLUTION, Coding
from examengine.itemtypes.coding.scoring import full_test_id, passed
from examengine.notebooks.assignment import SOURCE as NOTEBOOK

EMPTY = "(an empty file)"


class StoppableGrader(Protocol):
    """Who grades jobs, tells of every test as it ends, and can be stopped. Thread-safe."""

    def grade(
        self,
        job: GradingJob,
        *,
        require: IsolationLevel | None = None,
        cancel: threading.Event | None = None,
        on_progress: Callable[[TestOutcome], None] | None = None,
    ) -> Evidence:
        """Grade one submission; once `cancel` is set the evidence is `unavailable`.

        Raises:
            SandboxUnavailable: `require` is given and the machine cannot isolate that well.
        """
        ...


Graders = Callable[[int], StoppableGrader]
"""The hash seed to the grader that works under it."""


class OwnSolution(NamedTuple):
    """A solution of the author's, and the points it must and may earn."""

    file: str
    """Relative to the exercise's folder; of a notebook, reference and starter stand in the notebook."""
    content: bytes
    least: Fraction
    most: Fraction


def own_solutions(exercise: Exercise) -> tuple[OwnSolution, ...]:
    """Return the reference, the starter and the wrong solutions, in this order."""
    item = exercise.package.item
    nothing, everything = Fraction(0), sum((part.points for part in item.parts), Fraction(0))
    reference, starter = (NOTEBOOK, NOTEBOOK) if is_notebook(exercise.package) else ("reference.py", "starter.py")
    return (
        OwnSolution(reference, exercise.reference, everything, everything),
        OwnSolution(starter, item.starter[SOLUTION].encode(), nothing, nothing),
        *(
            OwnSolution(one.file, exercise.wrong_files[one.file], nothing, Fraction(str(one.most)))
            for one in exercise.wrong
        ),
    )


def empty_solution() -> OwnSolution:
    """Return the file in which nothing stands."""
    return OwnSolution(EMPTY, b"", Fraction(0), Fraction(0))


def grade_solution(exercise: Exercise, content: bytes, grader: Grader) -> GradedSubmission:
    """Grade a file by an exercise."""
    chosen = ChosenFiles({SOLUTION: content}, None, SOLUTION)
    return ExerciseAssignment(exercise, exercise.package.item.limits).grade(chosen, grader, None).graded


def run_solutions(
    exercise: Exercise, solutions: Sequence[OwnSolution], graders: Graders, *, runs: int, jobs: int
) -> tuple[SolutionRuns, ...]:
    """Grade solutions `runs` times, each time under another hash seed; `jobs` of them at the same time.

    The first run has hash seed 0, as a candidate's has. Random numbers differ from grading to grading anyway.
    """
    tasks = [(run, one) for run in range(runs) for one in solutions]
    done = call_for_each(lambda task: grade_solution(exercise, task[1].content, graders(task[0])), tasks, jobs)
    count = len(solutions)
    return tuple(_told(exercise.package.item, one, done[place::count]) for place, one in enumerate(solutions))


def listed_tests_of(item: Coding) -> tuple[str, ...]:
    """Return what decides the points of an exercise: its tests and measurements, as it lists them."""
    return tuple(test for part in item.parts for test in part.tests)


def failed_tests(tests: Iterable[str], evidence: Evidence) -> tuple[str, ...]:
    """Return those of an exercise's tests that ran and failed.

    What cannot be imported fails all tests for one and the same reason, which says nothing of any; and of those that
    had no time, the first alone used it up.
    """
    reasons = {(one.outcome, one.message) for one in evidence.tests}
    if len(evidence.tests) > 1 and len(reasons) == 1 and evidence.tests[0].outcome is not TestStatus.FAILED:
        return ()
    late = [one.id for one in evidence.tests if one.outcome is TestStatus.TIMEOUT][1:]
    ran = tuple(one for one in evidence.tests if one.id not in late)
    return tuple(test for test in tests if _ran(test, ran) and not passed(test, ran))


def _ran(test: str, outcomes: Iterable[TestOutcome]) -> bool:
    name = full_test_id(test)
    return any(one.id == name or one.id.startswith(f"{name}[") for one in outcomes)


def _told(item: Coding, solution: OwnSolution, runs: Sequence[GradedSubmission]) -> SolutionRuns:
    first = runs[0]
    lost = [one.evidence.message for one in runs if one.evidence.verdict is Verdict.UNAVAILABLE]
    tests = listed_tests_of(item)
    message = next((one.message for one in first.evidence.tests if one.outcome is not TestStatus.PASSED), "")
    return SolutionRuns(
        file=solution.file,
        least=solution.least,
        most=solution.most,
        earned=tuple(one.earned for one in runs),
        parts=first.parts,
        failed_tests=() if lost else failed_tests(tests, first.evidence),
        message=message.strip().split("\n", 1)[0],
        flips=() if lost else tuple(_flips(tests, solution, runs)),
        seconds=first.evidence.seconds,
        unavailable=lost[0] if lost else "",
    )


def _flips(tests: Sequence[str], solution: OwnSolution, runs: Sequence[GradedSubmission]) -> list[str]:
    flips = []
    for test in tests:
        count = sum(passed(test, one.evidence.tests) for one in runs)
        if 0 < count < len(runs):
            flips.append(f"{test} passes in {count} of {len(runs)} runs")
    kept = sum(solution.least <= one.earned <= solution.most for one in runs)
    if 0 < kept < len(runs) and not flips:
        points = sorted({float(one.earned) for one in runs})
        flips.append(f"it earns from {points[0]:g} to {points[-1]:g} points")
    return flips
