"""Reads a number as people type it, and writes one as they could have typed it."""

import re
from decimal import Context, Decimal
from fractions import Fraction

_DIGITS = r"\d{1,30}"
_DECIMAL = rf"[+-]?(?:{_DIGITS}(?:\.\d{{0,30}})?|\.\d{{1,30}})(?:e[+-]?\d{{1,3}})?"
_NUMBER = re.compile(rf"^(?P<top>{_DECIMAL})(?:/(?P<bottom>{_DECIMAL}))?$", re.IGNORECASE)
_FIGURES = 30
"""As many as can be typed before or behind a decimal mark."""
_SPACES_AND_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def read_number(text: str, unit: str = "") -> Fraction | None:
    """Return the number in a text, or None where there is none.

    A point or a comma is the decimal mark (`1,250` is 1.25, `1,250.5` has a thousands mark and is 1250.5);
    blanks between groups of three digits, a sign, an exponent, a fraction `2/3`, a percent sign, and the unit
    behind the number are understood.
    NaN and infinity are no numbers.
    """
    plain = text.translate(_SPACES_AND_SIGNS).strip()
    is_percent = False
    if unit and plain.lower().endswith(unit.lower()):
        plain = plain[: -len(unit)].rstrip()
    elif plain.endswith("%"):
        plain, is_percent = plain[:-1].rstrip(), True
    plain = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain)
    plain = re.sub(r"\s*/\s*", "/", plain)
    if "," in plain:
        plain = plain.replace(",", "") if "." in plain or plain.count(",") > 1 else plain.replace(",", ".")
    found = _NUMBER.match(plain)
    if found is None:
        return None
    top, bottom = Fraction(found["top"]), Fraction(found["bottom"] or 1)
    if bottom == 0:
        return None
    value = top / bottom
    return value / 100 if is_percent else value


def write_number(value: Fraction) -> str:
    """Return a number in at most 60 characters, as `read_number` reads it: exact where that is short, else rounded."""
    if max(abs(value.numerator), value.denominator) < 10 ** (_FIGURES - 2):
        return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    context = Context(prec=_FIGURES, Emin=-(10**6), Emax=10**6)
    return f"{context.divide(Decimal(value.numerator), Decimal(value.denominator)):e}"
