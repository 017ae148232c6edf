"""What a blueprint asks of its banks, and the integer programme whose solutions are its forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Section
from examengine.forms.eligible import Candidate, ExerciseCandidate, may_stand_in
from examengine.forms.integer_programme import Programme
from examengine.itemtypes.item import Item

Key = tuple[str, ...]
"""A variable: ("item", item, section, domain), ("scored", section, domain), ("exercise", item, section, slot).

Where what is missing is sought: ("missing", section, domain, type) and ("missing-exercise", section, slot).
For testlets: ("testlet", stimulus, section), ("pretest-testlet", stimulus, section) and
("pretest", item, section, domain).
"""

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
    testlets: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    """Items of each stimulus of the banks, in order, whether or not they can be drawn."""

    @property
    def item_sections(self) -> list[Section]:
        """Return the sections that hold items."""
        return [section for section in self.blueprint.sections if section.items]

    def may_stand(self, candidate: Candidate, section: Section, *, with_testlets: bool = True) -> bool:
        """Return whether a section takes a candidate, and the whole testlet where it belongs to one."""
        if not may_stand_in(candidate.item, section):
            return False
        if candidate.item.stimulus is None or not with_testlets:
            return True
        return self.why_not_whole(candidate.item.stimulus, section) == ""

    def why_not_whole(self, stimulus: str, section: Section) -> str:
        """Return why a section cannot take a testlet; empty where it can."""
        items = self.testlets.get(stimulus, ())
        known = {candidate.item.id for candidate in self.candidates}
        for item in items:
            if item.id not in known:
                return f"item {item.id} serves no domain of the exam"
        for item in items:
            if not may_stand_in(item, section):
                return f"section {section.id} takes no {item.type} items such as {item.id}"
        size = section.items + section.pretest
        if len(items) > size:
            return f"section {section.id} has {size} items, and the testlet {len(items)}"
        return ""

    @property
    def may_split_pretest(self) -> bool:
        """Return whether there is a testlet that pretest items could split."""
        return bool(self.testlets) and any(section.pretest for section in self.item_sections)

    def programme(
        self,
        cost: Callable[..., int],
        *,
        with_missing: bool = False,
        with_enemies: bool = True,
        with_testlets: bool = True,
        may_split: bool = False,
    ) -> Programme[Key]:
        """Return the programme of the forms.

        Args:
            cost: labels of a variable to its cost.
            with_missing: whether items that nobody wrote may fill the gaps, at `MISSING_COST` each.
            with_enemies: whether enemies are kept apart.
            with_testlets: whether testlets are drawn whole.
            may_split: whether a testlet may be partly pretest.
        """
        programme: Programme[Key] = Programme()
        uses: dict[str, list[Key]] = {}
        for section in self.item_sections:
            self._add_items(programme, uses, section, cost, with_missing=with_missing, with_testlets=with_testlets)
            if with_testlets:
                self._add_testlets(programme, section, cost, may_split=may_split or with_missing)
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
        with_testlets: bool,
    ) -> None:
        size = section.items + section.pretest
        domains = [domain.id for domain in self.blueprint.domains]
        by_domain: dict[str, list[Key]] = {domain: [] for domain in domains}
        by_type: dict[str, list[Key]] = {}
        for candidate in self.candidates:
            if not self.may_stand(candidate, section, with_testlets=with_testlets):
                continue
            for domain in candidate.domains:
                key: Key = ("item", candidate.item.id, section.id, domain)
                # One number for all items of a testlet: it is drawn as often as an item that stands alone.
                programme.add_variable(key, cost("item", candidate.unit, section.id, domain))
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

    def _add_testlets(
        self, programme: Programme[Key], section: Section, cost: Callable[..., int], *, may_split: bool
    ) -> None:
        """Draw all items of a testlet or none, and make all of them pretest items or none."""
        placed: dict[str, list[Candidate]] = {}
        for candidate in self.candidates:
            if candidate.item.stimulus is not None and self.may_stand(candidate, section):
                placed.setdefault(candidate.item.stimulus, []).append(candidate)
        for stimulus, testlet in placed.items():
            drawn: Key = ("testlet", stimulus, section.id)
            programme.add_variable(drawn)
            for candidate in testlet:
                keys: list[Key] = [("item", candidate.item.id, section.id, domain) for domain in candidate.domains]
                programme.constrain({**dict.fromkeys(keys, 1), drawn: -1}, 0, 0)
        if not section.pretest or may_split or not placed:
            return
        factors: dict[str, dict[Key, int]] = {}
        unscored: dict[str, dict[Key, int]] = {}
        for stimulus, testlet in placed.items():
            whole: Key = ("pretest-testlet", stimulus, section.id)
            programme.add_variable(whole, cost(*whole))
            for candidate in testlet:
                own: list[Key] = []
                for domain in candidate.domains:
                    key: Key = ("item", candidate.item.id, section.id, domain)
                    pretest: Key = ("pretest", candidate.item.id, section.id, domain)
                    programme.add_variable(pretest)
                    programme.constrain({pretest: 1, key: -1}, None, 0)
                    own.append(pretest)
                    group = domain if self.quotas is not None else ""
                    factors.setdefault(group, {}).update({key: 1, pretest: -1})
                    unscored.setdefault(group, {})[pretest] = 1
                programme.constrain({**dict.fromkeys(own, 1), whole: -1}, 0, 0)
        if self.quotas is None:
            programme.constrain(factors[""], None, section.items)
            programme.constrain(unscored[""], None, section.pretest)
            return
        for domain, scored_testlets in factors.items():
            scored: Key = ("scored", section.id, domain)
            programme.constrain({**scored_testlets, scored: -1}, None, 0)
            drawn_here = {
                key: -1 for key in programme.costs if key[0] == "item" and key[2] == section.id and key[3] == domain
            }
            programme.constrain({**drawn_here, **unscored[domain], scored: 1}, None, 0)

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
