"""The grading job of a notebook exercise: cells in, modules and tests out; messages back in terms of cells."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from examengine.bank.bank import ExercisePackage
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import SOLUTION
from examengine.itemtypes.coding.scoring import HIDDEN_TESTS, full_test_id
from examengine.notebooks.assignment import SOURCE, Assignment, read_assignment
from examengine.notebooks.feedback import is_feedback
from examengine.notebooks.percent import read_percent
from examengine.notebooks.read_notebook import MAX_CODE, Notebook, Unreadable, read_notebook
from examengine.notebooks.repair import Repaired, repair
from examengine.notebooks.submission import MODULE, SubmissionFiles, submission_files
from examengine.notebooks.tests_file import write_tests

_LOADING_SHARE = 0.8
"""Of a test's time, what the cells of its task may take: the rest is the test's own."""
_MOST_SECONDS = 3600.0
_CELL_FILE = re.compile(r"\b(?:exercise_)?cell_\d+\.py\b")
_STOPPED = re.compile(r" was stopped: it took longer than the [\d.e+-]+ s allowed")
SAMPLE_TESTS = "test_sample.py"


class NotebookJob(NamedTuple):
    """A job, and what the candidate is to be told of how their notebook became one."""

    job: GradingJob
    repaired: Repaired
    files: SubmissionFiles


def is_notebook(package: ExercisePackage) -> bool:
    """Tell whether an exercise came from a notebook."""
    return SOURCE in package.support


def assignment_of(package: ExercisePackage) -> Assignment:
    """Return the author's notebook of an exercise.

    Raises:
        ValueError: the package holds none that can be read, which no package made from a folder does.
    """
    return _assignment(package.support[SOURCE])


@lru_cache(maxsize=16)
def _assignment(source: bytes) -> Assignment:
    assignment, faults = read_assignment(source)
    if assignment is None:
        raise ValueError(faults[0].message)
    return assignment


def cells_of(package: ExercisePackage, data: bytes, *, may_be_text: bool = True) -> Notebook | Unreadable:
    """Return the cells of a submission: a notebook, or its code cells as Python text in the percent format."""
    if data.lstrip()[:1] == b"<":
        return Unreadable("The file is a web page, not a notebook; download the notebook itself.")
    if not may_be_text or data.lstrip()[:1] == b"{" or data.startswith((b"\xef\xbb\xbf{", b"\xff\xfe", b"\xfe\xff")):
        notebook = read_notebook(data)
        if isinstance(notebook, Unreadable):
            return notebook
        return Notebook(
            tuple(cell for cell in notebook.cells if not is_feedback(cell)), notebook.document, notebook.remarks
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Unreadable(f"The file is not valid UTF-8: byte 0x{data[error.start]:02x}; save it as UTF-8.")
    if not text.strip():
        return Unreadable("The file is empty.")
    if len(text) > MAX_CODE:
        return Unreadable(f"The file is larger than {MAX_CODE // 1024} KiB.")
    return Notebook(read_percent(text, assignment_of(package).starter), {})


def notebook_job(
    package: ExercisePackage, given: Notebook, limits: Limits | None = None, *, samples: bool = False
) -> NotebookJob:
    """Return the grading of a candidate's cells, by the hidden tests or by the visible parts of the test cells.

    The limit of seconds holds for each test cell, the running of its task's cells included.
    """
    assignment = assignment_of(package)
    item = package.item
    asked = limits or item.limits
    each = asked.test_seconds or asked.seconds
    repaired = repair(assignment, given.cells, is_whole=bool(given.document))
    files = submission_files(assignment, repaired, round(each * _LOADING_SHARE, 3))
    expected: tuple[str, ...] | None
    if samples:
        tests = {SAMPLE_TESTS: write_tests(assignment, with_hidden=False).encode()}
        expected, count = None, len(assignment.test_names)
    else:
        tests = package.tests
        expected = tuple(full_test_id(test) for part in item.parts for test in part.tests)
        count = len(expected)
    job = GradingJob(
        submission=files.files,
        tests=tests,
        support={name: content for name, content in package.support.items() if name != SOURCE},
        data=package.data,
        module=MODULE,
        expected=expected,
        requires=item.requires,
        limits=asked.model_copy(
            update={"test_seconds": each, "seconds": min(_MOST_SECONDS, max(asked.seconds, each * count))}
        ),
    )
    return NotebookJob(job, repaired, files)


def response_job(package: ExercisePackage, files: Mapping[str, str], *, samples: bool = False) -> NotebookJob:
    """Return the grading of a session's response: the code cells as Python text."""
    given = cells_of(package, files.get(SOLUTION, "").encode())
    if isinstance(given, Unreadable):
        given = Notebook((), {})
    return notebook_job(package, given, samples=samples)


def in_cells(evidence: Evidence, files: SubmissionFiles) -> Evidence:
    """Return evidence whose messages speak of cells and lines in them."""

    def told(text: str) -> str:
        return _CELL_FILE.sub(lambda found: files.labels.get(found[0], found[0]), text)

    tests = tuple(
        test.model_copy(update={"message": told(test.message), "outcome": _outcome(test)}) for test in evidence.tests
    )
    verdict = evidence.verdict
    if verdict in {Verdict.FAILED, Verdict.ERROR} and any(test.outcome is TestStatus.TIMEOUT for test in tests):
        verdict = Verdict.TIMEOUT
    return evidence.model_copy(
        update={"tests": tests, "verdict": verdict, "message": told(evidence.message), "output": told(evidence.output)}
    )


def _outcome(test: TestOutcome) -> TestStatus:
    is_stopped = test.outcome in {TestStatus.FAILED, TestStatus.ERROR} and _STOPPED.search(test.message)
    return TestStatus.TIMEOUT if is_stopped else test.outcome


def test_ids(assignment: Assignment) -> dict[int, str]:
    """Return the full id of each test cell's test, by the cell's index."""
    return {index: f"{HIDDEN_TESTS}::{name}" for index, name in assignment.test_names.items()}
