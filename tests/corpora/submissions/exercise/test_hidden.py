"""HIDDEN-TEST-CANARY-9b1c: no candidate may ever read this."""

import json
import random
from pathlib import Path

import pytest
import reference
from solution import Tally, clean, each, median

SECRET = "HIDDEN-VALUE-CANARY-2e77"
EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text())


def test_median_of_an_odd_number():
    assert median([3, 1, 2]) == 2


def test_median_of_an_even_number():
    got = median([4.0, 1.0, 3.0, 2.0])
    assert isinstance(got, float)
    assert got == pytest.approx(EXPECTED["even"])


def test_median_of_nothing_is_refused():
    assert median([7]) == 7
    with pytest.raises(ValueError, match="empty"):
        median([])


def test_median_agrees_with_the_reference():
    numbers = random.Random(EXPECTED["seed"])
    for _ in range(5):
        values = [numbers.randint(-100, 100) for _ in range(9)]
        assert median(list(values)) == reference.median(values)


def test_names_are_cleaned_in_place():
    names = [" ann ", "bob", "ann", ""]
    clean(names)
    assert names == ["ann", "bob"]


def test_each_calls_back():
    seen = []

    def note(value):
        seen.append((value, len(SECRET) - len(SECRET)))
        return value * 2

    assert list(each([1, 2, 3], note)) == [2, 4, 6]
    assert [value for value, _ in seen] == [1, 2, 3]


def test_a_tally_counts():
    tally = Tally()
    tally.add("x")
    tally.add("x")
    tally.add("y")
    assert tally.count("x") == 2
    assert len(tally) == 3


def test_two_tallies_are_apart():
    one, other = Tally(), Tally()
    one.add("z")
    assert one.count("z") == 1
    assert other.count("z") == 0
