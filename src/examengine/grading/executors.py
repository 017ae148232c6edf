"""Gradings elsewhere: jobs and evidence as JSON through any executor, local threads or a cluster."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from typing import Final, Protocol

from pydantic import ConfigDict

from examengine.core.errors import SandboxUnavailable
from examengine.core.evidence import Evidence, IsolationLevel, Verdict
from examengine.core.model import Model
from examengine.grading.job import GradingJob

_LOOK_SECONDS: Final = 2.0


class Grader(Protocol):
    """Whoever grades jobs: a service of this process, or one that sends them elsewhere. Thread-safe."""

    def grade(self, job: GradingJob, *, require: IsolationLevel | None = None) -> Evidence:
        """Grade one submission.

        Raises:
            SandboxUnavailable: `require` is given and the machine cannot isolate that well.
        """
        ...


class _CarriedJob(GradingJob):
    """A job whose files cross as base64."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


class Answer(Model):
    """What comes back for a job: evidence, or why nothing was run."""

    evidence: Evidence | None = None
    refusal: str = ""
    """The isolation asked for cannot be given where the job arrived."""


def job_to_json(job: GradingJob) -> str:
    """Return a job as text."""
    return _CarriedJob.model_validate(job.model_dump()).model_dump_json()


def job_from_json(text: str) -> GradingJob:
    """Return the job of a text."""
    return _CarriedJob.model_validate_json(text)


def grade_json(grader: Grader, job: str, require: str) -> str:
    """Grade a job given as text where this process runs; return the answer as text."""
    try:
        evidence = grader.grade(job_from_json(job), require=IsolationLevel(require) if require else None)
    except SandboxUnavailable as error:
        return Answer(refusal=str(error)).model_dump_json()
    return Answer(evidence=evidence).model_dump_json()


class RemoteCall(Protocol):
    """A function that an executor can carry: job and least level as text, the answer as text."""

    def __call__(self, job: str, require: str, /) -> str:
        """Grade where the call arrives."""
        ...


class ExecutorGrading:
    """Has the face of a grading service; each grading runs where the executor sends it."""

    def __init__(self, executor: Executor, call: RemoteCall, is_lost: Callable[[], bool] = lambda: False) -> None:
        """`call` runs on the other side; `is_lost` tells that there is no other side left to wait for."""
        self._executor = executor
        self._call = call
        self._is_lost = is_lost

    def grade(self, job: GradingJob, *, require: IsolationLevel | None = None) -> Evidence:
        """Send one job and wait for its evidence; a lost grading is evidence with the verdict `unavailable`.

        Raises:
            SandboxUnavailable: `require` is given and the other machine cannot isolate that well.
        """
        text = job_to_json(job)
        try:
            future: Future[str] = self._executor.submit(self._call, text, require.value if require else "")
            answer = Answer.model_validate_json(self._result(future))
        except _NobodyLeft:
            return Evidence(
                verdict=Verdict.UNAVAILABLE, message="The grading was lost: nobody who could take it is left."
            )
        except CancelledError:
            return Evidence(verdict=Verdict.UNAVAILABLE, message="The grading was called off where it was sent.")
        except Exception as error:  # noqa: BLE001 - whatever the other side raises is trouble of ours, never a zero
            return Evidence(verdict=Verdict.UNAVAILABLE, message=f"The grading was lost: {_sentence(error)}")
        if answer.evidence is None:
            raise SandboxUnavailable(answer.refusal)
        return answer.evidence

    def _result(self, future: Future[str]) -> str:
        while True:
            try:
                return future.result(timeout=_LOOK_SECONDS)
            except TimeoutError:
                if not future.done() and self._is_lost():
                    # Not cancelled: that asks the other side, which is not there, and logs that it failed.
                    raise _NobodyLeft from None


class _NobodyLeft(Exception):  # noqa: N818 - a fact about the other side
    """There is no other side to wait for."""


def _sentence(error: Exception) -> str:
    first = str(error).strip().split("\n", 1)[0][:300]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
