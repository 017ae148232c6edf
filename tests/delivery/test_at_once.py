"""Calls at the same time: in order, and none begins once one has failed."""

import threading

import pytest

from examengine.delivery.at_once import call_for_each


def test_what_is_made_comes_in_the_order_of_the_values():
    first_may_end = threading.Event()

    def made(value):
        if value == 0:
            assert first_may_end.wait(30)
        first_may_end.set()
        return value * 2

    assert call_for_each(made, range(5), 2) == [0, 2, 4, 6, 8]


def test_no_call_begins_once_one_has_failed():
    begun = []

    def fails(value):
        begun.append(value)
        raise ValueError(value)

    with pytest.raises(ValueError, match="0"):
        call_for_each(fails, range(10_000), 1)
    assert len(begun) < 10_000
