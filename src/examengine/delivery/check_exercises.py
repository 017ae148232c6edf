"""Runs the exercises of a bank: the author's own solutions, and mutants of the reference."""

import functools
import hashlib
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Self

from pydantic import ValidationError

import examengine
from examengine.bank.bank import Bank, Exercise
from examengine.bank.bank_cache import BankCache
from examengine.bank.problem import Problem
from examengine.core.digest import digest_files, digest_json
from examengine.delivery.exercise_mutants import bound_of, try_mutants
from examengine.delivery.exercise_problems import find_problems
from examengine.delivery.exercise_report import ExerciseReport, SolutionRuns
from examengine.delivery.exercise_solutions import (
    Graders,
    empty_solution,
    listed_tests_of,
    own_solutions,
    run_solutions,
)
from examengine.delivery.grade_batch import processors
from examengine.delivery.services import Services
from examengine.grading import preload
from examengine.grading.grade import GradingService

RUNS = 5
_DECIDING = (
    "core",
    "grading",
    "itemtypes/coding",
    "notebooks",
    "bank/mutants.py",
    "bank/mutation_operators.py",
    "delivery/check_exercises.py",
    "delivery/exercise_mutants.py",
    "delivery/exercise_report.py",
    "delivery/exercise_solutions.py",
    "delivery/grade_notebook.py",
    "delivery/notebook_job.py",
)
"""The code that decides what a report says."""


@dataclass(frozen=True, slots=True)
class Thoroughness:
    """How thoroughly exercises are run."""

    runs: int = RUNS
    """How often each of the author's solutions is graded, each time under another hash seed."""
    mutants: int | None = None
    """At most so many of each exercise; None: all, or a sample where each costs a training."""
    seconds: float | None = None
    """After so long no mutant of the exercise is begun."""
    jobs: int | None = None
    """How many gradings at the same time; None: one for each processor."""
    is_fresh: bool = False
    """Whether what is known from before counts for nothing."""


class SeededGraders:
    """The program's grader for hash seed 0, and one of its own for every other seed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._others: dict[int, GradingService] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for grader in self._others.values():
            grader.close()

    def __call__(self, hash_seed: int) -> GradingService:
        """Return the grader of a hash seed."""
        if hash_seed == 0:
            return self._services.grading
        # One operation, so that two threads that ask at once get the same one.
        return self._others.setdefault(hash_seed, GradingService(hash_seed=hash_seed))


def check_exercises(
    services: Services, bank: Bank, progress: Callable[[str], None] = lambda _name: None
) -> list[Problem]:
    """Return every solution that earns other than it should, graded once; `progress` hears each file before.

    Of an exercise from a notebook, the reference and the starter are told under the notebook's name.
    """
    today = services.clock.read().wall_time().date()
    problems = []
    for exercise in bank.exercises:
        began = time.monotonic()
        runs: list[SolutionRuns] = []
        for solution in own_solutions(exercise):
            progress(f"{exercise.folder}/{solution.file}")
            runs += run_solutions(exercise, [solution], lambda _: services.grading, runs=1, jobs=1)
        report = _report(exercise, 1, tuple(runs), began)
        problems += find_problems(bank.folder, exercise, report, today)
    return problems


def run_exercises(
    services: Services,
    exercises: Sequence[Exercise],
    how: Thoroughness,
    progress: Callable[[ExerciseReport], None] = lambda _report: None,
) -> list[ExerciseReport]:
    """Run exercises as thoroughly as asked, one after the other; `progress` hears each report.

    A report of the same exercise by the same program is taken from the cache.
    """
    reports = {}
    cache = services.report_cache
    with SeededGraders(services) as graders:
        # Those that need most go first: a grader that has its packages ready serves the others too.
        for exercise in sorted(exercises, key=lambda one: -len(one.package.item.requires)):
            name = _name_of(exercise, how)
            report = None if how.is_fresh else _kept(cache, name)
            if report is None:
                report = run_exercise(exercise, graders, how)
                if cache is not None and report.is_complete:
                    cache.store(name, report.model_dump_json().encode())
            progress(report)
            reports[exercise.folder] = report
    return [reports[exercise.folder] for exercise in exercises]


def run_exercise(exercise: Exercise, graders: Graders, how: Thoroughness) -> ExerciseReport:
    """Grade an exercise's own solutions `how.runs` times, then mutants of its reference once."""
    began = time.monotonic()
    jobs = how.jobs or processors()
    solutions = (*own_solutions(exercise), empty_solution())
    runs = run_solutions(exercise, solutions, graders, runs=how.runs, jobs=jobs)
    report = _report(exercise, how.runs, runs, began)
    reference = runs[0]
    is_sound = not reference.unavailable and reference.earned[0] == reference.most
    if how.mutants == 0 or not is_sound:
        return report
    failed = {test for one in runs if one.file.startswith("wrong/") for test in one.failed_tests}
    tried = try_mutants(
        exercise,
        graders(0),
        [test for test in listed_tests_of(exercise.package.item) if test not in failed],
        reference_seconds=reference.seconds,
        jobs=jobs,
        most=bound_of(exercise) if how.mutants is None else how.mutants,
        deadline=None if how.seconds is None else began + how.seconds,
    )
    return report.model_copy(
        update={"mutants": tried.runs, "idle_tests": tried.idle_tests, "seconds": time.monotonic() - began}
    )


def _report(exercise: Exercise, runs: int, solutions: tuple[SolutionRuns, ...], began: float) -> ExerciseReport:
    return ExerciseReport(
        exercise=exercise.package.item.id,
        folder=exercise.folder,
        runs=runs,
        solutions=solutions,
        seconds=time.monotonic() - began,
    )


def _kept(cache: BankCache | None, name: str) -> ExerciseReport | None:
    content = cache.load(name) if cache is not None else None
    if content is None:
        return None
    try:
        return ExerciseReport.model_validate_json(content).model_copy(update={"is_from_cache": True})
    except ValidationError:  # of a version that told other facts
        return None


def _name_of(exercise: Exercise, how: Thoroughness) -> str:
    """Return the name of a report: what was run, how thoroughly, by which program.

    What an exercise states about survivors, its quarantine and its texts decide nothing and are no part of it.
    """
    package = exercise.package
    item = package.item
    return digest_json(
        [
            [digest_files(files) for files in (package.tests, package.support, package.data, exercise.wrong_files)],
            hashlib.sha256(exercise.reference).hexdigest(),
            item.starter,
            item.id,
            exercise.folder,
            [part.model_dump(mode="json") for part in item.parts],
            [one.model_dump(mode="json") for one in exercise.wrong],
            item.limits.model_dump(mode="json"),
            item.requires,
            [how.runs, how.mutants, how.seconds],
            _program(),
            {name: _version(preload.import_name(name)) for name in ("pytest", "libcst", *item.requires)},
        ]
    )


def _program() -> list[object]:
    own = Path(examengine.__file__).parent
    places = [own / name for name in _DECIDING]
    files = [file for place in places for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]
    # Of a checkout too: there the code changes, and the version does not.
    code = {str(file.relative_to(own)): file.read_bytes() for file in files}
    return [examengine.__version__, platform.python_version(), digest_files(code)]


def _version(module: str) -> str:
    """Return the version of the packages that a module comes from; empty where there is none."""
    names = _distributions().get(module.partition(".")[0], [])
    return " ".join(sorted(f"{name} {metadata.version(name)}" for name in set(names)))


@functools.cache
def _distributions() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()
