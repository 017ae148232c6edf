import collections

import pytest

from solution import CaseDict, Celsius, History, Matrix, Name, Registry, Stack, UniqueList


def test_stack_is_list():
    s = Stack([1, 2])
    s.push(3)
    assert s == [1, 2, 3]
    assert s.peek() == 3
    assert isinstance(s, list)
    assert len(s) == 3
    assert s[-1] == 3
    assert s.pop() == 3
    assert s == [1, 2]
    s.append(9)
    assert s.peek() == 9
    assert sorted(s) == [1, 2, 9]


def test_unique():
    u = UniqueList()
    u.append(1)
    u.append(1)
    u.append(2)
    assert u == [1, 2]
    assert list(u) == [1, 2]


def test_case_dict():
    d = CaseDict()
    d["Key"] = 1
    assert d["KEY"] == 1
    assert "kEy" in d
    assert isinstance(d, dict)
    assert d == {"key": 1}
    assert len(d) == 1
    with pytest.raises(KeyError):
        d["other"]


def test_missing():
    class Sub(CaseDict):
        pass

    assert Registry()["x"] == "default x"
    assert issubclass(Registry, dict)


def test_celsius():
    t = Celsius(20)
    assert t == 20
    assert isinstance(t, float)
    assert t.fahrenheit == 68
    assert t + 1 == 21
    assert round(t) == 20


def test_name():
    n = Name("ada")
    assert n == "ada"
    assert n.upper() == "ADA"
    assert n.shout() == "ADA!"
    assert n.startswith("a")
    assert {"ada": 1}[n] == 1


def test_user_list():
    h = History(["a"])
    h.append("b")
    assert h.last() == "b"
    assert len(h) == 2
    assert list(h) == ["a", "b"]
    assert isinstance(h, collections.UserList)


def test_matrix_tuple():
    m = Matrix(((1, 2), (3, 4)))
    assert m.transpose() == ((1, 3), (2, 4))
    assert isinstance(m, tuple)
    assert m[0] == (1, 2)
