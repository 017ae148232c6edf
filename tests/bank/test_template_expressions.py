"""Expressions of templates: exact, bounded, the same everywhere, and nothing but arithmetic."""

import contextlib
import math
import os
import statistics
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examengine.bank.template.exact import MAX_BITS, ExpressionError, round_half_away
from examengine.bank.template.expression import evaluate, read_expression
from examengine.bank.template.number_format import exact_text, show
from examengine.bank.template.placeholders import read_text

VALUES = {"tp": Fraction(20), "fp": Fraction(5), "x": Fraction(1, 10), "name": "Ada"}
numbers = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)


def value_of(text: str, **values):
    return evaluate(read_expression(text), VALUES | values)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tp / (tp + fp)", Fraction(4, 5)),
        ("0.1 + 0.2 == 0.3", True),
        ("x + 0.2", Fraction(3, 10)),
        ("1 / 3 * 3", Fraction(1)),
        ("7 // 2 + 7 % 2", Fraction(4)),
        ("2 ** -2", Fraction(1, 4)),
        ("(9 / 4) ** 0.5", Fraction(3, 2)),
        ("sqrt(tp * fp)", Fraction(10)),
        ("log2(8)", Fraction(3)),
        ("log10(0.001)", Fraction(-3)),
        ("log(81, 3)", Fraction(4)),
        ("exp(0)", Fraction(1)),
        ("round(2.5) + round(-2.5)", Fraction(0)),
        ("round(2 / 3, 2)", Fraction(67, 100)),
        ("floor(-0.5) + ceil(0.5)", Fraction(0)),
        ("min(tp, fp, 3) + max(tp, fp) + sum(1, 2, 3) + abs(-1)", Fraction(30)),
        ("comb(5, 2) + factorial(4)", Fraction(34)),
        ("normal_cdf(0)", Fraction(1, 2)),
        ("'more' if tp > fp else 'less'", "more"),
        ("name == 'Ada' and not tp < fp", True),
        ("1 < 2 < 3", True),
    ],
)
def test_an_expression_is_computed_exactly(text, value):
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "by_float"),
    [
        ("sqrt(2)", math.sqrt(2)),
        ("exp(1.5)", math.exp(1.5)),
        ("log(10)", math.log(10)),
        ("2 ** 0.3", 2**0.3),
        ("normal_cdf(1.96)", statistics.NormalDist().cdf(1.96)),
        ("normal_cdf(-5)", statistics.NormalDist().cdf(-5)),
        ("normal_quantile(0.975)", statistics.NormalDist().inv_cdf(0.975)),
        ("normal_quantile(0.001)", statistics.NormalDist().inv_cdf(0.001)),
    ],
)
def test_what_cannot_be_exact_agrees_with_floating_point(text, by_float):
    assert float(value_of(text)) == pytest.approx(by_float, rel=1e-12)


def test_cdf_and_quantile_undo_each_other():
    for share in (Fraction(1, 1000), Fraction(1, 4), Fraction(9, 10), 1 - Fraction(1, 10**6)):
        back = value_of("normal_cdf(normal_quantile(p))", p=share)
        assert abs(back - share) < Fraction(1, 10**30)


