"""Single exercises of a bank, read without the rest: their author need not wait until every other file is sound."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from examengine.bank.bank import Exercise
from examengine.bank.bank_files import BankFiles
from examengine.bank.exercise_folder import read_exercise
from examengine.bank.problem import Problem
from examengine.bank.problem_list import ProblemList

_FOLDER = "exercises"


class ChosenExercises(NamedTuple):
    """Exercises, and what is wrong with the files of those that could not be read."""

    exercises: tuple[Exercise, ...]
    problems: tuple[Problem, ...]


def exercise_names(folder: Path) -> list[str]:
    """Return the names of the folders of a bank's exercises."""
    places = folder / _FOLDER
    return sorted(one.name for one in places.iterdir() if one.is_dir()) if places.is_dir() else []


def read_chosen(folder: Path, names: Collection[str]) -> ChosenExercises:
    """Return exercises of the bank in a folder, named by their own folders."""
    problems = ProblemList(folder)
    files = BankFiles(folder, problems, (_FOLDER,))
    read = [read_exercise(f"{_FOLDER}/{name}", files, problems)[0] for name in sorted(set(names))]
    return ChosenExercises(tuple(one for one in read if one is not None), problems.in_order())
