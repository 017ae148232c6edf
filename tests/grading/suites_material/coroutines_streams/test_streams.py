import inspect
import itertools
import types
from itertools import chain, count, islice, takewhile, tee, zip_longest

import pytest

import solution
from solution import accumulate, average, counter, delegating, evens, fibonacci, grep, naturals, pairs, primes, tree_walk


def test_infinite_generator_taken_lazily():
    assert list(islice(naturals(), 5)) == [0, 1, 2, 3, 4]
    assert list(takewhile(lambda n: n < 20, primes())) == [2, 3, 5, 7, 11, 13, 17, 19]
    assert next(n for n in fibonacci() if n > 100) == 144


def test_generators_of_the_test_go_in():
    assert list(islice(evens(count()), 4)) == [0, 2, 4, 6]
    assert list(evens(n * n for n in range(5))) == [0, 4, 16]
    assert list(pairs(iter("abcd"))) == [("a", "b"), ("b", "c"), ("c", "d")]


def test_consumes_no_more_than_needed():
    source = iter(range(100))
    assert list(islice(evens(source), 3)) == [0, 2, 4]
    assert next(source) == 5


def test_pipeline():
    piped = islice(accumulate(evens(naturals())), 5)
    assert list(piped) == [0, 2, 6, 12, 20]


def test_send():
    avg = average()
    assert next(avg) is None
    assert avg.send(10) == 10
    assert avg.send(20) == 15
    assert avg.send(3) == 11


def test_send_none_before_start_only():
    avg = average()
    with pytest.raises(TypeError, match="just-started"):
        avg.send(1)


def test_close_runs_finally():
    log = []
    c = counter(log)
    assert next(c) == 0
    assert next(c) == 1
    c.close()
    assert log == ["start", "closed"]
    with pytest.raises(StopIteration):
        next(c)


def test_throw_is_caught_inside():
    log = []
    c = counter(log)
    next(c)
    assert c.throw(ValueError("again")) == 0
    assert log == ["start", "reset: again"]
    with pytest.raises(KeyError):
        c.throw(KeyError("out"))
    assert log[-1] == "closed"


def test_return_value():
    d = delegating([[1, 2], [3]])
    got = []
    while True:
        try:
            got.append(next(d))
        except StopIteration as stop:
            assert stop.value == 3
            break
    assert got == [1, 2, 3]


def test_yield_from_in_the_test():
    def outer():
        total = yield from delegating([[1], [2, 3]])
        yield f"total {total}"

    assert list(outer()) == [1, 2, 3, "total 3"]


def test_tree_walk():
    tree = {"a": {"b": {}, "c": {"d": {}}}, "e": {}}
    assert list(tree_walk(tree)) == ["a", "b", "c", "d", "e"]
    assert list(tree_walk({})) == []


def test_grep_coroutine():
    found = []
    g = grep("py", found.append)
    next(g)
    for line in ["python", "java", "numpy"]:
        g.send(line)
    g.close()
    assert found == ["python", "numpy"]


def test_kind_of_objects():
    assert inspect.isgeneratorfunction(naturals)
    assert inspect.isgenerator(naturals())
    assert isinstance(naturals(), types.GeneratorType)
    assert not inspect.isgeneratorfunction(solution.not_lazy)
    assert iter(g := naturals()) is g
    assert hasattr(naturals(), "__next__")


def test_generator_state():
    g = solution.two()
    assert inspect.getgeneratorstate(g) == "GEN_CREATED"
    next(g)
    assert inspect.getgeneratorstate(g) == "GEN_SUSPENDED"
    list(g)
    assert inspect.getgeneratorstate(g) == "GEN_CLOSED"


def test_itertools_over_generators():
    a, b = tee(islice(naturals(), 3))
    assert list(a) == list(b) == [0, 1, 2]
    assert list(zip(naturals(), "abc")) == [(0, "a"), (1, "b"), (2, "c")]
    assert list(zip_longest(solution.two(), "abc")) == [(1, "a"), (2, "b"), (None, "c")]
    assert list(chain.from_iterable([solution.two(), solution.two()])) == [1, 2, 1, 2]
    assert {k: list(v) for k, v in itertools.groupby(islice(naturals(), 6), lambda n: n // 3)} == {0: [0, 1, 2], 1: [3, 4, 5]}
    assert sum(islice(evens(count()), 10)) == 90
    assert max(solution.two()) == 2
    assert sorted(solution.two(), reverse=True) == [2, 1]
    assert dict(enumerate(solution.two())) == {0: 1, 1: 2}
    first, *rest = solution.two()
    assert (first, rest) == (1, [2])
    assert 2 in solution.two()
    assert any(n > 100 for n in naturals())
    assert not all(n < 100 for n in naturals())


def test_class_iterators():
    c = solution.Countdown(3)
    assert list(c) == [3, 2, 1]
    assert list(c) == [3, 2, 1]
    it = iter(c)
    assert next(it) == 3
    assert list(it) == [2, 1]
    assert next(it, "end") == "end"
    assert list(map(lambda n: n * n, solution.Countdown(2))) == [4, 1]
    assert list(reversed(solution.Countdown(2))) == [1, 2]


def test_old_sequence_protocol():
    s = solution.Squares(4)
    assert list(islice(s, 10)) == [0, 1, 4, 9]
    assert 9 in s
    assert list(iter(lambda it=iter(s): next(it), 4)) == [0, 1]


def test_exhausted_generator_stays_empty():
    g = solution.two()
    assert list(g) == [1, 2]
    assert list(g) == []
    with pytest.raises(StopIteration):
        next(g)


def test_generator_raises_midway():
    g = solution.fails_after(2)
    assert next(g) == 0
    assert next(g) == 1
    with pytest.raises(RuntimeError, match="spent"):
        next(g)
    with pytest.raises(StopIteration):
        next(g)


def test_generator_context_manager():
    log = []
    with solution.section(log, "a") as name:
        log.append(name)
        with solution.section(log, "b"):
            pass
    assert log == ["+a", "A", "+b", "-b", "-a"]
    with pytest.raises(ZeroDivisionError):
        with solution.section(log, "c"):
            1 / 0
    assert log[-1] == "!c"
    with solution.ignoring(KeyError):
        {}["x"]
