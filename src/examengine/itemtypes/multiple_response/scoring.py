"""Four rules for several keys; ticking everything never pays under any of them."""

from fractions import Fraction

from examengine.core.evidence import Evidence
from examengine.itemtypes.multiple_response.model import MultipleResponse, MultipleResponseResponse
from examengine.itemtypes.spec import ItemScore, mark_of, share


def is_blank(response: MultipleResponseResponse) -> bool:
    """Return whether nothing was picked."""
    return not response.options


def score(item: MultipleResponse, response: MultipleResponseResponse, _evidence: Evidence | None) -> ItemScore:
    """Score by the item's rule, as a share of one point."""
    earned = Fraction(0) if is_blank(response) else _earned(item, response)
    return ItemScore(
        earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=is_blank(response))
    )


def _earned(item: MultipleResponse, response: MultipleResponseResponse) -> Fraction:
    keys = frozenset(item.keys)
    picked = response.options & frozenset(item.option_ids())
    hits, slips = len(picked & keys), len(picked - keys)
    match item.rule:
        case "all_or_nothing":
            return Fraction(int(picked == keys))
        case "net_correct":
            # Where the distractors are few each costs more, so that all of them undo all of the keys.
            cost = max(Fraction(1), Fraction(len(keys), len(item.options) - len(keys)))
            return share(hits - slips * cost, len(keys))
        case "coverage":
            return Fraction(0) if len(picked) > len(keys) else share(hits, len(keys))
        case "each_option":
            options = len(item.options)
            judged_rightly = hits + (options - len(keys) - slips)
            # What a candidate who reads nothing gets by ticking all or none is worth nothing.
            unread = max(len(keys), options - len(keys))
            return share(judged_rightly - unread, options - unread)
