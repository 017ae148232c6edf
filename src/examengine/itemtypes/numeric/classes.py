"""The classes of responses that a numeric item tells apart: blank, the answer, both edges of each band, slips."""

from collections.abc import Iterator
from fractions import Fraction

from examengine.itemtypes.numeric.model import Numeric, NumericResponse
from examengine.itemtypes.numeric.reading import read_number
from examengine.itemtypes.spec import ResponseSpace

_BEYOND = Fraction(1001, 1000)


def responses(item: Numeric) -> ResponseSpace:
    """Return a response for each class."""
    named = [("blank", ""), *((name, _typed(value)) for name, value in _values(item)), ("no number", "nan")]
    # A fraction that nobody could type is left out.
    fitting = [(name, text) for name, text in named if name == "no number" or not text or read_number(text) is not None]
    return ResponseSpace.of_classes([(name, NumericResponse(text=text)) for name, text in fitting if len(text) <= 60])


def _values(item: Numeric) -> Iterator[tuple[str, Fraction]]:
    yield "the answer", item.answer
    for number, band in enumerate(item.tolerance, start=1):
        width = band.absolute if band.absolute is not None else (band.relative or Fraction(0)) * abs(item.answer)
        if width:
            for side, sign in (("above", 1), ("below", -1)):
                yield f"band {number}, its edge {side}", item.answer + sign * width
                yield f"band {number}, beyond its edge {side}", item.answer + sign * width * _BEYOND
    for number, slip in enumerate(item.slips, start=1):
        yield f"slip {number}", slip.value
    yield "the answer with the other sign", -item.answer


def _typed(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