def test_numbers_that_are_not_exact_are_these_figures_on_every_machine():
    script = (
        "from examengine.bank.template.expression import *\n"
        "for t in ('sqrt(2)', 'exp(1)', 'log(3)', 'normal_quantile(0.9)', '3 ** 0.7'):\n"
        "    print(evaluate(read_expression(t), {}))\n"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONHASHSEED": "3"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    decimals = [exact_text(round_half_away(Fraction(text), 12)) for text in printed]
    assert decimals == ["1.414213562373", "2.718281828459", "1.098612288668", "1.281551565545", "2.157669279975"]
    # All forty figures, the last one included.
    assert Fraction(printed[0]) == Fraction("1.414213562373095048801688724209698078570")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tp.real", "no point between names"),
        ("name.upper()", "only functions with a name"),
        ("().__class__", "no point between names"),
        ("__import__('os')", "there is no function '__import__'"),
        ("open('x')", "there is no function 'open'"),
        ("[1, 2]", "no list"),
        ("{1: 2}", "no mapping"),
        ("name[0]", "no index in brackets"),
        ("lambda: 1", "no lambda"),
        ("[x for x in name]", "an expression has no"),
        ("f'{tp}'", "no text with values in it"),
        ("(tp := 3)", "an expression has no"),
        ("tp = 3", "is not an expression"),
        ("tp; fp", "is not an expression"),
        ("import os", "is not an expression"),
        ("", "there is no expression"),
        ("tp if", "is not an expression"),
        ("tp ^ 2", "a power is written **"),
        ("tp is fp", "no operator"),
        ("tp in name", "no operator"),
        ("1j", "numbers and texts alone"),
        ("b'x'", "numbers and texts alone"),
        ("None", "numbers and texts alone"),
        ("1e999", "numbers and texts alone"),
        ("max(tp, key=abs)", "without names"),
        ("sum(*tp)", "an expression has no starred"),
        ("1" * 501, "at most 500 characters"),
        ("+".join(["1"] * 249), "too long"),
        ("-" * 400 + "1", "too long"),
        ("(" * 240 + "1" + ")" * 240, "is not an expression"),
        ("9" * 499, "__fits__"),
    ],
)
def test_what_is_no_arithmetic_is_refused_when_it_is_read(text, message):
    if message == "__fits__":
        assert read_expression(text).names == frozenset()
        return
    with pytest.raises(ExpressionError) as refused:
        read_expression(text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 / (tp - 20)", "divides by nothing"),
        ("tp % 0", "divides by nothing"),
        ("0 ** -1", "divides by nothing"),
        ("9 ** 9 ** 9", "exponents go up to"),
        ("9 ** 999 ** 1 * 9 ** 999 * 9 ** 999", "more than a thousand digits"),
        ("factorial(300) ** 90", "more than a thousand digits"),
        ("factorial(10000)", "factorial wants"),
        ("comb(10 ** 9, 5)", "comb wants"),
        ("exp(10 ** 5)", "exp goes up to"),
        ("sqrt(-1)", "negative"),
        ("log(0)", "not above 0"),
        ("(-8) ** (1 / 3)", "no such power"),
        ("normal_quantile(1)", "above 0 and below 1"),
        ("normal_cdf(100)", "normal_cdf goes"),
        ("name + 1", "the text 'Ada' is none"),
        ("name * 10 ** 9", "the text 'Ada' is none"),
        ("name < 'B'", "the text 'Ada' is none"),
        ("(tp > 1) + 1", "wants numbers"),
        ("sqrt(1, 2)", "too few or too many values"),
        ("max()", "wants 1 to 50 numbers"),
        ("round(tp, 10 ** 9)", "at most 30 places"),
    ],
)
def test_what_has_no_value_says_why(text, message):
    with pytest.raises(ExpressionError) as refused:
        value_of(text)
    assert message in str(refused.value)


@given(numbers, numbers)
def test_sums_and_products_are_those_of_fractions(one, other):
    assert value_of("a + b * a - b", a=one, b=other) == one + other * one - other
    if other:
        assert value_of("a / b", a=one, b=other) == one / other


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    with contextlib.suppress(ExpressionError):
        expression = read_expression(text)
        evaluate(expression, VALUES | dict.fromkeys(expression.names, Fraction(1)))


