"""How a number of a template is shown: as it is, or rounded the way that its author asks for."""

import re
from fractions import Fraction

from examengine.bank.template.exact import ExpressionError, Value, round_half_away, rounded_units

_FORMAT = re.compile(r"(?P<sign>\+)?(?P<comma>,)?(?:\.(?P<places>\d{1,2}))?(?P<kind>[fge%d])")
_FRACTION = "fraction"
_LONGEST_DECIMAL = 12
"""Places of a number that is shown as it is."""
HINT = "formats are .2f (places), .3g (figures), .1% (per cent), .2e (powers of ten), d (whole number) and fraction"


def check_format(spec: str) -> None:
    """Raise ExpressionError unless this is a format."""
    found = _FORMAT.fullmatch(spec)
    if spec == _FRACTION or (found is not None and (found["kind"] == "d") == (found["places"] is None)):
        return
    raise ExpressionError(f"'{spec[:20]}' is not a format; {HINT}")


def show(value: Value, spec: str = "") -> str:
    """Return a value as text; halves are rounded away from nothing.

    Raises:
        ExpressionError: the format does not fit the value, or the value has no short form and no format.
    """
    if isinstance(value, str):
        if spec:
            raise ExpressionError(f"the text {value[:40]!r} takes no format")
        return value
    if isinstance(value, bool):
        raise ExpressionError("a comparison cannot be shown; write `'…' if … else '…'`")
    if not spec:
        return _as_it_is(value)
    check_format(spec)
    if spec == _FRACTION:
        return str(value)
    found = _FORMAT.fullmatch(spec)
    assert found is not None  # noqa: S101 - check_format has seen it
    places = int(found["places"] or 0)
    text = _rounded(value, found["kind"], places)
    if found["comma"]:
        text = _with_commas(text)
    return f"+{text}" if found["sign"] and not text.startswith("-") else text


def exact_text(value: Value) -> str:
    """Return a value without rounding: a short decimal, or a fraction."""
    if isinstance(value, Fraction):
        places = _places_of(value)
        return str(value) if places is None else _fixed(value, places)
    return str(value)


def _as_it_is(value: Fraction) -> str:
    places = _places_of(value)
    if places is None:
        raise ExpressionError(f"{float(value):.6g}… has no short form; give a format such as :.2f")
    return _fixed(value, places)


def _places_of(value: Fraction) -> int | None:
    """Return the decimal places of a number that has few; None for others."""
    if value.denominator == 1:
        return 0
    for places in range(_LONGEST_DECIMAL + 1):
        if 10**places % value.denominator == 0:
            return places
    return None


def _rounded(value: Fraction, kind: str, places: int) -> str:
    match kind:
        case "d":
            if value.denominator != 1:
                raise ExpressionError(f"{exact_text(value)} is not a whole number; round it, or give places (:.2f)")
            return str(value.numerator)
        case "f":
            return _fixed(value, places)
        case "%":
            return f"{_fixed(value * 100, places)}%"
        case "e":
            return _with_exponent(value, places)
    if value == 0:
        return "0"
    figures = max(1, places)
    exponent = _exponent_after_rounding(value, figures)
    if not -5 <= exponent < 16:
        mantissa, _, power = _with_exponent(value, figures - 1).partition("e")
        return f"{_without_zeros(mantissa)}e{power}"
    return _without_zeros(_fixed(round_half_away(value, figures - 1 - exponent), max(0, figures - 1 - exponent)))


def _fixed(value: Fraction, places: int) -> str:
    units = rounded_units(value, places)
    digits = str(abs(units)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if units < 0 else text


def _with_exponent(value: Fraction, places: int) -> str:
    if value == 0:
        return f"{_fixed(value, places)}e+00"
    exponent = _exponent_after_rounding(value, places + 1)
    return f"{_fixed(value / Fraction(10) ** exponent, places)}e{exponent:+03d}"


def _exponent_after_rounding(value: Fraction, figures: int) -> int:
    exponent = _exponent(value)
    return _exponent(round_half_away(value, figures - 1 - exponent))


def _exponent(value: Fraction) -> int:
    """Return the power of ten of the first figure."""
    size = abs(value)
    guess = len(str(size.numerator)) - len(str(size.denominator))
    return guess if Fraction(10) ** guess <= size else guess - 1


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_commas(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    head, mark, tail = text.removeprefix("-").partition(".")
    groups = [head[max(0, end - 3) : end] for end in range(len(head), 0, -3)][::-1]
    return f"{sign}{','.join(groups)}{mark}{tail}"
