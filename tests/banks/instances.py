"""Items of the shipped banks as a sitting has them: templates with the numbers of a seed."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from examengine.bank.bank import Bank
from examengine.bank.read import read_bank
from examengine.forms.parameters import concrete_item
from examengine.itemtypes.item import Item

BANKS = Path(__file__).parents[2] / "question_banks"


@cache
def bank_named(name: str) -> Bank:
    """Return a shipped bank, read once."""
    reading = read_bank(BANKS / name)
    assert reading.bank is not None, [str(problem) for problem in reading.problems]
    return reading.bank


def instances(bank: str, item_id: str, seeds: Iterable[int] = range(50)) -> list[tuple[dict[str, str], Item]]:
    """Return for each seed the values drawn, written exactly, and the item made of them.

    Derived values are left out: tests compute them again. Read a number by `float(Fraction(text))`.
    """
    template = bank_named(bank).templates[item_id]
    drawn = [concrete_item(template, seed) for seed in seeds]
    return [(values, item) for item, values in drawn]
