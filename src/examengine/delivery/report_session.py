"""Builds the report of a session, grading first what has no evidence yet."""

from collections.abc import Callable

from examengine.core.errors import UsageError
from examengine.core.evidence import Evidence
from examengine.delivery.grade_session import attempt_evidence_of, grade_session
from examengine.delivery.score_session import score_session
from examengine.delivery.services import Services
from examengine.forms.form import FormEntry
from examengine.reports.build import build_report
from examengine.reports.session_report import SessionReport


def report_session(
    services: Services,
    session: str | None = None,
    progress: Callable[[FormEntry, Evidence | None], None] = lambda _entry, _evidence: None,
    *,
    regrade: bool = False,
) -> SessionReport:
    """Return the report of a session; none: the one submitted last.

    Raises:
        UsageError: there is no such session, or it is not over.
    """
    row = services.store.read_session(session or _newest(services))
    if row.phase != "submitted":
        raise UsageError(f"session {row.id} is not over yet", hint=f"finish it with: examengine resume {row.id}")
    grade_session(services, row.id, progress, again=regrade)
    form, state, evidence, scores = score_session(services, row.id)
    attempts = attempt_evidence_of(services, row.id, form, state)
    return build_report(row.id, form, state, evidence, scores, services.store.read_journal(row.id), attempts)


def _newest(services: Services) -> str:
    done = [row for row in services.store.list_sessions() if row.phase == "submitted"]
    if not done:
        raise UsageError("there is no finished session yet", hint="sit one with: examengine exam cmla.mock")
    return done[0].id
