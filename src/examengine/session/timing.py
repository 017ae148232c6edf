"""How much time is left, from recorded facts; nothing is ever counted down."""

from dataclasses import dataclass

from examengine.bank.blueprint import CreditUpTo
from examengine.core.clock import Reading
from examengine.forms.form import Form
from examengine.session.standing import word_of
from examengine.session.state import SessionState, advance

WARNINGS = (30 * 60, 15 * 60, 5 * 60, 60)
"""Seconds left at which the candidate is told."""
ALWAYS_SHOWN = 5 * 60
"""A hidden clock returns for the last five minutes."""
PACE_FROM = 30
"""Seconds off the plan from which the pace is told."""
EXAM = "exam"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Seconds left; none where there is no limit."""

    exam: float | None
    section: float | None

    @property
    def least(self) -> float | None:
        """Return what ends first."""
        known = [seconds for seconds in (self.exam, self.section) if seconds is not None]
        return min(known) if known else None


def exam_limit(form: Form, state: SessionState) -> float | None:
    """Return the exam's limit in seconds, with the candidate's time multiplier."""
    return None if form.seconds is None else form.seconds * state.time_multiplier


def section_limit(form: Form, state: SessionState, section: str) -> float | None:
    """Return a section's limit in seconds; none in an untimed form."""
    if form.seconds is None:
        return None
    found = next(one for one in form.sections if one.id == section)
    return found.seconds * state.time_multiplier


def time_left(form: Form, state: SessionState, now: Reading) -> TimeLeft:
    """Return the time left at a reading, never below nothing."""
    state = advance(state, now)
    exam = exam_limit(form, state)
    section = None
    if state.section is not None:
        limit = section_limit(form, state, state.section)
        if limit is not None:
            section = max(0.0, limit - state.section_used.get(state.section, 0.0))
    return TimeLeft(None if exam is None else max(0.0, exam - state.used), section)


def pace(form: Form, state: SessionState, now: Reading) -> float | None:
    """Return by how many seconds the candidate is ahead of plan in the open section; negative: behind.

    The plan gives each item the share of the section's time that its expected seconds have in the section's. The item
    on the screen counts as far as its time was used; another without a full response counts as not done.
    None where there is no clock.
    """
    state = advance(state, now)
    limit = section_limit(form, state, state.section) if state.section is not None else None
    if limit is None or state.section is None:
        return None
    entries = form.entries_of(state.section)
    whole = sum(entry.item.seconds for entry in entries)
    done = 0.0
    for entry in entries:
        planned = limit * entry.item.seconds / whole
        if entry.number in state.locked or word_of(entry, state) == "answered":
            done += planned
        elif entry.number == state.current:
            done += min(planned, state.item_used.get(entry.number, 0.0))
    return done - state.section_used.get(state.section, 0.0)


def charge_for_gap(form: Form, state: SessionState, seconds: float) -> float:
    """Return how much of a gap costs the candidate time, by the form's rule on interruptions."""
    match form.interruptions:
        case "credit":
            return 0.0
        case "charge":
            return seconds
        case CreditUpTo(credit_up_to=minutes):
            credited = sum(gap.seconds - gap.charged_seconds for gap in state.gaps)
            return max(0.0, seconds - max(0.0, minutes * 60 - credited))


def due_warning(form: Form, state: SessionState, now: Reading) -> tuple[str, int] | None:
    """Return the scope and threshold of a warning that is due and was not given; the nearest threshold alone."""
    left = time_left(form, state, now)
    scopes: list[tuple[str, float | None, float | None]] = []
    if state.section is not None and left.section != left.exam:
        scopes.append((state.section, left.section, section_limit(form, state, state.section)))
    scopes.append((EXAM, left.exam, exam_limit(form, state)))
    for scope, seconds, limit in scopes:
        if seconds is None or limit is None:
            continue
        passed = [mark for mark in WARNINGS if seconds <= mark < limit]
        if passed and not any(name == scope and mark <= min(passed) for name, mark in state.announced):
            return scope, min(passed)
    return None
