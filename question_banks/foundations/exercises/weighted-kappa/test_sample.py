import numpy as np
import pytest
from solution import jackknife_error, weighted_kappa


def test_kappa_of_two_grades():
    # Observed disagreement 0.3; expected 0.5 * 0.4 + 0.5 * 0.6.
    table = np.array([[4, 1], [2, 3]])
    assert weighted_kappa(table, 0) == pytest.approx(1 - 0.3 / 0.5)


def test_error_of_four_images():
    # Without an image kappa is 0.4 (twice), 1 or 0; their mean is 0.45.
    table = np.array([[2, 1], [0, 1]])
    squares = 2 * 0.05**2 + 0.55**2 + 0.45**2
    assert jackknife_error(table, 1) == pytest.approx((3 / 4 * squares) ** 0.5)
