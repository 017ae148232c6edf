"""A number is written so that it could have been typed, and is read as the same number to thirty figures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from builders import a_numeric
from examengine.itemtypes.numeric.reading import read_number, write_number
from examengine.itemtypes.numeric.spec import SPEC, show_number


@given(st.fractions(), st.integers(-800, 800))
def test_what_is_written_is_short_and_read_as_the_number(value: Fraction, power: int) -> None:
    value *= Fraction(10) ** power
    text = write_number(value)
    assert len(text) <= 60
    read = read_number(text)
    assert read is not None
    assert abs(read - value) <= abs(value) / 10**29


@given(st.fractions(max_denominator=10**12, min_value=-(10**12), max_value=10**12))
def test_a_short_number_is_written_exactly(value: Fraction) -> None:
    assert read_number(write_number(value)) == value


def test_a_key_of_forty_figures_earns_everything_and_can_be_shown() -> None:
    root = Fraction(14142135623730950488016887242096980785697, 10**40)
    item = a_numeric(answer=root, tolerance=[{"absolute": "0.01"}], slips=[])
    score = SPEC.score(item, SPEC.correct_response(item), None)
    assert score.earned == score.possible
    assert SPEC.lint(item) == []
    assert show_number(root) == "1.414213562"


def test_a_key_that_nobody_can_type_so_exactly_is_told() -> None:
    item = a_numeric(answer=Fraction(10**40 + 1, 10**40 + 3), tolerance=[{"absolute": 0}], slips=[])
    assert [finding.code for finding in SPEC.lint(item)] == ["key-not-full-marks"]


def test_a_number_beyond_floating_point_can_be_shown() -> None:
    assert show_number(Fraction(10**500, 3)) == "3.33333333333333333333333333333e+499"
    assert show_number(Fraction(1, 10**500)) == "1e-500"
    assert show_number(Fraction(0)) == "0"


def test_an_answer_of_a_size_that_nobody_types_is_refused() -> None:
    with pytest.raises(ValidationError, match="nobody can type an answer of that size"):
        a_numeric(answer="1e950", slips=[])
