import numpy as np
import pytest
from solution import clustered_mean, compare_models


def test_mean_and_error_of_two_clusters():
    # Mean 0.5; residual sums 1.0 and -1.0; sqrt(2 / 1 * 2) / 4.
    mean, error = clustered_mean(np.array([1, 0, 1, 0]), np.array(["x", "y", "x", "y"]))
    assert mean == pytest.approx(0.5)
    assert error == pytest.approx(0.5)


def test_interval_of_three_resamples():
    scores_a = np.array([1.0, 1.0, 0.0])
    scores_b = np.array([0.0, 1.0, 0.0])
    clusters = np.array([7, 7, 3])
    # Cluster 3 is number 0: 1 row, gain 0. Cluster 7 is number 1: 2 rows, gain 1.
    draws = np.array([[0, 0], [0, 1], [1, 1]])
    # Differences 0, 1/3 and 1/2; at level 0.5 the quantiles 0.25 and 0.75.
    assert compare_models(scores_a, scores_b, clusters, draws, 0.5) == pytest.approx(
        (1 / 3, 1 / 6, 5 / 12)
    )
