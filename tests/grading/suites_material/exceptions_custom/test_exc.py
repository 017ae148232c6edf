import pytest

import solution
from solution import NotFound, Outer, ParseError, Sub


def test_raises_custom():
    with pytest.raises(ParseError, match=r"line \d+") as info:
        solution.parse("bad")
    assert info.value.line == 3
    assert info.type is ParseError
    assert str(info.value) == "error on line 3"
    assert info.value.args == ("error on line 3",)


def test_hierarchy():
    assert issubclass(Sub, ParseError)
    assert issubclass(ParseError, Exception)
    assert not issubclass(ParseError, KeyError)
    with pytest.raises(ParseError):
        raise_sub()


def raise_sub():
    raise Sub(7)


def test_caught_by_base():
    try:
        solution.parse("sub")
    except ParseError as error:
        assert isinstance(error, Sub)
    else:
        pytest.fail("nothing raised")


def test_builtin_args():
    with pytest.raises(KeyError) as info:
        solution.lookup("x")
    assert info.value.args == ("x",)
    with pytest.raises(IndexError):
        solution.at([], 3)
    with pytest.raises(TypeError):
        solution.at(None, 3)


def test_cause():
    with pytest.raises(Outer) as info:
        solution.wrapped()
    assert isinstance(info.value.__cause__, ValueError)
    assert str(info.value.__cause__) == "inner"


def test_str_override():
    e = NotFound("k")
    assert str(e) == "no k here"
    assert e.key == "k"
    assert isinstance(e, LookupError)


def test_method_on_exception():
    with pytest.raises(NotFound) as info:
        solution.find("zz")
    assert info.value.describe() == "missing:zz"
    assert repr(info.value)


def test_reraise_in_test():
    with pytest.raises(NotFound):
        try:
            solution.find("a")
        except NotFound:
            raise


def test_passing_exception_class():
    assert solution.catches(lambda: {}["a"], KeyError) == "caught"
    with pytest.raises(ZeroDivisionError):
        solution.catches(lambda: 1 / 0, KeyError)


def test_os_error():
    with pytest.raises(FileNotFoundError) as info:
        solution.read("does_not_exist.txt")
    assert info.value.errno == 2


def test_system_exit():
    with pytest.raises(SystemExit) as info:
        solution.leave(3)
    assert info.value.code == 3


def test_assertion_error():
    with pytest.raises(AssertionError, match="must be positive"):
        solution.check(-1)


def test_group():
    with pytest.raises(ExceptionGroup) as info:
        solution.many()
    assert [type(e) for e in info.value.exceptions] == [ValueError, TypeError]


def test_unicode_error():
    with pytest.raises(UnicodeDecodeError):
        solution.decode(b"\xff")


def test_returned_exception():
    e = solution.make_error()
    assert isinstance(e, ValueError)
    assert e.args == ("made",)


def test_no_exception():
    assert solution.parse("ok") == "ok"


def test_finally_runs():
    log = []
    with pytest.raises(RuntimeError):
        solution.with_finally(log)
    assert log == ["cleanup"]
