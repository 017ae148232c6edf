"""The scoring rules, as properties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_multiple_response, options_of
from demo_form import a_numeric
from examengine.itemtypes.numeric.reading import read_number
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import FileEdit, Mark

RULES = ["all_or_nothing", "net_correct", "each_option", "coverage"]


@st.composite
def responses(draw: st.DrawFn):
    count = draw(st.integers(3, 8))
    names = [chr(97 + n) for n in range(count)]
    keys = draw(st.lists(st.sampled_from(names), min_size=1, max_size=count - 1, unique=True))
    rule = draw(st.sampled_from(RULES))
    item = a_multiple_response(options=options_of(*(f"text {n}" for n in names)), keys=keys, choose="all", rule=rule)
    picked = draw(st.sets(st.sampled_from(names)))
    return item, spec_of(item).response_model(options=frozenset(picked))


@given(responses())
def test_multiple_response_stays_within_bounds_and_pays_in_full_for_the_keys_alone(given_pair):
    item, response = given_pair
    score = spec_of(item).score(item, response, None)
    assert 0 <= score.earned <= score.possible == 1
    assert (score.earned == 1) == (response.options == set(item.keys))
    assert (score.mark is Mark.BLANK) == (not response.options)


@given(responses())
def test_ticking_everything_never_pays(given_pair):
    item, _ = given_pair
    everything = spec_of(item).response_model(options=frozenset(item.option_ids()))
    assert spec_of(item).score(item, everything, None).earned == 0


@pytest.mark.parametrize(
    ("rule", "picked", "earned"),
    [
        ("all_or_nothing", "ac", 1),
        ("all_or_nothing", "a", 0),
        ("net_correct", "a", Fraction(1, 2)),
        ("net_correct", "ab", 0),
        ("net_correct", "acb", Fraction(1, 2)),
        ("coverage", "a", Fraction(1, 2)),
        ("coverage", "ab", Fraction(1, 2)),
        ("coverage", "abc", 0),
        ("each_option", "a", Fraction(1, 2)),
        ("each_option", "b", 0),
    ],
)
def test_multiple_response_rules_by_example(rule: str, picked: str, earned: Fraction):
    item = a_multiple_response(rule=rule)  # five options, keys a and c
    response = spec_of(item).response_model(options=frozenset(picked))
    assert spec_of(item).score(item, response, None).earned == earned


def test_a_wrong_pick_costs_more_where_the_distractors_are_few():
    # Five options, four of them keys: the one distractor undoes all four.
    item = a_multiple_response(rule="net_correct", keys=["a", "b", "c", "d"], choose="all")
    response = spec_of(item).response_model
    assert spec_of(item).score(item, response(options=frozenset("abc")), None).earned == Fraction(3, 4)
    assert spec_of(item).score(item, response(options=frozenset("abcde")), None).earned == 0


@pytest.mark.parametrize(
    ("text", "earned"),
    [
        ("0.25", 1),
        ("0,25", 1),
        ("1/4", 1),
        ("25 %", 1),
        ("2.5e-1", 1),
        ("+.25", 1),
        ("0.2509", 1),
        ("0.26", Fraction(1, 2)),
        ("0.3", 0),
        ("-0.25", 0),
        ("nan", 0),
        ("inf", 0),
        ("a quarter", 0),
        ("1/0", 0),
    ],
)
def test_numbers_score_by_the_first_band_that_holds(text: str, earned: Fraction):
    item = a_numeric()
    assert spec_of(item).score(item, spec_of(item).response_model(text=text), None).earned == earned


@pytest.mark.parametrize(
    ("answer", "figures", "text", "is_right"),
    [
        ("123.4", 3, "123", True),
        ("123.4", 3, "124", False),
        ("0.012345", 2, "0.012", True),
        ("0.012345", 2, "0.013", False),
        ("-99.96", 3, "-100", True),
        ("0", 2, "0", True),
    ],
)
def test_significant_figures_round_half_away_from_nothing(answer: str, figures: int, text: str, is_right: bool):
    item = a_numeric(answer=answer, tolerance=[{"significant_figures": figures}], slips=[])
    assert (spec_of(item).score(item, spec_of(item).response_model(text=text), None).earned == 1) is is_right


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000))
def test_a_fraction_typed_out_reads_as_itself(value: Fraction):
    assert read_number(f"{value.numerator}/{value.denominator}") == value


@given(st.text(max_size=40))
def test_any_text_reads_as_a_number_or_as_none(text: str):
    assert isinstance(read_number(text), Fraction | None)


def test_a_number_with_a_huge_exponent_is_read_in_bounded_size():
    assert read_number("1e999") == Fraction(10) ** 999
    assert read_number("1e99999") is None


@given(st.text(alphabet="abc\n", max_size=30), st.text(alphabet="abc\n", max_size=30))
def test_the_edit_between_two_texts_turns_one_into_the_other(before: str, after: str):
    edit = FileEdit.between("solution.py", before, after)
    assert (edit is None) == (before == after)
    assert (edit.apply(before) if edit else before) == after
