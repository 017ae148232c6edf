"""The numeric item and its response."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from examengine.core.model import Exact, Model
from examengine.itemtypes.item import Item, Prose

_GREATEST = Fraction(10) ** 900
_SMALLEST = 1 / _GREATEST
"""Of what can be typed."""


class Band(Model):
    """A closeness to the answer, and the credit it gets. Exactly one of the three kinds is set."""

    absolute: Exact | None = None
    """Largest distance from the answer."""
    relative: Exact | None = None
    """Largest distance, as a share of the answer's size."""
    significant_figures: int | None = Field(default=None, ge=1, le=15)
    """Figures that must agree after rounding half away from nothing."""
    credit: Exact = Fraction(1)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [self.absolute, self.relative, self.significant_figures]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a band has exactly one of absolute, relative and significant_figures")
        if any(isinstance(kind, Fraction) and kind < 0 for kind in kinds):
            raise ValueError("a tolerance is not negative")
        if not 0 < self.credit <= 1:
            raise ValueError("credit lies above 0 and is at most 1")
        return self


class Slip(Model):
    """A wrong number that a known mistake leads to."""

    value: Exact
    rationale: Prose


class Numeric(Item):
    """A number to compute."""

    type: Literal["numeric"]
    answer: Exact
    unit: Annotated[str, StringConstraints(max_length=20)] = ""
    tolerance: tuple[Band, ...] = Field(min_length=1)
    slips: tuple[Slip, ...] = ()
    rule: Literal["tolerance_bands"] = "tolerance_bands"

    @model_validator(mode="after")
    def _answer_can_be_typed(self) -> Self:
        if self.answer and not _SMALLEST <= abs(self.answer) <= _GREATEST:
            raise ValueError("nobody can type an answer of that size; choose another unit")
        return self

    @model_validator(mode="after")
    def _first_band_gives_full_credit(self) -> Self:
        shares = [band.credit for band in self.tolerance]
        if shares[0] != 1 or shares != sorted(shares, reverse=True):
            raise ValueError("bands stand best first, and the first gives full credit")
        return self


class NumericResponse(Model):
    """What was typed, as typed; it is read as a number when it is scored."""

    text: Annotated[str, StringConstraints(max_length=60)] = ""
