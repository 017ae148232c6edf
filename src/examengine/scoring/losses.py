"""Where the points went that were not earned: to the clock, or to what was not known. Exact and pure."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from examengine.forms.form import Form
from examengine.itemtypes.spec import Mark
from examengine.scoring.score_form import parts_of
from examengine.scoring.scores import EntryScore, Scores
from examengine.session.state import SessionState

LossKind = Literal["unseen_in_time", "blank_in_time", "wrong", "partial", "blank", "unseen"]
"""Seen too late or never, or left blank when the time ran out; else wrong, partly right, left blank or never opened
of one's own will."""
CLOCK_KINDS = frozenset({"unseen_in_time", "blank_in_time"})


@dataclass(frozen=True, slots=True)
class Loss:
    """The points that one entry did not earn."""

    entry: EntryScore
    kind: LossKind
    points: Fraction

    @property
    def is_to_clock(self) -> bool:
        """Return whether more time might have earned them."""
        return self.kind in CLOCK_KINDS


@dataclass(frozen=True, slots=True)
class Losses:
    """All losses; what waits for the grader is not lost."""

    entries: tuple[Loss, ...]

    @property
    def clock(self) -> Fraction:
        """Return the points of items that were blank when the time ran out."""
        return sum((one.points for one in self.entries if one.is_to_clock), Fraction(0))

    @property
    def knowledge(self) -> Fraction:
        """Return all other points lost."""
        return sum((one.points for one in self.entries if not one.is_to_clock), Fraction(0))

    def in_domain(self, domain: str) -> tuple[Fraction, Fraction]:
        """Return what a domain lost to the clock and to knowledge."""
        clock = knowledge = Fraction(0)
        for one in self.entries:
            lost = sum(
                (part.possible - part.earned for part in parts_of(one.entry) if part.domain == domain), Fraction(0)
            )
            if one.is_to_clock:
                clock += lost
            else:
                knowledge += lost
        return clock, knowledge


def find_losses(form: Form, state: SessionState, scores: Scores) -> Losses:
    """Return the losses of a session that is over: with what was earned and what waits they add up to all points."""
    out_of_time = {section.id for section in form.sections if _ran_out(state, section.id)}
    found = []
    for score in scores.entries:
        points = score.possible - score.earned
        if not score.pretest and score.mark is not Mark.UNGRADED and points:
            is_seen = score.number in state.seen
            found.append(Loss(score, _kind(score.mark, is_seen, score.section in out_of_time), points))
    return Losses(tuple(found))


def _ran_out(state: SessionState, section: str) -> bool:
    """Return whether the clock ended a section: by itself, or with the exam before it was closed."""
    closed = state.sections_closed.get(section)
    return closed == "time_up" or (closed is None and state.submit_reason == "time_up")


def _kind(mark: Mark, is_seen: bool, is_out_of_time: bool) -> LossKind:
    if mark is Mark.WRONG:
        return "wrong"
    if mark is not Mark.BLANK:
        return "partial"
    if is_out_of_time:
        return "blank_in_time" if is_seen else "unseen_in_time"
    return "blank" if is_seen else "unseen"