@given(st.lists(st.sampled_from(["9", "**", "*", "(", ")", "tp", "exp(", "sqrt(", ",", "+", "/", "-"]), max_size=40))
def test_no_arithmetic_gives_a_number_beyond_the_bound(pieces):
    try:
        found = value_of("".join(pieces))
    except ExpressionError:
        return
    assert (
        not isinstance(found, Fraction) or max(found.numerator.bit_length(), found.denominator.bit_length()) <= MAX_BITS
    )


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        ("2/3", ".2f", "0.67"),
        ("1/8", ".2f", "0.13"),
        ("-1/8", ".2f", "-0.13"),
        ("-1/1000", ".2f", "0.00"),
        ("5/2", ".0f", "3"),
        ("1234567.891", ",.2f", "1,234,567.89"),
        ("-1234", ",d", "-1,234"),
        ("999", ",d", "999"),
        ("2/3", ".1%", "66.7%"),
        ("2/3", "+.1f", "+0.7"),
        ("-2/3", "+.1f", "-0.7"),
        ("2/3", ".3g", "0.667"),
        ("999.99", ".3g", "1000"),
        ("0.00001234", ".2g", "0.000012"),
        ("0.000001234", ".2g", "1.2e-06"),
        ("12345678901234567", ".3g", "1.23e+16"),
        ("0", ".3g", "0"),
        ("1/3", ".2e", "3.33e-01"),
        ("99999", ".1e", "1.0e+05"),
        ("0", ".1e", "0.0e+00"),
        ("2/3", "fraction", "2/3"),
        ("20", "", "20"),
        ("0.25", "", "0.25"),
        ("-1/8", "", "-0.125"),
    ],
)
def test_a_number_is_shown_as_its_format_says_with_halves_away_from_nothing(value, spec, text):
    assert show(Fraction(value), spec) == text


@pytest.mark.parametrize(
    ("value", "spec", "message"),
    [
        (Fraction(2, 3), "", "no short form"),
        (Fraction(1, 2), "d", "not a whole number"),
        (Fraction(1, 2), "f", "is not a format"),
        (Fraction(1, 2), ".2d", "is not a format"),
        (Fraction(1, 2), ">10.2f", "is not a format"),
        (Fraction(1, 2), ".999f", "is not a format"),
        ("Ada", ".2f", "takes no format"),
        (True, "", "cannot be shown"),
    ],
)
def test_a_format_that_does_not_fit_is_refused(value, spec, message):
    with pytest.raises(ExpressionError, match=message):
        show(value, spec)


@given(numbers, st.integers(0, 8))
def test_a_rounded_number_reads_back_within_half_a_place(value, places):
    assert abs(Fraction(show(value, f".{places}f")) - value) <= Fraction(1, 2 * 10**places)


@given(numbers, st.integers(1, 8))
def test_figures_read_back_within_half_a_unit_of_the_last(value, figures):
    shown = Fraction(show(value, f".{figures}g"))
    assert abs(shown - value) <= abs(value) * Fraction(1, 2 * 10 ** (figures - 1))


@given(numbers)
def test_exact_text_loses_nothing(value):
    assert Fraction(exact_text(value)) == value


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{tp}} of {{ tp + fp }}", "20 of 25"),
        ("{{tp / 3:.2f}}", "6.67"),
        (r"$\frac{{{tp}}}{2}$", r"$\frac{20}{2}$"),
        ("d = {'a': {1: 2}}; f'{x}'", "d = {'a': {1: 2}}; f'{x}'"),
        ("{{'{{'}} and }}", "{{ and }}"),
        ("{{'a: b' if tp > 1 else '}'}}", "a: b"),
        ("{{name}}", "Ada"),
    ],
)
def test_values_go_into_their_places_and_other_braces_stay(text, filled):
    assert read_text(text).fill(VALUES) == filled


@pytest.mark.parametrize(
    "text", ["{{tp", "{{tp}", "{{ {x} }}", "x {{", "{{}}", "{{tp:.2f:.3f}}", "{{tp:x}}", "{{tp fp}}"]
)
def test_a_placeholder_that_is_none_is_refused(text):
    with pytest.raises(ExpressionError):
        read_text(text)


def test_a_number_field_stays_exact_and_a_text_asks_for_a_format():
    text = read_text("{{tp / 3}}")
    assert text.fill(VALUES, is_number=True) == "20/3"
    with pytest.raises(ExpressionError, match="give a format"):
        text.fill(VALUES)
