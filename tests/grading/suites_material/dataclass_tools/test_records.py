import collections
import copy
import dataclasses
from dataclasses import asdict, astuple, fields, is_dataclass, replace

import pytest

from solution import Card, Config, Employee, Inventory, Line, Money, Node, Point3, Temperature


def test_equality_and_repr():
    assert Point3(1, 2, 3) == Point3(1, 2, 3)
    assert Point3(1, 2, 3) != Point3(3, 2, 1)
    assert Point3(1, 2, 3) != (1, 2, 3)
    assert repr(Point3(1, 2)) == "Point3(x=1, y=2, z=0)"


def test_order():
    cards = [Card("Q", 12), Card("A", 14), Card("2", 2)]
    assert sorted(cards) == [Card("2", 2), Card("Q", 12), Card("A", 14)]
    assert min(cards).name == "2"
    assert Card("Q", 12) < Card("K", 13)
    with pytest.raises(TypeError):
        Point3(1, 2, 3) < Point3(2, 2, 2)


def test_is_dataclass_and_fields():
    assert is_dataclass(Point3)
    assert is_dataclass(Point3(1, 2))
    assert [f.name for f in fields(Point3)] == ["x", "y", "z"]
    assert [f.name for f in fields(Point3(1, 2))] == ["x", "y", "z"]
    assert fields(Point3)[2].default == 0
    assert fields(Point3)[0].default is dataclasses.MISSING
    assert {f.name: f.type for f in fields(Point3)}["x"] in (float, "float")
    assert "items" in Inventory.__dataclass_fields__


def test_asdict_and_astuple():
    assert asdict(Point3(1, 2, 3)) == {"x": 1, "y": 2, "z": 3}
    assert astuple(Point3(1, 2, 3)) == (1, 2, 3)


def test_asdict_of_nested():
    line = Line(Point3(0, 0), Point3(1, 1))
    assert asdict(line) == {"start": {"x": 0, "y": 0, "z": 0}, "end": {"x": 1, "y": 1, "z": 0}}
    assert astuple(line) == ((0, 0, 0), (1, 1, 0))
    inv = Inventory(items=[Point3(1, 1)])
    assert asdict(inv) == {"items": [{"x": 1, "y": 1, "z": 0}], "owner": "nobody"}


def test_replace():
    p = Point3(1, 2, 3)
    q = replace(p, y=20)
    assert q == Point3(1, 20, 3)
    assert p.y == 2
    assert isinstance(q, Point3)
    with pytest.raises(TypeError):
        replace(p, nonsense=1)


def test_copy_replace_keeps_class():
    c = replace(Config("a"), port=1)
    assert type(c) is Config
    assert c.port == 1


def test_frozen():
    c = Config("host")
    with pytest.raises(dataclasses.FrozenInstanceError):
        c.port = 1
    with pytest.raises(AttributeError):
        c.host = "x"
    with pytest.raises(AttributeError):
        del c.host
    assert c.port == 80
    assert hash(Config("host")) == hash(c)
    assert len({Config("a"), Config("a"), Config("b")}) == 2


def test_unhashable_by_default():
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point3(1, 2))
    with pytest.raises(TypeError):
        {Point3(1, 2): 1}


def test_default_factory_is_not_shared():
    a, b = Inventory(), Inventory()
    a.items.append("x")
    assert b.items == []
    assert a.items == ["x"]


def test_keyword_only():
    with pytest.raises(TypeError):
        Employee("Ann", 10)
    assert Employee("Ann", salary=10).salary == 10


def test_post_init():
    assert Employee("ann", salary=1).name == "Ann"
    assert Employee("ann", salary=1).email == "ann@example.org"
    with pytest.raises(ValueError, match="negative"):
        Employee("ann", salary=-1)


def test_field_hidden_from_repr_and_compare():
    assert "secret" not in repr(Employee("ann", salary=1))
    assert Employee("ann", salary=1, secret=3) == Employee("ann", salary=1, secret=4)


def test_slots():
    m = Money(3, "EUR")
    with pytest.raises(AttributeError):
        m.other = 1
    assert m + Money(4, "EUR") == Money(7, "EUR")
    with pytest.raises(ValueError):
        m + Money(4, "USD")


def test_computed_property_and_classmethod():
    assert Temperature.from_fahrenheit(212) == Temperature(100)
    assert Temperature(100).fahrenheit == 212
    t = Temperature(0)
    t.fahrenheit = 50
    assert t.celsius == 10


def test_nested_tree():
    tree = Node(1, [Node(2), Node(3, [Node(4)])])
    assert tree.total() == 10
    assert tree.children[1].children[0].value == 4
    assert asdict(tree)["children"][1]["children"][0]["value"] == 4


def test_copies():
    tree = Node(1, [Node(2)])
    shallow, deep = copy.copy(tree), copy.deepcopy(tree)
    assert shallow == tree == deep
    assert shallow is not tree
    assert shallow.children is tree.children
    assert deep.children is not tree.children
    deep.children[0].value = 99
    assert tree.children[0].value == 2


def test_namedtuple_tools():
    from solution import Color

    c = Color(1, 2, 3)
    assert c._replace(g=9) == Color(1, 9, 3)
    assert c._asdict() == {"r": 1, "g": 2, "b": 3}
    assert Color._fields == ("r", "g", "b")
    assert Color._make([7, 8, 9]).b == 9
    assert Color(1, 2).b == 0
    assert Color._field_defaults == {"b": 0}
    r, g, b = c
    assert (r, g, b) == c == (1, 2, 3)
    assert c.hex() == "#010203"
    assert isinstance(c, tuple) and isinstance(c, Color)
    assert c[1:] == (2, 3)
    assert c.index(2) == 1
    assert collections.Counter([c, Color(1, 2, 3)])[c] == 2
    with pytest.raises(AttributeError):
        c.r = 5
    assert c + (4,) == (1, 2, 3, 4)
    assert str(c) == "Color(r=1, g=2, b=3)"
