import collections.abc as cabc
import operator
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Sized
from typing import Protocol, runtime_checkable

import pytest

from solution import Deck, FrozenMap, Ordered, Stream, Temperature, total_length


@runtime_checkable
class HasArea(Protocol):
    def area(self) -> float: ...


def test_sequence():
    d = Deck([1, 2, 3])
    assert isinstance(d, Sequence)
    assert isinstance(d, Sized)
    assert d.index(2) == 1
    assert d.count(3) == 1
    assert list(reversed(d)) == [3, 2, 1]
    assert 2 in d
    assert d[1:] == Deck([2, 3])


def test_mapping():
    m = FrozenMap(a=1)
    assert isinstance(m, Mapping)
    assert dict(m) == {"a": 1}
    assert m.get("z", 0) == 0
    assert {**m} == {"a": 1}
    assert list(m.items()) == [("a", 1)]
    with pytest.raises(TypeError):
        m["a"] = 2


def test_iterator_kinds():
    s = Stream(3)
    assert isinstance(s, Iterator)
    assert isinstance(Deck([]), Iterable)
    assert not isinstance(s, Sequence)
    assert list(s) == [3, 2, 1]


def test_hashable():
    assert isinstance(Ordered(1), Hashable)
    assert not isinstance(Deck([]), Hashable)


def test_runtime_protocol():
    assert isinstance(Temperature(1), HasArea)
    assert not isinstance(Deck([]), HasArea)


def test_total_ordering():
    assert Ordered(1) < Ordered(2) <= Ordered(2)
    assert Ordered(3) >= Ordered(2)
    assert sorted([Ordered(3), Ordered(1)], reverse=True)[0] == Ordered(3)
    assert min(Ordered(3), Ordered(1)).n == 1
    with pytest.raises(TypeError):
        Ordered(1) < "x"
    assert operator.lt(Ordered(1), Ordered(2))


def test_accepts_any_iterable():
    class Weird:
        def __iter__(self):
            return iter(["a", "bb"])

    assert total_length(Weird()) == 3
    assert total_length({"abc": 1}) == 3
    assert total_length(x for x in ["q"]) == 1


def test_accepts_any_mapping():
    class Tiny(cabc.Mapping):
        def __getitem__(self, k):
            return {"x": 5}[k]

        def __iter__(self):
            return iter(["x"])

        def __len__(self):
            return 1

    assert FrozenMap.of(Tiny())["x"] == 5
