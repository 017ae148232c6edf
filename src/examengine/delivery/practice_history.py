"""What was practised, from the sessions on disk."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from fractions import Fraction

from examengine.delivery.grade_session import evidence_of
from examengine.delivery.services import Services
from examengine.forms.eligible import objective_of
from examengine.forms.form import FormEntry
from examengine.itemtypes.spec import Mark
from examengine.practice.encounters import Encounter
from examengine.practice.next_drill import Domain, NextDrill, next_drill
from examengine.practice.streak import Streak, local_days, streak
from examengine.scoring.score_form import score_entry
from examengine.scoring.scores import EntryScore
from examengine.session import events as ev
from examengine.session.state import SessionState, replay
from examengine.store.session_store import SessionRow

LATEST_SESSIONS = 60
"""What lies further back tells little about today, and reading it takes time."""


def practice_history(services: Services) -> list[Encounter]:
    """Return every meeting with an item in the latest sessions, open ones included; newest session first."""
    found: list[Encounter] = []
    for row in services.store.list_sessions()[:LATEST_SESSIONS]:
        found += _encounters(services, row)
    return found


def practice_streak(services: Services, zone: tzinfo | None = None) -> Streak:
    """Return the streak in a zone; none: the machine's own."""
    return streak(local_days(services.store.read_practice_times(), zone), today(services, zone))


def practice_due(services: Services, domains: Sequence[Domain], zone: tzinfo | None = None) -> NextDrill | None:
    """Return the drill that is due among the domains of the banks; none while nothing was practised."""
    return next_drill(domains, practice_history(services), today(services, zone), zone)


def today(services: Services, zone: tzinfo | None = None) -> date:
    """Return the day in a zone; none: the machine's own."""
    return datetime.fromtimestamp(services.clock.read().wall, UTC).astimezone(zone).date()


def _encounters(services: Services, row: SessionRow) -> list[Encounter]:
    form = services.store.read_form(row.form_digest)
    journal = services.store.read_journal(row.id)
    state = replay(form, journal)
    evidence = evidence_of(services, row.id, form, state)
    worked: dict[int, float] = {}
    for recorded in journal:
        event = recorded.event
        if isinstance(event, ev.ItemShown | ev.ResponseGiven | ev.FileEdited | ev.ItemChecked):
            worked[event.number] = recorded.at.wall
    responses = state.counted_responses
    found = []
    for entry in form.entries:
        number = entry.number
        if number not in state.seen:
            continue
        score = score_entry(entry, responses.get(number), evidence.get(number)) if _is_final(state, entry) else None
        found.append(
            Encounter(
                item=entry.item.id,
                objective=objective_of(entry.item),
                practised_for=form.blueprint.split(".", 1)[0],
                at=worked.get(number, row.created),
                mark=score.mark if score is not None else None,
                share=_share(score),
                is_flagged=number in state.flagged,
            )
        )
    return found


def _share(score: EntryScore | None) -> Fraction:
    if score is None:
        return Fraction(0)
    # A pretest item is worth nothing in its form, and tells as much as any other.
    return score.earned / score.possible if score.possible else Fraction(score.mark is Mark.RIGHT)


def _is_final(state: SessionState, entry: FormEntry) -> bool:
    number = entry.number
    return state.phase == "submitted" or number in state.checked or number in state.attempts
