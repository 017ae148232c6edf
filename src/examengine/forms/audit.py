"""What the banks hold for a blueprint, and the least to write for so many forms with no item in common."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Section, Slot
from examengine.core.model import Model
from examengine.forms.ask import Ask
from examengine.forms.assemble import ask_of
from examengine.forms.eligible import draws_of
from examengine.forms.integer_programme import Programme
from examengine.forms.shortfall import Shortfall
from examengine.itemtypes.item import Difficulty

ANY = ""
"""Any domain (of pretest items), any difficulty."""
_UNSCORED, _LOPSIDED = 1, 3
"""What breaks ties: existing items are scored first, and what is written follows the domains' shares."""

_Class = tuple[str, tuple[str, ...], tuple[str, ...], str]
"""Items that are alike: type, the domains they serve, the sections that take them, difficulty."""
_Key = tuple[str, ...]


class AuditCell(Model):
    """Items of one kind in one place: what there is, and what a plan that writes the least takes and adds."""

    section: str
    domain: str
    """Empty: pretest items, of any domain."""
    types: tuple[str, ...]
    """Any of them."""
    difficulty: str = ANY
    """Empty: any."""
    have: int
    """Items that could stand here; the same item may count in several cells."""
    need: int
    """For all forms, by the plan."""
    write: int
    """Of those needed, how many do not exist."""


class AuditDomain(Model):
    """A domain's scored items."""

    id: str
    have: int
    need: int | None
    """For all forms; none: the blueprint leaves it open."""


class AuditSlots(Model):
    """Places for exercises that want the same points in the same minutes."""

    section: str
    slots: tuple[str, ...]
    minutes: int
    points: dict[str, str]
    have: int
    need: int
    write: int


class AuditObjective(Model):
    """An objective that a domain draws on; `write` shares out what the domain lacks, the emptiest first."""

    objective: str
    """`<bank>.<objective>`."""
    domain: str
    have: int
    by_difficulty: dict[str, int]
    write: int


class Audit(Model):
    """What the banks hold and lack for forms with no item in common.

    Enemies, families, testlets and expected times are left aside: what is missing because of them is in `beyond`.
    """

    blueprint: str
    forms: int
    cells: tuple[AuditCell, ...]
    domains: tuple[AuditDomain, ...]
    slots: tuple[AuditSlots, ...]
    objectives: tuple[AuditObjective, ...]
    items_to_write: int
    exercises_to_write: int
    faults: tuple[str, ...] = ()
    """Why the blueprint's own counts contradict each other."""
    beyond: tuple[str, ...] = ()
    """Why there are not so many forms although every count can be met, or that this could not be decided."""

    @property
    def is_met(self) -> bool:
        """Return whether nothing is lacking."""
        return not (self.items_to_write or self.exercises_to_write or self.faults or self.beyond)


def audit(blueprint: Blueprint, banks: Mapping[str, Bank], forms: int = 1) -> Audit:
    """Return what the banks hold and lack for a number of forms with no item in common.

    The least number of items to write is proven. Where a section takes several types, any of them will do.

    Raises:
        UsageError: a bank that the blueprint draws on is not among `banks`.
        Undecided: the search grew too large.
    """
    ask = ask_of(blueprint, banks)
    if isinstance(ask, Shortfall):
        return Audit(
            blueprint=blueprint.id,
            forms=forms,
            cells=(),
            domains=(),
            slots=(),
            objectives=(),
            items_to_write=0,
            exercises_to_write=0,
            faults=ask.lines,
        )
    plan = _Plan.of(ask, forms)
    cells = plan.cells()
    slots = _slots(ask, forms)
    return Audit(
        blueprint=blueprint.id,
        forms=forms,
        cells=cells,
        domains=_domains(ask, forms),
        slots=slots,
        objectives=_objectives(ask, cells),
        items_to_write=sum(cell.write for cell in cells),
        exercises_to_write=sum(one.write for one in slots),
        faults=plan.faults,
    )


