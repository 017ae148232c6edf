import inspect
import itertools
from collections.abc import Iterator

import pytest

import solution


def test_countdown():
    assert list(solution.countdown(3)) == [3, 2, 1]


def test_lazy():
    g = solution.naturals()
    assert next(g) == 0
    assert next(g) == 1
    assert list(itertools.islice(g, 3)) == [2, 3, 4]
    assert inspect.isgenerator(g)
    assert isinstance(g, Iterator)


def test_is_generator_function():
    assert inspect.isgeneratorfunction(solution.countdown)
    assert not inspect.isgeneratorfunction(solution.chunks_list)


def test_exhausted():
    g = solution.countdown(1)
    next(g)
    with pytest.raises(StopIteration):
        next(g)


def test_send():
    avg = solution.averager()
    next(avg)
    assert avg.send(10) == 10
    assert avg.send(20) == 15
    avg.close()
    with pytest.raises(StopIteration):
        avg.send(1)


def test_throw():
    g = solution.naturals()
    next(g)
    with pytest.raises(KeyError):
        g.throw(KeyError("x"))


def test_return_value():
    g = solution.with_result()
    next(g)
    with pytest.raises(StopIteration) as info:
        next(g)
    assert info.value.value == "done"


def test_yield_from():
    def outer():
        result = yield from solution.with_result()
        yield result

    assert list(outer()) == [1, "done"]


def test_class_iterator():
    r = solution.Range(3)
    assert list(r) == [0, 1, 2]
    assert list(r) == [0, 1, 2]
    assert sum(r) == 3
    assert [a + b for a, b in zip(r, solution.Range(3))] == [0, 2, 4]
    it = iter(r)
    assert next(it) == 0
    assert iter(it) is it


def test_many():
    assert sum(solution.countdown(5000)) == 5000 * 5001 // 2


def test_consumes_an_iterator_lazily():
    seen = []

    def source():
        for i in range(10):
            seen.append(i)
            yield i

    evens = solution.only_even(source())
    assert next(evens) == 0
    assert seen == [0]
    assert next(evens) == 2
    assert seen == [0, 1, 2]


def test_chunks():
    assert solution.chunks_list([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]]


def test_generator_expression():
    assert list(solution.squares([1, 2, 3])) == [1, 4, 9]
    assert not isinstance(solution.squares([1]), list)
