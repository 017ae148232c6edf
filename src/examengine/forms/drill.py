"""Assembles a drill: items of a practice pool by domain, objective, type and difficulty, new ones first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from examengine.bank.blueprint import Scoring
from examengine.bank.template.item_template import ItemTemplate
from examengine.core.errors import UsageError
from examengine.core.keyed_order import keyed_order
from examengine.core.model import Model
from examengine.forms.eligible import Candidate, find_testlets, objective_of, stimuli_used, templates_of
from examengine.forms.entries import digest_banks, make_entry
from examengine.forms.form import Form, FormDomain, FormEntry, FormSection
from examengine.forms.integer_programme import Programme, Undecided
from examengine.forms.practice_pool import PracticePool
from examengine.forms.shortfall import Shortfall
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Difficulty, Item
from examengine.itemtypes.registry import spec_named

_SECTION = "drill"
_CODING = "coding"
DRILL_MARK = ".drill"
"""What a drill's form is called after its pool."""
MOST_ITEMS = 500
"""No drill is longer."""
Only = Literal["missed", "new", "flagged"]
ONLY: dict[Only, str] = {"missed": "missed", "new": "never seen", "flagged": "flagged"}
"""Narrowing by what happened before, in words."""


class DrillChoice(Model):
    """What to practise; an empty choice leaves its field open."""

    domains: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    """Empty: all but coding, whose exercises take many times as long as an item."""
    difficulties: tuple[str, ...] = ()
    only: tuple[Only, ...] = ()
    """missed: not right when last answered; new: never seen; flagged: when last met. Several: any of them."""
    count: Annotated[int, Field(ge=1)] | None = 10
    """None: all that fit, up to MOST_ITEMS."""
    minutes: float | None = Field(default=None, gt=0, le=24 * 60)
    """A time limit; none: no clock runs."""
    seen: frozenset[str] = frozenset()
    """Ids that the candidate has met; they come only when nothing new is left."""
    missed: frozenset[str] = frozenset()
    """Ids that the candidate did not get right when last answered."""
    flagged: frozenset[str] = frozenset()
    """Ids that the candidate had flagged when they were last met."""
    drawn: frozenset[str] = frozenset()
    """Instances of templates that the candidate has met, by `instance_key`; others come first."""


def assemble_drill(pool: PracticePool, choice: DrillChoice, seed: int) -> Form | Shortfall:
    """Return a drill of exactly `count` items, none of them enemies, or how many there are.

    Without a count, all that can meet make the drill.

    Raises:
        UsageError: the choice names a domain, objective, type or difficulty that does not exist.
    """
    items = {one.item.id: one.item for one in fitting(pool, choice)}
    if not items:
        return Shortfall(lines=(why_none_fits(pool, choice),), missing=choice.count or 1, available=0)
    wanted = choice.count if choice.count is not None else min(MOST_ITEMS, len(items))
    order = keyed_order(items, seed, "drill")
    order.sort(key=lambda name: name in choice.seen)
    picked = _pick_without_enemies([items[name] for name in order], wanted)
    if len(picked) < wanted:
        # Where the search grows too large, the greedy pick stands.
        with suppress(Undecided):
            picked = _pick_most([items[name] for name in order], wanted)
    if choice.count is not None and len(picked) < choice.count:
        return _too_few(len(items), len(picked), choice.count)
    return _form(pool, choice, picked, seed)


def _check_names(pool: PracticePool, choice: DrillChoice) -> None:
    for kind, named, known in (
        ("domain", choice.domains, list(pool.draws)),
        ("difficulty", choice.difficulties, [level.value for level in Difficulty]),
    ):
        for name in named:
            if name not in known:
                raise UsageError(f"there is no {kind} {name!r} in {pool.words}", hint=f"there are {', '.join(known)}")
    for name in choice.objectives:
        pool.objective_named(name)
    for name in choice.types:
        spec_named(name)


def fitting(pool: PracticePool, choice: DrillChoice) -> list[Candidate]:
    """Return every item that fits the choice, whatever its count, with the domains that it serves.

    Raises:
        UsageError: the choice names a domain, objective, type or difficulty that does not exist.
    """
    _check_names(pool, choice)
    found = pool.candidates
    for step in _steps(pool, choice):
        found = [one for one in found if step.holds(one)]
    return found


