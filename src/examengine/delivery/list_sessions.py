"""The sessions there are, with what is left or what was reached."""

from examengine.core.model import Model
from examengine.delivery.score_session import score_session
from examengine.delivery.services import Services
from examengine.scoring.scale import shown_score
from examengine.session.standing import counts, standings
from examengine.session.state import replay
from examengine.session.timing import time_left
from examengine.store.session_store import SessionRow


class SessionLine(Model):
    """One session in the history."""

    id: str
    blueprint: str
    title: str
    kind: str
    seed: int
    started: float
    """Seconds since 1970, UTC."""
    is_open: bool
    seconds_used: float
    seconds_left: float | None
    """Of an open session with a clock."""
    answered: int
    """Items with a full response."""
    entries: int
    outcome: str
    """passed, failed, open (not all graded), or empty while the session runs."""
    scaled: int | None
    percent: float | None


def list_sessions(services: Services) -> list[SessionLine]:
    """Return all sessions, newest first."""
    return [_line(services, row) for row in services.store.list_sessions()]


def open_sessions(services: Services) -> list[SessionLine]:
    """Return the sessions that can be resumed, newest first."""
    return [_line(services, row) for row in services.store.list_sessions() if row.phase != "submitted"]


def _line(services: Services, row: SessionRow) -> SessionLine:
    if row.phase == "submitted":
        form, state, _evidence, scores = score_session(services, row.id)
        outcome, scaled = scores.outcome.value, shown_score(scores.scaled)
        percent = float(100 * scores.earned / scores.possible) if scores.possible else 0.0
        left = None
    else:
        form = services.store.read_form(row.form_digest)
        state = replay(form, services.store.read_journal(row.id))
        # Up to the last recorded moment: what a gap costs is decided when the session is resumed.
        last = state.anchor or state.last_closed or state.started_at
        pulse = services.store.read_pulse(row.id) if state.is_run_open else None
        seen_at = pulse if pulse is not None and last is not None and pulse.monotonic > last.monotonic else last
        left = time_left(form, state, seen_at).exam if seen_at is not None else None
        outcome, scaled, percent = "", None, None
    return SessionLine(
        id=row.id,
        blueprint=row.blueprint,
        title=row.title,
        kind=row.kind,
        seed=row.seed,
        started=row.created,
        is_open=row.phase != "submitted",
        seconds_used=state.used,
        seconds_left=left,
        answered=counts(standings(form, state))["answered"],
        entries=len(form.entries),
        outcome=outcome,
        scaled=scaled,
        percent=percent,
    )
