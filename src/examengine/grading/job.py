"""What is to be graded: a submission, its tests, and what lies beside each."""

from pathlib import PurePosixPath
from typing import Self

from pydantic import Field, model_validator

from examengine.core.limits import Limits
from examengine.core.metric import MetricTask
from examengine.core.model import Model


class GradingJob(Model):
    """One submission and everything its grading needs, by value: file name (POSIX, relative) to bytes."""

    submission: dict[str, bytes]
    """The candidate's files; `<module>.py` or `<module>/__init__.py` among them."""
    tests: dict[str, bytes]
    """Test files that pytest collects; seen by the judge alone."""
    support: dict[str, bytes] = Field(default_factory=dict)
    """Helpers, references, expected values, hold-out labels: beside the tests, seen by the judge alone."""
    data: dict[str, bytes] = Field(default_factory=dict)
    """Beside both the submission and the tests."""
    module: str = "solution"
    """The name under which the tests import the submission."""
    expected: tuple[str, ...] | None = None
    """Test ids that count (a bare function id stands for all its parameter sets); none: all that the judge collects."""
    metrics: tuple[MetricTask, ...] = ()
    """What is measured on hold-out rows; its test ids begin with `metric:` and come after the tests."""
    requires: tuple[str, ...] = ()
    """Packages to have ready (imported) before judge and candidate are forked."""
    limits: Limits = Limits()
    show_values: bool = True
    """Whether messages may show the failing input, the expected and the given value."""

    @model_validator(mode="after")
    def _metrics_have_their_files(self) -> Self:
        for task in self.metrics:
            if task.train not in self.data and task.train not in self.support:
                raise ValueError(f"the training data {task.train!r} of part {task.part!r} is missing")
            if task.holdout not in self.support:
                raise ValueError(f"the hold-out data {task.holdout!r} of part {task.part!r} is missing")
        return self

    @model_validator(mode="after")
    def _names_stay_inside(self) -> Self:
        for files in (self.submission, self.tests, self.support, self.data):
            for name in files:
                path = PurePosixPath(name)
                if not name or path.is_absolute() or ".." in path.parts or "\x00" in name:
                    raise ValueError(f"file name {name!r} leaves its folder")
        return self
