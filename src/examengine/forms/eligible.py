"""Which items of which banks may stand where in a form: the blueprint's domains over the banks' own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, BlueprintDomain, Section, Slot
from examengine.bank.stimulus import Stimulus
from examengine.bank.template.item_template import ItemTemplate
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item

Draws = Mapping[str, tuple[str, ...]]
"""Domains of an exam or a drill, each with what it draws on: `<bank>.<domain>` or `<bank>.<objective>`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item with the domains that it may serve."""

    item: Item
    domains: tuple[str, ...]

    @property
    def unit(self) -> str:
        """Return what is drawn with it as a whole: its stimulus, or the item alone."""
        return self.item.stimulus or self.item.id


@dataclass(frozen=True, slots=True)
class ExerciseCandidate:
    """An exercise with its points by the domains drawn for; None for a part that serves none of them."""

    item: Coding
    points: tuple[tuple[str | None, Fraction], ...]
    """By part."""

    def points_by_domain(self) -> dict[str | None, Fraction]:
        """Return the points of each domain."""
        total: dict[str | None, Fraction] = {}
        for domain, points in self.points:
            total[domain] = total.get(domain, Fraction(0)) + points
        return total

    def in_drawn_domains(self, otherwise: str = "") -> Coding:
        """Return the exercise with the domains drawn for on its parts; a part without one gets `otherwise`."""
        domains = [domain if domain is not None else otherwise for domain, _ in self.points]
        parts = [
            part if domain in ("", part.domain) else part.model_copy(update={"domain": domain})
            for part, domain in zip(self.item.parts, domains, strict=True)
        ]
        return self.item.model_copy(update={"parts": tuple(parts)})

    def fits(self, slot: Slot) -> bool:
        """Return whether minutes and points by domain are the slot's."""
        return self.item.minutes == slot.minutes and self.points_by_domain() == dict(slot.points)


def draws_of(blueprint: Blueprint, domain: BlueprintDomain) -> tuple[str, ...]:
    """Return what a domain draws on, as `<bank>.<domain>` or `<bank>.<objective>`."""
    return domain.draws or (f"{own_bank(blueprint)}.{domain.id}",)


def draws_by_domain(blueprint: Blueprint) -> dict[str, tuple[str, ...]]:
    """Return what each domain of a blueprint draws on, in its order."""
    return {domain.id: draws_of(blueprint, domain) for domain in blueprint.domains}


def banks_drawn_on(draws: Draws) -> list[str]:
    """Return the ids of the banks that are drawn on."""
    return sorted({draw.split(".", 1)[0] for drawn in draws.values() for draw in drawn})


def own_bank(blueprint: Blueprint) -> str:
    """Return the id of the bank that a blueprint belongs to."""
    return blueprint.id.split(".", 1)[0]


def objective_of(item: Item) -> str:
    """Return the objective of an item as `<bank>.<objective>`."""
    return f"{item.id.split('.', 1)[0]}.{item.objective}"


def domains_served(draws: Draws, objective: str) -> tuple[str, ...]:
    """Return the domains that draw an objective, named as `<bank>.<objective>`, in their order."""
    bank_id, _, name = objective.partition(".")
    sources = {objective, f"{bank_id}.{name.split('.', 1)[0]}"}
    return tuple(domain for domain, drawn in draws.items() if not sources.isdisjoint(drawn))


def title_of(domain: str, drawn: Iterable[str], own: str, banks: Mapping[str, Bank]) -> str:
    """Return the title that the banks give to a domain: the own bank first, then those drawn on; else its id."""
    for source in (f"{own}.{domain}", *drawn):
        bank_id, _, name = source.partition(".")
        for known in banks[bank_id].manifest.domains if bank_id in banks else ():
            if known.id == name:
                return known.title
    return domain


def find_candidates(draws: Draws, banks: Mapping[str, Bank]) -> list[Candidate]:
    """Return every item that serves a domain, by id."""
    found: dict[str, Candidate] = {}
    for bank_id in sorted(banks):
        served: dict[str, tuple[str, ...]] = {}
        for item in banks[bank_id].items:
            domains = served.get(item.objective)
            if domains is None:
                domains = served[item.objective] = domains_served(draws, f"{bank_id}.{item.objective}")
            if domains:
                found[item.id] = Candidate(item, domains)
    return [found[name] for name in sorted(found)]


def find_testlets(banks: Mapping[str, Bank]) -> dict[str, tuple[Item, ...]]:
    """Return the items of each stimulus of the banks, in the order of the files."""
    testlets: dict[str, list[Item]] = {}
    for bank_id in sorted(banks):
        for item in banks[bank_id].items:
            if item.stimulus is not None:
                testlets.setdefault(item.stimulus, []).append(item)
    return {name: tuple(testlets[name]) for name in sorted(testlets)}


def templates_of(banks: Mapping[str, Bank]) -> dict[str, ItemTemplate]:
    """Return the templates of the banks by the id of their items."""
    return {name: one for bank_id in sorted(banks) for name, one in banks[bank_id].templates.items()}


def stimuli_used(items: Iterable[Item], banks: Mapping[str, Bank]) -> tuple[Stimulus, ...]:
    """Return the cases that items stand on, in the order in which they are met."""
    known = {one.id: one for bank_id in sorted(banks) for one in banks[bank_id].stimuli}
    names = dict.fromkeys(item.stimulus for item in items if item.stimulus is not None)
    return tuple(known[name] for name in names if name in known)


def find_exercises(
    draws: Draws, banks: Mapping[str, Bank], *, with_quarantined: bool = False
) -> list[ExerciseCandidate]:
    """Return the exercises of the banks with their points by the domains drawn for, by id.

    `with_quarantined`: those too whose verdicts are not always the same, which may be practised and not scored.
    """
    found: dict[str, ExerciseCandidate] = {}
    for bank_id in sorted(banks):
        for exercise in banks[bank_id].exercises:
            if exercise.quarantined is not None and not with_quarantined:
                continue
            item = exercise.package.item
            points = tuple(
                (_domain_of_part(draws, bank_id, part.domain, item.objective), part.points) for part in item.parts
            )
            found[item.id] = ExerciseCandidate(item, points)
    return [found[name] for name in sorted(found)]


def may_stand_in(item: Item, section: Section) -> bool:
    """Return whether a section takes items of this type, on a case or on none."""
    if section.cases in ("only", "never") and (section.cases == "only") is (item.stimulus is None):
        return False
    return item.type in section.types if section.types else item.type != "coding"


def _domain_of_part(draws: Draws, bank_id: str, domain: str, objective: str) -> str | None:
    """Return the domain that a part's points go to.

    A domain that draws the whole bank domain goes first, then one that draws the exercise's objective, then
    the only one that draws any objective of the part's domain.
    """
    for wanted in (f"{bank_id}.{domain}", f"{bank_id}.{objective}"):
        if wanted != f"{bank_id}.{objective}" or objective.startswith(f"{domain}."):
            for name, drawn in draws.items():
                if wanted in drawn:
                    return name
    partial = [name for name, drawn in draws.items() if any(d.startswith(f"{bank_id}.{domain}.") for d in drawn)]
    return partial[0] if len(partial) == 1 else None
