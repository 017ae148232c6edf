import array
import collections
import datetime
import decimal
import fractions
import ipaddress
import pathlib
import re
import string
import types
import uuid
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction

import pytest

import solution
from solution import same

VALUES = [
    None, True, 0, -1, 2**70, 1.5, float("inf"), -0.0, 1 + 2j, "", "é☃", b"\x00\xff", (), (1, (2, 3)),
    [], [1, [2, [3]]], {}, {"a": {"b": [1]}}, set(), {1, 2}, frozenset({3}), {(1, 2): "x"},
    range(3), range(10, 0, -2), slice(1, None, 2), bytearray(b"ab"), ..., NotImplemented,
    Decimal("1.10"), Fraction(1, 3), datetime.date(2024, 2, 29), datetime.datetime(2024, 1, 1, 12, 30),
    datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc), datetime.timedelta(days=1, seconds=5),
    datetime.time(12, 30), uuid.UUID(int=5), pathlib.Path("/a/b.txt"), pathlib.PurePosixPath("x/y"),
    Counter("aab"), OrderedDict([("b", 1), ("a", 2)]), deque([1, 2], maxlen=3), defaultdict(list, {"a": [1]}),
    array.array("i", [1, 2, 3]), ipaddress.ip_address("10.0.0.1"),
    "x" * 100_000, list(range(10_000)), {str(i): i for i in range(1000)},
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_round_trip(value):
    back = same(value)
    assert back == value or value != value
    assert type(back) is type(value)
    assert repr(back) == repr(value)


@pytest.mark.parametrize("value", [None, True, False, ..., NotImplemented, (), int, str, list, ValueError], ids=repr)
def test_identity(value):
    assert same(value) is value


def test_nan():
    x = same(float("nan"))
    assert x != x


def test_identity_of_objects_of_the_test():
    thing, items, table = object(), [1], {"a": 1}
    assert same(thing) is thing
    assert same(items) is items
    assert same(table) is table
    f = lambda: 1  # noqa: E731
    assert same(f) is f


def test_chain_map_is_live():
    m = ChainMap({"a": 1}, {"b": 2})
    assert solution.lookup(m, "b") == 2
    solution.put(m, "c", 3)
    assert m.maps[0] == {"a": 1, "c": 3}
    made = solution.scopes()
    assert made["x"] == 2
    assert dict(made) == {"x": 2, "y": 1}
    assert made.parents["x"] == 1


def test_default_dict_keeps_factory():
    d = solution.group(["apple", "avocado", "bean"])
    assert d == {"a": ["apple", "avocado"], "b": ["bean"]}
    assert isinstance(d, defaultdict)
    assert d["z"] == []
    assert d.default_factory is list


def test_counter_methods():
    c = solution.letters("hello")
    assert isinstance(c, Counter)
    assert c.most_common(1) == [("l", 2)]
    assert c["missing"] == 0
    assert c + Counter("l") == Counter("hellol")
    assert sorted(c.elements()) == list("ehllo")


def test_ordered_dict_order_matters():
    d = solution.ordered()
    assert list(d) == ["z", "a"]
    assert d == OrderedDict([("z", 1), ("a", 2)])
    assert d != OrderedDict([("a", 2), ("z", 1)])
    d.move_to_end("z")
    assert list(d) == ["a", "z"]


def test_deque_rotation():
    d = deque([1, 2, 3])
    solution.rotate(d)
    assert d == deque([3, 1, 2])
    assert solution.last(2) == deque([8, 9], maxlen=2)
    assert solution.last(2).maxlen == 2


def test_views_and_iterators():
    assert list(solution.keys({"a": 1, "b": 2})) == ["a", "b"]
    assert set(solution.keys({"a": 1})) == {"a"}
    assert "a" in solution.keys({"a": 1})
    assert list(solution.zipped([1, 2], "ab")) == [(1, "a"), (2, "b")]
    assert list(solution.mapped([1, 2])) == ["1", "2"]
    assert next(solution.mapped([7])) == "7"
    assert dict(solution.zipped("ab", [1, 2])) == {"a": 1, "b": 2}


