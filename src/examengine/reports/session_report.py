"""The report of a session as a value: everything that any format shows, in plain numbers and text."""

from datetime import datetime

from pydantic import Field

from examengine.bank.figure import Figure
from examengine.core.model import Model


class OptionReport(Model):
    """One option (or answer line) of an item, with what there is to learn from it."""

    label: str
    """`A`, or the answer itself where there are no options."""
    text: str
    verdict: str
    """`key`, `missed key`, `your pick`, `your answer`, or empty."""
    rationale: str
    """Empty where the item's own says it all."""
    is_key: bool = False
    is_picked: bool = False
    """Whether the response holds this option."""
    is_struck: bool = False
    """Whether the candidate struck it out."""


class TestReport(Model):
    """One hidden test: its outcome, and a message without the test's source."""

    __test__ = False  # pytest: not a test class

    name: str
    outcome: str
    message: str
    part: str = ""
    """Id of the part that it decides."""


class MetricReport(Model):
    """What a part came to that is measured on hold-out rows."""

    metric: str
    values: tuple[float, ...]
    """One for each seed."""
    lower_bound: float | None
    """The bound that earns the points; none where the measurement did not end."""
    anchors: tuple[tuple[float, float], ...]
    """Values, and the shares of the points that they earn."""
    failed_checks: tuple[str, ...]
    text: str
    """All of it in words."""


class PartReport(Model):
    """One part of an exercise."""

    id: str = ""
    title: str
    domain: str
    earned: float
    possible: float
    tests_passed: int
    tests: int
    measured: MetricReport | None = None
    """None where tests decide."""

    @property
    def basis(self) -> str:
        """What the points rest on, in words."""
        return self.measured.text if self.measured else f"{self.tests_passed} of {self.tests} tests"


class SubmittedFile(Model):
    """One file of the candidate's response."""

    name: str
    text: str


class AttemptReport(Model):
    """One attempt at an item that was answered anew after its feedback."""

    response: str
    mark: str
    earned: float


class ItemReport(Model):
    """One item of the form."""

    number: int
    id: str
    type: str
    title: str
    section: str
    domain: str
    objective: str
    difficulty: str
    pretest: bool
    mark: str
    earned: float
    possible: float
    seconds: float
    expected_seconds: float
    changes: int
    flagged: bool
    response: str
    stem: str
    options: tuple[OptionReport, ...]
    rationale: str
    references: tuple[tuple[str, str], ...]
    """Title and address."""
    parts: tuple[PartReport, ...] = ()
    tests: tuple[TestReport, ...] = ()
    verdict: str = ""
    """Of the grading; empty where nothing was graded."""
    message: str = ""
    """One sentence on how the grading ended."""
    output: str = ""
    """What the submission printed, cut."""
    isolation: str = ""
    """Level of the sandbox that the code ran in."""
    files: tuple[SubmittedFile, ...] = ()
    """The code that was submitted; none where it was left as the starter."""
    seen: bool = True
    """Whether it was ever on the screen."""
    certainty: str = ""
    """guess, unsure, sure, or empty where it was not rated."""
    note: str = ""
    """What the candidate wrote beside it."""
    attempts: tuple[AttemptReport, ...] = ()
    """All attempts where there was more than one; the first one counts."""
    loss: str = ""
    """Why points are missing: unseen_in_time, blank_in_time, wrong, partial, blank, unseen; empty where none are."""
    digest: str = ""
    """Which version of the item it was: SHA-256 of its content in the bank."""
    bank_version: str = ""
    """Of the bank that it comes from; empty where the session was stored without it."""
    parameters: tuple[tuple[str, str], ...] = ()
    """Of an instance of a template: names and drawn values."""


class DomainReport(Model):
    """One domain's share of the result."""

    id: str
    title: str
    weight: float | None
    earned: float
    possible: float
    percent: float
    entries: int
    blank: int
    ungraded: float
    lost_to_clock: float = 0.0
    lost_to_knowledge: float = 0.0


