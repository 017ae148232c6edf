import math

import numpy as np
import pytest
from pytest import approx

from solution import compound, grid, means, quadratic, weights


def test_scalar():
    assert compound(100, 0.05, 10) == approx(162.889, abs=1e-3)
    assert compound(100, 0, 1) == approx(100)
    assert compound(1, 1, 1) != approx(3)


def test_tuple():
    assert quadratic(1, -3, 2) == approx((2, 1))
    assert quadratic(1, 0, 1) == (approx(1j), approx(-1j))


def test_dict():
    assert means({"a": [1, 2], "b": [0.1, 0.2]}) == approx({"a": 1.5, "b": 0.15})


def test_list():
    assert weights(3) == approx([1 / 3] * 3)
    assert sum(weights(7)) == approx(1)


def test_array():
    assert grid(3) == approx(np.array([0.0, 0.5, 1.0]))
    assert np.array([0.0, 0.5, 1.0]) == approx(grid(3))


def test_math():
    assert math.isclose(compound(1, 0.1, 2), 1.21)
    assert abs(compound(1, 0.1, 2) - 1.21) < 1e-9
    assert round(compound(1, 0.1, 2), 2) == 1.21
    assert 1.2 < compound(1, 0.1, 2) < 1.3


def test_nan():
    assert means({"x": []})["x"] == approx(float("nan"), nan_ok=True)
