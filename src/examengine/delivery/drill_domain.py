"""Starts a drill of the domain that a finished session showed to be weak."""

from examengine.core.errors import BankError
from examengine.delivery.open_banks import open_named_bank
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
        UsageError: no bank has the domain.
        BankError: the bank cannot be read, or holds no item of the domain.
    """
    bank, own_domain = bank_domain(report, domain)
    seen = frozenset(item.id for item in report.items)
    opened = open_named_bank(services, bank)
    choice = with_history(services, opened, DrillChoice(domains=(own_domain,), count=DRILL_ITEMS, seen=seen))
    form: Form | Shortfall = assemble_drill(opened, choice, fresh_seed(services))
    if isinstance(form, Shortfall) and form.available:
        # A small bank still makes a drill.
        form = assemble_drill(opened, choice.model_copy(update={"count": form.available}), fresh_seed(services))
    if isinstance(form, Shortfall):
        raise BankError(f"no drill of {domain}: {'; '.join(form.lines)}", hint="add items to the bank")
    return PreparedSession(form, {opened.id: opened}).store(services)


def bank_domain(report: SessionReport, domain: str) -> tuple[str, str]:
    """Return which bank, and which domain of it, most items of a report's domain came from."""
    pairs = [(item.id.split(".", 1)[0], item.objective.split(".", 1)[0]) for item in report.items]
    own = [pair for pair, item in zip(pairs, report.items, strict=True) if item.domain == domain]
    if not own:
        return report.blueprint.split(".", 1)[0], domain
    return max(own, key=own.count)
