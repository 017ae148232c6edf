"""Finds every choice of items for a small blueprint by trying all of them, and what each of them meets.

The oracle of assembly: it knows sections with items, what domains draw, testlets, and nothing of integer programmes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from examengine.bank.blueprint import Blueprint, Section
from examengine.itemtypes.item import Item

Group = tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """Some items on places, and what of the blueprint they meet."""

    ids: frozenset[str]
    met: frozenset[Group]
    is_split: bool = False
    """Whether a testlet is scored in part."""


def groups_of(blueprint: Blueprint, quotas: Mapping[str, int], items: Sequence[Item]) -> set[Group]:
    """Return everything that an author asks for."""
    groups: set[Group] = {("domain", name) for name in quotas}
    for section in blueprint.sections:
        groups.add(("size", section.id))
        if isinstance(section.types, dict):
            groups |= {("type", section.id, kind) for kind in section.types}
        groups |= {("difficulty", section.id, level.value) for level in section.difficulty}
        if section.expected_minutes is not None:
            groups.add(("time", section.id))
        if section.case_bounds != (None, None):
            groups.add(("cases", section.id))
    known = {item.id for item in items if domains_of(blueprint, item)}
    for name in {item.stimulus for item in items if item.stimulus}:
        if any(may_hold(section, blueprint, items, name) for section in blueprint.sections):
            groups.add(("testlet", name))
    groups |= {
        ("enemies", *sorted((item.id, enemy))) for item in items for enemy in item.enemies if {enemy, item.id} <= known
    }
    families = [item.family for item in items if item.family and item.id in known]
    return groups | {("family", name) for name in families if families.count(name) > 1}


def domains_of(blueprint: Blueprint, item: Item) -> list[str]:
    """Return the domains that draw an item: the rule of the format, written out once more."""
    bank = item.id.split(".", maxsplit=1)[0]
    sources = {f"{bank}.{item.objective}", f"{bank}.{item.objective.split('.', maxsplit=1)[0]}"}
    return [one.id for one in blueprint.domains if sources & set(one.draws or (f"demo.{one.id}",))]


def may_hold(section: Section, blueprint: Blueprint, items: Sequence[Item], stimulus: str) -> bool:
    """Return whether a section could take a testlet as a whole."""
    testlet = [item for item in items if item.stimulus == stimulus]
    return len(testlet) <= section.items + section.pretest and all(
        domains_of(blueprint, item) and _takes(section, item) for item in testlet
    )


def every_choice(blueprint: Blueprint, quotas: Mapping[str, int], items: Sequence[Item]) -> Iterator[Choice]:
    """Yield every way to put items on places, scored or pretest, whatever it meets."""
    groups = groups_of(blueprint, quotas, items)
    ways = [
        [
            None,
            *(
                (section, domain, scored)
                for section in blueprint.sections
                if _takes(section, item)
                and (item.stimulus is None or may_hold(section, blueprint, items, item.stimulus))
                for domain in domains_of(blueprint, item)
                for scored in (True, False)
            ),
        ]
        for item in items
    ]
    for way in product(*ways):
        put = [(item, *where) for item, where in zip(items, way, strict=True) if where is not None]
        per_share: dict[tuple[str, str], int] = {}
        for _, section, domain, scored in put:
            share = (section.id, domain)
            per_share[share] = per_share.get(share, 0) + scored
        if any(per_share.get((s.id, d), 0) > s.items for s in blueprint.sections for d in quotas):
            continue
        yield Choice(
            frozenset(item.id for item, *_ in put),
            frozenset(group for group in groups if _is_met(group, blueprint, quotas, put, items)),
            is_split=any(
                len({scored for item, _, _, scored in put if item.stimulus == name}) > 1
                for name in {item.stimulus for item, *_ in put if item.stimulus}
            ),
        )


def _takes(section: Section, item: Item) -> bool:
    if section.cases in ("only", "never") and (section.cases == "only") is (item.stimulus is None):
        return False
    return item.type in section.types if section.types else True


def _is_met(
    group: Group, blueprint: Blueprint, quotas: Mapping[str, int], put: Sequence[tuple], items: Sequence[Item]
) -> bool:
    section = next((s for s in blueprint.sections if len(group) > 1 and s.id == group[1]), None)
    here = [(item, scored) for item, where, _, scored in put if section is not None and where.id == section.id]
    ids = {item.id for item, *_ in put}
    match group[0]:
        case "domain":
            return sum(scored for _, _, domain, scored in put if domain == group[1]) == quotas[group[1]]
        case "size":
            return len(here) == section.items + section.pretest and sum(s for _, s in here) == section.items
        case "type":
            return sum(item.type == group[2] for item, _ in here) == section.types[group[2]]
        case "difficulty":
            count = sum(item.difficulty == group[2] for item, _ in here)
            low, high = next(section.difficulty_bounds(level) for level in section.difficulty if level == group[2])
            return (low is None or low <= count) and (high is None or count <= high)
        case "time":
            bounds, seconds = section.expected_minutes, sum(item.seconds for item, _ in here)
            at_least, at_most = bounds.at_least, bounds.at_most
            return (at_least is None or seconds >= at_least * 60) and (at_most is None or seconds <= at_most * 60)
        case "cases":
            count, (low, high) = len({item.stimulus for item, _ in here} - {None}), section.case_bounds
            return (low is None or low <= count) and (high is None or count <= high)
        case "enemies":
            return not {group[1], group[2]} <= ids
        case "family":
            return sum(item.family == group[1] for item, *_ in put) <= 1
        case "testlet":
            wheres = [where.id for item, where, *_ in put if item.stimulus == group[1]]
            whole = sum(item.stimulus == group[1] for item in items)
            return not wheres or (len(wheres) == whole and len(set(wheres)) == 1)
    raise AssertionError(group)
