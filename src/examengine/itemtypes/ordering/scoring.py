"""Four rules for a built list; under each, an option that does not belong to it costs what a right one gives."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from examengine.core.evidence import Evidence
from examengine.itemtypes.ordering.model import Ordering, OrderingResponse
from examengine.itemtypes.spec import ItemScore, mark_of, share


def listed(item: Ordering, response: OrderingResponse) -> tuple[str, ...]:
    """Return the options of the item in the list built."""
    known = frozenset(item.option_ids())
    return tuple(name for name in response.order if name in known)


def is_blank(item: Ordering, response: OrderingResponse) -> bool:
    """Return whether the list is empty."""
    return not listed(item, response)


def score(item: Ordering, response: OrderingResponse, _evidence: Evidence | None) -> ItemScore:
    """Score by the item's rule, as a share of one point."""
    blank = is_blank(item, response)
    earned = Fraction(0) if blank else _earned(item, listed(item, response))
    return ItemScore(earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=blank))


def _earned(item: Ordering, built: tuple[str, ...]) -> Fraction:
    key = item.order
    surplus = sum(name not in key for name in built)
    match item.rule:
        case "all_or_nothing":
            return Fraction(int(built == key))
        case "position":
            hits = sum(one == other for one, other in zip(built, key, strict=False))
            return share(hits - surplus, len(key))
        case "longest_common_subsequence":
            # One option alone is in order with itself, whatever it is: that is worth nothing.
            return share(_longest_common(built, key) - 1 - surplus, len(key) - 1)
        case "adjacent":
            neighbours = frozenset(pairwise(key))
            return share(sum(pair in neighbours for pair in pairwise(built)) - surplus, len(key) - 1)


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    lengths = [0] * (len(other) + 1)
    for name in one:
        diagonal = 0
        for place, key in enumerate(other, start=1):
            diagonal, lengths[place] = (
                lengths[place],
                diagonal + 1 if name == key else max(lengths[place], lengths[place - 1]),
            )
    return lengths[-1]
