from fractions import Fraction

import numpy as np
import pytest
from solution import jackknife_error, weighted_kappa

# n = 22; rows sum to 7, 8 and 7, columns to 7, 6 and 9.
READERS = np.array([[5, 2, 0], [1, 4, 3], [1, 0, 6]])


def exact_kappa(table, power):
    """Weighted kappa in fractions, from a list of lists of whole numbers."""
    grades = range(len(table))
    n = sum(map(sum, table))
    observed = expected = Fraction(0)
    for i in grades:
        for j in grades:
            if i != j:
                weight = abs(i - j) ** power
                observed += Fraction(weight * table[i][j], n)
                expected += Fraction(weight * sum(table[i]) * sum(row[j] for row in table), n * n)
    return 1 - observed / expected


def exact_error(table, power):
    """The jackknife error, from a list of lists of whole numbers."""
    n = sum(map(sum, table))
    values = []
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            if count:
                without = [list(other) for other in table]
                without[i][j] -= 1
                values.append((exact_kappa(without, power), count))
    mean = sum(value * count for value, count in values) / n
    squares = sum((value - mean) ** 2 * count for value, count in values)
    return float(Fraction(n - 1, n) * squares) ** 0.5


def test_every_disagreement_weighs_the_same_with_power_0():
    # Observed 7 / 22; expected (42 + 63 + 56 + 72 + 49 + 42) / 484.
    assert weighted_kappa(READERS, 0) == pytest.approx(1 - 7 * 22 / 324)
    assert type(weighted_kappa(READERS, 0)) is float


def test_disagreements_weigh_their_distance():
    # Distances 8 and expected 436; squares 10 and expected 660.
    assert weighted_kappa(READERS, 1) == pytest.approx(1 - 8 * 22 / 436)
    assert weighted_kappa(READERS, 2) == pytest.approx(1 - 10 * 22 / 660)
    far = np.array([[3, 0, 0, 1], [0, 2, 0, 0], [0, 1, 4, 0], [2, 0, 0, 5]])
    for power in (1, 2):
        assert weighted_kappa(far, power) == pytest.approx(float(exact_kappa(far.tolist(), power)))


def test_best_chance_and_worst():
    for power in (0, 1, 2):
        assert weighted_kappa(np.diag([3, 1, 0, 2]), power) == pytest.approx(1.0)
        chance = np.outer([1, 2, 3], [4, 2, 2])
        assert weighted_kappa(chance, power) == pytest.approx(0.0, abs=1e-12)
        assert weighted_kappa(np.array([[0, 3], [5, 0]]), power) == pytest.approx(1 - 64 / 34)


def test_one_grade_for_all_images_is_nan():
    for power in (0, 1, 2):
        one = np.zeros((3, 3), dtype=int)
        one[1, 1] = 8
        assert np.isnan(weighted_kappa(one, power))
        # Each reader has one grade, but not the same: no agreement, none expected.
        one[1, 1], one[1, 2] = 0, 8
        assert weighted_kappa(one, power) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_counts_of_a_billion(dtype):
    table = np.array([[9, 2, 1], [3, 8, 10], [1, 4, 9]], dtype=dtype) * 100_000_000
    assert str(table.dtype) == dtype
    for power in (0, 2):
        expected = float(exact_kappa([[9, 2, 1], [3, 8, 10], [1, 4, 9]], power))
        assert weighted_kappa(table, power) == pytest.approx(expected, abs=1e-9)


def test_tables_and_powers_that_are_refused():
    for table in (
        np.array([[1, 2, 3], [4, 5, 6]]),
        np.array([[4]]),
        np.array([4, 5]),
        np.ones((2, 2, 2), dtype=int),
        np.array([[3, -1], [0, 2]]),
        np.zeros((3, 3), dtype=int),
    ):
        with pytest.raises(ValueError):
            weighted_kappa(table, 1)
    for power in (-1, 3, 0.5):
        with pytest.raises(ValueError):
            weighted_kappa(READERS, power)


def test_error_of_few_images():
    for power in (0, 1, 2):
        expected = exact_error(READERS.tolist(), power)
        assert jackknife_error(READERS, power) == pytest.approx(expected)
    assert type(jackknife_error(READERS, 1)) is float


def test_images_of_one_cell_count_as_often_as_they_are():
    for table in ([[40, 3], [1, 6]], [[2, 1], [1, 0]]):
        expected = exact_error(table, 0)
        assert jackknife_error(np.array(table), 0) == pytest.approx(expected)
    assert jackknife_error(np.diag([4, 3, 5]), 2) == pytest.approx(0.0, abs=1e-9)


def test_error_of_a_million_images():
    table = np.array(
        [
            [250_000, 30_000, 4_000, 900],
            [20_000, 180_000, 40_000, 3_000],
            [5_000, 25_000, 160_000, 50_000],
            [100, 2_000, 30_000, 200_000],
        ]
    )
    assert jackknife_error(table, 2) == pytest.approx(exact_error(table.tolist(), 2), rel=1e-4)


def test_error_without_a_kappa_is_nan():
    # Without its only disagreement, the first table has one grade alone.
    for table in ([[5, 1], [0, 0]], [[0, 0], [0, 7]], [[1, 0], [0, 1]]):
        assert np.isnan(jackknife_error(np.array(table), 1))


def test_errors_that_are_refused_and_the_table_stays():
    for table in ([[1, 0], [0, 0]], [[0, 0], [0, 0]], [[4, -1], [1, 3]], [[1, 2, 3], [4, 5, 6]]):
        with pytest.raises(ValueError):
            jackknife_error(np.array(table), 1)
    with pytest.raises(ValueError):
        jackknife_error(READERS, 3)
    table = READERS.copy()
    jackknife_error(table, 1)
    weighted_kappa(table, 2)
    np.testing.assert_array_equal(table, READERS)
