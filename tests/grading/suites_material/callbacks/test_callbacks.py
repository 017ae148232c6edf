import functools
import operator

import pytest

import solution


def test_map():
    assert solution.my_map(lambda x: x * 2, [1, 2, 3]) == [2, 4, 6]
    assert solution.my_map(str, [1, 2]) == ["1", "2"]
    assert solution.my_map(str.upper, ["a"]) == ["A"]
    assert solution.my_map(len, ["ab", ""]) == [2, 0]


def test_reduce():
    assert solution.my_reduce(operator.add, [1, 2, 3]) == 6
    assert solution.my_reduce(max, [1, 5, 3]) == 5


def test_closure_state():
    calls = []
    solution.repeat(3, lambda i: calls.append(i))
    assert calls == [0, 1, 2]


def test_returned_closure():
    add5 = solution.make_adder(5)
    assert add5(10) == 15
    assert callable(add5)
    counter = solution.make_counter()
    assert [counter(), counter(), counter()] == [1, 2, 3]
    other = solution.make_counter()
    assert other() == 1


def test_compose():
    f = solution.compose(lambda x: x + 1, lambda x: x * 10)
    assert f(3) == 31


def test_exception_from_callback():
    class Custom(Exception):
        pass

    boom = Custom("boom")

    def bad(x):
        raise boom

    with pytest.raises(Custom) as info:
        solution.my_map(bad, [1])
    assert info.value is boom


def test_callback_exception_handled():
    def bad():
        raise KeyError("k")

    assert solution.safely(bad, default=7) == 7
    assert solution.safely(lambda: 3, default=7) == 3


def test_decorator():
    @solution.twice
    def greet(name):
        "Say hello."
        return f"hi {name}"

    assert greet("bo") == ["hi bo", "hi bo"]
    assert greet.__name__ == "greet"
    assert greet.__doc__ == "Say hello."


def test_memoize():
    count = 0

    @solution.memoize
    def slow(n):
        nonlocal count
        count += 1
        return n * n

    assert slow(4) == 16
    assert slow(4) == 16
    assert count == 1
    assert slow(5) == 25
    assert count == 2


def test_decorator_with_arguments():
    @solution.retry(times=3)
    def flaky():
        flaky_calls.append(1)
        if len(flaky_calls) < 3:
            raise ConnectionError("try again")
        return "ok"

    flaky_calls = []
    assert flaky() == "ok"
    assert len(flaky_calls) == 3


def test_retry_gives_up():
    @solution.retry(times=2)
    def never():
        raise ConnectionError("down")

    with pytest.raises(ConnectionError, match="down"):
        never()


def test_sort_key():
    words = ["ccc", "a", "bb"]
    assert solution.sort_by(words, key=len) == ["a", "bb", "ccc"]
    assert solution.sort_by(words, key=lambda w: -len(w)) == ["ccc", "bb", "a"]


def test_partial():
    assert solution.apply(functools.partial(pow, 2), 5) == 32


def test_bound_method():
    target = []
    solution.repeat(2, target.append)
    assert target == [0, 1]


def test_curry():
    add3 = solution.curry(lambda a, b, c: a + b + c)
    assert add3(1)(2)(3) == 6


def test_mutable_through_callback():
    def change(items):
        items.append("changed")

    assert solution.run_on_list(change) == ["start", "changed"]


def test_pipeline_of_own_functions():
    assert solution.compose(solution.make_adder(1), solution.make_adder(2))(0) == 3
