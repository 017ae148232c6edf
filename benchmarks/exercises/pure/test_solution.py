import random

import pytest
from solution import Window, merge


def test_nothing_stays_nothing():
    assert merge([]) == []


def test_overlaps_are_joined():
    assert merge([(1, 3), (2, 6), (8, 10)]) == [(1, 6), (8, 10)]


def test_result_is_sorted_and_apart():
    numbers = random.Random(4)
    for _ in range(20):
        starts = [numbers.randint(0, 100) for _ in range(10)]
        got = merge([(one, one + numbers.randint(0, 9)) for one in starts])
        assert all(one[1] < other[0] for one, other in zip(got, got[1:], strict=False))


def test_a_window_forgets():
    window = Window(2)
    assert [window.push(value) for value in (2, 4, 6)] == [2, 3, 5]


def test_a_window_has_a_size():
    with pytest.raises(ValueError, match="positive"):
        Window(0)
