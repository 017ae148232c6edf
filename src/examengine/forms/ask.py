"""What a blueprint asks of its banks, and the integer programme whose solutions are its forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Section
from examengine.forms.eligible import Candidate, ExerciseCandidate, may_stand_in
from examengine.forms.integer_programme import Programme
from examengine.itemtypes.item import Item

Key = tuple[str, ...]
"""A variable: ("item", item, section, domain), ("scored", section, domain), ("exercise", item, section, slot),
and, where what is missing is sought, ("missing", section, domain, type) and ("missing-exercise", section, slot)."""

ANY_TYPE = ""
MISSING_COST = 2**20
"""Of one missing item; ties between what is missing are far below."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A blueprint with everything that may serve it."""

    blueprint: Blueprint
    banks: Mapping[str, Bank]
    """Those drawn on, by id."""
    quotas: Mapping[str, int] | None
    """Scored items of each domain; None: free."""
    candidates: list[Candidate]
    exercises: list[ExerciseCandidate]

    @property
    def item_sections(self) -> list[Section]:
        """Return the sections that hold items."""
        return [section for section in self.blueprint.sections if section.items]

    def programme(
        self, cost: Callable[..., int], *, with_missing: bool = False, with_enemies: bool = True
    ) -> Programme[Key]:
        """Return the programme of the forms.

        Args:
            cost: labels of a variable to its cost.
            with_missing: whether items that nobody wrote may fill the gaps, at `MISSING_COST` each.
            with_enemies: whether enemies are kept apart.
        """
        programme: Programme[Key] = Programme()
        uses: dict[str, list[Key]] = {}
        for section in self.item_sections:
            self._add_items(programme, uses, section, cost, with_missing=with_missing)
        for section in self.blueprint.sections:
            self._add_slots(programme, uses, section, cost, with_missing=with_missing)
        if self.quotas is not None:
            for domain, count in self.quotas.items():
                quota: list[Key] = [("scored", section.id, domain) for section in self.item_sections]
                programme.constrain(dict.fromkeys(quota, 1), count, count)
        for keys in uses.values():
            if len(keys) > 1:
                programme.constrain(dict.fromkeys(keys, 1), None, 1)
        if with_enemies:
            for one, other in self._enemies():
                keys = [*uses.get(one, ()), *uses.get(other, ())]
                if uses.get(one) and uses.get(other):
                    programme.constrain(dict.fromkeys(keys, 1), None, 1)
        return programme

    def types_of(self, section: Section) -> tuple[str, ...]:
        """Return the types that a section tells apart."""
        return tuple(section.types) if isinstance(section.types, dict) and section.types else (ANY_TYPE,)

    def _add_items(
        self,
        programme: Programme[Key],
        uses: dict[str, list[Key]],
        section: Section,
        cost: Callable[..., int],
        *,
        with_missing: bool,
    ) -> None:
        size = section.items + section.pretest
        domains = [domain.id for domain in self.blueprint.domains]
        by_domain: dict[str, list[Key]] = {domain: [] for domain in domains}
        by_type: dict[str, list[Key]] = {}
        for candidate in self.candidates:
            if not may_stand_in(candidate.item, section):
                continue
            for domain in candidate.domains:
                key: Key = ("item", candidate.item.id, section.id, domain)
                programme.add_variable(key, cost(*key))
                uses.setdefault(candidate.item.id, []).append(key)
                by_domain[domain].append(key)
                by_type.setdefault(candidate.item.type, []).append(key)
        if with_missing:
            for domain in domains:
                for kind in self.types_of(section):
                    gap: Key = ("missing", section.id, domain, kind)
                    programme.add_variable(gap, MISSING_COST + cost(*gap), size)
                    by_domain[domain].append(gap)
                    by_type.setdefault(kind, []).append(gap)
        everything = [key for keys in by_domain.values() for key in keys]
        programme.constrain(dict.fromkeys(everything, 1), size, size)
        if isinstance(section.types, dict):
            for kind, count in section.types.items():
                programme.constrain(dict.fromkeys(by_type.get(kind, ()), 1), count, count)
        if self.quotas is None:
            return
        scored: list[Key] = [("scored", section.id, domain) for domain in domains]
        for share in scored:
            programme.add_variable(share, cost(*share), section.items)
            programme.constrain({**dict.fromkeys(by_domain[share[2]], 1), share: -1}, 0, None)
        programme.constrain(dict.fromkeys(scored, 1), section.items, section.items)

    def _add_slots(
        self,
        programme: Programme[Key],
        uses: dict[str, list[Key]],
        section: Section,
        cost: Callable[..., int],
        *,
        with_missing: bool,
    ) -> None:
        for slot in section.slots:
            keys: list[Key] = [
                ("exercise", candidate.item.id, section.id, slot.id)
                for candidate in self.exercises
                if candidate.fits(slot)
            ]
            for key in keys:
                programme.add_variable(key, cost(*key))
                uses.setdefault(key[1], []).append(key)
            if with_missing:
                missing: Key = ("missing-exercise", section.id, slot.id)
                programme.add_variable(missing, MISSING_COST + cost(*missing))
                keys.append(missing)
            programme.constrain(dict.fromkeys(keys, 1), 1, 1)

    def _enemies(self) -> list[tuple[str, str]]:
        """Return every pair that must not meet, once."""
        items: list[Item] = [one.item for one in self.candidates]
        items.extend(one.item for one in self.exercises)
        pairs = {(min(item.id, enemy), max(item.id, enemy)) for item in items for enemy in item.enemies}
        return sorted(pair for pair in pairs if pair[0] != pair[1])
