import numpy as np
import pytest
from solution import midranks, roc_auc


def test_ranks_of_distinct_values():
    values = np.array([0.2, -3.0, 7.5, 1.0, 0.4, 100.0])
    np.testing.assert_allclose(midranks(values), [2, 1, 5, 4, 3, 6])


def test_equal_values_share_their_mean_rank():
    values = np.array([2.0, 1.0, 2.0, 5.0, 2.0, 1.0, 9.0, 5.0])
    np.testing.assert_allclose(midranks(values), [4, 1.5, 4, 6.5, 4, 1.5, 8, 6.5])
    np.testing.assert_allclose(midranks(np.array([3.0, 3.0, 3.0, 3.0])), [2.5] * 4)


def test_whole_numbers_give_float_ranks_and_stay_unchanged():
    values = np.array([4, 1, 4, 2])
    ranks = midranks(values)
    assert str(ranks.dtype) == "float64"
    np.testing.assert_allclose(ranks, [3.5, 1, 3.5, 2])
    np.testing.assert_array_equal(values, [4, 1, 4, 2])


def test_infinite_values_and_no_values():
    values = np.array([np.inf, 0.0, -np.inf, np.inf, 1e300])
    np.testing.assert_allclose(midranks(values), [4.5, 2, 1, 4.5, 3])
    assert midranks(np.array([])).shape == (0,)


def test_missing_values_and_tables_raise():
    with pytest.raises(ValueError):
        midranks(np.array([1.0, np.nan, 2.0]))
    with pytest.raises(ValueError):
        midranks(np.array([[1.0, 2.0], [3.0, 4.0]]))


def test_area_of_a_mixed_order():
    labels = np.array([1, 0, 0, 1, 0, 1, 0])
    scores = np.array([4, 2, 5, 9, 1, 3, 8])
    # Of 12 pairs, 9 beats 4 negatives, 4 beats 2 and 3 beats 2.
    assert roc_auc(labels, scores) == pytest.approx(8 / 12)


def test_ties_between_the_classes_count_one_half():
    labels = np.array([1, 0, 1, 0, 0])
    scores = np.array([0.7, 0.7, 0.7, 0.2, 0.9])
    assert roc_auc(labels, scores) == pytest.approx(0.5)
    assert roc_auc(labels[::-1], scores[::-1]) == pytest.approx(0.5)
    labels = np.array([0, 1, 1, 0])
    scores = np.array([0.3, 0.3, 0.6, 0.1])
    assert roc_auc(labels, scores) == pytest.approx(3.5 / 4)
    assert roc_auc(np.array([1, 1, 0, 0, 0]), np.full(5, 0.4)) == pytest.approx(0.5)


def test_a_reversed_order_has_the_area_zero():
    scores = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    assert roc_auc(np.array([1, 1, 0, 0, 0]), scores) == pytest.approx(0.0)
    assert roc_auc(np.array([0, 1, 0, 0, 0]), scores) == pytest.approx(0.25)
    assert roc_auc(np.array([0, 0, 0, 1, 1]), scores) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("labels", "scores"),
    [
        ([1, 1, 1], [0.1, 0.2, 0.3]),
        ([0, 0], [0.1, 0.2]),
        ([0, 1, 2], [0.1, 0.2, 0.3]),
        ([0, 1, 1], [0.1, 0.2]),
        ([0, 1, 1], [0.1, np.nan, 0.3]),
    ],
    ids=["no negatives", "no positives", "a third label", "lengths", "NaN"],
)
def test_unusable_labels_or_scores_raise(labels, scores):
    with pytest.raises(ValueError):
        roc_auc(np.array(labels), np.array(scores))


def test_a_hundred_thousand_values():
    rng = np.random.default_rng(20251121)
    labels = (rng.random(100_000) < 0.4).astype(int)
    scores = np.round(rng.normal(size=labels.size) + 0.8 * labels, 2)
    negatives = np.sort(scores[labels == 0])
    positives = scores[labels == 1]
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    expected = (below + not_above).sum() / 2 / (positives.size * negatives.size)
    scores_before = scores.copy()
    assert roc_auc(labels, scores) == pytest.approx(expected, abs=1e-9)
    np.testing.assert_array_equal(scores, scores_before)
