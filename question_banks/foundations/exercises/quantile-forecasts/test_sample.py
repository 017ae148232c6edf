import numpy as np
from solution import score_forecasts, weighted_quantile


def test_quantiles_of_three_values():
    values = np.array([30.0, 10.0, 20.0])
    weights = np.array([1, 2, 1])
    quantiles = weighted_quantile(values, weights, np.array([0.5, 0.51, 1.0]))
    np.testing.assert_allclose(quantiles, [10.0, 20.0, 30.0])


def test_scores_of_two_rows_at_one_level():
    actual = np.array([10.0, 14.0])
    forecasts = np.array([[12.0], [13.0]])
    loss, coverage, skill = score_forecasts(
        actual, forecasts, np.array([0.75]), np.array([3.0, 1.0])
    )
    # Losses 0.25 * 2 and 0.75 * 1; the constant forecast is 10, with the losses 0 and 0.75 * 4.
    np.testing.assert_allclose(loss, [(3 * 0.5 + 1 * 0.75) / 4])
    np.testing.assert_allclose(coverage, [0.75])
    np.testing.assert_allclose(skill, [1 - 2.25 / 3.0])
