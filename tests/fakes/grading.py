"""A grader that says what the test tells it to."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.grading.job import GradingJob
from examengine.grading.scratch import ScratchRun, read_scratch, scratch_job
from examengine.grading.verdicts import STOPPED


def passing(job: GradingJob) -> Evidence:
    """Pass every expected test, or one per test file where none is named."""
    names = job.expected or tuple(f"{name}::test_one" for name in sorted(job.tests))
    outcomes = tuple(TestOutcome(id=name, outcome=TestStatus.PASSED) for name in names)
    return Evidence(verdict=Verdict.PASSED, tests=outcomes, message="All tests passed.", seconds=0.1)


class ScriptedGrading:
    """Has the face of the grading service; `answer` makes the evidence, `gate` holds it back."""

    def __init__(self, answer: Callable[[GradingJob], Evidence] = passing) -> None:
        self.answer = answer
        self.jobs: list[GradingJob] = []
        self.warmed: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.is_closed = False
        self.prints: list[str] = []
        """Printed before the gate."""
        self.outcomes: list[TestOutcome] = []
        """Told before the gate."""
        self.stopped: list[GradingJob] = []

    def grade(
        self,
        job: GradingJob,
        *,
        cancel: threading.Event | None = None,
        on_output: Callable[[str], None] | None = None,
        on_progress: Callable[[TestOutcome], None] | None = None,
        **_: object,
    ) -> Evidence:
        """Tell what is told before the end, wait for the gate or the word to stop, return the scripted evidence."""
        self.jobs.append(job)
        for text in self.prints:
            if on_output is not None:
                on_output(text)
        for outcome in self.outcomes:
            if on_progress is not None:
                on_progress(outcome)
        for _ in range(3000):
            if cancel is not None and cancel.is_set():
                self.stopped.append(job)
                return Evidence(verdict=Verdict.UNAVAILABLE, message=STOPPED, seconds=0.1)
            if self.gate.wait(0.01):
                break
        return self.answer(job)

    def run_script(self, files: Mapping[str, bytes], code: str, **options: Any) -> ScratchRun:
        """Run a snippet as the service does: as a job of its own."""
        how = {name: options[name] for name in ("cancel", "on_output") if name in options}
        made = {name: options[name] for name in ("data", "requires", "limits") if name in options}
        return read_scratch(self.grade(scratch_job(files, code, **made), **how))

    def warm(self, requires: Iterable[str] = ()) -> None:
        """Note what was asked to be ready."""
        self.warmed.extend(requires)

    def close(self) -> None:
        """Note the end."""
        self.is_closed = True
        self.gate.set()
