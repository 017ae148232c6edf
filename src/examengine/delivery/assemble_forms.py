"""Assembles exams with the candidate's earlier forms in view."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from examengine.bank.bank import Bank
from examengine.core.errors import BankError
from examengine.delivery.open_banks import open_blueprint
from examengine.delivery.services import Services
from examengine.forms.figures import with_figures
from examengine.forms.form import Form
from examengine.forms.history import History, history_of
from examengine.forms.parallel import assemble_parallel
from examengine.forms.shortfall import Shortfall

T = TypeVar("T")

LATEST_SESSIONS = 50
"""What lies further back may come again; the memory of it fades, and reading it takes time."""


def assemble_forms(
    services: Services, blueprint: str, seed: int, *, forms: int = 1, history: History
) -> tuple[tuple[Form, ...], dict[str, Bank]]:
    """Return the forms of a blueprint and seed, with the banks they were drawn from.

    Raises:
        BankError: the banks cannot meet the blueprint; the message says what is missing.
    """
    found = open_blueprint(services, blueprint)
    made = made_or_error(found.blueprint.id, assemble_parallel(found.blueprint, found.banks, seed, forms, history))
    return tuple(with_banks(form, found.banks) for form in made), found.banks


def candidates_history(services: Services) -> History:
    """Return what the latest sessions held: exams are not to be overlapped with, and drills count as use."""
    rows = services.store.list_sessions()[:LATEST_SESSIONS]
    exams, drills = ([row.form_digest for row in rows if row.kind == kind] for kind in ("exam", "drill"))
    read = services.store.read_form
    return history_of(map(read, exams), map(read, drills))


def history_of_sessions(services: Services, sessions: Sequence[str]) -> History:
    """Return what some sessions held, by their ids or the beginnings of them.

    Raises:
        UsageError: there is no such session, or a beginning fits several.
    """
    rows = [services.store.read_session(name) for name in sessions]
    digests = dict.fromkeys(row.form_digest for row in {row.id: row for row in rows}.values())
    return history_of(services.store.read_form(digest) for digest in digests)


def with_banks(form: Form, banks: Mapping[str, Bank]) -> Form:
    """Return a form with what the banks alone know: figures, and the versions of the banks."""
    versions = {name: banks[name].manifest.version for name in sorted(banks)}
    return with_figures(form, banks).model_copy(update={"bank_versions": versions})


def made_or_error(name: str, made: T | Shortfall) -> T:
    """Return what was made.

    Raises:
        BankError: nothing was made; the message says what is missing.
    """
    if isinstance(made, Shortfall):
        reasons = "; ".join(made.lines)
        if len(made.conflict) > 1:
            reasons += f"; not to be had together: {', '.join(made.conflict)}"
        raise BankError(f"{name} cannot be assembled: {reasons}", hint="add items, or ask for less")
    return made
