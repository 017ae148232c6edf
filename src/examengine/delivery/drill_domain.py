"""Starts a drill of the domain that a finished session showed to be weak."""

from examengine.delivery.drawn_before import drawn_before
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.services import Services
from examengine.delivery.start_session import PreparedSession, fresh_seed, prepare_drill
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
    drawn = drawn_before(services, opened)
    choice = DrillChoice(domains=(own_domain,), count=DRILL_ITEMS, seen=seen, drawn=drawn)
    form: Form | Shortfall = assemble_drill(opened, choice, fresh_seed(services))
    if isinstance(form, Shortfall):
        # A small bank still makes a drill; an empty one says so below.
        fewer = choice.model_copy(update={"count": max(1, form.available)})
        return prepare_drill(services, bank, fewer).store(services)
    return PreparedSession(form, {opened.id: opened}).store(services)


def bank_domain(report: SessionReport, domain: str) -> tuple[str, str]:
    """Return which bank, and which domain of it, most items of a report's domain came from."""
    pairs = [(item.id.split(".", 1)[0], item.objective.split(".", 1)[0]) for item in report.items]
    own = [pair for pair, item in zip(pairs, report.items, strict=True) if item.domain == domain]
    if not own:
        return report.blueprint.split(".", 1)[0], domain
    return max(own, key=own.count)
