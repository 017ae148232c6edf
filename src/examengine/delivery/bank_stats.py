"""What a bank amounts to, in numbers: for its author, beside the guide's targets and what was met of it here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from examengine.bank.bank import Bank
from examengine.bank.template.exact import ExpressionError
from examengine.bank.template.item_template import ItemTemplate
from examengine.core.model import Model
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.practice_history import practice_history
from examengine.delivery.services import Services
from examengine.forms.figures import figures_in_case, figures_in_item
from examengine.itemtypes.item import Cognitive, Difficulty, Item
from examengine.practice.encounters import Encounter

TARGETS: Mapping[str, float] = MappingProxyType(
    {
        Difficulty.FOUNDATIONAL: 0.20,
        Difficulty.INTERMEDIATE: 0.50,
        Difficulty.ADVANCED: 0.30,
        Cognitive.RECALL: 0.15,
        Cognitive.APPLY: 0.50,
        Cognitive.ANALYSE: 0.35,
    }
)
"""The mix that the guide for authors aims at, as shares of the items."""
_TRIED = 200
"""Draws of a large template by which the share is estimated that meets what it requires."""


class LevelCount(Model):
    """How many items have a difficulty or ask for an act of the mind."""

    level: str
    items: int
    share: float
    target: float


class ObjectiveCount(Model):
    """What an objective has."""

    id: str
    title: str
    items: int
    exercises: int
    templates: int
    seconds: int
    """Expected time of its items."""
    types: dict[str, int]


class DomainCount(Model):
    """What a domain has, by objective."""

    id: str
    title: str
    items: int
    exercises: int
    templates: int
    seconds: int
    objectives: tuple[ObjectiveCount, ...]


class Instances(Model):
    """How many draws of the templates meet what they require."""

    count: int
    is_estimate: bool
    """Whether the share of a large template's draws was estimated."""


class ItemExposure(Model):
    """How often an item was met here, and how it went."""

    item: str
    met: int
    answered: int
    """Meetings that were scored."""
    share: float | None
    """Of the points, over those; None where there are none."""


class Exposure(Model):
    """What was met of a bank in the latest sessions on this machine."""

    items: int
    """Different ones."""
    meetings: int
    answered: int
    share: float | None
    """Of the points, each meeting counted alike."""
    by_item: tuple[ItemExposure, ...]
    """Met most often first."""


class BankStats(Model):
    """A bank in numbers; `items` leaves exercises aside, and a template is one item."""

    id: str
    title: str
    version: str
    items: int
    exercises: int
    templates: int
    instances: Instances
    cases: int
    items_on_cases: int
    figures: int
    items_with_figures: int
    tables: int
    seconds: int
    """Expected time of all items."""
    exercise_seconds: int
    types: dict[str, int]
    difficulty: tuple[LevelCount, ...]
    cognitive: tuple[LevelCount, ...]
    domains: tuple[DomainCount, ...]
    exposure: Exposure | None
    """None: nothing of it was met here."""


def count_bank(services: Services, name: str) -> BankStats:
    """Return a bank in numbers.

    Raises:
        UsageError: there is no such bank.
        BankError: it has errors.
    """
    return stats_of(open_named_bank(services, name), practice_history(services))


