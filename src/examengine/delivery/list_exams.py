"""The exams that can be sat, with their status and, where a bank has errors, what is wrong."""

from collections.abc import Mapping
from datetime import date

from examengine.bank.bank import Bank
from examengine.bank.catalogue import BankPlace, open_bank_at
from examengine.core.errors import BankError, UsageError
from examengine.core.model import Model
from examengine.delivery.offer_exams import why_not_offered
from examengine.delivery.open_banks import list_places
from examengine.delivery.services import Services
from examengine.forms.practice_pool import pool_of_bank
from examengine.practice.next_drill import Domain

_ORDER = ("active", "beta", "retiring", "proposed", "announced", "retired", "unreadable")
"""What can be taken comes first, and what is not written yet last."""


class ExamLine(Model):
    """One exam, or a bank that cannot be read."""

    id: str
    title: str
    bank: str
    minutes: float
    status: str
    status_note: str = ""
    as_of: date | None = None
    """When the status was looked up."""
    items: int
    exercises: int
    trouble: str = ""
    """Why its bank cannot be read; empty where it can."""
    lacks: str = ""
    """What is not written yet, so that no form can be assembled; empty where it can be sat."""
    can_be_practised: bool = True
    """Whether there are any items to drill for its bank."""


def list_exams(services: Services) -> list[ExamLine]:
    """Return every blueprint of every bank, those that can be taken today first."""
    return exams_and_domains(services)[0]


def exams_and_domains(services: Services) -> tuple[list[ExamLine], list[Domain]]:
    """Return the exams, and the domains that can be practised; each bank is read once."""
    lines: list[ExamLine] = []
    domains: list[Domain] = []
    banks: dict[str, Bank] = {}
    for place in list_places(services):
        try:
            banks[place.id] = open_bank_at(place, services.bank_cache)
        except BankError as error:
            lines.append(_unreadable(place, error))
    for bank in banks.values():
        own = _domains(bank, banks)
        domains += own
        for blueprint in bank.blueprints:
            lacks = why_not_offered(services, bank, blueprint, banks)
            lines.append(
                ExamLine(
                    id=blueprint.id,
                    title=blueprint.title,
                    bank=bank.id,
                    minutes=blueprint.duration_minutes,
                    status=blueprint.status.state,
                    status_note=blueprint.status.shown_note,
                    as_of=blueprint.status.as_of,
                    items=sum(section.items + section.pretest for section in blueprint.sections),
                    exercises=sum(len(section.slots) for section in blueprint.sections),
                    lacks=lacks,
                    can_be_practised=bool(own),
                )
            )
    return sorted(lines, key=lambda line: (bool(line.lacks), _ORDER.index(line.status))), domains


def _unreadable(place: BankPlace, error: BankError) -> ExamLine:
    return ExamLine(
        id=place.id,
        title=str(place.folder),
        bank=place.id,
        minutes=0,
        status="unreadable",
        items=0,
        exercises=0,
        trouble=f"{error.message.splitlines()[0].rstrip(':')}; see examengine bank check {place.id}",
    )


def _domains(bank: Bank, banks: Mapping[str, Bank]) -> list[Domain]:
    """Return the domains of a bank's exams that have items; none where a bank that they draw on cannot be read."""
    try:
        pool = pool_of_bank(bank, banks)
    except UsageError:
        return []
    return [Domain(bank.id, name, pool.titles[name], pool.sources_of(name)) for name in pool.filled_domains]
