"""Two rules for a series; the same word everywhere earns nothing under either."""

from fractions import Fraction

from examengine.core.evidence import Evidence
from examengine.itemtypes.spec import ItemScore, mark_of
from examengine.itemtypes.yes_no_series.model import YesNoSeries, YesNoSeriesResponse


def is_blank(item: YesNoSeries, response: YesNoSeriesResponse) -> bool:
    """Return whether no statement was answered."""
    return not any(one.id in response.answers for one in item.statements)


def score(item: YesNoSeries, response: YesNoSeriesResponse, _evidence: Evidence | None) -> ItemScore:
    """Score by the item's rule, as a share of one point."""
    blank = is_blank(item, response)
    earned = Fraction(0) if blank else _earned(item, response)
    return ItemScore(earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=blank))


def _earned(item: YesNoSeries, response: YesNoSeriesResponse) -> Fraction:
    if item.rule == "all_or_nothing":
        return Fraction(int(all(response.answers.get(one.id) == one.answer for one in item.statements)))
    # Whoever says the same word everywhere reaches one whole of the two shares: that is worth nothing.
    return max(Fraction(0), _share_of(item, response, "yes") + _share_of(item, response, "no") - 1)


def _share_of(item: YesNoSeries, response: YesNoSeriesResponse, answer: str) -> Fraction:
    own = [one.id for one in item.statements if one.answer == answer]
    return Fraction(sum(response.answers.get(name) == answer for name in own), len(own))
