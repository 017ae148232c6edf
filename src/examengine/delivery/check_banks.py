"""Checks banks: what their files say, the flaws of their items, and whether their exams can be assembled."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint
from examengine.bank.catalogue import place_of
from examengine.bank.check import check_bank
from examengine.bank.guessers import GuesserResult, sit_guessers
from examengine.bank.problem import Problem
from examengine.bank.problem_list import nearest
from examengine.bank.read import BankReading, read_bank
from examengine.core.errors import ExamEngineError, UsageError
from examengine.core.model import Model
from examengine.delivery.check_exercises import Thoroughness, run_exercises
from examengine.delivery.chosen_exercises import exercise_names, read_chosen
from examengine.delivery.exercise_problems import find_problems
from examengine.delivery.exercise_report import ExerciseReport
from examengine.delivery.open_banks import list_places, open_blueprint, open_named_bank
from examengine.delivery.services import Services
from examengine.forms.assemble import Shortfall, assemble

_SEED = 1


class CheckedBank(Model):
    """What the check of one bank found."""

    id: str
    folder: str
    items: int
    exercises: int
    blueprints: int
    problems: tuple[Problem, ...]
    guessers: tuple[GuesserResult, ...] = ()
    """What candidates reach who know nothing of the field."""
    reports: tuple[ExerciseReport, ...] = ()
    """What running the exercises showed; empty where they were not run."""

    @property
    def errors(self) -> list[Problem]:
        """Return what must be mended."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """Return what should be looked at."""
        return [problem for problem in self.problems if problem.severity == "warning"]


def folders_of(services: Services, names: Sequence[str]) -> list[Path]:
    """Return the folders of the banks named by id or folder; without names, of all that are found.

    Raises:
        UsageError: there is no such bank.
    """
    if names:
        return [place_of(name, services.bank_folders, user_folder=services.user_banks).folder for name in names]
    return [place.folder for place in list_places(services)]


def check_named_banks(
    services: Services,
    names: Sequence[str],
    *,
    how: Thoroughness | None = None,
    exercises: Sequence[str] = (),
    progress: Callable[[ExerciseReport], None] = lambda _report: None,
    read: Callable[[Path], BankReading] = read_bank,
) -> list[CheckedBank]:
    """Check the banks named by id or folder; without names, all that are found.

    Args:
        services: clock, grader and caches.
        names: of banks.
        how: how thoroughly exercises are run; None: they are not.
        exercises: names of exercises' folders: these alone are run, and told of.
        progress: hears the report of each exercise.
        read: reads the bank in a folder.

    Raises:
        UsageError: there is no such bank, or none of them has such an exercise.
    """
    folders = folders_of(services, names)
    today = services.clock.read().wall_time().date()
    readings, others = _readings(services, folders, exercises, read)
    checked = []
    for folder, reading in readings.items():
        problems = list(reading.problems)
        reports: list[ExerciseReport] = []
        bank = reading.bank
        guessers = sit_guessers(bank.items) if bank is not None else ()
        if bank is not None:
            shortages = partial(_shortages, services, bank)
            problems += check_bank(bank, shortages, today=today, others=others, guessers=guessers)
        if exercises:
            own = tuple(f"{folder}/exercises/{name}/" for name in exercises)
            problems = [problem for problem in problems if problem.file.startswith(own)]
        if bank is not None and how is not None:
            reports = run_exercises(services, bank.exercises, how, progress)
            for exercise, report in zip(bank.exercises, reports, strict=True):
                problems += find_problems(bank.folder, exercise, report, today)
        checked.append(
            CheckedBank(
                id=bank.id if bank else "",
                folder=str(folder),
                items=len(bank.items) if bank else 0,
                exercises=len(bank.exercises) if bank else 0,
                blueprints=len(bank.blueprints) if bank else 0,
                problems=tuple(problems),
                guessers=guessers,
                reports=tuple(reports),
            )
        )
    return checked


def _readings(
    services: Services, folders: Sequence[Path], exercises: Sequence[str], read: Callable[[Path], BankReading]
) -> tuple[dict[Path, BankReading], list[Bank]]:
    """Return what is under check by its folder, and the banks with which it is compared."""
    if exercises:
        _require_exercises(folders, exercises)
        here = {folder: [name for name in exercise_names(folder) if name in exercises] for folder in folders}
        return {folder: read_chosen(folder, names) for folder, names in here.items() if names}, []
    readings = {folder: read(folder) for folder in folders}
    others = [one.bank for one in readings.values() if one.bank is not None]
    known = {bank.id for bank in others}
    return readings, [*others, *(bank for bank in _other_banks(services) if bank.id not in known)]


def _require_exercises(folders: Sequence[Path], names: Sequence[str]) -> None:
    known = sorted({name for folder in folders for name in exercise_names(folder)} if names else ())
    for name in names:
        if name not in known:
            raise UsageError(f"no bank has an exercise in a folder {name!r}", hint=nearest(name, known))


def _other_banks(services: Services) -> Iterator[Bank]:
    """Yield the banks that are found and have no errors, to be compared with those under check."""
    for place in list_places(services):
        with contextlib.suppress(ExamEngineError):
            yield open_named_bank(services, place.id)


def _shortages(services: Services, bank: Bank, blueprint: Blueprint) -> tuple[str, ...]:
    """Return what the banks lack for a blueprint; the bank under check goes before another of its name."""
    try:
        banks = open_blueprint(services, blueprint.id).banks
    except ExamEngineError as error:
        if any(domain.draws for domain in blueprint.domains):
            return (str(error),)
        banks = {}
    made = assemble(blueprint, {**banks, bank.id: bank}, _SEED)
    return made.lines if isinstance(made, Shortfall) else ()
