"""The calculator of the exam room: exact arithmetic over what was typed; the result before is `ans`."""

from dataclasses import dataclass
from fractions import Fraction

from examengine.bank.template.exact import FUNCTIONS, ExpressionError, Value
from examengine.bank.template.expression import evaluate, read_expression
from examengine.bank.template.number_format import show

_AS_PYTHON = str.maketrans({"^": "**", "\u00d7": "*", "·": "*", "÷": "/", "\u2212": "-"})
_PLACES = 10
ANSWER = "ans"


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed, and what came of it."""

    typed: str
    result: str
    """A number as text, or why there is none."""
    value: Value | None
    """None where there is no result."""


def calculate(typed: str, before: Value | None = None) -> Line:
    """Return the line of a calculation; `before` is the last result."""
    text = typed.strip().translate(_AS_PYTHON)
    if text[:1] in ("+", "*", "/") and before is not None:
        text = f"{ANSWER} {text}"
    try:
        value = evaluate(read_expression(text), {} if before is None else {ANSWER: before})
        shown = _shown(value)
    except ExpressionError as error:
        return Line(typed.strip(), str(error), None)
    return Line(typed.strip(), shown, value)


def function_names() -> tuple[str, ...]:
    """Return the functions that the calculator knows."""
    return tuple(FUNCTIONS)


def _shown(value: Value) -> str:
    if isinstance(value, bool | str):
        return str(value).lower() if isinstance(value, bool) else value
    places = 10**_PLACES
    if value.denominator == 1 or places % value.denominator == 0:
        return show(value)
    rounded = Fraction(round(value * places), places)
    if abs(value) < Fraction(1, 10**4) and value != 0:
        return f"≈ {float(value):.6e}"
    return f"≈ {float(rounded):.{_PLACES}f}".rstrip("0")