def why_none_fits(pool: PracticePool, choice: DrillChoice) -> str:
    """Return in a sentence which part of a choice leaves no item; empty where some fit."""
    found = pool.candidates
    where = pool.words
    for step in _steps(pool, choice):
        left = [one for one in found if step.holds(one)]
        if not found:
            return f"no item fits: there are no items in {where}"
        if not left:
            none = "the only item is not" if len(found) == 1 else f"none of the {len(found)} items is"
            return f"no item fits: in {where}, {none} {step.is_what}"
        found = left
        where = f"{where}, {step.what}" if step.what else where
    return ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One part of a choice."""

    what: str
    """What stays, after a comma."""
    is_what: str
    """What none of the items is, where nothing stays."""
    holds: Callable[[Candidate], bool]


def _steps(pool: PracticePool, choice: DrillChoice) -> Iterator[_Step]:
    if choice.domains:
        named = _any_of(pool.titles[name] for name in choice.domains)
        yield _Step(named, f"of {named}", lambda one: not set(choice.domains).isdisjoint(one.domains))
    if choice.objectives:
        wanted = [pool.objective_named(name) for name in choice.objectives]
        sources = frozenset[str]().union(*(one.sources for one in wanted))
        named = _any_of(one.title for one in wanted)
        yield _Step(named, f"of {named}", lambda one: objective_of(one.item) in sources)
    if choice.types:
        named = _any_of(spec_named(name).title.lower() for name in choice.types)
        yield _Step(named, f"of type {named}", lambda one: one.item.type in choice.types)
    else:
        yield _Step("", "anything but coding, which has to be asked for", lambda one: one.item.type != _CODING)
    if choice.difficulties:
        named = _any_of(choice.difficulties)
        yield _Step(named, named, lambda one: one.item.difficulty in choice.difficulties)
    if choice.only:
        yield _Step("", _any_of(ONLY[name] for name in choice.only), lambda one: _is_among(one.item.id, choice))


def _is_among(name: str, choice: DrillChoice) -> bool:
    return any(
        name not in choice.seen if only == "new" else name in (choice.missed if only == "missed" else choice.flagged)
        for only in choice.only
    )


def _any_of(words: Iterable[str]) -> str:
    return " or ".join(words)


def _pick_without_enemies(items: Sequence[Item], count: int) -> list[Item]:
    """Return the first items that may meet each other."""
    picked: list[Item] = []
    shunned: set[str] = set()
    for item in items:
        if len(picked) == count:
            break
        if item.id not in shunned and not any(one.id in item.enemies for one in picked):
            picked.append(item)
            shunned.update(item.enemies)
    return picked


def _pick_most(items: Sequence[Item], count: int) -> list[Item]:
    """Return `count` items that may meet each other, early ones first; where there are not so many, the most.

    Taking the first that fit can miss them: one item may keep out two.
    """
    for wanted in (count, None):
        programme: Programme[str] = Programme()
        for place, item in enumerate(items):
            # Without a count, one item more outweighs all places.
            programme.add_variable(item.id, place - (0 if wanted else len(items) ** 2))
        if wanted is not None:
            programme.constrain(dict.fromkeys((item.id for item in items), 1), wanted, wanted)
        known = frozenset(item.id for item in items)
        for item in items:
            for enemy in item.enemies:
                if enemy in known and enemy != item.id:
                    programme.constrain({item.id: 1, enemy: 1}, None, 1)
        solution = programme.solve()
        if solution is not None:
            return [item for item in items if item.id in solution.values]
    return []


def count_words(count: int) -> str:
    """Return `1 item fits` or `23 items fit`."""
    return "1 item fits" if count == 1 else f"{count} items fit"


def _too_few(found: int, available: int, count: int) -> Shortfall:
    lines = [f"{count_words(found)} the choice, {count} are wanted"]
    if available < found:
        lines.append(f"enemies kept apart, {available} of them can meet in one drill")
    return Shortfall(lines=tuple(lines), missing=count - available, available=available)


def _form(pool: PracticePool, choice: DrillChoice, items: Sequence[Item], seed: int) -> Form:
    templates = templates_of(pool.banks)
    items = _testlets_together(pool, items)
    entries = tuple(
        _entry(pool, choice, item, number, seed, templates.get(item.id)) for number, item in enumerate(items, 1)
    )
    used = {entry.domain for entry in entries}
    for entry in entries:
        used.update(part.domain for part in (entry.item.parts if isinstance(entry.item, Coding) else ()))
    seconds = None if choice.minutes is None else choice.minutes * 60
    # An untimed drill has no clock; its section then tells the expected time.
    section_seconds = float(sum(item.seconds for item in items)) if seconds is None else seconds
    return Form(
        blueprint=f"{pool.id}{DRILL_MARK}",
        title=f"{pool.title}: drill",
        kind="drill",
        seed=seed,
        bank_digest=digest_banks({name: bank.digest for name, bank in pool.banks.items()}),
        seconds=seconds,
        sections=(
            FormSection(id=_SECTION, title="Drill", seconds=section_seconds, navigation="free", leave="returns"),
        ),
        domains=tuple(FormDomain(id=domain, title=pool.titles[domain]) for domain in pool.draws if domain in used),
        entries=entries,
        scoring=Scoring(kind="percent", cut=Fraction(70), cut_raw_percent=Fraction(70), basis="assumed"),
        feedback="immediate",
        stimuli=stimuli_used(items, pool.banks),
    )


def _entry(
    pool: PracticePool, choice: DrillChoice, item: Item, number: int, seed: int, template: ItemTemplate | None
) -> FormEntry:
    """Return an item on its place, under a domain that was chosen where it serves one."""
    domains = pool.domains_of(objective_of(item))
    domain = next((name for name in domains if name in choice.domains), domains[0])
    exercise = pool.exercises.get(item.id)
    return make_entry(
        item,
        number=number,
        section=_SECTION,
        domain=domain,
        points=Fraction(1) if exercise is None else sum((part.points for part in exercise.item.parts), Fraction(0)),
        seed=seed,
        shown=None if exercise is None else exercise.in_drawn_domains(domain),
        template=template,
        shunned=choice.drawn,
    )


def _testlets_together(pool: PracticePool, items: Sequence[Item]) -> list[Item]:
    """Return items with those of one stimulus behind each other, in the order of their bank."""
    picked = {item.id: item for item in items}
    testlets = find_testlets(pool.banks) if any(item.stimulus is not None for item in items) else {}
    order: dict[str, Item] = {}
    for item in items:
        fellows = testlets.get(item.stimulus, (item,)) if item.stimulus is not None else (item,)
        order.update({one.id: picked[one.id] for one in fellows if one.id in picked})
    return list(order.values())
