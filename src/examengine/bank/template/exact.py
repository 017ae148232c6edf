"""What expressions of a template compute with: exact fractions, the same on every machine, all of bounded size.

Roots, powers, logarithms and the normal distribution are computed with decimal arithmetic, whose rounding does not
depend on the machine, to far more digits than any item shows.
"""

import decimal
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

Value = Fraction | str | bool
"""A number, a text, or what a comparison gives."""

MAX_BITS = 4096
"""Of a numerator or denominator."""
_DIGITS = 40
"""Figures of what cannot be exact."""
_MOST_ARGUMENTS = 50
_LARGEST_EXPONENT = 1000
_LARGEST_COMB = 1000
_LARGEST_FACTORIAL = 300
_WIDEST_NORMAL = 12
_CONTEXT = decimal.Context(
    prec=70,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-99_999,
    Emax=99_999,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
_ROUND = decimal.Context(prec=_DIGITS, rounding=decimal.ROUND_HALF_EVEN, Emin=-99_999, Emax=99_999)


class ExpressionError(ValueError):
    """An expression that cannot be read, or has no value for some parameters; the message is for the author."""

    field: str = ""
    """The derived parameter that has no value; `require` where that could not be decided; empty elsewhere."""


def bounded(value: Fraction) -> Fraction:
    """Return the number.

    Raises:
        ExpressionError: it is too large to go on with.
    """
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise ExpressionError("a number has more than a thousand digits")
    return value


def number(value: Any, what: str = "this") -> Fraction:
    """Return a value as the number it is.

    Raises:
        ExpressionError: it is a text or a truth value.
    """
    if isinstance(value, bool) or not isinstance(value, Fraction):
        raise ExpressionError(f"{what} wants numbers, and {_named(value)} is none")
    return value


def whole(value: Any, what: str) -> int:
    """Return a value as a whole number.

    Raises:
        ExpressionError: it is none.
    """
    exact = number(value, what)
    if exact.denominator != 1:
        raise ExpressionError(f"{what} wants whole numbers, and {float(exact):g} is none")
    return exact.numerator


def add(one: Any, other: Any) -> Fraction:
    """Return the sum."""
    return bounded(number(one, "+") + number(other, "+"))


def subtract(one: Any, other: Any) -> Fraction:
    """Return the difference."""
    return bounded(number(one, "-") - number(other, "-"))


def multiply(one: Any, other: Any) -> Fraction:
    """Return the product."""
    return bounded(number(one, "*") * number(other, "*"))


def divide(one: Any, other: Any) -> Fraction:
    """Return the quotient."""
    return bounded(number(one, "/") / _divisor(other, "/"))


def divide_down(one: Any, other: Any) -> Fraction:
    """Return the quotient, rounded down to a whole number."""
    return bounded(Fraction(number(one, "//") // _divisor(other, "//")))


def remainder(one: Any, other: Any) -> Fraction:
    """Return what is left after dividing."""
    return bounded(number(one, "%") % _divisor(other, "%"))


def negative(value: Any) -> Fraction:
    """Return the number with the other sign."""
    return -number(value, "-")


def positive(value: Any) -> Fraction:
    """Return the number."""
    return number(value, "+")


def power(base: Any, exponent: Any) -> Fraction:
    """Return a power; exact where the exponent is whole, or a half of a square."""
    low, high = number(base, "**"), number(exponent, "**")
    if abs(high) > _LARGEST_EXPONENT:
        raise ExpressionError(f"exponents go up to {_LARGEST_EXPONENT}")
    if high.denominator == 1:
        if low == 0 and high < 0:
            raise ExpressionError("divides by nothing")
        bits = max(low.numerator.bit_length(), low.denominator.bit_length())
        if bits * abs(high) > 2 * MAX_BITS:
            raise ExpressionError("a number has more than a thousand digits")
        return bounded(low**high.numerator)
    if high == Fraction(1, 2):
        return square_root(low)
    if low < 0:
        raise ExpressionError("a negative number has no such power")
    if low == 0:
        if high < 0:
            raise ExpressionError("divides by nothing")
        return Fraction(0)
    return _of_decimal(lambda: _CONTEXT.exp(_CONTEXT.multiply(_decimal(high), _CONTEXT.ln(_decimal(low)))))


def square_root(value: Any) -> Fraction:
    """Return the root; exact where there is an exact one."""
    square = number(value, "sqrt")
    if square < 0:
        raise ExpressionError("sqrt of a negative number")
    top, bottom = math.isqrt(square.numerator), math.isqrt(square.denominator)
    if top * top == square.numerator and bottom * bottom == square.denominator:
        return Fraction(top, bottom)
    return _of_decimal(lambda: _CONTEXT.sqrt(_decimal(square)))


def exponential(value: Any) -> Fraction:
    """Return e to a power."""
    exponent = number(value, "exp")
    if abs(exponent) > _LARGEST_EXPONENT:
        raise ExpressionError(f"exp goes up to {_LARGEST_EXPONENT}")
    return _of_decimal(lambda: _CONTEXT.exp(_decimal(exponent)))


def logarithm(value: Any, base: Any = None) -> Fraction:
    """Return the natural logarithm, or that to a base."""
    argument = number(value, "log")
    if argument <= 0:
        raise ExpressionError("log of a number that is not above 0")
    if base is None:
        return _of_decimal(lambda: _CONTEXT.ln(_decimal(argument)))
    root = number(base, "log")
    if root <= 0 or root == 1:
        raise ExpressionError("the base of log lies above 0 and is not 1")
    return _of_decimal(lambda: _CONTEXT.divide(_CONTEXT.ln(_decimal(argument)), _CONTEXT.ln(_decimal(root))))


def round_half_away(value: Fraction, places: int) -> Fraction:
    """Return a number rounded to decimal places, halves away from nothing, as people do it."""
    units = rounded_units(value, places)
    return Fraction(units, 10**places) if places >= 0 else Fraction(units * 10**-places)


def rounded_units(value: Fraction, places: int) -> int:
    """Return a number rounded to decimal places, halves away from nothing, in units of the last place."""
    top, bottom = abs(value.numerator), value.denominator
    if places >= 0:
        top *= 10**places
    else:
        bottom *= 10**-places
    units = (2 * top + bottom) // (2 * bottom)
    return units if value.numerator >= 0 else -units


def normal_cdf(value: Any) -> Fraction:
    """Return the share of the standard normal distribution below a number."""
    at = number(value, "normal_cdf")
    if abs(at) > _WIDEST_NORMAL:
        raise ExpressionError(f"normal_cdf goes from -{_WIDEST_NORMAL} to {_WIDEST_NORMAL}")
    return _of_decimal(lambda: _cdf(_decimal(at)))


def normal_quantile(value: Any) -> Fraction:
    """Return the number below which a share of the standard normal distribution lies."""
    share = number(value, "normal_quantile")
    if not Fraction(1, 10**12) <= share <= 1 - Fraction(1, 10**12):
        raise ExpressionError("normal_quantile wants a share above 0 and below 1")
    if share == Fraction(1, 2):
        return Fraction(0)
    return _of_decimal(lambda: _quantile(_decimal(share)))


def _round(value: Any, places: Any = Fraction(0)) -> Fraction:
    digits = whole(places, "round")
    if abs(digits) > 30:
        raise ExpressionError("round goes to at most 30 places")
    return round_half_away(number(value, "round"), digits)


def _comb(total: Any, picked: Any) -> Fraction:
    n, k = whole(total, "comb"), whole(picked, "comb")
    if not 0 <= n <= _LARGEST_COMB or k < 0:
        raise ExpressionError(f"comb wants whole numbers from 0 to {_LARGEST_COMB}")
    return bounded(Fraction(math.comb(n, k)))


def _factorial(value: Any) -> Fraction:
    n = whole(value, "factorial")
    if not 0 <= n <= _LARGEST_FACTORIAL:
        raise ExpressionError(f"factorial wants a whole number from 0 to {_LARGEST_FACTORIAL}")
    return Fraction(math.factorial(n))


def _numbers(what: str, values: tuple[Any, ...]) -> list[Fraction]:
    if not values or len(values) > _MOST_ARGUMENTS:
        raise ExpressionError(f"{what} wants 1 to {_MOST_ARGUMENTS} numbers")
    return [number(value, what) for value in values]


FUNCTIONS: Mapping[str, Callable[..., Value]] = MappingProxyType(
    {
        "abs": lambda x: abs(number(x, "abs")),
        "ceil": lambda x: Fraction(math.ceil(number(x, "ceil"))),
        "comb": _comb,
        "exp": exponential,
        "factorial": _factorial,
        "floor": lambda x: Fraction(math.floor(number(x, "floor"))),
        "log": logarithm,
        "log10": lambda x: logarithm(x, Fraction(10)),
        "log2": lambda x: logarithm(x, Fraction(2)),
        "max": lambda *xs: max(_numbers("max", xs)),
        "min": lambda *xs: min(_numbers("min", xs)),
        "normal_cdf": normal_cdf,
        "normal_quantile": normal_quantile,
        "round": _round,
        "sqrt": square_root,
        "sum": lambda *xs: bounded(sum(_numbers("sum", xs), Fraction(0))),
    }
)
"""What an expression may call."""


def _divisor(value: Any, what: str) -> Fraction:
    divisor = number(value, what)
    if divisor == 0:
        raise ExpressionError("divides by nothing")
    return divisor


def _named(value: object) -> str:
    if isinstance(value, bool):
        return str(value)
    return f"the text {value[:40]!r}" if isinstance(value, str) else "a value"


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _of_decimal(compute: Callable[[], Decimal]) -> Fraction:
    try:
        found = _ROUND.plus(compute())
    except decimal.DecimalException as error:
        raise ExpressionError("the number is too large or too small") from error
    if found and abs(found.adjusted()) > 1000:
        raise ExpressionError("the number is too large or too small")
    return bounded(Fraction(found))


def _density(at: Decimal) -> Decimal:
    half_square = _CONTEXT.divide(_CONTEXT.multiply(at, at), Decimal(-2))
    return _CONTEXT.multiply(_CONTEXT.exp(half_square), _INVERSE_ROOT_OF_TWO_PI)


def _cdf(at: Decimal) -> Decimal:
    # 1/2 + density * (x + x^3/3 + x^5/(3*5) + ...): all terms have one sign, and they fall in the end.
    term = total = at
    square = _CONTEXT.multiply(at, at)
    divisor = 1
    while term and term.adjusted() > -_CONTEXT.prec:
        divisor += 2
        term = _CONTEXT.divide(_CONTEXT.multiply(term, square), Decimal(divisor))
        total = _CONTEXT.add(total, term)
    return _CONTEXT.add(Decimal("0.5"), _CONTEXT.multiply(_density(at), total))


def _quantile(share: Decimal) -> Decimal:
    low, high = Decimal(-_WIDEST_NORMAL), Decimal(_WIDEST_NORMAL)
    for _ in range(12):
        middle = _CONTEXT.divide(_CONTEXT.add(low, high), Decimal(2))
        low, high = (middle, high) if _cdf(middle) < share else (low, middle)
    at = _CONTEXT.divide(_CONTEXT.add(low, high), Decimal(2))
    for _ in range(8):
        step = _CONTEXT.divide(_CONTEXT.subtract(_cdf(at), share), _density(at))
        at = _CONTEXT.subtract(at, step)
    return at


_INVERSE_ROOT_OF_TWO_PI = Decimal("0.3989422804014326779399460599343818684758586311649346576659258296706579258993")
