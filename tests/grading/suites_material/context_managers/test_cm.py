import pytest

import solution
from solution import Timer, managed, suppress_value_error


def test_with_class():
    t = Timer()
    with t as inner:
        assert inner is t
        assert t.running
    assert not t.running


def test_contextlib_style(capsys):
    with managed("db") as name:
        assert name == "DB"
        print("inside")
    assert capsys.readouterr().out == "open db\ninside\nclose db\n"


def test_closes_on_error(capsys):
    with pytest.raises(RuntimeError, match="oops"):
        with managed("db"):
            raise RuntimeError("oops")
    assert "close db" in capsys.readouterr().out


def test_suppress():
    with suppress_value_error():
        raise ValueError("gone")
    with pytest.raises(KeyError):
        with suppress_value_error():
            raise KeyError("stays")


def test_sees_exception():
    r = solution.Recorder()
    with pytest.raises(ZeroDivisionError):
        with r:
            1 / 0
    assert r.seen is ZeroDivisionError
    assert r.message == "division by zero"


def test_uses_tests_context_manager():
    class Guard:
        def __init__(self):
            self.log = []

        def __enter__(self):
            self.log.append("in")
            return 42

        def __exit__(self, kind, value, tb):
            self.log.append(kind.__name__ if kind else "out")
            return True

    g = Guard()
    assert solution.use(g) == 42
    assert g.log == ["in", "out"]
    assert solution.use(g, fail=True) is None
    assert g.log[-1] == "KeyError"


def test_nested():
    with managed("a") as a, managed("b") as b:
        assert (a, b) == ("A", "B")