def test_dict_views_equal():
    assert solution.keys({"a": 1}) == {"a"}
    assert solution.keys({"a": 1, "b": 2}) & {"b"} == {"b"}


def test_memoryview():
    m = memoryview(bytearray(b"abc"))
    assert solution.first_byte(m) == 97
    v = solution.view(b"xyz")
    assert bytes(v) == b"xyz"
    assert v[0] == 120
    assert len(v) == 3
    assert v.tobytes() == b"xyz"


def test_mapping_proxy():
    p = solution.constants()
    assert p["pi"] == 3
    assert dict(p) == {"pi": 3}
    with pytest.raises(TypeError):
        p["pi"] = 4
    assert isinstance(p, types.MappingProxyType)
    assert solution.lookup(types.MappingProxyType({"q": 5}), "q") == 5


def test_regular_expressions():
    m = solution.find_year("in 1999 and 2001")
    assert m.group() == "1999"
    assert m.group("year") == "1999"
    assert m.span() == (3, 7)
    assert m["year"] == "1999"
    assert m.groupdict() == {"year": "1999"}
    assert m.start() == 3
    assert solution.find_year("none") is None
    assert [x.group() for x in solution.all_years("1999 2001")] == ["1999", "2001"]
    assert solution.PATTERN.pattern == r"(?P<year>\d{4})"
    assert solution.PATTERN.match("2024")
    assert isinstance(solution.PATTERN, re.Pattern)
    assert solution.count_matches(re.compile("a+"), "aa b a") == 2


def test_decimals_and_fractions():
    assert solution.add_tax(Decimal("10.00")) == Decimal("11.90")
    assert str(solution.add_tax(Decimal("10.00"))) == "11.90"
    assert solution.harmonic(3) == Fraction(11, 6)
    assert solution.harmonic(3).numerator == 11
    with pytest.raises(decimal.InvalidOperation):
        solution.add_tax(Decimal("sNaN"))
    with decimal.localcontext() as context:
        context.prec = 3
        assert Decimal(1) / Decimal(3) == Decimal("0.333")


def test_dates():
    assert solution.next_day(datetime.date(2024, 2, 28)) == datetime.date(2024, 2, 29)
    assert solution.days(datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 3)) == 2
    aware = solution.in_zone(2024)
    assert aware.utcoffset() == datetime.timedelta(hours=2)
    assert aware.isoformat() == "2024-01-01T00:00:00+02:00"


def test_subclasses_of_builtin_types():
    k = solution.Kelvin(300.0)
    assert k == 300.0
    assert isinstance(k, float)
    assert k.celsius() == pytest.approx(26.85)
    n = solution.Name("ann")
    assert n == "ann"
    assert n.upper() == "ANN"
    assert n.greeting() == "hello ann"
    assert f"{n}!" == "ann!"
    u = solution.Unique([3, 1, 3])
    assert u == [3, 1]
    u.append(1)
    assert list(u) == [3, 1]
    ci = solution.CaseInsensitive(Content=1)
    assert ci["CONTENT"] == 1
    assert "content" in ci
    assert len(ci) == 1


def test_user_containers():
    d = solution.Lower({"A": 1})
    assert d["a"] == 1
    assert isinstance(d, collections.UserDict)
    assert dict(d) == {"a": 1}
    assert d.data == {"a": 1}
    s = solution.Title("abc")
    assert str(s) == "Abc"
    assert len(s) == 3
    v = solution.Vec([1, 2])
    v.append(3)
    assert list(v) == [1, 2, 3]
    assert v.data == [1, 2, 3]


def test_template_and_formatter():
    assert solution.TEMPLATE.substitute(name="x") == "hi x"
    with pytest.raises(KeyError):
        solution.TEMPLATE.substitute()
    assert isinstance(solution.TEMPLATE, string.Template)


def test_namespace_objects():
    n = solution.settings()
    assert n.debug is False
    n.debug = True
    assert solution.settings().debug is True
    assert vars(n) == {"debug": True, "level": 3}
    assert n == types.SimpleNamespace(debug=True, level=3)
