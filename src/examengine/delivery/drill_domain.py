"""Starts a drill of the domain that a finished session showed to be weak."""

from examengine.core.errors import BankError
from examengine.delivery.open_pool import open_pool_of_form
from examengine.delivery.services import Services
from examengine.delivery.start_session import PreparedSession, fresh_seed, with_history
from examengine.forms.drill import DrillChoice, assemble_drill
from examengine.forms.form import Form
from examengine.forms.shortfall import Shortfall
from examengine.reports.session_report import SessionReport

DRILL_ITEMS = 10


def drill_domain(services: Services, report: SessionReport, domain: str) -> str:
    """Store a drill of up to ten items of a report's domain, new ones first; return its session's id.

    Raises:
        UsageError: the bank or its domain is no more.
        BankError: a bank cannot be read, or none holds an item of the domain.
    """
    pool = open_pool_of_form(services, report.blueprint)
    seen = frozenset(item.id for item in report.items)
    choice = with_history(services, pool, DrillChoice(domains=(domain,), count=DRILL_ITEMS, seen=seen))
    form: Form | Shortfall = assemble_drill(pool, choice, fresh_seed(services))
    if isinstance(form, Shortfall) and form.available:
        # A small bank still makes a drill.
        form = assemble_drill(pool, choice.model_copy(update={"count": form.available}), fresh_seed(services))
    if isinstance(form, Shortfall):
        raise BankError(f"no drill of {domain}: {'; '.join(form.lines)}", hint="add items to the bank")
    return PreparedSession(form, pool.banks).store(services)
