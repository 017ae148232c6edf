"""Two rules for pairs; the same option everywhere earns nothing under either."""

from collections import Counter
from fractions import Fraction

from examengine.core.evidence import Evidence
from examengine.itemtypes.matching.model import Matching, MatchingResponse
from examengine.itemtypes.spec import ItemScore, mark_of


def pairs_of(item: Matching, response: MatchingResponse) -> dict[str, str]:
    """Return the pairs of prompts and options that the item has, in the order of its prompts."""
    known = frozenset(item.option_ids())
    return {one.id: response.pairs[one.id] for one in item.prompts if response.pairs.get(one.id) in known}


def is_blank(item: Matching, response: MatchingResponse) -> bool:
    """Return whether nothing was matched."""
    return not pairs_of(item, response)


def score(item: Matching, response: MatchingResponse, _evidence: Evidence | None) -> ItemScore:
    """Score by the item's rule, as a share of one point."""
    blank = is_blank(item, response)
    earned = Fraction(0) if blank else _earned(item, pairs_of(item, response))
    return ItemScore(earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=blank))


def right_prompts(item: Matching, pairs: dict[str, str]) -> frozenset[str]:
    """Return the prompts that were matched rightly; an option that was used too often is the match of none."""
    uses = Counter(pairs.values())
    return frozenset(
        prompt for prompt, option in pairs.items() if item.key[prompt] == option and (item.reuse or uses[option] == 1)
    )


def _earned(item: Matching, pairs: dict[str, str]) -> Fraction:
    right = right_prompts(item, pairs)
    if item.rule == "all_or_nothing":
        return Fraction(int(len(right) == len(item.prompts)))
    if not item.reuse:
        return Fraction(len(right), len(item.prompts))
    # Each option of the key has a share of its own; the same option everywhere reaches one whole share, worth nothing.
    owners = Counter(item.key.values())
    shares = sum((Fraction(1, owners[item.key[prompt]]) for prompt in right), Fraction(0))
    return max(Fraction(0), (shares - 1) / (len(owners) - 1))