@dataclass(frozen=True)
class _Plan:
    """An assignment of items, by class, and of items to be written to places, with as few of the latter as can be."""

    ask: Ask
    supply: Mapping[_Class, int]
    values: Mapping[_Key, int]
    faults: tuple[str, ...] = ()

    @staticmethod
    def of(ask: Ask, forms: int) -> "_Plan":
        supply = _classes(ask)
        programme: Programme[_Key] = Programme()
        domains = [domain.id for domain in ask.blueprint.domains]
        scored: dict[str, dict[_Key, int]] = {domain: {} for domain in domains}
        used: dict[int, dict[_Key, int]] = {number: {} for number in range(len(supply))}
        written: dict[_Key, int] = {}
        for section in ask.item_sections:
            here: dict[_Key, int] = {}
            unscored: dict[_Key, int] = {}
            by_type: dict[tuple[str, ...], dict[_Key, int]] = {group: {} for group in _groups(section)}
            by_level: dict[str, dict[_Key, int]] = {level.value: {} for level in Difficulty}
            size = forms * (section.items + section.pretest)
            for number, (kind, serves, sections, level) in enumerate(supply):
                if section.id not in sections:
                    continue
                group = next(group for group in by_type if kind in group)
                for domain in (*serves, ANY):
                    key: _Key = ("use", str(number), section.id, domain)
                    # An item that exists is taken scored before it is taken as a pretest item.
                    programme.add_variable(key, 0 if domain else 1, min(size, list(supply.values())[number]))
                    used[number][key] = 1
                    (scored[domain] if domain else unscored)[key] = 1
                    for place in (here, by_type[group], by_level[level]):
                        place[key] = 1
            for group, of_group in by_type.items():
                for level in _levels(section):
                    for domain in (*domains, ANY):
                        share = _share(ask, section, domain, group, forms)
                        for kind_of_gap, upper, cost in (("write", share, 0), ("write more", size, _LOPSIDED)):
                            gap: _Key = (kind_of_gap, section.id, domain, level, *group)
                            programme.add_variable(gap, cost, upper)
                            written[gap] = 1
                            (scored[domain] if domain else unscored)[gap] = 1
                            for place in (here, of_group, *([by_level[level]] if level else [])):
                                place[gap] = 1
            programme.constrain(here, size, size)
            programme.constrain(unscored, forms * section.pretest, forms * section.pretest)
            if isinstance(section.types, dict):
                for (kind,), keys in by_type.items():
                    programme.constrain(keys, forms * section.types[kind], forms * section.types[kind])
            for wanted in section.difficulty:
                least, most = section.difficulty_bounds(wanted)
                programme.constrain(
                    by_level[wanted.value],
                    None if least is None else forms * least,
                    None if most is None else forms * most,
                )
        for domain, count in (ask.quotas or {}).items():
            programme.constrain(scored[domain], forms * count, forms * count)
        for number, keys in used.items():
            if keys:
                programme.constrain(keys, None, list(supply.values())[number])
        if not ask.item_sections:
            return _Plan(ask, supply, {})
        found = programme.solve([written])
        if found is None:
            return _Plan(ask, supply, {}, ("the counts of the blueprint contradict each other",))
        return _Plan(ask, supply, found.values)

    def cells(self) -> tuple[AuditCell, ...]:
        """Return every place that has, needs or lacks items, in the blueprint's order."""
        cells: list[AuditCell] = []
        for section in self.ask.item_sections:
            for domain in (*(one.id for one in self.ask.blueprint.domains), ANY):
                for group in _groups(section):
                    for level in _levels(section):
                        cell = self._cell(section, domain, group, level)
                        if cell.need or (cell.have and domain):
                            cells.append(cell)
        return tuple(cells)

    def _cell(self, section: Section, domain: str, group: tuple[str, ...], level: str) -> AuditCell:
        have = taken = 0
        for number, (one, count) in enumerate(self.supply.items()):
            kind, serves, sections, own_level = one
            if kind not in group or section.id not in sections or level not in (ANY, own_level):
                continue
            have += count if not domain or domain in serves else 0
            taken += self.values.get(("use", str(number), section.id, domain), 0)
        write = sum(self.values.get((kind, section.id, domain, level, *group), 0) for kind in ("write", "write more"))
        return AuditCell(
            section=section.id,
            domain=domain,
            types=group,
            difficulty=level,
            have=have,
            need=taken + write,
            write=write,
        )


def _classes(ask: Ask) -> dict[_Class, int]:
    """Return how many items there are of each class that some section takes."""
    counts: Counter[_Class] = Counter()
    for candidate in ask.candidates:
        sections = tuple(section.id for section in ask.item_sections if ask.may_stand(candidate, section))
        if sections:
            item = candidate.item
            counts[(item.type, candidate.domains, sections, item.difficulty.value)] += 1
    return {one: counts[one] for one in sorted(counts)}


