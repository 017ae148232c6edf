"""Decides by trying everything whether a form exists; the oracle for small banks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations

from examengine.bank.blueprint import Blueprint, Section
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item


def form_exists(
    blueprint: Blueprint, quotas: Mapping[str, int], items: Sequence[Item], exercises: Sequence[Coding]
) -> bool:
    """Return whether some choice of items meets every count; domains are those of the items' objectives."""
    return any(_search(blueprint, list(blueprint.sections), dict(quotas), list(items), list(exercises), []))


def _search(
    blueprint: Blueprint,
    sections: list[Section],
    open_quotas: dict[str, int],
    items: list[Item],
    exercises: list[Coding],
    chosen: list[Item],
) -> Iterator[bool]:
    if not sections:
        if not any(open_quotas.values()):
            yield True
        return
    section, rest = sections[0], sections[1:]
    if section.slots:
        for picked in permutations(exercises, len(section.slots)):
            fits = all(
                exercise.minutes == slot.minutes and exercise.points_by_domain() == slot.points
                for exercise, slot in zip(picked, section.slots, strict=True)
            )
            if fits and _are_friends([*chosen, *picked]):
                left = [exercise for exercise in exercises if exercise not in picked]
                yield from _search(blueprint, rest, open_quotas, items, left, [*chosen, *picked])
        return
    for group in combinations(items, section.items + section.pretest):
        if not _types_are_met(section, group) or not _are_friends([*chosen, *group]):
            continue
        if not _testlets_are_whole(group, items):
            continue
        left = [item for item in items if item not in group]
        for scored in {
            tuple(sorted(Counter(map(_domain, some)).items())) for some in combinations(group, section.items)
        }:
            quotas = {name: count - dict(scored).get(name, 0) for name, count in open_quotas.items()}
            if all(name in quotas for name, _ in scored) and min(quotas.values()) >= 0:
                yield from _search(blueprint, rest, quotas, left, exercises, [*chosen, *group])


def _domain(item: Item) -> str:
    return item.objective.split(".")[0]


def _types_are_met(section: Section, group: Sequence[Item]) -> bool:
    kinds = Counter(item.type for item in group)
    if isinstance(section.types, dict):
        return kinds == Counter(section.types)
    return all(kind in section.types for kind in kinds) if section.types else True


def _are_friends(group: Sequence[Item]) -> bool:
    ids = {item.id for item in group}
    return not any(enemy in ids for item in group for enemy in item.enemies)


def _testlets_are_whole(group: Sequence[Item], items: Sequence[Item]) -> bool:
    """Return whether a section's items hold all or none of each testlet; `items` are those still free."""
    ids = {item.id for item in group}
    named = {item.stimulus for item in group if item.stimulus is not None}
    return all(item.id in ids for item in items if item.stimulus in named)
