import pytest
from solution import Money, Point


def test_equal_points():
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(2, 1)


def test_a_point_is_no_tuple():
    assert Point(1, 2) != (1, 2)
    assert (Point(1, 2) == (1, 2)) is False


def test_a_point_is_no_text_and_not_nothing():
    assert Point(1, 2) != "Point(1, 2)"
    assert not (Point(1, 2) == None)  # noqa: E711


def test_not_found_among_others():
    assert Point(1, 2) not in [1, "a", None, (1, 2)]
    assert Point(1, 2) in [3, Point(1, 2)]


def test_money_is_no_number():
    assert Money(5) != 5
    assert Money(5) == Money(5)
    assert {Money(5): 1}.get(5) is None


def test_money_says_not_implemented():
    assert Money(5).__eq__(5) is NotImplemented
