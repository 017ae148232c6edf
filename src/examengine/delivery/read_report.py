"""Reads the report of a session as it stands on disk; nothing is graded."""

from examengine.core.errors import UsageError
from examengine.delivery.grade_session import attempt_evidence_of
from examengine.delivery.score_session import score_session
from examengine.delivery.services import Services
from examengine.reports.build import build_report
from examengine.reports.session_report import SessionReport


def read_report(services: Services, session: str) -> SessionReport:
    """Return the report; code without evidence stands in it as not graded yet.

    Raises:
        UsageError: there is no such session, or it is not over.
    """
    row = services.store.read_session(session)
    if row.phase != "submitted":
        raise UsageError(f"session {row.id} is not over yet", hint=f"finish it with: examengine resume {row.id}")
    form, state, evidence, scores = score_session(services, row.id)
    attempts = attempt_evidence_of(services, row.id, form, state)
    return build_report(row.id, form, state, evidence, scores, services.store.read_journal(row.id), attempts)
