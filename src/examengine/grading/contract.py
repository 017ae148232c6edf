"""What the warm parent, the judge and the candidate agree on: their orders and the judge's report.

Imports nothing but the standard library, for both children load it. The warm parent forks the two
children, joins them with one socket pair (the wire), and calls `run_judge` and `run_candidate`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

CHANNEL_LOST_EXIT_CODE = 97
"""The candidate leaves with this when the submission closed the wire's descriptor."""

MESSAGE_CHARACTERS = 2000
"""A message about one test is cut to this length."""


@dataclass(frozen=True, slots=True)
class JudgeSpec:
    """The judge's orders."""

    module: str
    """The name under which the tests import the submission."""
    submission_modules: tuple[str, ...]
    """Every top-level module or package that the submission supplies."""
    test_files: tuple[str, ...]
    """POSIX paths relative to the judge's folder, in the order to run."""
    expected: tuple[str, ...] | None = None
    """Ids to run (a bare function or class id stands for all below it); none: all collected."""
    decided: tuple[str, ...] = ()
    """Ids that an earlier judge of this grading has settled: collected, not run again."""
    exchange: str | None = None
    """Absolute path of a folder that judge and candidate both read and write (tmp_path lives there).

    The candidate must be unable to make symbolic links, hard links and special files in it. None:
    tests with tmp_path still run, but the candidate cannot see their files.
    """
    scratch: str | None = None
    """Absolute path of a folder that only the judge can read and write; none: inside its folder."""
    show_values: bool = True
    """Whether messages may show the failing input, the expected and the given value."""
    frame_bytes: int = 256 * 1024 * 1024
    """The largest frame taken from the candidate."""
    metrics: tuple[dict[str, Any], ...] = ()
    """Measurements to make after the tests, as `MetricTask.order` gives them."""
    live: bool = False
    """Whether printed text is reported as it comes rather than after each test."""


@dataclass(frozen=True, slots=True)
class CandidateSpec:
    """The candidate's orders."""

    module: str
    submission_modules: tuple[str, ...]
    output_bytes: int = 64 * 1024
    """Printed text kept per test run; what comes later is dropped and counted."""
    exchange: str | None = None
    """As in `JudgeSpec`."""
    frame_bytes: int = 256 * 1024 * 1024
    live: bool = False
    """Whether each printed line leaves at once: somebody watches."""


Outcome = Literal["passed", "failed", "error", "skipped", "memory"]
Phase = Literal["setup", "call", "teardown"]


class Collected(TypedDict):
    """Sent once, before the first test: every id that pytest found, expected or not."""

    kind: Literal["collected"]
    ids: list[str]


class CollectionFailed(TypedDict):
    """One test file could not be collected.

    `cause` says whose fault it is: the submission's (it did not import, or lacks a name) or the
    tests' own (trouble on our side, to be reported as unavailable).
    """

    kind: Literal["collection_failed"]
    file: str
    cause: Literal["submission", "tests"]
    message: str


class Started(TypedDict):
    """A test begins: its clock runs from the arrival of this message."""

    kind: Literal["started"]
    id: str


class Finished(TypedDict):
    """A test has ended; exactly one for each `started`, unless the candidate died in it."""

    kind: Literal["finished"]
    id: str
    outcome: Outcome
    message: str
    seconds: float
    phase: Phase


class Measured(TypedDict):
    """How far the measurement of one metric part has come; each such message replaces the part's last."""

    kind: Literal["measured"]
    part: str
    values: list[float]
    lower_bound: float | None
    checks: list[dict[str, object]]
    """Each: `name`, `passed`, `value`."""


class Output(TypedDict):
    """Text the submission printed since the last such message, freed of control characters."""

    kind: Literal["output"]
    text: str


class CandidateDied(TypedDict):
    """The wire broke: the candidate has ended, or sends what is no message of the wire.

    `id` is the test that was running (None: none, the submission was being imported). Nothing more
    than `done` follows; the remaining ids need a fresh pair with `decided` set. `reason`:
    `closed` (end of stream; the exit facts tell why) or `protocol` (hostile or damaged bytes).
    """

    kind: Literal["candidate_died"]
    id: str | None
    reason: Literal["closed", "protocol"]
    message: str


class Broken(TypedDict):
    """Trouble in the judge itself: the verdict is unavailable, never a zero."""

    kind: Literal["broken"]
    message: str


class Done(TypedDict):
    """The last message of a judge."""

    kind: Literal["done"]
    seconds: NotRequired[float]


ReportMessage = Collected | CollectionFailed | Started | Finished | Measured | Output | CandidateDied | Broken | Done

Report = Callable[[dict[str, object]], None]
"""How the judge sends a message to the supervisor; each is a plain dict that JSON can hold."""
