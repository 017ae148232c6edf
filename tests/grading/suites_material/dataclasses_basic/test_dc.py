import copy
import dataclasses

import pytest

import solution
from solution import Config, Order, Point


def test_fields():
    p = Point(1, 2)
    assert (p.x, p.y) == (1, 2)
    assert p == Point(1, 2)
    assert p != Point(2, 1)
    assert repr(p) == "Point(x=1, y=2)"
    assert dataclasses.is_dataclass(Point)
    assert dataclasses.is_dataclass(p)
    assert [f.name for f in dataclasses.fields(Point)] == ["x", "y"]


def test_asdict():
    assert dataclasses.asdict(Point(1, 2)) == {"x": 1, "y": 2}
    assert dataclasses.astuple(Point(1, 2)) == (1, 2)


def test_replace():
    assert dataclasses.replace(Point(1, 2), y=5) == Point(1, 5)


def test_frozen():
    c = Config("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        c.name = "b"
    with pytest.raises(AttributeError):
        c.name = "b"
    assert hash(c) == hash(Config("a"))
    assert {c: 1}[Config("a")] == 1


def test_defaults_are_separate():
    a, b = Order("a"), Order("b")
    a.items.append("x")
    assert b.items == []
    assert a.items == ["x"]
    assert a.total == 1


def test_ordering():
    assert Point(1, 2) < Point(1, 3)
    assert sorted([Point(2, 0), Point(1, 9)])[0] == Point(1, 9)
    assert max(Point(1, 1), Point(0, 5)) == Point(1, 1)


def test_post_init():
    with pytest.raises(ValueError, match="empty"):
        Order("")


def test_keyword_and_missing():
    assert Point(x=1, y=2) == Point(1, 2)
    with pytest.raises(TypeError):
        Point(1)
    with pytest.raises(TypeError):
        Point(1, 2, 3)


def test_unhashable():
    with pytest.raises(TypeError):
        hash(Order("a"))


def test_mutation():
    p = Point(1, 2)
    p.x = 10
    assert p.x == 10
    assert p.moved(1, 1) == Point(11, 3)
    q = copy.copy(p)
    assert q == p
    assert q is not p


def test_vars():
    assert vars(Point(3, 4)) == {"x": 3, "y": 4}
    assert Point.__annotations__.keys() == {"x", "y"}


def test_match_statement():
    match Point(0, 7):
        case Point(x=0, y=value):
            found = value
        case _:
            found = None
    assert found == 7
    match Point(1, 7):
        case Point(a, b):
            assert (a, b) == (1, 7)


def test_list_of():
    assert solution.grid(2) == [Point(0, 0), Point(0, 1), Point(1, 0), Point(1, 1)]
