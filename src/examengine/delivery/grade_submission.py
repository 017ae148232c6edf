"""Grades one file by an exercise's folder, or by any test files, outside of a session."""

from collections.abc import Sequence
from pathlib import Path

from examengine.bank.bank import Exercise
from examengine.bank.bank_files import BankFiles
from examengine.bank.exercise_folder import read_exercise
from examengine.bank.problem_list import ProblemList
from examengine.core.errors import BankError, UsageError
from examengine.core.evidence import Evidence, IsolationLevel, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.core.model import Exact, Model
from examengine.delivery.services import Services
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import SOLUTION
from examengine.itemtypes.coding.scoring import full_test_id, score_evidence
from examengine.itemtypes.spec import PartScore

_MAX_BYTES = 64 * 1024 * 1024


class GradedSubmission(Model):
    """What a grading came to: points of an exercise, or tests passed where there is no exercise."""

    evidence: Evidence
    earned: Exact
    possible: Exact
    parts: tuple[PartScore, ...] = ()


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


def grade_by_exercise(
    services: Services,
    submission: Path,
    folder: Path,
    *,
    limits: Limits | None = None,
    require: IsolationLevel | None = None,
) -> GradedSubmission:
    """Grade a file by the hidden tests of an exercise."""
    package = open_exercise(folder).package
    item = package.item
    evidence = services.grading.grade(
        GradingJob(
            submission={SOLUTION: read_bytes(submission)},
            tests=package.tests,
            support=package.support,
            data=package.data,
            expected=tuple(full_test_id(test) for part in item.parts for test in part.tests),
            requires=item.requires,
            limits=limits or item.limits,
        ),
        require=require,
    )
    scored = score_evidence(item, evidence)
    return GradedSubmission(evidence=evidence, earned=scored.earned, possible=scored.possible, parts=scored.parts)


def grade_by_tests(
    services: Services,
    submission: Path,
    tests: Sequence[Path],
    *,
    module: str | None = None,
    data: Sequence[Path] = (),
    support: Sequence[Path] = (),
    limits: Limits | None = None,
    require: IsolationLevel | None = None,
) -> GradedSubmission:
    """Grade a file (or a folder of files, such as a package) by test files; each test counts one point."""
    name = module or submission.stem
    if not name.isidentifier():
        raise UsageError(f"{name!r} cannot be a module's name", hint="give the name that the tests import with --as")
    evidence = services.grading.grade(
        GradingJob(
            submission=_submission_files(submission, name),
            tests=_named_files(tests),
            support=_named_files(support),
            data=_named_files(data),
            module=name,
            limits=limits or Limits(),
        ),
        require=require,
    )
    passed = sum(test.outcome is TestStatus.PASSED for test in evidence.tests)
    count = 0 if evidence.verdict is Verdict.UNAVAILABLE else len(evidence.tests)
    return GradedSubmission(evidence=evidence, earned=passed, possible=count)


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


def _submission_files(submission: Path, module: str) -> dict[str, bytes]:
    if submission.is_dir():
        inside = _folder_files(submission)
        return {f"{module}/{name}": text for name, text in inside.items()} if "__init__.py" in inside else inside
    return {f"{module}.py": read_bytes(submission)}


def _named_files(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return files by their plain name; the files of a folder stand below the folder's name."""
    files: dict[str, bytes] = {}
    for path in paths:
        named = {f"{path.name}/{name}": text for name, text in _folder_files(path).items()} if path.is_dir() else None
        for name, text in (named if named is not None else {path.name: read_bytes(path)}).items():
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
