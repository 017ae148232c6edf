"""What submissions are graded against: an exercise, or any test files. Submission in, points and evidence out."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from examengine.bank.bank import Exercise
from examengine.core.digest import digest_files, digest_json
from examengine.core.evidence import Evidence, IsolationLevel, TestOutcome, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.core.model import Exact, Model
from examengine.delivery.listed_tests import listed_tests, with_every_test
from examengine.delivery.notebook_job import is_notebook
from examengine.delivery.read_submission import ChosenFiles
from examengine.grading.executors import Grader
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import SOLUTION
from examengine.itemtypes.coding.scoring import full_test_id, metric_tasks, score_evidence
from examengine.itemtypes.spec import PartScore


class GradedSubmission(Model):
    """What a grading came to: points of an exercise, or tests passed where there is no exercise."""

    evidence: Evidence
    earned: Exact
    possible: Exact
    parts: tuple[PartScore, ...] = ()


class GradedFiles(Model):
    """A graded submission, and the notebook that tells its author how it went, where it was one."""

    graded: GradedSubmission
    notebook: bytes | None = None
    is_readable: bool = True
    """Whether there was anything to run."""
    notes: tuple[str, ...] = ()
    """What was put right or passed over on the way, one sentence each."""


class Assignment(Protocol):
    """What submissions are graded against."""

    @property
    def module(self) -> str:
        """The name under which the tests import a submission."""
        ...

    @property
    def folders(self) -> tuple[str, ...]:
        """Names by which a submission's folder may call this assignment."""
        ...

    @property
    def takes_notebooks(self) -> bool:
        """Whether a notebook goes before a Python file."""
        ...

    @property
    def digest(self) -> str:
        """What changes whenever a verdict could."""
        ...

    @property
    def requires(self) -> tuple[str, ...]:
        """Packages that a warm parent should have."""
        ...

    def grade(self, chosen: ChosenFiles, grader: Grader, require: IsolationLevel | None) -> GradedFiles:
        """Grade a submission.

        Raises:
            SandboxUnavailable: the machine cannot isolate as well as required.
        """
        ...

    def refused(self, message: str) -> GradedSubmission:
        """Return the grading of what cannot be run at all: nothing earned, of everything."""
        ...


@dataclass(frozen=True)
class ExerciseAssignment:
    """An exercise with its parts and points."""

    exercise: Exercise
    limits: Limits

    module = SOLUTION.removesuffix(".py")

    @property
    def folders(self) -> tuple[str, ...]:
        """The exercise's id, its last part, and its folder's name."""
        item_id = self.exercise.package.item.id
        return (item_id, item_id.rsplit(".", 1)[-1], self.exercise.folder.rsplit("/", 1)[-1])

    @property
    def takes_notebooks(self) -> bool:
        """Whether the exercise itself is a notebook."""
        return is_notebook(self.exercise.package)

    @property
    def requires(self) -> tuple[str, ...]:
        """Packages that the exercise names."""
        return self.exercise.package.item.requires

    @cached_property
    def digest(self) -> str:
        """The exercise as the grader sees it."""
        package = self.exercise.package
        item = package.item.model_copy(update={"limits": self.limits})
        return digest_json([package.model_copy(update={"item": item}).model_dump(mode="json")])

    def job(self, files: dict[str, bytes]) -> GradingJob:
        """Return the grading of a submission's files by the hidden tests."""
        package = self.exercise.package
        return GradingJob(
            submission=files,
            tests=package.tests,
            support=package.support,
            data=package.data,
            expected=self._expected,
            metrics=metric_tasks(package.item),
            requires=package.item.requires,
            limits=self.limits,
        )

    def grade(self, chosen: ChosenFiles, grader: Grader, require: IsolationLevel | None) -> GradedFiles:
        """Grade a submission or a notebook by the exercise."""
        # The code cells of a notebook exercise may come as Python text too, as the editor shows them.
        data = chosen.files.get(SOLUTION) if self.takes_notebooks else None
        data = chosen.notebook if chosen.notebook is not None else data
        if data is not None:
            from examengine.delivery.grade_notebook import grade_notebook

            done = grade_notebook(
                self.exercise,
                data,
                grader,
                limits=self.limits,
                require=require,
                may_be_text=chosen.notebook is None,
            )
            return GradedFiles(
                graded=done.submission,
                notebook=done.feedback,
                is_readable=done.is_readable,
                notes=(*done.repairs, *done.remarks),
            )
        return GradedFiles(graded=self._scored(grader.grade(self.job(chosen.files), require=require)))

    def refused(self, message: str) -> GradedSubmission:
        """Return no points of all."""
        return self._scored(_refusal(self._expected, message))

    @property
    def _expected(self) -> tuple[str, ...]:
        return tuple(full_test_id(test) for part in self.exercise.package.item.parts for test in part.tests)

    def _scored(self, evidence: Evidence) -> GradedSubmission:
        scored = score_evidence(self.exercise.package.item, evidence)
        return GradedSubmission(evidence=evidence, earned=scored.earned, possible=scored.possible, parts=scored.parts)


@dataclass(frozen=True)
class SuiteAssignment:
    """Any pytest or unittest files; each test counts one point."""

    module: str
    tests: dict[str, bytes]
    support: dict[str, bytes]
    data: dict[str, bytes]
    limits: Limits

    folders = ()
    takes_notebooks = False
    requires = ()

    @cached_property
    def digest(self) -> str:
        """The tests, what lies beside them, and the limits."""
        files = [digest_files(files) for files in (self.tests, self.support, self.data)]
        return digest_json([self.module, *files, self.limits.model_dump(mode="json")])

    def job(self, files: dict[str, bytes]) -> GradingJob:
        """Return the grading of a submission's files by whatever the tests' files hold."""
        return GradingJob(
            submission=files,
            tests=self.tests,
            support=self.support,
            data=self.data,
            module=self.module,
            limits=self.limits,
        )

    def grade(self, chosen: ChosenFiles, grader: Grader, require: IsolationLevel | None) -> GradedFiles:
        """Grade a submission by the tests; a notebook is refused, for nothing tells which of its cells counts."""
        if chosen.notebook is not None:
            refused = self.refused("A notebook is graded by an exercise (--exercise), not by --tests.")
            return GradedFiles(graded=refused, is_readable=False)
        return GradedFiles(graded=self._counted(grader.grade(self.job(chosen.files), require=require)))

    def refused(self, message: str) -> GradedSubmission:
        """Return no test of all that the files define."""
        return self._counted(_refusal(tuple(listed_tests(self.tests)), message))

    def _counted(self, evidence: Evidence) -> GradedSubmission:
        evidence = with_every_test(evidence, self.tests)
        passed = sum(test.outcome is TestStatus.PASSED for test in evidence.tests)
        count = 0 if evidence.verdict is Verdict.UNAVAILABLE else len(evidence.tests)
        return GradedSubmission(evidence=evidence, earned=Fraction(passed), possible=Fraction(count))


def _refusal(tests: tuple[str, ...], message: str) -> Evidence:
    return Evidence(
        verdict=Verdict.ERROR,
        tests=tuple(TestOutcome(id=one, outcome=TestStatus.ERROR, message=message) for one in tests),
        message=message,
    )
