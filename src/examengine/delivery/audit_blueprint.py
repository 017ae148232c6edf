"""Says what an exam's banks hold and lack, for so many forms with no item in common."""

from collections.abc import Mapping

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Section
from examengine.core.counted import counted
from examengine.core.model import Model
from examengine.delivery.open_banks import open_blueprint
from examengine.delivery.services import Services
from examengine.forms.audit import Audit, AuditCell, audit
from examengine.forms.conflict import bounds_words
from examengine.forms.disjoint import why_not_disjoint
from examengine.forms.eligible import draws_of, own_bank, title_of
from examengine.forms.integer_programme import Undecided

_CASES = {"only": "every item stands on a case", "never": "no item stands on a case"}


class AuditedBlueprint(Model):
    """An audit with the blueprint and the banks that it is about."""

    blueprint: Blueprint
    titles: dict[str, str]
    """Of the domains, by id."""
    audit: Audit


def audit_blueprint(services: Services, name: str, forms: int = 1) -> AuditedBlueprint:
    """Return what the banks hold and lack for a blueprint.

    Raises:
        UsageError: there is no such blueprint.
        BankError: a bank that it needs has errors.
    """
    found = open_blueprint(services, name)
    blueprint = found.blueprint
    try:
        told = audit(blueprint, found.banks, forms)
    except Undecided as error:
        told = _undecided(blueprint, forms, str(error))
    if told.is_met:
        # Counts are met: what only whole forms can show is enemies, families, testlets and expected times.
        told = told.model_copy(update={"beyond": _beyond(blueprint, found.banks, forms)})
    own = own_bank(blueprint)
    titles = {
        domain.id: domain.title or title_of(domain.id, draws_of(blueprint, domain), own, found.banks)
        for domain in blueprint.domains
    }
    return AuditedBlueprint(blueprint=blueprint, titles=titles, audit=told)


def _beyond(blueprint: Blueprint, banks: Mapping[str, Bank], forms: int) -> tuple[str, ...]:
    try:
        return why_not_disjoint(blueprint, banks, forms)
    except Undecided as error:
        return (f"every count can be met; whether all forms can be had together is not decided: {error}",)


def what_is_missing(told: Audit) -> str:
    """Return in a few words what an exam lacks; empty where it can be sat."""
    if told.is_met:
        return ""
    if told.faults or told.beyond:
        return (*told.faults, *told.beyond)[0]
    if not any((*(cell.have for cell in told.cells), *(slots.have for slots in told.slots))):
        return "no items yet"
    parts = [
        counted(count, noun)
        for count, noun in ((told.items_to_write, "item"), (told.exercises_to_write, "exercise"))
        if count
    ]
    return f"{' and '.join(parts)} not written yet"


def audit_lines(audited: AuditedBlueprint) -> list[str]:
    """Return an audit as lines for its author: figures, what there is, and what to write."""
    blueprint, told = audited.blueprint, audited.audit
    forms = "one form" if told.forms == 1 else f"{told.forms} forms with no item in common"
    lines = [f"{blueprint.title} ({blueprint.id}), for {forms}"]
    status = blueprint.status
    note = f"; {status.shown_note}" if status.shown_note else ""
    lines.append(f"status: {status.state}, as of {status.as_of}{note}")
    lines += [f"  {event}: {day}" for event, day in status.dates.items()]
    lines += [f"  {fact.text} [{fact.basis}]" for fact in blueprint.shown_facts]
    for section in blueprint.sections:
        own = [cell for cell in told.cells if cell.section == section.id]
        slots = [one for one in told.slots if one.section == section.id]
        if own or slots:
            lines += ["", f"section {section.id}: {section.title}"]
            lines += [f"  any of {', '.join(types)}" for types in {cell.types: None for cell in own} if len(types) > 1]
            lines += [f"  {_cases(section)}"] if section.cases is not None else []
            lines.append(f"  {'have':>5} {'need':>5} {'write':>5}")
        lines += [
            f"  {cell.have:>5} {cell.need:>5} {cell.write or '':>5}  {_place(cell, audited.titles)}" for cell in own
        ]
        for one in slots:
            points = ", ".join(f"{domain} {worth}" for domain, worth in one.points.items())
            lines.append(
                f"  {one.have:>5} {one.need:>5} {one.write or '':>5}  exercise of {one.minutes} minutes worth {points}"
                f" (slot {', '.join(one.slots)})"
            )
    if told.objectives:
        lines += [
            "",
            "by objective (of what is to be written, the emptiest gets it first)",
            f"  {'have':>5} {'write':>5}",
        ]
        for row in told.objectives:
            levels = ", ".join(f"{count} {level}" for level, count in row.by_difficulty.items() if count)
            lines.append(f"  {row.have:>5} {row.write or '':>5}  {row.objective}{f' ({levels})' if levels else ''}")
    lines.append("")
    lines += told.faults
    lines += told.beyond
    if told.is_met:
        lines.append("nothing is missing")
    elif told.items_to_write or told.exercises_to_write:
        lines.append(
            f"to write: {counted(told.items_to_write, 'item')}, {counted(told.exercises_to_write, 'exercise')}"
        )
    return lines


def _cases(section: Section) -> str:
    if isinstance(section.cases, str):
        return _CASES[section.cases]
    words = bounds_words(*section.case_bounds)
    return f"{words} {'case' if words.endswith(' 1') or words == '1' else 'cases'} in each form"


def _place(cell: AuditCell, titles: dict[str, str]) -> str:
    where = f"{cell.domain} ({titles.get(cell.domain, '')})" if cell.domain else "pretest, any domain"
    level = f"{cell.difficulty} " if cell.difficulty else ""
    return f"{where}: {level}{cell.types[0] if len(cell.types) == 1 else 'any type'}"


def _undecided(blueprint: Blueprint, forms: int, why: str) -> Audit:
    return Audit(
        blueprint=blueprint.id,
        forms=forms,
        cells=(),
        domains=(),
        slots=(),
        objectives=(),
        items_to_write=0,
        exercises_to_write=0,
        faults=(f"the search for what is missing grew too large to finish: {why}",),
    )
