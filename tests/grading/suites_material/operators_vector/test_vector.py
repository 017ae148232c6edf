import copy
import math

import pytest

import solution
from solution import Vector


def test_add_sub():
    assert Vector(1, 2) + Vector(3, 4) == Vector(4, 6)
    assert Vector(1, 2) - Vector(3, 4) == Vector(-2, -2)


def test_scalar():
    v = Vector(1, 2)
    assert v * 3 == Vector(3, 6)
    assert 3 * v == v * 3
    assert (-v).x == -1


def test_dot():
    assert Vector(1, 2) @ Vector(3, 4) == 11


def test_abs_and_bool():
    assert abs(Vector(3, 4)) == 5
    assert bool(Vector(0, 0)) is False
    assert Vector(1, 0)


def test_iteration_and_unpacking():
    x, y = Vector(7, 8)
    assert (x, y) == (7, 8)
    assert list(Vector(1, 2)) == [1, 2]
    assert tuple(Vector(1, 2)) == (1, 2)


def test_index():
    v = Vector(5, 6)
    assert v[0] == 5
    assert v[1] == 6
    assert v[-1] == 6
    with pytest.raises(IndexError):
        v[2]
    assert len(v) == 2


def test_set_item():
    v = Vector(5, 6)
    v[0] = 10
    assert v.x == 10


def test_inequality():
    assert Vector(1, 2) != Vector(2, 1)
    assert Vector(1, 2) != (1, 2)
    assert not Vector(1, 2) == "no vector"


def test_hash():
    assert hash(Vector(1, 2)) == hash(Vector(1, 2))
    assert len({Vector(1, 2), Vector(1, 2), Vector(2, 1)}) == 2
    table = {Vector(0, 1): "up"}
    assert table[Vector(0, 1)] == "up"


def test_repr_round_trip():
    v = Vector(1, 2)
    assert repr(v) == "Vector(1, 2)"
    assert eval(repr(v), {"Vector": Vector}) == v
    assert f"{v}" == "(1, 2)"
    assert f"{v:p}" == "polar"


def test_inplace():
    v = Vector(1, 1)
    w = v
    v += Vector(1, 1)
    assert v == Vector(2, 2)
    assert w is not v


def test_copy():
    v = Vector(1, 2)
    w = copy.copy(v)
    w.x = 9
    assert v.x == 1
    assert copy.deepcopy(v) == v


def test_types():
    with pytest.raises(TypeError):
        Vector(1, 2) + 3
    with pytest.raises(TypeError):
        Vector(1, 2) < Vector(2, 3)


def test_class_things():
    assert Vector.zero() == Vector(0, 0)
    assert Vector.from_polar(1, 0) == Vector(1, 0)
    assert Vector.dimension == 2
    assert isinstance(Vector.norm(Vector(3, 4)), float)
    assert solution.Vector is Vector
    assert math.isclose(float(Vector(3, 4)), 5.0)


def test_sum_and_sorted():
    assert sum([Vector(1, 1), Vector(2, 2)], Vector(0, 0)) == Vector(3, 3)
    points = [Vector(3, 0), Vector(1, 0), Vector(2, 0)]
    assert [v.x for v in sorted(points, key=lambda v: v.x)] == [1, 2, 3]
    assert max(points, key=abs) == Vector(3, 0)
    assert Vector(1, 0) in points
    assert points.index(Vector(2, 0)) == 2


def test_contains():
    assert 3 in Vector(3, 4)
    assert 5 not in Vector(3, 4)
