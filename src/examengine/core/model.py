"""The base of every value: frozen, with unknown fields refused."""

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema


class Model(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


_SHORT_NUMBER = re.compile(r"[+-]?\d{0,300}(\.\d{0,300})?(e[+-]?\d{1,3})?(/\d{1,300})?", re.IGNORECASE)
"""Bounded, so that a text such as 1e999999999 is refused before it is computed."""


def _read_fraction(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | str | float | Fraction):
        raise ValueError("expected a number or a fraction such as 1/2")  # noqa: TRY004 - pydantic reports ValueErrors
    if isinstance(value, str) and not _SHORT_NUMBER.fullmatch(value.strip()):
        raise ValueError("expected a number or a fraction such as 1/2")
    try:
        # str() first: 0.1 in a text file means one tenth, not the nearest binary float.
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("expected a number or a fraction such as 1/2") from error


Exact = Annotated[
    Fraction,
    BeforeValidator(_read_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?(/\d+)?\s*$"},
            ]
        },
        mode="validation",
    ),
]
"""An exact number, written as `3`, `0.25` or `1/3` and kept as a fraction."""
