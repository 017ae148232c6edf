"""The base of every value: frozen, with unknown fields refused."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer


class Model(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _read_fraction(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | str | float | Fraction):
        raise ValueError("expected a number or a fraction such as 1/2")  # noqa: TRY004 - pydantic reports ValueErrors
    try:
        # str() first: 0.1 in a text file means one tenth, not the nearest binary float.
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("expected a number or a fraction such as 1/2") from error


Exact = Annotated[
    Fraction,
    BeforeValidator(_read_fraction),
    PlainSerializer(str, return_type=str),
]
"""An exact number, written as `3`, `0.25` or `1/3` and kept as a fraction."""
