"""Reads off a form what it reached, apart from the programme that found it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from examengine.bank.blueprint import Blueprint, Section
from examengine.forms.certificate import Certificate, CertifiedConstraint
from examengine.forms.eligible import may_stand_in
from examengine.forms.form import FormEntry
from examengine.forms.history import History
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item


def certify(
    blueprint: Blueprint,
    quotas: Mapping[str, int] | None,
    testlets: Mapping[str, Sequence[Item]],
    entries: Sequence[FormEntry],
    history: History,
    *,
    least_overlap: int | None,
    least_exposure: int | None,
) -> Certificate:
    """Return the certificate of a form's entries; the least values come from the programme."""
    ids = [entry.item.id for entry in entries]
    seen = history.seen
    overlapping = tuple(name for name in ids if name in seen)
    constraints: list[CertifiedConstraint] = []
    for section in blueprint.sections:
        own = [entry for entry in entries if entry.section == section.id]
        constraints += _of_slots(section, own) if section.slots else _of_items(section, own)
    scored = Counter(e.domain for e in entries if not e.pretest and e.item.type != "coding")
    constraints += [
        CertifiedConstraint(kind="domain", name=name, least=count, most=count, reached=scored[name])
        for name, count in (quotas or {}).items()
    ]
    constraints += _of_the_whole(entries, testlets)
    return Certificate(
        earlier_forms=len(history.earlier),
        overlap=len(overlapping),
        least_overlap=least_overlap,
        overlapping=overlapping,
        exposure=sum(history.uses.get(name, 0) for name in ids),
        least_exposure=least_exposure,
        constraints=tuple(constraints),
    )


def _of_items(section: Section, own: Sequence[FormEntry]) -> list[CertifiedConstraint]:
    size = section.items + section.pretest
    unscored = sum(entry.pretest for entry in own)
    kinds = Counter(entry.item.type for entry in own)
    levels = Counter(entry.item.difficulty for entry in own)

    def one(kind: str, least: int | None, most: int | None, reached: int, name: str = "") -> CertifiedConstraint:
        fields = {"kind": kind, "section": section.id, "name": name, "least": least, "most": most, "reached": reached}
        return CertifiedConstraint.model_validate(fields)

    found = [
        one("items", size, size, len(own)),
        one("pretest", section.pretest, section.pretest, unscored),
        one("other_types", None, 0, sum(not may_stand_in(entry.item, section) for entry in own)),
    ]
    if isinstance(section.types, dict):
        found += [one("type", count, count, kinds[name], name) for name, count in section.types.items()]
    for level in section.difficulty:
        found.append(one("difficulty", *section.difficulty_bounds(level), levels[level], level.value))
    if section.expected_minutes is not None:
        seconds = sum(entry.item.seconds for entry in own)
        found.append(one("expected_seconds", *section.expected_minutes.seconds, seconds))
    if section.case_bounds != (None, None):
        found.append(one("cases", *section.case_bounds, len({e.item.stimulus for e in own} - {None})))
    return found


def _of_slots(section: Section, own: Sequence[FormEntry]) -> list[CertifiedConstraint]:
    found = []
    for place, slot in enumerate(section.slots):
        item = own[place].item if place < len(own) else None
        fits = (
            isinstance(item, Coding) and item.minutes == slot.minutes and item.points_by_domain() == dict(slot.points)
        )
        found.append(
            CertifiedConstraint(kind="slot", section=section.id, name=slot.id, least=1, most=1, reached=int(fits))
        )
    return found


def _of_the_whole(entries: Sequence[FormEntry], testlets: Mapping[str, Sequence[Item]]) -> list[CertifiedConstraint]:
    ids = [entry.item.id for entry in entries]
    met = set(ids)
    enemies = {frozenset((e.item.id, other)) for e in entries for other in e.item.enemies if other in met}
    families = Counter(entry.item.family for entry in entries if entry.item.family is not None)
    section_of: dict[str, set[str]] = {}
    for entry in entries:
        if entry.item.stimulus is not None:
            section_of.setdefault(entry.item.stimulus, set()).add(entry.section)
    split = sum(
        len(sections) > 1 or any(item.id not in met for item in testlets.get(name, ()))
        for name, sections in section_of.items()
    )
    return [
        CertifiedConstraint(kind="repeated_items", most=0, reached=len(ids) - len(met)),
        CertifiedConstraint(kind="enemies", most=0, reached=sum(len(pair) > 1 for pair in enemies)),
        CertifiedConstraint(kind="repeated_families", most=0, reached=sum(count - 1 for count in families.values())),
        CertifiedConstraint(kind="split_testlets", most=0, reached=split),
    ]
