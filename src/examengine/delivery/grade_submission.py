"""Grades one submission by an exercise, or by any test files, outside of a session."""

from collections.abc import Sequence
from pathlib import Path

from examengine.bank.bank import Exercise
from examengine.bank.bank_files import BankFiles
from examengine.bank.exercise_folder import read_exercise
from examengine.bank.problem_list import ProblemList
from examengine.core.errors import BankError, UsageError
from examengine.core.evidence import IsolationLevel
from examengine.core.limits import Limits
from examengine.delivery.assignments import (
    Assignment,
    ExerciseAssignment,
    GradedFiles,
    GradedSubmission,
    SuiteAssignment,
)
from examengine.delivery.find_submissions import Source
from examengine.delivery.open_banks import list_places, open_named_bank
from examengine.delivery.read_submission import ChosenFiles, Unreadable, choose_files, shown
from examengine.delivery.services import Services
from examengine.grading.executors import Grader
from examengine.itemtypes.coding.model import SOLUTION

__all__ = ["Assignment", "GradedFiles", "GradedSubmission"]

_MAX_BYTES = 64 * 1024 * 1024


def open_exercise(folder: Path) -> Exercise:
    """Return the exercise of a folder.

    Raises:
        BankError: the folder is not an exercise; the message lists what is wrong.
        UsageError: there is no such folder.
    """
    place = folder.resolve()
    if not place.is_dir():
        raise UsageError(f"{folder} is not a folder", hint="name the folder of an exercise, with its exercise.yaml")
    problems = ProblemList(place.parent)
    exercise, _tree = read_exercise(place.name, BankFiles(place.parent, problems, (place.name,)), problems)
    errors = [str(problem) for problem in problems.found if problem.severity == "error"]
    if exercise is None or errors:
        raise BankError("\n".join((f"exercise {folder} has errors:", *errors)))
    return exercise


def exercise_named(services: Services, name: str) -> Exercise:
    """Return an exercise by its folder, its id, or the last part of its id.

    Raises:
        BankError: the folder or the bank has errors.
        UsageError: there is no such exercise, or several.
    """
    folder = Path(name)
    if folder.is_dir() or "/" in name:
        return open_exercise(folder)
    found = []
    for place in list_places(services):
        # An id begins with its bank's, as a rule; a bank that is broken matters only then.
        try:
            bank = open_named_bank(services, place.id)
        except BankError:
            if name.startswith(f"{place.id}."):
                raise
            continue
        for one in bank.exercises:
            item_id = one.package.item.id
            if name == item_id:
                return one
            if name in {item_id.rsplit(".", 1)[-1], one.folder.rsplit("/", 1)[-1]}:
                found.append(one)
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(sorted(one.package.item.id for one in found))
        raise UsageError(f"{name!r} could be {ids}", hint="give the whole id")
    raise UsageError(f"there is no exercise {name!r}", hint="give its id, or the folder with its exercise.yaml")


def assignment_by_exercise(exercise: Exercise, limits: Limits | None = None) -> ExerciseAssignment:
    """Return an exercise as what submissions are graded against."""
    return ExerciseAssignment(exercise, limits or exercise.package.item.limits)


def assignment_by_tests(
    tests: Sequence[Path],
    module: str,
    *,
    data: Sequence[Path] = (),
    support: Sequence[Path] = (),
    limits: Limits | None = None,
) -> SuiteAssignment:
    """Return test files as what submissions are graded against.

    Raises:
        UsageError: a file cannot be read, or the module's name is none.
    """
    if not module.isidentifier():
        raise UsageError(f"{module!r} cannot be a module's name", hint="give the name that the tests import with --as")
    return SuiteAssignment(
        module=module,
        tests=_named_files(tests),
        support=_named_files(support),
        data=_named_files(data),
        limits=limits or Limits(),
    )


def grade_one(
    grader: Grader, source: Source, assignment: Assignment, *, require: IsolationLevel | None = None
) -> GradedFiles:
    """Grade one submission.

    Raises:
        SandboxUnavailable: the machine cannot isolate as well as required.
        UsageError: it cannot be read.
    """
    try:
        chosen = choose_files(
            source.read(),
            assignment.module,
            wanted_folders=assignment.folders,
            prefers_notebook=assignment.takes_notebooks,
        )
    except Unreadable as error:
        raise UsageError(str(error).rstrip(".")) from error
    return assignment.grade(chosen, grader, require)


def grade_by_exercise(
    services: Services,
    submission: Path,
    folder: Path,
    *,
    limits: Limits | None = None,
    require: IsolationLevel | None = None,
) -> GradedSubmission:
    """Grade a file by the hidden tests of an exercise."""
    assignment = assignment_by_exercise(open_exercise(folder), limits)
    chosen = ChosenFiles({SOLUTION: read_bytes(submission)}, None, submission.name)
    return assignment.grade(chosen, services.grading, require).graded


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        UsageError: it cannot be read, or is too large to be a submission.
    """
    try:
        if not path.is_file():
            raise UsageError(f"{path} is not a file")
        if path.stat().st_size > _MAX_BYTES:
            raise UsageError(f"{path} is larger than {_MAX_BYTES // 2**20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


def _named_files(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return files by their plain name; the files of a folder stand below the folder's name."""
    files: dict[str, bytes] = {}
    for path in paths:
        named = {f"{path.name}/{name}": text for name, text in _folder_files(path).items()} if path.is_dir() else None
        for name, text in (named if named is not None else {path.name: read_bytes(path)}).items():
            if not name.isprintable():
                raise UsageError(f"there is a file whose name is not text: {shown(name)}", hint="rename it")
            if name in files:
                raise UsageError(f"two files are named {name!r}", hint="give each file its own name")
            files[name] = text
    return files


def _folder_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): read_bytes(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
