"""Figures of a certification: what is published of it, where, and what a blueprint assumes where nothing is."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, field_serializer, model_validator

from examengine.core.model import Exact, Model
from examengine.itemtypes.item import Prose, Slug

Basis = Literal["official", "published", "inferred", "assumed"]
"""Where a figure comes from: the body's own page, copies of its guide, drawn from those, or ours (shown as such)."""

FigureName = Literal[
    "duration_minutes",
    "seat_minutes",
    "items",
    "scored_items",
    "unscored_items",
    "item_types",
    "domain_weights",
    "scale",
    "cut_score",
    "cut_percent",
    "validity_months",
    "retake_wait_days",
    "retake_attempts",
    "retake_window_months",
    "retake_after_pass_months",
]
_TITLES: Mapping[str, tuple[str, str]] = {
    "duration_minutes": ("Duration", "minutes"),
    "seat_minutes": ("Time at the desk", "minutes"),
    "items": ("Items in all", ""),
    "scored_items": ("Scored items", ""),
    "unscored_items": ("Unscored items", ""),
    "item_types": ("Item types", ""),
    "domain_weights": ("Weights of the domains", ""),
    "scale": ("Scale", ""),
    "cut_score": ("Cut score", ""),
    "cut_percent": ("Share of the points at the cut", "%"),
    "validity_months": ("Validity", "months"),
    "retake_wait_days": ("Wait before another attempt", "days"),
    "retake_attempts": ("Attempts", ""),
    "retake_window_months": ("Attempts are counted over", "months"),
    "retake_after_pass_months": ("Wait after a pass", "months"),
}


class Span(Model):
    """From one number to another; without `to`, at least the first."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    low: Exact = Field(alias="from")
    high: Exact | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _from_the_smaller(self) -> Self:
        if self.high is not None and self.high < self.low:
            raise ValueError("from is at most to")
        return self

    def holds(self, number: Fraction | int) -> bool:
        """Return whether a number lies within, the ends included."""
        return self.low <= number and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        low = _number(self.low)
        return f"at least {low}" if self.high is None else f"{low} to {_number(self.high)}"


class Figure(Model):
    """One figure; `basis: assumed` is what the blueprint takes where nothing is published."""

    name: FigureName
    value: Span | Exact | tuple[Exact | Prose, ...] | None = None
    """None: the figure stands elsewhere in the blueprint (weights)."""
    basis: Basis
    source: Slug | None = None
    """Id of the source; none where the figure is ours."""
    note: str = ""

    @model_validator(mode="after")
    def _published_figures_have_a_source(self) -> Self:
        if self.basis in {"official", "published"} and self.source is None:
            raise ValueError(f"figure {self.name} is {self.basis}, but names no source")
        if self.value is None and self.name != "domain_weights":
            raise ValueError(f"figure {self.name} has no value")
        return self

    @field_serializer("value")
    def _as_written(self, value: Span | Fraction | tuple[Fraction | str, ...] | None) -> object:
        # Left to itself the union writes a tuple as the text of an exact number.
        match value:
            case Span():
                return value.model_dump(mode="json", by_alias=True)
            case tuple():
                return [str(one) for one in value]
        return None if value is None else str(value)

    def __str__(self) -> str:
        title, unit = _TITLES[self.name]
        match self.value:
            case None:
                text = title
            case tuple():
                text = f"{title}: {', then '.join(_number(one) for one in self.value)}"
                if self.name == "item_types":
                    text = f"{title}: {', '.join(str(one).replace('_', ' ') for one in self.value)}"
            case Span():
                text = f"{title}: {self.value}"
            case _:
                text = f"{title}: {_number(self.value)}"
        text = f"{text} {unit}".rstrip()
        return f"{text} ({self.note})" if self.note else text


class Source(Model):
    """A page that a fact was taken from."""

    id: Slug | None = Field(default=None, exclude_if=lambda value: value is None)
    """What figures call it."""
    title: Prose
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    dated: str = Field(default="", exclude_if=lambda value: not value)
    """The day or time that the page itself bears."""
    verified: date


def _number(value: Fraction | str) -> str:
    if isinstance(value, str):
        return value
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
