"""Asks of each mutant of an exercise's reference whether the hidden tests notice it."""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from examengine.bank.bank import Exercise
from examengine.bank.mutant import Mutant
from examengine.core.evidence import Evidence, IsolationLevel, TestOutcome, TestStatus, Verdict
from examengine.core.keyed_order import keyed_order
from examengine.core.limits import Limits
from examengine.delivery.assignments import ExerciseAssignment
from examengine.delivery.at_once import call_for_each
from examengine.delivery.exercise_report import MutantRuns, ToldMutant
from examengine.delivery.exercise_solutions import StoppableGrader, failed_tests, listed_tests_of
from examengine.delivery.notebook_job import is_notebook
from examengine.delivery.read_submission import ChosenFiles
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import SOLUTION, MetricPart
from examengine.itemtypes.coding.scoring import full_test_id
from examengine.notebooks.percent import answer_lines

SLOW_BOUND = 60
"""Mutants that are tried where every one costs a training."""
_SLOW_SECONDS = 60.0
_SLOWDOWN = 10.0
_LEAST_SECONDS = 3.0
_SEED = 1


class Tried(NamedTuple):
    """What became of the mutants, and the tests that none of them failed."""

    runs: MutantRuns
    idle_tests: tuple[str, ...]


def bound_of(exercise: Exercise) -> int | None:
    """Return how many mutants are worth trying: all (None), or a sample where a submission trains for long."""
    item = exercise.package.item
    is_slow = item.limits.seconds >= _SLOW_SECONDS or any(isinstance(part, MetricPart) for part in item.parts)
    return SLOW_BOUND if is_slow else None


def try_mutants(
    exercise: Exercise,
    grader: StoppableGrader,
    idle_tests: Collection[str],
    *,
    reference_seconds: float,
    jobs: int,
    most: int | None = None,
    deadline: float | None = None,
) -> Tried:
    """Grade the mutants of a reference by the hidden tests.

    A mutant's grading ends with the first test that fails, once every test that kills nothing so far has run; so
    what is returned depends on no order and on no number of jobs.

    Args:
        exercise: whose reference earns everything.
        grader: where they run.
        idle_tests: tests that no wrong solution failed, as the exercise lists them.
        reference_seconds: what grading the reference took; a mutant that takes ten times as long counts as noticed.
        jobs: how many are graded at the same time.
        most: how many are tried; they are chosen by the exercise's id and their names.
        deadline: on the monotonic clock; no mutant is begun after it.
    """
    from examengine.bank.mutants import find_mutants

    text = exercise.reference.decode("utf-8-sig")
    cells = answer_lines(text) if is_notebook(exercise.package) else None
    try:
        mutants = {one.name: one for one in find_mutants(text, cells)}
    except SyntaxError as error:  # Python takes it: the reference earns everything
        unread = f"the reference cannot be taken apart for mutants: {error.msg}"
        return Tried(MutantRuns(made=0, tried=0, killed=0, unavailable=unread), tuple(idle_tests))
    # In this order they are tried too: what a deadline leaves is a fair sample of all lines.
    names = keyed_order(mutants, _SEED, exercise.package.item.id)[:most]
    trial = _Trial(exercise, grader, idle_tests, _limits(exercise, reference_seconds), deadline)
    outcomes = dict(zip(names, call_for_each(lambda name: trial.run(mutants[name]), names, jobs), strict=True))
    late = [name for name in names if outcomes[name] is None]
    why = []
    if len(names) < len(mutants):
        why.append(f"{len(names)} of {len(mutants)} were chosen")
    if late:
        why.append(f"time was up before {len(late)}")

    def told(found: Collection[str | None]) -> tuple[ToldMutant, ...]:
        return tuple(_told(mutant, cells) for name, mutant in mutants.items() if outcomes.get(name) in found)

    runs = MutantRuns(
        made=len(mutants),
        tried=len(names) - len(late),
        killed=sum(one in {"killed", "out of time"} for one in outcomes.values()),
        survivors=told({"survived"}),
        out_of_time=told({"out of time"}),
        untried=told({None, "unavailable"}),
        why_untried="; ".join(why),
        unavailable=trial.unavailable,
    )
    return Tried(runs, tuple(test for test in idle_tests if test in trial.idle))


