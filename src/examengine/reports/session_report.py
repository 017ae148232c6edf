"""The report of a session as a value: everything that any format shows, in plain numbers and text."""

from datetime import datetime

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
    items: tuple[ItemReport, ...]
    """In the form's order; pretest items are marked and count nowhere."""
