"""The short exam of the demonstration: a few items of a bank and three of its exercises."""

import importlib.util
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from examengine.bank.bank import Bank, Exercise
from examengine.bank.blueprint import Blueprint, BlueprintDomain, Scoring, Section, Slot, Status
from examengine.core.errors import BankError
from examengine.core.keyed_order import keyed_order
from examengine.core.limits import Limits
from examengine.delivery.notebook_job import is_notebook

DEMO_ITEMS = 8
DEMO_EXERCISES = 3
HANGING_SECONDS = 4.0
"""The hanging exercise need not hang for long to make its point."""


@dataclass(frozen=True, slots=True)
class DemoExam:
    """A blueprint, and the bank with the limits of its exercises shortened."""

    blueprint: Blueprint
    bank: Bank


def demo_exam(bank: Bank, seed: int) -> DemoExam:
    """Return a short exam over a bank; its exercises are those that need the least.

    Raises:
        BankError: the bank has too few items or exercises.
    """
    exercises = _picked_exercises(bank, seed)
    if sum(item.stimulus is None for item in bank.items) < DEMO_ITEMS or len(exercises) < DEMO_EXERCISES:
        raise BankError(
            f"bank {bank.id} is too small for the demonstration",
            hint=f"it takes {DEMO_ITEMS} items that stand on no case, and {DEMO_EXERCISES} exercises",
        )
    slots = tuple(
        Slot(
            id=f"k{number}",
            title=exercise.package.item.title,
            minutes=exercise.package.item.minutes,
            points=exercise.package.item.points_by_domain(),
        )
        for number, exercise in enumerate(exercises, start=1)
    )
    kept = {exercise.package.item.id for exercise in exercises}
    base = bank.blueprints[0] if bank.blueprints else None
    blueprint = Blueprint(
        id=f"{bank.id}.demo",
        title=f"{bank.manifest.title}, a demonstration: {DEMO_ITEMS} items, {DEMO_EXERCISES} exercises",
        duration_minutes=20 + sum(slot.minutes for slot in slots),
        sections=(
            Section(
                id="a",
                title="Items",
                minutes=16,
                items=DEMO_ITEMS,
                points_each=Fraction(4),
                types=_item_types(bank),
                cases="never",
            ),
            Section(id="b", title="Programming", minutes=sum(slot.minutes for slot in slots), slots=slots),
        ),
        domains=tuple(BlueprintDomain(id=domain.id, title=domain.title) for domain in bank.manifest.domains),
        scoring=base.scoring
        if base is not None
        else Scoring(kind="percent", cut=Fraction(70), cut_raw_percent=Fraction(70), basis="assumed"),
        status=Status(state="proposed", as_of=max(item.verified for item in bank.items)),
    )
    shortened = tuple(_shortened(exercise) for exercise in bank.exercises if exercise.package.item.id in kept)
    return DemoExam(blueprint, bank.model_copy(update={"exercises": shortened}))


def _item_types(bank: Bank) -> dict[str, int]:
    """Return how many items of each type to take: as many of each as there are in turn, apart from cases."""
    left = Counter(item.type for item in bank.items if item.stimulus is None)
    taken: Counter[str] = Counter()
    while taken.total() < DEMO_ITEMS:
        for name in sorted(left):
            if left[name] and taken.total() < DEMO_ITEMS:
                left[name] -= 1
                taken[name] += 1
    return dict(taken)


def _picked_exercises(bank: Bank, seed: int) -> list[Exercise]:
    # Whoever watches sees files typed; a notebook would come from outside.
    written = [exercise for exercise in bank.exercises if not is_notebook(exercise.package)]
    by_id = {exercise.package.item.id: exercise for exercise in written}
    order = [by_id[name] for name in keyed_order(by_id, seed, "demo")]
    order.sort(key=lambda one: (_missing(one), len(one.package.item.requires)))
    return order[:DEMO_EXERCISES]


def _missing(exercise: Exercise) -> int:
    """Return how many packages the exercise needs that are not installed."""
    return sum(importlib.util.find_spec(name.split(".", 1)[0]) is None for name in exercise.package.item.requires)


def _shortened(exercise: Exercise) -> Exercise:
    item = exercise.package.item
    seconds = min(item.limits.seconds, HANGING_SECONDS)
    limits: Limits = item.limits.model_copy(update={"seconds": seconds, "test_seconds": None})
    package = exercise.package.model_copy(update={"item": item.model_copy(update={"limits": limits})})
    return exercise.model_copy(update={"package": package})
