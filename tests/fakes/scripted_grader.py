"""A grader that says what it is told to."""

from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.grading.job import GradingJob


class ScriptedGrader:
    """Passes every expected test, or answers with the evidence it was given."""

    def __init__(self, *evidence: Evidence) -> None:
        self._answers = list(evidence)
        self.jobs: list[GradingJob] = []

    def warm(self, requires: tuple[str, ...]) -> None:
        """Do nothing."""

    def grade(self, job: GradingJob, **_options: object) -> Evidence:
        """Return the next answer; without one, everything passes."""
        self.jobs.append(job)
        if self._answers:
            return self._answers.pop(0)
        tests = tuple(
            TestOutcome(id=name, outcome=TestStatus.PASSED) for name in job.expected or ("test_sample.py::test_two",)
        )
        return Evidence(verdict=Verdict.PASSED, tests=tests, message="All tests passed.")

    def close(self) -> None:
        """Do nothing."""
