"""Sessions that are over, stored as a sitting would have left them, for the screens that look back."""

from examengine.bank.bank import ExercisePackage
from examengine.core.evidence import Evidence
from examengine.delivery.grade_session import response_digest
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.itemtypes.coding.model import Coding
from examengine.session.events import Recorded
from examengine.session.state import replay
from examengine.store.session_store import SessionRow
from reports.canonical_reports import (
    HALF_RIGHT,
    START,
    a_drill_form,
    a_drill_journal,
    a_full_form,
    a_full_journal,
    a_rushed_journal,
    half_right_evidence,
)

EXAM_SESSION = "6920301600000001"
DRILL_SESSION = "6920301600000002"
RUSHED_SESSION = "6920301600000003"


def store_exam(services: Services, evidence: dict[int, Evidence] | None = None, session: str = EXAM_SESSION) -> str:
    """Store the canonical exam, submitted, with evidence by entry number; return its id."""
    form = a_full_form()
    _store(services, session, form, a_full_journal(form))
    responses = replay(form, a_full_journal(form)).responses
    for number, one in (evidence or {}).items():
        digest = response_digest(form.entry(number), responses[number])
        services.store.write_evidence(session, number, digest, one, START)
    return session


def store_drill(services: Services, session: str = DRILL_SESSION) -> str:
    """Store the canonical drill, submitted; return its id."""
    form = a_drill_form()
    _store(services, session, form, a_drill_journal(form))
    return session


def store_rushed(services: Services, session: str = RUSHED_SESSION) -> str:
    """Store the canonical exam that ran out of time, submitted; return its id."""
    form = a_full_form().model_copy(update={"bank_versions": {"demo": "1.2.3"}})
    _store(services, session, form, a_rushed_journal(form))
    digest = response_digest(form.entry(6), {"files": {"solution.py": HALF_RIGHT}})
    services.store.write_evidence(session, 6, digest, half_right_evidence(), START)
    return session


def _store(services: Services, session: str, form: Form, journal: list[Recorded]) -> None:
    items = [entry.item for entry in form.entries if isinstance(entry.item, Coding)]
    packages = {item.package_digest: ExercisePackage(item=item, tests={"test_hidden.py": b""}) for item in items}
    row = SessionRow(session, form.digest(), form.blueprint, form.title, form.kind, form.seed, START, "submitted")
    services.store.create_session(row, form, packages, journal)
