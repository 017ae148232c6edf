"""Comparisons that hold only because nothing was compared.

NumPy and pytest call an empty array close to any number, for no element differs. A submission
that gives back nothing must not earn what values would have earned.
"""

import importlib
import sys
from typing import Any

import pytest


def refuse_vacuous_approximations() -> None:
    """Let `pytest.approx(number)` differ from an array without elements."""
    scalar = type(pytest.approx(1.0))
    compare = scalar.__eq__

    def equal(self: Any, actual: Any) -> bool:
        if getattr(actual, "size", None) == 0:
            return False
        return bool(compare(self, actual))

    scalar.__eq__ = equal  # type: ignore[method-assign]


def refuse_vacuous_arrays() -> bool:
    """Let NumPy's assertions fail where only one side is empty; tell whether NumPy is loaded."""
    numpy: Any = sys.modules.get("numpy")
    if numpy is None:
        return False
    utils: Any = importlib.import_module("numpy.testing._private.utils")
    compare = utils.assert_array_compare
    close = numpy.allclose

    def assert_compare(comparison: Any, x: Any, y: Any, *args: Any, **kwargs: Any) -> Any:
        if _is_one_empty(x, y):
            raise AssertionError("an empty array was given where values are expected")
        return compare(comparison, x, y, *args, **kwargs)

    def allclose(a: Any, b: Any, *args: Any, **kwargs: Any) -> Any:
        return False if _is_one_empty(a, b) else close(a, b, *args, **kwargs)

    utils.assert_array_compare = assert_compare
    numpy.allclose = allclose
    return True


def _is_one_empty(x: Any, y: Any) -> bool:
    numpy = sys.modules["numpy"]
    try:
        return bool((numpy.size(x) == 0) != (numpy.size(y) == 0))
    except (TypeError, ValueError):
        return False
