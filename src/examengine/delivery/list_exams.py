"""The exams that can be sat, with their status and, where a bank has errors, what is wrong."""

from datetime import date

from examengine.bank.catalogue import open_bank_at
from examengine.core.errors import BankError
from examengine.core.model import Model
from examengine.delivery.open_banks import list_places
from examengine.delivery.services import Services
from examengine.practice.next_drill import Domain

_ORDER = ("active", "beta", "retiring", "proposed", "announced", "retired", "unreadable")
"""What can be taken comes first."""


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
    """Why it cannot be sat; empty where it can."""


def list_exams(services: Services) -> list[ExamLine]:
    """Return every blueprint of every bank, those that can be taken today first."""
    return exams_and_domains(services)[0]


def exams_and_domains(services: Services) -> tuple[list[ExamLine], list[Domain]]:
    """Return the exams, and the domains that can be practised; each bank is read once."""
    lines: list[ExamLine] = []
    domains: list[Domain] = []
    for place in list_places(services):
        try:
            bank = open_bank_at(place)
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
        domains += [Domain(bank.id, domain.id, domain.title) for domain in bank.manifest.domains]
        for blueprint in bank.blueprints:
            replaced = blueprint.status.replaced_by
            lines.append(
                ExamLine(
                    id=blueprint.id,
                    title=blueprint.title,
                    bank=bank.id,
                    minutes=blueprint.duration_minutes,
                    status=blueprint.status.state,
                    status_note=f"replaced by {replaced}" if replaced else blueprint.status.note,
                    as_of=blueprint.status.as_of,
                    items=sum(section.items + section.pretest for section in blueprint.sections),
                    exercises=sum(len(section.slots) for section in blueprint.sections),
                )
            )
    return sorted(lines, key=lambda line: _ORDER.index(line.status)), domains
