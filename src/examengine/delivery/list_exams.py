"""The exams that can be sat, with their status and, where a bank has errors, what is wrong."""

from datetime import date

from examengine.bank.catalogue import open_bank_at
from examengine.core.errors import BankError
from examengine.core.model import Model
from examengine.delivery.offer_exams import why_not_offered
from examengine.delivery.open_banks import list_places
from examengine.delivery.services import Services
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
    """Whether its bank has any items."""


def list_exams(services: Services) -> list[ExamLine]:
    """Return every blueprint of every bank, those that can be taken today first."""
    return exams_and_domains(services)[0]


def exams_and_domains(services: Services) -> tuple[list[ExamLine], list[Domain]]:
    """Return the exams, and the domains that can be practised; each bank is read once."""
    lines: list[ExamLine] = []
    domains: list[Domain] = []
    for place in list_places(services):
        try:
            bank = open_bank_at(place, services.bank_cache)
        except BankError as error:
            lines.append(
                ExamLine(
                    id=place.id,
                    title=str(place.folder),
                    bank=place.id,
                    minutes=0,
                    status="unreadable",
                    items=0,
                    exercises=0,
                    trouble=f"{error.message.splitlines()[0].rstrip(':')}; see examengine bank check {place.id}",
                )
            )
            continue
        used = {bank.domain_of(item.objective) for item in bank.items}
        used |= {bank.domain_of(exercise.package.item.objective) for exercise in bank.exercises}
        domains += [Domain(bank.id, domain.id, domain.title) for domain in bank.manifest.domains if domain.id in used]
        for blueprint in bank.blueprints:
            lacks = why_not_offered(services, bank, blueprint)
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
                    can_be_practised=bool(used),
                )
            )
    return sorted(lines, key=lambda line: (bool(line.lacks), _ORDER.index(line.status))), domains
