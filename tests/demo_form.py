"""The form that the tests of rules share: three choice-type items of 4 points, an exercise of 25 in two domains."""

from fractions import Fraction
from typing import Any

import builders
from examengine.bank.bank import ExercisePackage
from examengine.forms.form import Form, FormDomain, FormEntry
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.numeric.model import Numeric

HIDDEN_TESTS = """\
from solution import double


def test_zero():
    assert double(0) == 0


def test_negative():
    assert double(-3) == -6


def test_text():
    assert double("ab") == "abab"
"""


def a_numeric(**over: Any) -> Numeric:
    """Return a numeric item: 0.25, half the credit within a tenth."""
    bands = [{"absolute": "0.001"}, {"relative": "0.1", "credit": "1/2"}]
    return builders.a_numeric(**({"unit": "", "tolerance": bands} | over))


def a_package(**over: Any) -> ExercisePackage:
    """Return the exercise's package; see HIDDEN_TESTS."""
    parts = [
        {
            "id": "numbers",
            "title": "Numbers",
            "points": 20,
            "domain": "evaluation",
            "tests": ["test_zero", "test_negative"],
        },
        {"id": "text", "title": "Text", "points": 5, "domain": "data", "tests": ["test_text"]},
    ]
    return builders.an_exercise(**({"parts": parts, "tests": {"test_hidden.py": HIDDEN_TESTS.encode()}} | over))


def a_coding(**over: Any) -> Coding:
    """Return the exercise as its candidate meets it."""
    return a_package(**over).item


def an_entry(number: int, item: Any, **over: Any) -> FormEntry:
    """Return an entry of 4 points, or of the exercise's points."""
    points = {} if item.type == "coding" else {"points": Fraction(4)}
    return builders.an_entry(item, number, **({"domain": "evaluation"} | points | over))


def a_form(**over: Any) -> Form:
    """Return an exam of 25 minutes in two sections of ten; 37 points, cut at 70 %."""
    fields: dict[str, Any] = {
        "seconds": 1500.0,
        "sections": (builders.a_section(id="a"), builders.a_section(id="b")),
        "domains": (FormDomain(id="evaluation", title="Evaluation"), FormDomain(id="data", title="Data")),
        "entries": (
            an_entry(1, builders.an_item()),
            an_entry(2, builders.a_multiple_response()),
            an_entry(3, a_numeric()),
            an_entry(4, a_coding(), section="b"),
        ),
    }
    return Form(**(dict(builders.a_form()) | fields | over))


def a_drill(**over: Any) -> Form:
    """Return an untimed drill of the three choice-type items."""
    fields: dict[str, Any] = {"kind": "drill", "seconds": None, "feedback": "immediate"}
    whole = a_form()
    return a_form(**(fields | {"sections": whole.sections[:1], "entries": whole.entries[:3]} | over))
