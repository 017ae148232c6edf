"""Tells what a scaffold left to be filled in: `<fill in …>` in any text file of a bank is an error at its place."""

from collections.abc import Mapping

from examengine.bank.bank import Place
from examengine.bank.bank_files import BankFiles
from examengine.bank.problem_list import ProblemList
from examengine.itemtypes.scaffold import MARK, MARKED

CODE = "unfilled"
_TEXTS = (".yaml", ".py", ".md", ".ipynb", ".csv")


def tell_unfilled(files: BankFiles, places: Mapping[str, Place], problems: ProblemList) -> None:
    """Tell every mark once; what was told of the same place only follows from it and is dropped.

    Args:
        files: of the bank, read as far as its parts are sound.
        places: where each item, exercise and blueprint begins, by its id.
        problems: hears of the marks.
    """
    mark = MARK.encode()
    marked: set[tuple[str, int, int]] = set()
    # Beside errors there are files that nobody asked for yet; in a sound bank those count for nothing.
    told = {problem.file for problem in problems.found}
    unread = files.paths.keys() - files.contents.keys() if problems.has_errors else set[str]()
    unread = {name for name in unread if problems.shown(name) not in told}
    for name in sorted(files.contents.keys() | unread):
        content = files.read(name) if name.endswith(_TEXTS) else None
        if content is None or mark not in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), start=1):
            for found in MARKED.finditer(line):
                place = (number, found.start() + 1)
                marked.add((problems.shown(name), *place))
                problems.add(
                    name,
                    CODE,
                    f"still to be filled in: {found['what']}",
                    "write it in place of <fill in …>",
                    place=place,
                    item=_owner(name, number, places),
                )
    if marked:
        problems.found = [
            problem
            for problem in problems.found
            if problem.code == CODE or (problem.file, problem.line, problem.column) not in marked
        ]


def _owner(file: str, line: int, places: Mapping[str, Place]) -> str:
    """Return the id of what a line belongs to: what begins last before it, or the exercise of the folder."""
    before = {name: place.line for name, place in places.items() if place.file == file and place.line <= line}
    if before:
        return max(before, key=lambda name: before[name])
    folder = "/".join(file.split("/")[:2])
    beside = f"{folder}/exercise.yaml"
    return next((name for name, place in places.items() if place.file == beside), "")
