"""Bands of tolerance around the answer, in exact arithmetic."""

import math
from fractions import Fraction

from examengine.core.evidence import Evidence
from examengine.itemtypes.numeric.model import Band, Numeric, NumericResponse, Slip
from examengine.itemtypes.numeric.reading import read_number
from examengine.itemtypes.spec import ItemScore, mark_of


def is_blank(response: NumericResponse) -> bool:
    """Return whether nothing was typed."""
    return not response.text.strip()


def score(item: Numeric, response: NumericResponse, _evidence: Evidence | None) -> ItemScore:
    """Give the credit of the first band that holds, as a share of one point."""
    value = read_number(response.text, item.unit)
    earned = Fraction(0)
    if value is not None:
        earned = next((band.credit for band in item.tolerance if _holds(band, value, item.answer)), earned)
    return ItemScore(
        earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=is_blank(response))
    )


def matching_slip(item: Numeric, response: NumericResponse) -> Slip | None:
    """Return the named mistake that leads to the response, if it is one."""
    value = read_number(response.text, item.unit)
    if value is None or score(item, response, None).earned == 1:
        return None
    near = item.tolerance[0]
    return next((slip for slip in item.slips if _holds(near, value, slip.value)), None)


def _holds(band: Band, value: Fraction, answer: Fraction) -> bool:
    if band.absolute is not None:
        return abs(value - answer) <= band.absolute
    if band.relative is not None:
        return abs(value - answer) <= band.relative * abs(answer)
    figures = band.significant_figures or 1
    return _round_to_figures(value, figures) == _round_to_figures(answer, figures)


def _round_to_figures(value: Fraction, figures: int) -> Fraction:
    if value == 0:
        return Fraction(0)
    size = abs(value)
    exponent = len(str(size.numerator // size.denominator)) - 1 if size >= 1 else -_leading_zeros(size)
    step = Fraction(10) ** (exponent - figures + 1)
    rounded = math.floor(size / step + Fraction(1, 2)) * step
    return rounded if value > 0 else -rounded


def _leading_zeros(size: Fraction) -> int:
    count = 0
    while size < 1:
        size, count = size * 10, count + 1
    return count