class SectionReport(Model):
    """One section's share of the result."""

    id: str
    title: str
    earned: float
    possible: float
    percent: float
    floor_percent: float | None
    seconds_used: float
    seconds_allowed: float | None
    closed: str
    """Why it closed: left, time_up, submitted; empty where it never opened."""


class GapReport(Model):
    """A stretch in which the exam was not sat."""

    at: datetime
    cause: str
    seconds: float
    charged_seconds: float


class BreakReport(Model):
    """A break that was taken."""

    at: datetime
    seconds: float
    stops_clock: bool


class StayReport(Model):
    """A stretch of the session's time spent at one place."""

    kind: str
    """item, between (no item on the screen), or charged (a gap or break that counted)."""
    number: int | None
    section: str | None
    at: datetime
    start_seconds: float
    """On the session's clock."""
    seconds: float


class AnswerReport(Model):
    """A full response that stood: when its item was left or checked, or for ten seconds."""

    number: int
    at_seconds: float
    """On the session's clock."""
    response: str
    mark: str


class ChangeReport(Model):
    """An answer given up for another one."""

    number: int
    at_seconds: float
    before: str
    after: str
    kind: str
    """wrong_to_right, right_to_wrong, wrong_to_wrong or right_to_right; partly right counts as wrong."""


class WayReport(Model):
    """The way through the session; the seconds of all stays add up to the time used."""

    stays: tuple[StayReport, ...] = ()
    answers: tuple[AnswerReport, ...] = ()
    """Of items that are not code, to a first attempt."""
    changes: tuple[ChangeReport, ...] = ()


class LossReport(Model):
    """Points not earned, without those that wait for the grader; clock and knowledge add up to them."""

    clock: float = 0.0
    """Items never seen or blank when the time ran out."""
    knowledge: float = 0.0
    unseen_in_time: tuple[int, ...] = ()
    blank_in_time: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    partial: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    """Left blank though there was time."""
    unseen: tuple[int, ...] = ()
    """Never opened though there was time."""


class CertaintyReport(Model):
    """What the scored items of one word of certainty came to."""

    certainty: str
    """sure, unsure, guess, or empty for those not rated."""
    items: int
    right: int
    partial: int
    wrong: int
    blank: int
    ungraded: int
    percent: float
    """Points earned of those graded."""


class CalibrationReport(Model):
    """What certainty was worth; without rows where nothing was rated."""

    rows: tuple[CertaintyReport, ...] = ()
    guessed_right: tuple[int, ...] = ()
    sure_and_wrong: tuple[int, ...] = ()


class SessionReport(Model):
    """A session from its form to its outcome."""

    format: int = 1
    session: str
    blueprint: str
    title: str
    kind: str
    seed: int
    form_digest: str
    bank_digest: str
    status: str
    started: datetime
    submitted: datetime
    submit_reason: str
    seconds_used: float
    seconds_allowed: float | None
    time_multiplier: float
    outcome: str
    """passed, failed or open; of a drill only the share counts."""
    reasons: tuple[str, ...]
    scaled: int
    scale_min: float
    scale_max: float
    cut: float
    cut_percent: float
    """The share of the points that stands at the cut."""
    scoring_basis: str
    earned: float
    possible: float
    percent: float
    ungraded: float
    domains: tuple[DomainReport, ...]
    sections: tuple[SectionReport, ...]
    gaps: tuple[GapReport, ...]
    breaks: tuple[BreakReport, ...] = ()
    way: WayReport = WayReport()
    losses: LossReport = LossReport()
    calibration: CalibrationReport = CalibrationReport()
    scratchpad: str = ""
    """What the candidate wrote for the whole session."""
    items: tuple[ItemReport, ...]
    """In the form's order; pretest items are marked and count nowhere."""
    figures: tuple[Figure, ...] = Field(default=(), exclude=True)
    """The pictures that items refer to; not part of the JSON report."""
