"""What grading observed: the outcome of every expected test, and how safely it was run.

Evidence is a value; `grading` makes it, `itemtypes/coding` turns it into an item score.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from examengine.core.model import Model


class Verdict(StrEnum):
    """How the grading of one submission ended as a whole."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    """The submission could not be loaded (syntax, import, encoding), or a test broke on it."""
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    UNAVAILABLE = "unavailable"
    """Trouble on our side: never a zero, to be graded again."""


class TestStatus(StrEnum):
    """What one expected test id came to."""

    __test__ = False  # pytest: not a test class

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    SKIPPED = "skipped"
    MISSING = "missing"
    """Expected, but never reported as run."""


class TestOutcome(Model):
    """One expected test id and what was observed of it."""

    __test__ = False  # pytest: not a test class

    id: str
    """As pytest names it, relative to the tests' folder: `test_hidden.py::test_ties[3]`."""
    outcome: TestStatus
    message: str = ""
    """A sentence for the candidate: never the test's source, its path or a traceback."""
    seconds: float = 0.0


Finite = Annotated[float, Field(allow_inf_nan=False)]


class MetricCheck(Model):
    """One check of how predictions were made; a part with a failed one earns nothing."""

    name: str
    """`rows` (predictions depend on other rows), `constant` or `labels` (nothing is learned from the labels)."""
    passed: bool
    value: Finite | None = None
    """What was measured: the share of rows that differ, or of the gain that survives turned labels."""


class Measure(Model):
    """What a metric part of an exercise came to."""

    part: str
    values: tuple[Finite, ...] = ()
    """The metric on the hold-out rows, one for each seed that was run, in their order."""
    lower_bound: Finite | None = None
    """The bound on the worse side, over seeds and hold-out rows; none where the measurement did not end."""
    checks: tuple[MetricCheck, ...] = ()


class IsolationLevel(StrEnum):
    """Best first. A: namespaces, Landlock and seccomp. B: the latter two. C: Seatbelt. D: limits only."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Layer(Model):
    """One layer of the sandbox, and whether it was active."""

    name: str
    active: bool
    detail: str = ""


class Isolation(Model):
    """The isolation a grading really had."""

    level: IsolationLevel
    layers: tuple[Layer, ...] = ()


class Evidence(Model):
    """What the hidden tests observed of one submission."""

    verdict: Verdict
    tests: tuple[TestOutcome, ...] = ()
    """One entry for each expected test id, in the tests' order; nothing unexpected."""
    measures: tuple[Measure, ...] = ()
    """One entry for each metric part that was measured, in part or whole."""
    message: str = ""
    """One sentence that tells a learner what happened."""
    output: str = ""
    """What the submission printed, cut and freed of control characters."""
    isolation: Isolation | None = None
    """None where nothing was run."""
    seconds: float = 0.0
