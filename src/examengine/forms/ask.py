"""What a blueprint asks of its banks, and the integer programme whose solutions are its forms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Section
from examengine.forms.eligible import Candidate, ExerciseCandidate, may_stand_in
from examengine.forms.integer_programme import Programme
from examengine.itemtypes.item import Difficulty, Item

Key = tuple[str, ...]
"""A variable: ("item", item, section, domain), ("scored", section, domain), ("exercise", item, section, slot).

Where what is missing is sought: ("missing", section, domain, type) with the difficulty where that matters,
("missing-exercise", section, slot), ("missing-seconds", section) and ("missing-cases", section).
For testlets: ("testlet", stimulus, section), ("pretest-testlet", stimulus, section) and
("pretest", item, section, domain).
"""

Place = tuple[str, str, str]
"""An item, and the section and domain that it stands in."""
Rank = tuple[int, int, int, str]
"""Whether an earlier form held it, how often it was used, its keyed cost, and its id."""
Cost = Callable[..., int]
"""Labels of a variable to its cost."""

ANY_TYPE = ""
MISSING_COST = 2**20
"""Of one missing item; ties between what is missing are far below."""
_CASE_COST = 2**10
"""Of one case that nobody wrote: its items cost far more, and there is none where it is not needed."""
_USUAL_SECONDS = (30, 300)
"""What an item that nobody wrote may take, beside the times of those there are."""


@dataclass(frozen=True)
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
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many items a candidate stands for; one where it is not named."""
    served: frozenset[str] | None = None
    """Ids of all items that serve a domain, where the candidates are not all of them."""

    @cached_property
    def item_sections(self) -> list[Section]:
        """Return the sections that hold items."""
        return [section for section in self.blueprint.sections if section.items]

    @cached_property
    def tells_difficulty(self) -> bool:
        """Return whether any section asks for a difficulty mix."""
        return any(section.difficulty for section in self.item_sections)

    @cached_property
    def tells_time(self) -> bool:
        """Return whether any section bounds the expected time."""
        return any(section.expected_minutes is not None for section in self.item_sections)

    @cached_property
    def enemies(self) -> list[tuple[str, str]]:
        """Return every pair of eligible items that must not meet, once."""
        items: list[Item] = [one.item for one in self.candidates]
        items.extend(one.item for one in self.exercises)
        known = {item.id for item in items}
        pairs = {(min(item.id, enemy), max(item.id, enemy)) for item in items for enemy in item.enemies}
        return sorted(pair for pair in pairs if pair[0] != pair[1] and pair[0] in known and pair[1] in known)

    @cached_property
    def families(self) -> dict[str, list[str]]:
        """Return the families that have several eligible members, with the ids of these."""
        members: dict[str, list[str]] = {}
        items: list[Item] = [one.item for one in self.candidates]
        items.extend(one.item for one in self.exercises)
        for item in items:
            if item.family is not None:
                members.setdefault(item.family, []).append(item.id)
        return {name: members[name] for name in sorted(members) if len(members[name]) > 1}

    @cached_property
    def tied(self) -> frozenset[str]:
        """Return the ids of the items that may keep others out."""
        names = {name for pair in self.enemies for name in pair}
        return frozenset(names.union(*self.families.values()))

    def may_stand(self, candidate: Candidate, section: Section) -> bool:
        """Return whether a section takes a candidate, and the whole testlet where it belongs to one."""
        if not may_stand_in(candidate.item, section):
            return False
        return candidate.item.stimulus is None or self.why_not_whole(candidate.item.stimulus, section) == ""

    def why_not_whole(self, stimulus: str, section: Section) -> str:
        """Return why a section cannot take a testlet; empty where it can."""
        known = (stimulus, section.id)
        if known not in self._why_not_whole:
            self._why_not_whole[known] = self._find_why_not_whole(stimulus, section)
        return self._why_not_whole[known]

    def has_whole(self, stimulus: str, section: Section) -> bool:
        """Return whether a testlet is there to be drawn, and a section can take it."""
        is_there = any(candidate.item.stimulus == stimulus for candidate in self.candidates)
        return is_there and self.why_not_whole(stimulus, section) == ""

    @cached_property
    def _why_not_whole(self) -> dict[tuple[str, str], str]:
        return {}

    @cached_property
    def _ids(self) -> frozenset[str]:
        return self.served if self.served is not None else frozenset(one.item.id for one in self.candidates)

    def _find_why_not_whole(self, stimulus: str, section: Section) -> str:
        items = self.testlets.get(stimulus, ())
        for item in items:
            if item.id not in self._ids:
                return f"item {item.id} serves no domain of the exam"
        for item in items:
            if not may_stand_in(item, section):
                return f"section {section.id} takes no {item.type} items such as {item.id}"
        size = section.items + section.pretest
        if len(items) > size:
            return f"section {section.id} has {size} items, and the testlet {len(items)}"
        return ""

    @cached_property
    def may_split_pretest(self) -> bool:
        """Return whether there is a testlet that pretest items could split."""
        return bool(self.testlets) and any(section.pretest for section in self.item_sections)

    def programme(
        self,
        cost: Cost,
        *,
        places: frozenset[Place] | None = None,
        with_missing: bool = False,
        with_enemies: bool = True,
        with_testlets: bool = True,
        may_split: bool = False,
    ) -> Programme[Key]:
        """Return the programme of the forms; its constraints are grouped by what the author asked for.

        Args:
            cost: labels of a variable to its cost.
            places: where items may stand; None: wherever a section takes them.
            with_missing: whether items that nobody wrote may fill the gaps, at `MISSING_COST` each.
            with_enemies: whether enemies are kept apart.
            with_testlets: whether testlets are drawn whole.
            may_split: whether a testlet may be partly pretest.
        """
        programme: Programme[Key] = Programme()
        uses: dict[str, list[Key]] = {}
        for section in self.item_sections:
            self._add_items(
                programme, uses, section, cost, places, with_missing=with_missing, with_testlets=with_testlets
            )
            if with_testlets:
                self._add_testlets(programme, section, cost, may_split=may_split or with_missing)
        for section in self.blueprint.sections:
            self._add_slots(programme, uses, section, cost, with_missing=with_missing)
        if self.quotas is not None:
            for domain, count in self.quotas.items():
                quota: list[Key] = [("scored", section.id, domain) for section in self.item_sections]
                programme.constrain(dict.fromkeys(quota, 1), count, count, ("domain", domain))
        for name, keys in uses.items():
            count = self.counts.get(name, 1)
            if sum(programme.upper[key] for key in keys) > count:
                programme.constrain(dict.fromkeys(keys, 1), None, count)
        if with_enemies:
            for one, other in self.enemies:
                if uses.get(one) and uses.get(other):
                    keys = [*uses[one], *uses[other]]
                    programme.constrain(dict.fromkeys(keys, 1), None, 1, ("enemies", one, other))
        for family, members in self.families.items():
            keys = [key for name in members for key in uses.get(name, ())]
            if len(keys) > 1:
                programme.constrain(dict.fromkeys(keys, 1), None, 1, ("family", family))
        return programme

    def types_of(self, section: Section) -> tuple[str, ...]:
        """Return the types that a section tells apart."""
        return tuple(section.types) if isinstance(section.types, dict) and section.types else (ANY_TYPE,)

    def _add_items(
        self,
        programme: Programme[Key],
        uses: dict[str, list[Key]],
        section: Section,
        cost: Cost,
        places: frozenset[Place] | None,
        *,
        with_missing: bool,
        with_testlets: bool,
    ) -> None:
        size = section.items + section.pretest
        domains = [domain.id for domain in self.blueprint.domains]
        by_domain: dict[str, list[Key]] = {domain: [] for domain in domains}
        by_type: dict[str, list[Key]] = {}
        by_difficulty: dict[str, list[Key]] = {}
        seconds: dict[Key, int] = {}
        for candidate in self.candidates:
            item = candidate.item
            if not (self.may_stand(candidate, section) if with_testlets else may_stand_in(item, section)):
                continue
            for domain in candidate.domains:
                if places is not None and (item.id, section.id, domain) not in places:
                    continue
                key: Key = ("item", item.id, section.id, domain)
                # One number for all items of a testlet: it is drawn as often as an item that stands alone.
                programme.add_variable(
                    key, cost("item", candidate.unit, section.id, domain), self.counts.get(item.id, 1)
                )
                uses.setdefault(item.id, []).append(key)
                by_domain[domain].append(key)
                by_type.setdefault(item.type, []).append(key)
                by_difficulty.setdefault(item.difficulty, []).append(key)
                seconds[key] = item.seconds
        everything = [key for keys in by_domain.values() for key in keys]
        if with_missing:
            gaps = self._add_missing(programme, section, cost, by_domain, by_type, by_difficulty, seconds)
            everything.extend(gaps)
        programme.constrain(dict.fromkeys(everything, 1), size, size, ("size", section.id))
        if isinstance(section.types, dict):
            for kind, count in section.types.items():
                programme.constrain(dict.fromkeys(by_type.get(kind, ()), 1), count, count, ("type", section.id, kind))
        for level in section.difficulty:
            least, most = section.difficulty_bounds(level)
            counted = dict.fromkeys(by_difficulty.get(level, ()), 1)
            programme.constrain(counted, least, most, ("difficulty", section.id, level))
        if section.expected_minutes is not None:
            programme.constrain(seconds, *section.expected_minutes.seconds, ("time", section.id))
        if self.quotas is None:
            return
        scored: list[Key] = [("scored", section.id, domain) for domain in domains]
        for share in scored:
            programme.add_variable(share, cost(*share), section.items)
            programme.constrain({**dict.fromkeys(by_domain[share[2]], 1), share: -1}, 0, None)
        programme.constrain(dict.fromkeys(scored, 1), section.items, section.items, ("size", section.id))

    def _add_missing(
        self,
        programme: Programme[Key],
        section: Section,
        cost: Cost,
        by_domain: dict[str, list[Key]],
        by_type: dict[str, list[Key]],
        by_difficulty: dict[str, list[Key]],
        seconds: dict[Key, int],
    ) -> list[Key]:
        """Let items that nobody wrote fill the gaps of a section; return their variables."""
        size = section.items + section.pretest
        levels = tuple(Difficulty) if section.difficulty else ()
        gaps: list[Key] = []
        for domain in list(by_domain):
            for kind in self.types_of(section):
                for level in levels or ("",):
                    gap: Key = ("missing", section.id, domain, kind, *([level] if level else []))
                    programme.add_variable(gap, MISSING_COST + cost(*gap), size)
                    by_domain[domain].append(gap)
                    by_type.setdefault(kind, []).append(gap)
                    if level:
                        by_difficulty.setdefault(level, []).append(gap)
                    gaps.append(gap)
        if section.expected_minutes is not None:
            shortest = min(_USUAL_SECONDS[0], *seconds.values()) if seconds else _USUAL_SECONDS[0]
            longest = max(_USUAL_SECONDS[1], *seconds.values()) if seconds else _USUAL_SECONDS[1]
            taken: Key = ("missing-seconds", section.id)
            programme.add_variable(taken, 0, longest * size)
            programme.constrain({**dict.fromkeys(gaps, -shortest), taken: 1}, 0, None)
            programme.constrain({**dict.fromkeys(gaps, -longest), taken: 1}, None, 0)
            seconds[taken] = 1
        if section.case_bounds[0]:
            cases: Key = ("missing-cases", section.id)
            programme.add_variable(cases, _CASE_COST, section.case_bounds[0])
            programme.constrain({**dict.fromkeys(gaps, 1), cases: -1}, 0, None)
        return gaps

    def _add_testlets(self, programme: Programme[Key], section: Section, cost: Cost, *, may_split: bool) -> None:
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
                programme.constrain({**dict.fromkeys(keys, 1), drawn: -1}, 0, 0, ("testlet", stimulus))
        self._count_cases(programme, section, placed)
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
        drawn_in: dict[str, dict[Key, int]] = {}
        for key in programme.costs:
            if key[0] == "item" and key[2] == section.id:
                drawn_in.setdefault(key[3], {})[key] = -1
        for domain, scored_testlets in factors.items():
            scored: Key = ("scored", section.id, domain)
            programme.constrain({**scored_testlets, scored: -1}, None, 0)
            programme.constrain({**drawn_in[domain], **unscored[domain], scored: 1}, None, 0)

    def _count_cases(
        self, programme: Programme[Key], section: Section, placed: Mapping[str, Sequence[Candidate]]
    ) -> None:
        """Hold the number of cases within its bounds: a case counts when any item of it is drawn."""
        if section.case_bounds == (None, None):
            return
        counted: list[Key] = [key for key in [("missing-cases", section.id)] if key in programme.costs]
        for stimulus, testlet in placed.items():
            drawn: Key = ("testlet", stimulus, section.id)
            keys = [("item", one.item.id, section.id, domain) for one in testlet for domain in one.domains]
            programme.constrain({**dict.fromkeys(keys, 1), drawn: -1}, 0, None)
            programme.constrain({**dict.fromkeys(keys, 1), drawn: -len(testlet)}, None, 0)
            counted.append(drawn)
        programme.constrain(dict.fromkeys(counted, 1), *section.case_bounds, ("cases", section.id))

    def _add_slots(
        self,
        programme: Programme[Key],
        uses: dict[str, list[Key]],
        section: Section,
        cost: Cost,
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
            programme.constrain(dict.fromkeys(keys, 1), 1, 1, ("slot", section.id, slot.id))
