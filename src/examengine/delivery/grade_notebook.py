"""Grades a candidate's notebook: repaired first, run in the sandbox, handed back with feedback."""

import re
from fractions import Fraction
from typing import Any

from examengine.bank.bank import Exercise
from examengine.core.evidence import Evidence, IsolationLevel, TestOutcome, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.core.model import Model
from examengine.delivery.assignments import GradedSubmission
from examengine.delivery.notebook_job import assignment_of, cells_of, in_cells, is_notebook, notebook_job, test_ids
from examengine.grading.executors import Grader
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import SOLUTION
from examengine.itemtypes.coding.scoring import full_test_id, metric_tasks, score_evidence
from examengine.notebooks.exchange import solution_text
from examengine.notebooks.feedback import Summary, TestFeedback, is_feedback, write_feedback
from examengine.notebooks.read_notebook import Notebook, Unreadable, read_notebook
from examengine.notebooks.repair import Placed

_PLACE = re.compile(r"\bsolution\.py, line (\d+)")


class GradedNotebook(Model):
    """What the grading of a notebook came to."""

    submission: GradedSubmission
    """Points by part, and the evidence, as for a file."""
    feedback: bytes
    """The candidate's notebook with points and messages after each test cell, as .ipynb bytes (UTF-8)."""
    repairs: tuple[str, ...] = ()
    """What was put right before grading, one sentence each."""
    remarks: tuple[str, ...] = ()
    """What the candidate should know of single cells (refused magics and the like), one sentence each."""
    is_readable: bool = True
    """Whether the bytes were a notebook at all; where not, the evidence's message says why."""


def grade_notebook(
    exercise: Exercise,
    data: bytes,
    service: Grader,
    *,
    limits: Limits | None = None,
    require: IsolationLevel | None = None,
    may_be_text: bool = True,
) -> GradedNotebook:
    """Grade the bytes of an .ipynb by an exercise: one from a notebook, or an ordinary folder.

    For an exercise from a notebook, `data` may also be its code cells as Python text (percent format), unless
    `may_be_text` is False.
    A notebook that cannot be read is no exception: it earns nothing, with one sentence in the evidence.

    Raises:
        SandboxUnavailable: `require` is given and this machine cannot isolate that well.
    """
    if is_notebook(exercise.package):
        given = cells_of(exercise.package, data, may_be_text=may_be_text)
        return _by_notebook(exercise, given, service, limits, require)
    return _by_files(exercise, data, service, limits, require)


def _by_notebook(
    exercise: Exercise,
    given: Notebook | Unreadable,
    service: Grader,
    limits: Limits | None,
    require: IsolationLevel | None,
) -> GradedNotebook:
    package = exercise.package
    assignment = assignment_of(package)
    if isinstance(given, Unreadable):
        starter = read_notebook(assignment.starter_notebook())
        placed = tuple(Placed(cell, index) for index, cell in enumerate(assignment.starter))
        document = starter.document if isinstance(starter, Notebook) else {}
        return _unreadable(exercise, given.message, document, placed)
    ready = notebook_job(package, given, limits)
    evidence = in_cells(service.grade(ready.job, require=require), ready.files)
    submission = _scored(exercise, evidence)
    remarks = (*given.remarks, *ready.files.remarks)
    feedback = write_feedback(
        given.document,
        ready.repaired.cells,
        _summary(submission, ready.repaired.repairs, remarks),
        _test_feedback(exercise, evidence),
    )
    return GradedNotebook(submission=submission, feedback=feedback, repairs=ready.repaired.repairs, remarks=remarks)


def _by_files(
    exercise: Exercise, data: bytes, service: Grader, limits: Limits | None, require: IsolationLevel | None
) -> GradedNotebook:
    """Grade a notebook by an exercise of files: its code cells, one after the other, are the solution."""
    package = exercise.package
    item = package.item
    notebook = read_notebook(data)
    if isinstance(notebook, Unreadable):
        return _unreadable(exercise, notebook.message, {}, ())
    cells = tuple(cell for cell in notebook.cells if not is_feedback(cell))
    solution = solution_text(Notebook(cells, notebook.document), item.sample_tests)

    def told(text: str) -> str:
        return _PLACE.sub(lambda found: solution.place(int(found[1])) or found[0], text)

    evidence = service.grade(
        GradingJob(
            submission={SOLUTION: solution.text.encode()},
            tests=package.tests,
            support=package.support,
            data=package.data,
            expected=_expected(exercise),
            metrics=metric_tasks(item),
            requires=item.requires,
            limits=limits or item.limits,
        ),
        require=require,
    )
    tests = tuple(test.model_copy(update={"message": told(test.message)}) for test in evidence.tests)
    evidence = evidence.model_copy(update={"tests": tests, "message": told(evidence.message)})
    submission = _scored(exercise, evidence)
    remarks = (*notebook.remarks, *solution.remarks)
    summary = _summary(submission, (), remarks)
    lines = [f"{one.id.partition('::')[2]}: {one.outcome}\n{one.message}".strip() for one in evidence.tests]
    summary = Summary(
        summary.earned, summary.possible, "\n\n".join([summary.message, *lines]), (), remarks, summary.output
    )
    placed = [Placed(cell, -1, is_added=True) for cell in cells]
    feedback = write_feedback(notebook.document, placed, summary, {})
    return GradedNotebook(submission=submission, feedback=feedback, remarks=remarks)


def _expected(exercise: Exercise) -> tuple[str, ...]:
    return tuple(full_test_id(test) for part in exercise.package.item.parts for test in part.tests)


def _unreadable(
    exercise: Exercise, message: str, document: dict[str, Any], placed: tuple[Placed, ...]
) -> GradedNotebook:
    evidence = Evidence(
        verdict=Verdict.ERROR,
        tests=tuple(TestOutcome(id=one, outcome=TestStatus.ERROR, message=message) for one in _expected(exercise)),
        message=message,
    )
    submission = _scored(exercise, evidence)
    feedback = write_feedback(document, placed, _summary(submission, (), ()), {})
    return GradedNotebook(submission=submission, feedback=feedback, is_readable=False)


def _scored(exercise: Exercise, evidence: Evidence) -> GradedSubmission:
    scored = score_evidence(exercise.package.item, evidence)
    return GradedSubmission(evidence=evidence, earned=scored.earned, possible=scored.possible, parts=scored.parts)


def _summary(submission: GradedSubmission, repairs: tuple[str, ...], remarks: tuple[str, ...]) -> Summary:
    evidence = submission.evidence
    return Summary(
        submission.earned, submission.possible, f"{evidence.message}".strip(), repairs, remarks, evidence.output
    )


def _test_feedback(exercise: Exercise, evidence: Evidence) -> dict[int, TestFeedback]:
    """Return what each graded test cell came to, by its index."""
    assignment = assignment_of(exercise.package)
    outcomes = {test.id: test for test in evidence.tests}
    worth = {
        full_test_id(test): part.points / len(part.tests) for part in exercise.package.item.parts for test in part.tests
    }
    found = {}
    for index, test in test_ids(assignment).items():
        if test not in worth:
            continue
        outcome = outcomes.get(test)
        if outcome is None:
            found[index] = TestFeedback(Fraction(0), worth[test], "not graded", evidence.message)
            continue
        earned = worth[test] if outcome.outcome is TestStatus.PASSED else Fraction(0)
        found[index] = TestFeedback(earned, worth[test], outcome.outcome.value, outcome.message)
    return found
