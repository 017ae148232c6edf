"""The most that an accepted answer or pattern gives for a text."""

from fractions import Fraction

from examengine.core.evidence import Evidence
from examengine.itemtypes.short_text.model import (
    Accepted,
    AcceptedPattern,
    ShortTextItem,
    ShortTextResponse,
    TextSlip,
)
from examengine.itemtypes.short_text.patterns import matches
from examengine.itemtypes.spec import ItemScore, mark_of


def is_blank(response: ShortTextResponse) -> bool:
    """Return whether nothing was typed."""
    return not response.text.strip()


def score(item: ShortTextItem, response: ShortTextResponse, _evidence: Evidence | None) -> ItemScore:
    """Give the best credit among the answers and patterns that fit, as a share of one point."""
    best = best_match(item, response.text)
    earned = best.credit if best is not None else Fraction(0)
    return ItemScore(
        earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=is_blank(response))
    )


def best_match(item: ShortTextItem, text: str) -> Accepted | AcceptedPattern | None:
    """Return what gives a text its credit; answers come before patterns of the same credit."""
    plain = item.normalise.plain(text)
    if not plain:
        return None
    fitting: list[Accepted | AcceptedPattern] = [
        answer for answer in item.answers if item.normalise.plain(answer.text) == plain
    ]
    fitting += [one for one in item.patterns if pattern_fits(item, one.pattern, text)]
    return max(fitting, key=lambda one: one.credit, default=None)


def matching_slip(item: ShortTextItem, text: str) -> TextSlip | None:
    """Return the named mistake that leads to a text, if it is one and earns nothing."""
    if not text.strip() or best_match(item, text) is not None:
        return None
    return next((slip for slip in item.slips if slip_fits(item, slip, text)), None)


def slip_fits(item: ShortTextItem, slip: TextSlip, text: str) -> bool:
    """Return whether a text is what a slip leads to."""
    if slip.text is not None:
        return item.normalise.plain(slip.text) == item.normalise.plain(text)
    return slip.pattern is not None and pattern_fits(item, slip.pattern, text)


def pattern_fits(item: ShortTextItem, pattern: str, text: str) -> bool:
    """Return whether a pattern covers a text after normalising; case counts only where the item keeps it."""
    return matches(pattern, item.normalise.spelling(text), is_folded=item.normalise.case == "fold")
