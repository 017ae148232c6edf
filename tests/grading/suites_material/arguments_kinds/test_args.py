import pytest

import solution


def test_keyword_only():
    assert solution.box(1, b=2) == (1, 2, ())
    with pytest.raises(TypeError):
        solution.box(1, 2, 3)


def test_var_args():
    assert solution.collect(1, 2, x=3) == ((1, 2), {"x": 3})
    assert solution.collect(*[1, 2], **{"k": "v"}) == ((1, 2), {"k": "v"})
    assert solution.collect() == ((), {})


def test_positional_only():
    assert solution.only(3) == 3
    with pytest.raises(TypeError):
        solution.only(x=3)


def test_default_is_none():
    assert solution.greet() == "hello world"
    assert solution.greet("x") == "hello x"
    assert solution.greet(name="y", greeting="yo") == "yo y"


def test_unpack_result():
    low, high, *rest = solution.stats([3, 1, 2])
    assert (low, high) == (1, 3)
    assert rest == [2.0]


def test_none_result():
    assert solution.nothing() is None


def test_too_few():
    with pytest.raises(TypeError, match="missing"):
        solution.box()
