"""The result of a session as a value; every number is an exact fraction."""

from enum import StrEnum

from examengine.core.model import Exact, Model
from examengine.itemtypes.spec import Mark, PartScore


class Outcome(StrEnum):
    """What the candidate is told first."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    """Something could not be graded yet, and it could change the outcome."""


class EntryScore(Model):
    """One entry of the form, in the form's points."""

    number: int
    item: str
    type: str
    section: str
    domain: str
    pretest: bool
    earned: Exact
    possible: Exact
    mark: Mark
    parts: tuple[PartScore, ...] = ()


class DomainScore(Model):
    """The points of one domain; pretest items count nowhere."""

    id: str
    title: str
    weight: Exact | None
    earned: Exact
    possible: Exact
    entries: int
    """Entries that give points to this domain."""
    blank: int
    ungraded: Exact
    """Points that wait for the grader."""


class SectionScore(Model):
    """The points of one section."""

    id: str
    title: str
    earned: Exact
    possible: Exact
    floor_percent: Exact | None
    """The share of the points, in per cent, that the section asks for on its own."""
    ungraded: Exact


class Scores(Model):
    """Everything that scoring says about one session."""

    entries: tuple[EntryScore, ...]
    domains: tuple[DomainScore, ...]
    sections: tuple[SectionScore, ...]
    earned: Exact
    possible: Exact
    ungraded: Exact
    scaled: Exact
    scale_min: Exact
    scale_max: Exact
    cut: Exact
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    """Why the outcome is not a pass, in sentences."""
