"""Credit between anchors: exact, monotone, within bounds, and blind to the last bits of a float."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examengine.core.anchors import credit, fault_of, grid, rounded

ROC = ((Fraction("0.75"), Fraction(0)), (Fraction("0.85"), Fraction("0.7")), (Fraction("0.9"), Fraction(1)))
ERROR = ((Fraction(90), Fraction(0)), (Fraction(60), Fraction("0.5")), (Fraction(40), Fraction(1)))


@st.composite
def anchors(draw):
    """Anchors in thousandths, rising or falling."""
    numbers = st.integers(-5000, 5000)
    values = sorted(draw(st.lists(numbers, min_size=2, max_size=6, unique=True)), reverse=draw(st.booleans()))
    inner = draw(st.lists(st.integers(0, 100), min_size=len(values) - 2, max_size=len(values) - 2))
    shares = [0, *sorted(inner), 100]
    return [(Fraction(v, 1000), Fraction(s, 100)) for v, s in zip(values, shares, strict=True)]


reached = st.floats(-20, 20)


@given(anchors(), reached)
def test_credit_lies_between_nothing_and_everything(points, value):
    assert 0 <= credit(points, value) <= 1


@given(anchors(), reached, reached)
def test_a_better_value_never_earns_less(points, one, other):
    worse, better = sorted((one, other))
    if points[0][0] > points[-1][0]:
        worse, better = better, worse
    assert credit(points, worse) <= credit(points, better)


@given(anchors())
def test_at_and_beyond_the_ends_all_is_decided(points):
    worst, best = float(points[0][0]), float(points[-1][0])
    out = 1 if best > worst else -1
    assert credit(points, worst) == credit(points, worst - out) == 0
    assert credit(points, best) == credit(points, best + out) == 1


@given(anchors(), reached)
def test_errors_and_gains_are_treated_alike(points, value):
    mirrored = [(-v, s) for v, s in points]
    # Halves go upwards in both, so a value amid two steps is left out.
    doubled = 2 * Fraction(str(value)) / grid(points)
    if doubled.denominator != 1:
        assert abs(credit(points, value) - credit(mirrored, -value)) <= Fraction(1, 10**6)


@given(anchors(), reached)
def test_a_value_is_rounded_by_half_a_step_at_most_and_to_whole_steps(points, value):
    step = grid(points)
    at = rounded(value, points)
    assert (at / step).denominator == 1
    assert abs(at - Fraction(value)) <= step * Fraction(500001, 1000000)
    span = abs(points[-1][0] - points[0][0])
    assert 1000 <= span / step < 10000


@given(anchors(), st.integers(-(10**6), 10**6), st.integers(-3, 3))
def test_the_last_bits_of_a_float_decide_nothing(points, halves, ulps):
    value = noisy = float(grid(points) * halves / 2)
    for _ in range(abs(ulps)):
        noisy = math.nextafter(noisy, math.inf if ulps > 0 else -math.inf)
    if value:
        assert credit(points, noisy) == credit(points, value)


def test_credit_by_hand():
    assert [credit(ROC, v) for v in (0.5, 0.75, 0.8, 0.85, 0.875, 0.9, 1.0)] == [
        0, 0, Fraction("0.35"), Fraction("0.7"), Fraction("0.85"), 1, 1,
    ]  # fmt: skip
    assert [credit(ERROR, v) for v in (100.0, 90.0, 75.0, 60.0, 50.0, 40.0, 0.0)] == [
        0, 0, Fraction("0.25"), Fraction("0.5"), Fraction("0.75"), 1, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("points", "step"),
    [(ROC, "0.0001"), (ERROR, "0.01"), ([(Fraction(0), 0), (Fraction(1), 1)], "0.001"),
     ([(Fraction(0), 0), (Fraction("99.9"), 1)], "0.01"), ([(Fraction(0), 0), (Fraction("0.001"), 1)], "0.000001")],
)  # fmt: skip
def test_the_step_follows_the_span(points, step):
    assert grid(points) == Fraction(step)


@pytest.mark.parametrize(
    ("points", "greater", "word"),
    [
        ([(1, 0)], True, "two pairs"),
        ([(1, Fraction("0.1")), (2, 1)], True, "begin with the share 0"),
        ([(1, 0), (2, Fraction("0.9"))], True, "end with the share 1"),
        ([(1, 0), (2, 1), (3, Fraction("0.5")), (4, 1)], True, "take points away"),
        ([(2, 0), (1, 1)], True, "let the values rise"),
        ([(1, 0), (1, 1)], True, "let the values rise"),
        ([(1, 0), (2, 1)], False, "let the values fall"),
    ],
)
def test_anchors_that_cannot_be_are_told(points, greater, word):
    assert word in fault_of([(Fraction(v), Fraction(s)) for v, s in points], greater_is_better=greater)


def test_sound_anchors_have_no_fault():
    assert fault_of(ROC, greater_is_better=True) == fault_of(ERROR, greater_is_better=False) == ""
