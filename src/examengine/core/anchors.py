"""Credit for a measured value: straight lines through anchors, in exact arithmetic.

Imports nothing but the standard library: the judge uses it too.
"""

import itertools
import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

Anchors = Sequence[tuple[Fraction, Fraction]]
"""Pairs of a value and the share of the points it earns, from the share 0 to the share 1."""

_STEPS = 1000
_NOISE = Context(prec=12, rounding=ROUND_HALF_UP)
"""Twelve digits: what differs only beyond them is the noise of binary arithmetic."""


def grid(anchors: Anchors) -> Fraction:
    """Return the step to which a value is rounded: a thousandth of the power of ten within the anchors' span."""
    span = abs(anchors[-1][0] - anchors[0][0])
    power = math.floor(math.log10(span.numerator) - math.log10(span.denominator))
    # The logarithm is inexact beside a power of ten; comparing exactly settles it.
    while Fraction(10) ** power > span:
        power -= 1
    while Fraction(10) ** (power + 1) <= span:
        power += 1
    return Fraction(10) ** power / _STEPS


def rounded(value: float, anchors: Anchors) -> Fraction:
    """Return a finite value rounded to the anchors' grid, halves upwards.

    The value is first cut to twelve digits, so that its last bits never decide between two steps.
    """
    step = grid(anchors)
    steps = Fraction(_NOISE.create_decimal(Decimal(value))) / step
    return math.floor(steps + Fraction(1, 2)) * step


def credit(anchors: Anchors, value: float) -> Fraction:
    """Return the share of the points, from 0 to 1, that a finite value earns.

    The anchors' values rise where greater is better and fall where smaller is.
    """
    at = rounded(value, anchors)
    is_rising = anchors[-1][0] > anchors[0][0]
    sign = 1 if is_rising else -1
    if sign * at <= sign * anchors[0][0]:
        return anchors[0][1]
    for (low, less), (high, more) in itertools.pairwise(anchors):
        if sign * at <= sign * high:
            return less + (more - less) * (at - low) / (high - low)
    return anchors[-1][1]


def fault_of(anchors: Anchors, *, greater_is_better: bool) -> str:
    """Return what is wrong with anchors and what would be right; empty where nothing is."""
    if len(anchors) < 2:
        return "anchors need two pairs at least; give [value, share] pairs such as [0.75, 0], [0.90, 1]"
    values, shares = [value for value, _ in anchors], [share for _, share in anchors]
    if shares[0] != 0 or shares[-1] != 1:
        return "anchors must begin with the share 0 and end with the share 1; such as [0.75, 0], [0.90, 1]"
    if any(after < before for before, after in itertools.pairwise(shares)):
        return "anchors must not take points away for a better value; let the shares rise from 0 to 1"
    sign = 1 if greater_is_better else -1
    if any(sign * after <= sign * before for before, after in itertools.pairwise(values)):
        better = "greater" if greater_is_better else "smaller"
        way = "rise" if greater_is_better else "fall"
        return f"anchors must go from the worst value to the best; {better} is better here, so let the values {way}"
    return ""
