import copy
import json

import pytest

from solution import Node, Point, Tree


def test_copy():
    p = Point(1, [2])
    q = copy.copy(p)
    assert q is not p
    assert q.x == 1
    q.ys.append(3)
    assert p.ys == [2, 3]


def test_deepcopy():
    p = Point(1, [2])
    q = copy.deepcopy(p)
    q.ys.append(3)
    assert p.ys == [2]
    assert q.ys == [2, 3]


def test_custom_copy():
    t = Tree("root")
    t.add(Node("leaf"))
    u = copy.deepcopy(t)
    assert u.children[0].name == "leaf"
    assert u.children[0] is not t.children[0]
    assert u.copies == 1


def test_json():
    p = Point(1, [2])
    text = p.to_json()
    assert json.loads(text) == {"x": 1, "ys": [2]}
    assert Point.from_json(text) == p
    assert json.dumps(p.as_dict(), sort_keys=True) == '{"x": 1, "ys": [2]}'
    with pytest.raises(TypeError):
        json.dumps(p)


def test_default_hook():
    assert json.dumps({"p": Point(1, [])}, default=lambda o: o.as_dict()) == '{"p": {"x": 1, "ys": []}}'


def test_equality_and_identity():
    p = Point(1, [])
    assert p == Point(1, [])
    assert p is not Point(1, [])
    points = [Point(i, []) for i in range(3)]
    points.remove(Point(1, []))
    assert [q.x for q in points] == [0, 2]
    assert Point(2, []) in points


def test_parents():
    t = Tree("root")
    leaf = Node("leaf")
    t.add(leaf)
    assert leaf.parent is t
    assert t.children == [leaf]
    assert leaf.parent.children[0] is leaf
    assert t.find("leaf") is leaf
