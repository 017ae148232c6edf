"""One row of a batch: what became of one submission."""

from enum import StrEnum
from typing import Any

from examengine.core.evidence import Evidence, Verdict
from examengine.core.model import Model
from examengine.delivery.assignments import GradedSubmission
from examengine.delivery.grading_contract import as_contract

_TIMES = ("seconds", "output", "isolation")


class RowOutcome(StrEnum):
    """How the grading of one submission of a batch ended."""

    GRADED = "graded"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    """It crashed or used up its memory."""
    UNREADABLE = "unreadable"
    """There is nothing that could be run: no solution, not text, a broken archive."""
    UNAVAILABLE = "unavailable"
    """Trouble on our side: no points, never a zero, tried again by the next run."""


_OUTCOMES = {
    Verdict.TIMEOUT: RowOutcome.TIMED_OUT,
    Verdict.MEMORY: RowOutcome.CRASHED,
    Verdict.CRASHED: RowOutcome.CRASHED,
    Verdict.UNAVAILABLE: RowOutcome.UNAVAILABLE,
}


def outcome_of(evidence: Evidence) -> RowOutcome:
    """Return what a verdict means for a row, of a submission that could be read."""
    return _OUTCOMES.get(evidence.verdict, RowOutcome.GRADED)


class BatchRow(Model):
    """One submission of a batch, graded or not."""

    submission: str
    outcome: RowOutcome
    graded: GradedSubmission
    file: str = ""
    """Which file of the submission was graded."""
    digest: str = ""
    """SHA-256 of what was graded."""
    feedback: str
    """The name of its file among the feedback."""
    notes: tuple[str, ...] = ()
    """What was put right in a notebook before it was graded, or passed over."""
    seconds: float = 0.0

    @property
    def is_passed(self) -> bool:
        """Return whether everything passed."""
        return self.outcome is RowOutcome.GRADED and self.graded.evidence.verdict is Verdict.PASSED


def row_as_contract(row: BatchRow) -> dict[str, Any]:
    """Return the JSON of a row: nothing in it depends on the time it took, the order or the number of workers."""
    graded = {name: value for name, value in as_contract(row.graded).items() if name not in _TIMES}
    graded["tests"] = [{name: test[name] for name in test if name != "seconds"} for test in graded["tests"]]
    if row.outcome is RowOutcome.UNAVAILABLE:
        graded["earned"] = None
        graded["parts"] = [part | {"earned": None} for part in graded["parts"]]
    return {
        "submission": row.submission,
        "outcome": row.outcome.value,
        **graded,
        "file": row.file,
        "digest": row.digest,
        "notes": list(row.notes),
        "feedback": row.feedback,
    }
