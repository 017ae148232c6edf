"""Stores a form as a new session, with its first event and everything that its grading will need."""

from collections.abc import Mapping

from examengine.bank.bank import ExercisePackage
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.session import commands as cmd
from examengine.session.decide import decide
from examengine.session.events import Recorded
from examengine.session.state import SessionState
from examengine.store.session_store import SessionRow


def store_session(
    services: Services, form: Form, packages: Mapping[str, ExercisePackage], time_multiplier: float = 1.0
) -> str:
    """Write the session, all or nothing; return its id. Its clock starts when it is opened."""
    now = services.clock.read()
    digest = form.digest()
    session = services.ids.new_id()
    started = decide(form, SessionState(), cmd.Start(digest, time_multiplier), now)
    journal = [Recorded(at=now, event=event) for event in started.events]
    row = SessionRow(session, digest, form.blueprint, form.title, form.kind, form.seed, now.wall, "ready")
    services.store.create_session(row, form, packages, journal)
    return session
