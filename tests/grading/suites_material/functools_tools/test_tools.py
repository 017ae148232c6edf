import functools
import inspect
import operator
from functools import partial, reduce

import pytest

import solution
from solution import Matrix, Version, area, compose, fib, memoize, retry, slow_square, timed, trace


def test_lru_cache_info():
    fib.cache_clear()
    assert fib(30) == 832040
    info = fib.cache_info()
    assert info.misses == 31
    assert info.hits == 28
    assert info.currsize == 31
    assert info.maxsize is None
    fib.cache_clear()
    assert fib.cache_info().currsize == 0


def test_wrapped_function_is_there():
    assert fib.__wrapped__ is not fib
    assert fib.__name__ == "fib"
    assert inspect.unwrap(fib).__name__ == "fib"
    assert fib.__wrapped__.__doc__ == "Return a Fibonacci number."


def test_singledispatch():
    assert area(3) == "number 3"
    assert area("abc") == "text of 3"
    assert area([1, 2]) == "list of 2"
    assert area({1: 2}) == "unknown"
    assert area.dispatch(str)("xy") == "text of 2"
    assert int in area.registry


def test_singledispatch_extended_by_the_test():
    @area.register(tuple)
    def _(value):
        return "tuple of the test"

    assert area((1,)) == "tuple of the test"
    assert area([1]) == "list of 1"


def test_singledispatchmethod():
    m = Matrix()
    assert m.show(1) == "int"
    assert m.show("a") == "str"


def test_total_ordering():
    assert Version("1.2") < Version("1.10")
    assert Version("2.0") >= Version("1.9")
    assert Version("1.0") <= Version("1.0")
    assert sorted([Version("1.10"), Version("1.2")])[0] == Version("1.2")
    assert max(map(Version, ["0.1", "0.2"])) == Version("0.2")


def test_partial():
    double = solution.double
    assert double(4) == 8
    assert isinstance(double, partial)
    assert double.args == (2,)
    assert double.keywords == {}
    assert double.func(3, 4) == 12
    add_five = partial(solution.add, 5)
    assert add_five(6) == 11
    assert list(map(partial(solution.add, b=1), [1, 2])) == [2, 3]


def test_compose_with_functions_of_the_test():
    assert compose(str, lambda x: x + 1)(4) == "5"
    assert compose(len, str)(12345) == 5
    assert compose()(7) == 7
    assert reduce(compose, [abs, int, float])("-3") == 3


def test_memoize_counts_calls():
    calls = []

    @memoize
    def square(x):
        calls.append(x)
        return x * x

    assert [square(2), square(2), square(3)] == [4, 4, 9]
    assert calls == [2, 3]
    assert square.__name__ == "square"


def test_retry_decorator_with_arguments():
    attempts = []

    @retry(times=3, exceptions=(ValueError,))
    def flaky():
        """Fails twice."""
        attempts.append(1)
        if len(attempts) < 3:
            raise ValueError("not yet")
        return "done"

    assert flaky() == "done"
    assert len(attempts) == 3
    assert flaky.__doc__ == "Fails twice."


def test_retry_gives_up():
    @retry(times=2, exceptions=(KeyError,))
    def broken():
        raise KeyError("k")

    @retry(times=2, exceptions=(KeyError,))
    def other():
        raise OSError("disk")

    with pytest.raises(KeyError, match="k"):
        broken()
    with pytest.raises(OSError, match="disk"):
        other()


def test_trace_collects_into_a_list_of_the_test():
    log = []

    @trace(log)
    def add(a, b=1):
        return a + b

    assert add(1, b=2) == 3
    assert add(5) == 6
    assert log == ["add(1, b=2) -> 3", "add(5) -> 6"]


def test_timed_uses_the_clock_it_is_given():
    ticks = iter([10.0, 12.5])
    f = timed(lambda x: x * 2, clock=lambda: next(ticks))
    assert f(4) == (8, 2.5)


def test_cached_property():
    m = Matrix()
    assert m.calls == 0
    assert m.expensive == 42
    assert m.expensive == 42
    assert m.calls == 1
    del m.expensive
    assert m.expensive == 42
    assert m.calls == 2


def test_cache_on_function_is_visible():
    slow_square.cache_clear()
    slow_square(4)
    slow_square(4)
    assert slow_square.cache_info().hits == 1
    assert slow_square.cache_parameters()["maxsize"] == 2


def test_decorated_signature():
    assert str(inspect.signature(slow_square)) == "(x)"
    assert list(inspect.signature(solution.add).parameters) == ["a", "b"]


def test_cmp_to_key():
    assert sorted(["bb", "a", "ccc"], key=functools.cmp_to_key(solution.by_length)) == ["ccc", "bb", "a"]


def test_operator_functions():
    assert solution.pick("b")({"a": 1, "b": 2}) == 2
    assert list(map(solution.pick(0), ["xy", "zw"])) == ["x", "z"]
    assert reduce(operator.mul, solution.numbers(), 1) == 24


def test_attributes_on_functions():
    solution.counter.count = 0
    solution.counter()
    solution.counter()
    assert solution.counter.count == 2