def stats_of(bank: Bank, history: Sequence[Encounter] = ()) -> BankStats:
    """Return a bank in numbers, with what was met of it."""
    exercises = [exercise.package.item for exercise in bank.exercises]
    cases = [figures_in_case(stimulus) for stimulus in bank.stimuli]
    pictured = [figures_in_item(item) for item in (*bank.items, *exercises)]
    return BankStats(
        id=bank.id,
        title=bank.manifest.title,
        version=bank.manifest.version,
        items=len(bank.items),
        exercises=len(exercises),
        templates=len(bank.templates),
        instances=_instances(bank.templates.values()),
        cases=len(bank.stimuli),
        items_on_cases=sum(item.stimulus is not None for item in bank.items),
        figures=len({name for pairs in (*pictured, *cases) for name, _ in pairs}),
        items_with_figures=sum(bool(pairs) for pairs in pictured),
        tables=sum(exhibit.kind == "table" for stimulus in bank.stimuli for exhibit in stimulus.exhibits),
        seconds=sum(item.seconds for item in bank.items),
        exercise_seconds=sum(item.seconds for item in exercises),
        types=dict(Counter(item.type for item in bank.items).most_common()),
        difficulty=_levels(Difficulty, [item.difficulty for item in bank.items]),
        cognitive=_levels(Cognitive, [item.cognitive for item in bank.items]),
        domains=_domains(bank, exercises),
        exposure=_exposure({item.id for item in (*bank.items, *exercises)}, history),
    )


def _levels(known: Iterable[str], found: Sequence[str]) -> tuple[LevelCount, ...]:
    counts = Counter(found)
    return tuple(
        LevelCount(
            level=level, items=counts[level], share=counts[level] / len(found) if found else 0.0, target=TARGETS[level]
        )
        for level in known
    )


def _domains(bank: Bank, exercises: Sequence[Item]) -> tuple[DomainCount, ...]:
    items: dict[str, list[Item]] = defaultdict(list)
    for item in bank.items:
        items[item.objective].append(item)
    coding = Counter(item.objective for item in exercises)
    found = []
    for domain in bank.manifest.domains:
        rows = tuple(
            ObjectiveCount(
                id=objective.id,
                title=objective.title,
                items=len(items[objective.id]),
                exercises=coding[objective.id],
                templates=sum(item.id in bank.templates for item in items[objective.id]),
                seconds=sum(item.seconds for item in items[objective.id]),
                types=dict(Counter(item.type for item in items[objective.id]).most_common()),
            )
            for objective in domain.objectives
        )
        found.append(
            DomainCount(
                id=domain.id,
                title=domain.title,
                items=sum(row.items for row in rows),
                exercises=sum(row.exercises for row in rows),
                templates=sum(row.templates for row in rows),
                seconds=sum(row.seconds for row in rows),
                objectives=rows,
            )
        )
    return tuple(found)


def _instances(templates: Iterable[ItemTemplate]) -> Instances:
    count, is_estimate = Fraction(0), False
    for template in templates:
        size = template.head.size
        is_whole = size <= _TRIED
        draws = (
            [template.draw_at(at) for at in range(size)] if is_whole else [template.draw(n, 0) for n in range(_TRIED)]
        )
        holding = sum(_holds(template, drawn) for drawn in draws)
        count += Fraction(holding * size, len(draws))
        is_estimate |= not is_whole and holding < len(draws)
    return Instances(count=round(count), is_estimate=is_estimate)


def _holds(template: ItemTemplate, drawn: Mapping[str, Fraction | bool | str]) -> bool:
    try:
        return template.values_of(drawn) is not None
    except ExpressionError:
        return False


def _exposure(items: set[str], history: Sequence[Encounter]) -> Exposure | None:
    met: dict[str, list[Encounter]] = defaultdict(list)
    for one in history:
        if one.item in items:
            met[one.item].append(one)
    if not met:
        return None
    everything = [one for meetings in met.values() for one in meetings]
    rows = [
        ItemExposure(item=name, met=len(meetings), answered=_answered(meetings), share=_share(meetings))
        for name, meetings in met.items()
    ]
    return Exposure(
        items=len(met),
        meetings=len(everything),
        answered=_answered(everything),
        share=_share(everything),
        by_item=tuple(sorted(rows, key=lambda row: (-row.met, row.item))),
    )


def _answered(meetings: Iterable[Encounter]) -> int:
    return sum(one.is_decided for one in meetings)


def _share(meetings: Sequence[Encounter]) -> float | None:
    shares = [one.share for one in meetings if one.is_decided]
    return float(sum(shares, Fraction(0)) / len(shares)) if shares else None
