import traceback
import unittest

import pytest

import solution
from solution import AppError, ConfigError, Problems, StockError, parse_config, parse_int, run_all


def test_cause():
    with pytest.raises(ConfigError) as caught:
        parse_config("port=abc")
    assert isinstance(caught.value.__cause__, ValueError)
    assert "invalid literal" in str(caught.value.__cause__)
    assert caught.value.__suppress_context__ is True


def test_context():
    with pytest.raises(AppError) as caught:
        solution.cleanup_fails()
    assert isinstance(caught.value.__context__, ZeroDivisionError)
    assert caught.value.__cause__ is None


def test_from_none():
    with pytest.raises(AppError) as caught:
        solution.hide()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_notes():
    with pytest.raises(ValueError) as caught:
        solution.annotated("x")
    assert caught.value.__notes__ == ["while reading 'x'"]


def test_hierarchy():
    assert issubclass(ConfigError, AppError)
    assert issubclass(AppError, Exception)
    assert issubclass(StockError, (AppError, LookupError))
    assert ConfigError.__bases__ == (AppError,)
    with pytest.raises(AppError):
        raise ConfigError("x")
    with pytest.raises(LookupError):
        solution.take("apple", 3)


def test_attributes_and_text():
    with pytest.raises(StockError) as caught:
        solution.take("apple", 3)
    e = caught.value
    assert (e.item, e.wanted, e.available) == ("apple", 3, 1)
    assert str(e) == "only 1 apple left"
    assert repr(e) == "StockError('apple', 3, 1)"
    assert e.args == ("apple", 3, 1)
    assert e.missing() == 2
    assert e.missing_property == 2


def test_raised_by_the_test():
    with pytest.raises(StockError, match=r"only 5 pear left"):
        raise StockError("pear", 9, 5)
    try:
        raise ConfigError("here")
    except AppError as e:
        assert type(e) is ConfigError
        assert e.args == ("here",)
    assert StockError("a", 2, 1).missing() == 1


def test_error_code_on_class():
    assert AppError.code == 1
    assert ConfigError.code == 2
    assert ConfigError("x").code == 2


def test_group():
    with pytest.raises(ExceptionGroup) as caught:
        run_all([lambda: 1, lambda: int("x"), lambda: {}["k"]])
    group = caught.value
    assert len(group.exceptions) == 2
    assert [type(e) for e in group.exceptions] == [ValueError, KeyError]
    assert group.message == "2 failed"
    matched, rest = group.split(KeyError)
    assert len(matched.exceptions) == len(rest.exceptions) == 1


def test_except_star():
    found = []
    try:
        run_all([lambda: int("x"), lambda: {}["k"]])
    except* ValueError as g:
        found.append(("value", len(g.exceptions)))
    except* KeyError as g:
        found.append(("key", len(g.exceptions)))
    assert found == [("value", 1), ("key", 1)]


def test_own_group():
    with pytest.raises(Problems) as caught:
        solution.check({"a": -1, "b": 2, "c": -3})
    assert [str(e) for e in caught.value.exceptions] == ["a is negative", "c is negative"]


@pytest.mark.parametrize("text, error", [("x", ValueError), (None, TypeError), ([], TypeError)])
def test_builtin_errors(text, error):
    with pytest.raises(error):
        parse_int(text)


@pytest.mark.parametrize(
    "name, kind, text",
    [
        ("index", IndexError, "list index out of range"),
        ("key", KeyError, "'missing'"),
        ("attribute", AttributeError, "'int' object has no attribute 'nothing'"),
        ("zero", ZeroDivisionError, "division by zero"),
        ("name", NameError, "name 'undefined_name' is not defined"),
        ("type", TypeError, "can only concatenate str"),
        ("unicode", UnicodeDecodeError, "invalid start byte"),
        ("file", FileNotFoundError, "No such file or directory"),
        ("assertion", AssertionError, "must hold"),
        ("overflow", OverflowError, "math range error"),
        ("stop", StopIteration, ""),
        ("import", ModuleNotFoundError, "No module named 'not_there'"),
        ("argument", TypeError, "missing 1 required positional argument: 'name'"),
        ("recursion", RecursionError, "maximum recursion depth"),
        ("not_implemented", NotImplementedError, "later"),
        ("syntax", SyntaxError, "invalid syntax"),
    ],
)
def test_every_builtin(name, kind, text):
    with pytest.raises(kind) as caught:
        solution.fail(name) if name != "argument" else solution.fail()
    assert text in str(caught.value)


def test_oserror_fields():
    with pytest.raises(OSError) as caught:
        solution.fail("file")
    assert caught.value.errno == 2
    assert caught.value.filename == "not/there"
    assert caught.value.strerror == "No such file or directory"


def test_key_error_key():
    with pytest.raises(KeyError) as caught:
        solution.fail("key")
    assert caught.value.args == ("missing",)


def test_syntax_error_fields():
    with pytest.raises(SyntaxError) as caught:
        solution.fail("syntax")
    assert caught.value.lineno == 1


def test_unicode_fields():
    with pytest.raises(UnicodeDecodeError) as caught:
        solution.fail("unicode")
    assert caught.value.start == 0
    assert caught.value.encoding == "utf-8"


def test_exceptions_as_values():
    results = solution.collect([lambda: 1, lambda: 1 / 0])
    assert results[0] == 1
    assert isinstance(results[1], ZeroDivisionError)
    error = ValueError("given")
    assert solution.same(error) is error
    with pytest.raises(ValueError) as caught:
        solution.throw(error)
    assert caught.value is error


def test_callback_error_passes_through():
    class Own(Exception):
        pass

    def fail():
        raise Own("from the test")

    with pytest.raises(Own, match="from the test"):
        solution.collect_first(fail)
    assert solution.guard(fail) == "Own: from the test"


def test_formatting():
    try:
        parse_config("port=abc")
    except ConfigError as error:
        lines = traceback.format_exception_only(type(error), error)
        assert lines[-1].strip().endswith("ConfigError: bad value for 'port'")


def test_finally_order():
    log = []
    with pytest.raises(AppError):
        solution.steps(log)
    assert log == ["open", "work", "error", "close"]


def test_warnings_as_exceptions():
    with pytest.raises(SystemExit):
        solution.stop()


class TestUnit(unittest.TestCase):
    def test_regex(self):
        with self.assertRaisesRegex(AppError, r"^bad value"):
            parse_config("port=abc")

    def test_exception_object(self):
        with self.assertRaises(StockError) as cm:
            solution.take("apple", 3)
        self.assertEqual(cm.exception.item, "apple")
        self.assertEqual(cm.exception.args[0], "apple")

    def test_call_form(self):
        self.assertRaises(TypeError, parse_int, None)
        self.assertRaises(ConfigError, parse_config, "nonsense")
