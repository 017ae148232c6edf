"""Grades a candidate's notebook: repaired first, run in the sandbox, handed back with feedback."""

from typing import Protocol

from examengine.bank.bank import Exercise
from examengine.core.evidence import Evidence, IsolationLevel
from examengine.core.limits import Limits
from examengine.core.model import Model
from examengine.delivery.grade_submission import GradedSubmission
from examengine.grading.job import GradingJob


class Grader(Protocol):
    """What grades one job: the service of this process, or another executor."""

    def grade(self, job: GradingJob, *, require: IsolationLevel | None = None) -> Evidence:
        """Return the evidence of a job."""
        ...


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


def grade_notebook(
    exercise: Exercise,
    data: bytes,
    service: Grader,
    *,
    limits: Limits | None = None,
    require: IsolationLevel | None = None,
) -> GradedNotebook:
    """Grade the bytes of an .ipynb by an exercise: one from a notebook, or an ordinary folder.

    A notebook that cannot be read is no exception: it earns nothing, with one sentence in the evidence.

    Raises:
        SandboxUnavailable: `require` is given and this machine cannot isolate that well.
    """
    raise NotImplementedError
