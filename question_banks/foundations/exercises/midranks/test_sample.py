import numpy as np
import pytest
from solution import midranks, roc_auc


def test_ranks_with_a_tie():
    np.testing.assert_allclose(midranks(np.array([10.0, 30.0, 20.0, 20.0])), [1.0, 4.0, 2.5, 2.5])


def test_area_counts_the_pairs_in_the_right_order():
    labels = np.array([0, 1, 1, 0, 1])
    scores = np.array([0.1, 0.3, 0.8, 0.5, 0.9])
    assert roc_auc(labels, scores) == pytest.approx(5 / 6)
