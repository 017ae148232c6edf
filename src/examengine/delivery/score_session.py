"""Scores a session from what is on disk."""

from examengine.core.evidence import Evidence
from examengine.delivery.grade_session import evidence_of, read_submitted
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.scoring.score_form import score_form
from examengine.scoring.scores import Scores
from examengine.session.state import SessionState


def score_session(services: Services, session: str) -> tuple[Form, SessionState, dict[int, Evidence], Scores]:
    """Return form, state, evidence and scores of a session; code without evidence counts as not graded yet."""
    form, state = read_submitted(services, session)
    evidence = evidence_of(services, session, form, state)
    return form, state, evidence, score_form(form, state.counted_responses, evidence)
