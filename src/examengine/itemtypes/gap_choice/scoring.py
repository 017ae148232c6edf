"""Two rules for gaps; a word that can be chosen everywhere earns nothing by being chosen everywhere."""

from fractions import Fraction

from examengine.core.evidence import Evidence
from examengine.itemtypes.gap_choice.model import GapChoice, GapChoiceResponse
from examengine.itemtypes.spec import ItemScore, mark_of, share


def filled(item: GapChoice, response: GapChoiceResponse) -> dict[str, str]:
    """Return gap to option for those the item has, in its order."""
    return {
        gap.id: response.gaps[gap.id]
        for gap in item.gaps
        if response.gaps.get(gap.id) in {option.id for option in gap.options}
    }


def is_blank(item: GapChoice, response: GapChoiceResponse) -> bool:
    """Return whether no gap was filled."""
    return not filled(item, response)


def score(item: GapChoice, response: GapChoiceResponse, _evidence: Evidence | None) -> ItemScore:
    """Score by the item's rule, as a share of one point."""
    blank = is_blank(item, response)
    earned = Fraction(0) if blank else _earned(item, filled(item, response))
    return ItemScore(earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=blank))


def _earned(item: GapChoice, given: dict[str, str]) -> Fraction:
    hits = sum(given.get(gap.id) == gap.key for gap in item.gaps)
    if item.rule == "all_or_nothing":
        return Fraction(int(hits == len(item.gaps)))
    words = item.words_offered_everywhere() if len(item.gaps) > 1 else frozenset()
    # The best word to say everywhere is worth nothing; so is what it would have hit.
    unread = max((item.hits_of_word(word) for word in words), default=0)
    return share(hits - unread, len(item.gaps) - unread)
