import datetime as dt
import decimal
import fractions
import math
import pathlib
import uuid
from collections import Counter, OrderedDict, defaultdict, deque

import pytest

import solution


def test_echo_types():
    values = [
        None, True, 1, -(10**30), 1.5, float("inf"), 2j, "é\n", b"\0", (1, (2,)), frozenset({1}), range(1, 9, 2),
        slice(1, 2), dt.date(2024, 2, 29), dt.datetime(2024, 1, 1, 12, tzinfo=dt.timezone.utc), dt.timedelta(days=-1, microseconds=3),
        dt.time(1, 2, 3), decimal.Decimal("1.10"), fractions.Fraction(1, 3), pathlib.Path("a/b"), uuid.UUID(int=5), Ellipsis,
    ]
    for value in values:
        got = solution.echo(value)
        assert got == value
        assert type(got) is type(value)


def test_containers():
    for value in [[1, [2]], {"a": {1: "x"}}, {1, 2}, Counter("abca"), OrderedDict(a=1), deque([1, 2], maxlen=5), bytearray(b"x")]:
        got = solution.echo(value)
        assert got == value
        assert type(got) is type(value)


def test_nan():
    assert math.isnan(solution.echo(float("nan")))


def test_age():
    assert solution.age(dt.date(2000, 5, 17), dt.date(2024, 5, 16)) == 23


def test_money():
    assert solution.add_money("0.10", "0.20") == decimal.Decimal("0.30")


def test_group():
    got = solution.group_by_length(["a", "bb", "c"])
    assert got == {1: ["a", "c"], 2: ["bb"]}
    assert isinstance(got, defaultdict)
    assert got[9] == []


def test_big():
    assert solution.factorial(200) == math.factorial(200)


def test_many_values():
    data = list(range(20000))
    assert solution.echo(data) == data
    words = [str(i) for i in range(5000)]
    assert solution.echo(words) == words


def test_deeply_nested():
    nested = []
    for _ in range(300):
        nested = [nested]
    assert solution.depth(nested) == 301


def test_identity_of_singletons():
    assert solution.echo(None) is None
    assert solution.echo(True) is True
    assert solution.echo(int) is int
    assert solution.echo(ValueError) is ValueError
    assert solution.echo(NotImplemented) is NotImplemented


def test_dict_order_and_views():
    d = {"b": 1, "a": 2}
    assert list(solution.echo(d)) == ["b", "a"]
    assert sorted(solution.keys(d)) == ["a", "b"]
    assert list(solution.items(d)) == [("b", 1), ("a", 2)]


def test_unicode_and_surrogates():
    assert solution.echo("\ud800") == "\ud800"
    assert solution.echo("😀") == "😀"


def test_lazy_builtins():
    assert list(solution.doubled_map([1, 2])) == [2, 4]
    assert list(solution.zipped([1, 2], "ab")) == [(1, "a"), (2, "b")]
    assert list(reversed(solution.echo([1, 2]))) == [2, 1]


def test_wrong_argument():
    with pytest.raises(AttributeError):
        solution.age("2000", 3)
