"""The scale: raw share of the points to scaled score."""

import math
from fractions import Fraction

from examengine.bank.blueprint import Scoring


def scaled_score(scoring: Scoring, raw_share: Fraction) -> Fraction:
    """Return the scaled score of a raw share (0 to 1): linear below the cut and above it, and exact at it."""
    cut_share = scoring.cut_raw_percent / 100
    if raw_share <= cut_share:
        return scoring.min + (scoring.cut - scoring.min) * raw_share / cut_share
    return scoring.cut + (scoring.max - scoring.cut) * (raw_share - cut_share) / (1 - cut_share)


def shown_score(scaled: Fraction) -> int:
    """Return a scaled score as shown: rounded down, so that nothing below the cut looks like the cut."""
    return math.floor(scaled)
