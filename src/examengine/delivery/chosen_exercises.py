"""Single exercises of a bank, read without the rest: their author need not wait until every other file is sound."""

from collections.abc import Collection
from pathlib import Path

from examengine.bank.bank_files import MANIFEST, BankFiles
from examengine.bank.exercise_folder import FILE
from examengine.bank.problem_list import ProblemList
from examengine.bank.read import BankReading, read_files

_FOLDER = "exercises"
_SHARED = ("figures",)


def exercise_names(folder: Path) -> list[str]:
    """Return the names of the folders of a bank's exercises."""
    places = folder / _FOLDER
    return sorted(one.name for one in places.iterdir() if one.is_dir()) if places.is_dir() else []


def read_chosen(folder: Path, names: Collection[str]) -> BankReading:
    """Return the bank in a folder as if it held nothing but these exercises, named by their own folders.

    Where one of them names enemies, other files are needed to know them, and all are read.
    """
    problems = ProblemList(folder)
    files = BankFiles(folder, problems)
    wanted = tuple(f"{_FOLDER}/{name}/" for name in names)
    shared = tuple(f"{name}/" for name in _SHARED)
    if not any("enemies:" in _text(folder / _FOLDER / name / FILE) for name in names):
        files.paths = {
            name: path for name, path in files.paths.items() if name == MANIFEST or name.startswith((*wanted, *shared))
        }
    return read_files(files, problems)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # the reader tells of it
        return ""