def _groups(section: Section) -> list[tuple[str, ...]]:
    """Return the types that a section tells apart, each group being any of them."""
    if isinstance(section.types, dict) and section.types:
        return [(kind,) for kind in section.types]
    if section.types:
        return [tuple(section.types)]
    from examengine.itemtypes.registry import ITEM_TYPES

    return [tuple(kind for kind in ITEM_TYPES if kind != "coding")]


def _share(ask: Ask, section: Section, domain: str, group: tuple[str, ...], forms: int) -> int:
    """Return how many items of a group a domain would have if all groups were shared out alike, rounded up."""
    size = section.items + section.pretest
    wanted = section.types.get(group[0], 0) if isinstance(section.types, dict) and section.types else size
    if not domain:
        part = Fraction(section.pretest, size)
    elif ask.quotas is None:
        part = Fraction(section.items, size * len(ask.blueprint.domains))
    else:
        part = Fraction(section.items * ask.quotas[domain], size * max(1, sum(ask.quotas.values())))
    return ceil(forms * wanted * part)


def _levels(section: Section) -> list[str]:
    return [level.value for level in Difficulty] if section.difficulty else [ANY]


def _domains(ask: Ask, forms: int) -> tuple[AuditDomain, ...]:
    return tuple(
        AuditDomain(
            id=domain.id,
            have=sum(
                domain.id in candidate.domains and any(ask.may_stand(candidate, one) for one in ask.item_sections)
                for candidate in ask.candidates
            ),
            need=None if ask.quotas is None else forms * ask.quotas[domain.id],
        )
        for domain in ask.blueprint.domains
        if ask.item_sections
    )


def _slots(ask: Ask, forms: int) -> tuple[AuditSlots, ...]:
    alike: dict[tuple[int, tuple[tuple[str, Fraction], ...]], list[tuple[Section, Slot]]] = {}
    for section in ask.blueprint.sections:
        for slot in section.slots:
            alike.setdefault((slot.minutes, tuple(sorted(slot.points.items()))), []).append((section, slot))
    found = []
    for places in alike.values():
        section, first = places[0]
        have, need = sum(one.fits(first) for one in ask.exercises), forms * len(places)
        found.append(
            AuditSlots(
                section=section.id,
                slots=tuple(slot.id for _, slot in places),
                minutes=first.minutes,
                points={domain: str(points) for domain, points in first.points.items()},
                have=have,
                need=need,
                write=max(0, need - have),
            )
        )
    return tuple(found)


def _objectives(ask: Ask, cells: tuple[AuditCell, ...]) -> tuple[AuditObjective, ...]:
    """Return the objectives of each domain; each item to write goes to the one that has the fewest by then."""
    found: list[AuditObjective] = []
    for domain in ask.blueprint.domains:
        names = _drawn_objectives(ask, draws_of(ask.blueprint, domain))
        levels: dict[str, Counter[str]] = {name: Counter() for name in names}
        for candidate in ask.candidates:
            item = candidate.item
            name = f"{item.id.split('.', 1)[0]}.{item.objective}"
            if name in levels and domain.id in candidate.domains:
                levels[name][item.difficulty.value] += 1
        have = {name: levels[name].total() for name in names}
        write = dict.fromkeys(names, 0)
        for _ in range(sum(cell.write for cell in cells if cell.domain == domain.id) if names else 0):
            emptiest = min(names, key=lambda name: have[name] + write[name])
            write[emptiest] += 1
        found.extend(
            AuditObjective(
                objective=name,
                domain=domain.id,
                have=have[name],
                by_difficulty={level.value: levels[name][level.value] for level in Difficulty},
                write=write[name],
            )
            for name in names
        )
    return tuple(found)


def _drawn_objectives(ask: Ask, draws: tuple[str, ...]) -> list[str]:
    found: dict[str, None] = {}
    for draw in draws:
        bank_id, _, name = draw.partition(".")
        for domain in ask.banks[bank_id].manifest.domains:
            for objective in domain.objectives:
                if name in (domain.id, objective.id):
                    found[f"{bank_id}.{objective.id}"] = None
    return list(found)