class _Trial:
    """The grading of one exercise's mutants. Thread-safe."""

    def __init__(
        self,
        exercise: Exercise,
        grader: StoppableGrader,
        idle_tests: Collection[str],
        limits: Limits,
        deadline: float | None,
    ) -> None:
        self.idle = set(idle_tests)
        self.unavailable = ""
        self._assignment = ExerciseAssignment(exercise, limits)
        self._tests = listed_tests_of(exercise.package.item)
        self._grader = grader
        self._deadline = deadline
        self._lock = threading.Lock()

    def run(self, mutant: Mutant) -> str | None:
        """Return `killed`, `out of time`, `survived` or `unavailable`; None where it was not begun any more."""
        if self._deadline is not None and time.monotonic() >= self._deadline:
            return None
        ending = _EarlyEnd(self._grader, self._is_enough)
        chosen = ChosenFiles({SOLUTION: mutant.text.encode()}, None, SOLUTION)
        graded = self._assignment.grade(chosen, ending, None).graded
        evidence = graded.evidence
        if evidence.verdict is Verdict.UNAVAILABLE and not ending.is_ended:
            with self._lock:
                self.unavailable = self.unavailable or f"{mutant.name}: {evidence.message}"
            return "unavailable"
        if evidence.verdict is Verdict.UNAVAILABLE:
            evidence = Evidence(verdict=Verdict.FAILED, tests=tuple(ending.outcomes))
        elif graded.earned == graded.possible:
            return "survived"
        self._note(failed_tests(self._tests, evidence))
        failed = {one.outcome for one in evidence.tests} - {TestStatus.PASSED}
        return "out of time" if failed == {TestStatus.TIMEOUT} else "killed"

    def _is_enough(self, outcomes: Sequence[TestOutcome]) -> bool:
        """Return whether what ran tells all there is to know: it failed, and every idle test was passed or failed."""
        if all(one.outcome is TestStatus.PASSED for one in outcomes):
            return False
        seen = {one.id for one in outcomes}
        with self._lock:
            return all(full_test_id(test) in seen for test in self.idle)

    def _note(self, failed: Iterable[str]) -> None:
        with self._lock:
            self.idle.difference_update(failed)


class _EarlyEnd:
    """A grader that ends a grading as soon as enough of it is known."""

    def __init__(self, grader: StoppableGrader, is_enough: Callable[[Sequence[TestOutcome]], bool]) -> None:
        self._grader = grader
        self._is_enough = is_enough
        self.outcomes: list[TestOutcome] = []
        self._cancel = threading.Event()

    @property
    def is_ended(self) -> bool:
        """Whether it was ended before its end."""
        return self._cancel.is_set()

    def grade(self, job: GradingJob, *, require: IsolationLevel | None = None) -> Evidence:
        """Grade one submission, or the beginning of it."""
        return self._grader.grade(job, require=require, cancel=self._cancel, on_progress=self._hear)

    def _hear(self, outcome: TestOutcome) -> None:
        self.outcomes.append(outcome)
        if self._is_enough(self.outcomes):
            self._cancel.set()


def _limits(exercise: Exercise, reference_seconds: float) -> Limits:
    limits = exercise.package.item.limits
    seconds = min(limits.seconds, max(_LEAST_SECONDS, _SLOWDOWN * reference_seconds))
    test_seconds = None if limits.test_seconds is None else min(limits.test_seconds, seconds)
    return limits.model_copy(update={"seconds": seconds, "test_seconds": test_seconds})


def _told(mutant: Mutant, cells: Mapping[int, tuple[str, int]] | None) -> ToldMutant:
    cell, line = ("", mutant.line) if cells is None else cells[mutant.line]
    return ToldMutant(line=line, cell=cell, source=mutant.source, change=mutant.change)
