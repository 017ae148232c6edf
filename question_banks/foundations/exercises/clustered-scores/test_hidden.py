import numpy as np
import pytest
from solution import clustered_mean, compare_models

SCORES_A = np.array([1.0, 0.0, 1.0, 1.0, 0.5, 0.0, 1.0])
SCORES_B = np.array([0.0, 0.5, 1.0, 0.0, 1.0, 0.0, 1.0])
CLUSTERS = np.array([30, 10, 30, 20, 10, 30, 30])
# In ascending order: 10 has the gains -0.5 and -0.5, 20 has 1, 30 has 1, 0, 0 and 0.
DRAWS = np.array([[0, 1, 2], [0, 0, 1], [2, 2, 2], [1, 1, 2], [0, 0, 0]])
DIFFERENCES = [1 / 7, -1 / 5, 1 / 4, 3 / 6, -1 / 2]


def test_clusters_of_different_sizes():
    mean, error = clustered_mean(np.array([3.0, 1.0, 2.0, 4.0, 5.0]), np.array([1, 1, 1, 2, 3]))
    assert mean == pytest.approx(3.0)
    # Residual sums -3, 1 and 2.
    assert error == pytest.approx(np.sqrt(3 / 2 * 14) / 5)


def test_rows_of_a_cluster_lie_apart():
    scores = np.array([1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0])
    clusters = np.array(["c", "a", "c", "b", "a", "b", "c", "a"])
    mean, error = clustered_mean(scores, clusters)
    assert mean == pytest.approx(0.5)
    # Residual sums -1.5 of a, 0 of b and 1.5 of c.
    assert error == pytest.approx(np.sqrt(3 / 2 * 4.5) / 8)


def test_clusters_of_one_row_give_the_usual_error():
    scores = np.array([2, 4, 4, 10])
    mean, error = clustered_mean(scores, np.array([9, 5, -3, 1000000]))
    assert mean == pytest.approx(5.0)
    assert error == pytest.approx(np.sqrt(36 / 3) / 2)
    assert type(mean) is float and type(error) is float
    np.testing.assert_array_equal(scores, [2, 4, 4, 10])


@pytest.mark.parametrize(
    ("scores", "clusters"),
    [
        ([1.0, 0.0, 1.0], [1, 2]),
        ([1.0, np.nan, 0.0], [1, 1, 2]),
        ([1.0, 0.0, 0.0], [4, 4, 4]),
        ([], []),
    ],
    ids=["lengths", "NaN", "one cluster", "no rows"],
)
def test_scores_without_an_error_raise(scores, clusters):
    with pytest.raises(ValueError):
        clustered_mean(np.array(scores), np.array(clusters))


def test_the_difference_counts_each_row_the_same():
    difference, _, _ = compare_models(SCORES_A, SCORES_B, CLUSTERS, DRAWS)
    assert difference == pytest.approx(1 / 7)
    difference, _, _ = compare_models(SCORES_B, SCORES_A, CLUSTERS, DRAWS)
    assert difference == pytest.approx(-1 / 7)


def test_resamples_hold_all_rows_of_the_clusters_drawn():
    for row, expected in zip(DRAWS, DIFFERENCES, strict=True):
        result = compare_models(SCORES_A, SCORES_B, CLUSTERS, row[None, :])
        assert result == pytest.approx((1 / 7, expected, expected), abs=1e-12)
        assert [type(number) for number in result] == [float, float, float]


def test_numbers_of_clusters_follow_their_order():
    scores_a = np.array([1, 0, 0, 0])
    scores_b = np.array([0, 0, 0, 0])
    texts = np.array(["river", "bridge", "bridge", "river"])
    draws = np.array([[0, 0]])
    assert compare_models(scores_a, scores_b, texts, draws)[1:] == pytest.approx((0.0, 0.0))
    assert compare_models(scores_a, scores_b, texts, 1 - draws)[1:] == pytest.approx((0.5, 0.5))


def test_interval_at_several_levels():
    ordered = np.sort(DIFFERENCES)
    # Five differences lie at the levels 0, 0.25, 0.5, 0.75 and 1.
    _, low, high = compare_models(SCORES_A, SCORES_B, CLUSTERS, DRAWS, 0.5)
    assert (low, high) == pytest.approx((ordered[1], ordered[3]))
    _, low, high = compare_models(SCORES_A, SCORES_B, CLUSTERS, DRAWS, 0.75)
    assert (low, high) == pytest.approx((ordered[:2].mean(), ordered[3:].mean()))
    _, low, high = compare_models(SCORES_A, SCORES_B, CLUSTERS, DRAWS)
    assert low == pytest.approx(0.8 * ordered[0] + 0.2 * ordered[1])
    assert high == pytest.approx(0.2 * ordered[3] + 0.8 * ordered[4])


def test_many_resamples_and_unchanged_arguments():
    rng = np.random.default_rng(20261121)
    clusters = rng.permutation(np.repeat(np.arange(60), rng.integers(1, 9, size=60)))
    scores_a = rng.normal(size=clusters.size)
    scores_b = rng.normal(size=clusters.size)
    draws = rng.integers(0, 60, size=(400, 60))
    copies = [array.copy() for array in (scores_a, scores_b, clusters, draws)]
    result = compare_models(scores_a, scores_b, clusters, draws, 0.95)
    sums = np.array([(scores_a - scores_b)[clusters == g].sum() for g in range(60)])
    sizes = np.bincount(clusters)
    differences = [sums[row].sum() / sizes[row].sum() for row in draws]
    expected = np.quantile(differences, [0.025, 0.975])
    assert result == pytest.approx(((scores_a - scores_b).mean(), *expected), abs=1e-9)
    for array, copy in zip((scores_a, scores_b, clusters, draws), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize(
    "changed",
    [
        {"scores_a": SCORES_A[:-1]},
        {"scores_b": SCORES_B[:1]},
        {"clusters": CLUSTERS[:-1]},
        {"scores_a": np.where(SCORES_A == 0.5, np.nan, SCORES_A)},
        {"scores_b": np.where(SCORES_B == 0.5, np.nan, SCORES_B)},
        {"clusters": np.full(7, 10), "draws": np.zeros((3, 1), dtype=int)},
        {"draws": DRAWS[:, :2]},
        {"draws": DRAWS[0]},
        {"draws": DRAWS[:, :, None]},
        {"draws": DRAWS[:0]},
        {"draws": DRAWS - 1},
        {"draws": DRAWS + 1},
        {"level": 0.0},
        {"level": 1.0},
        {"level": 95},
    ],
    ids=[
        "length of A",
        "length of B",
        "length of clusters",
        "NaN in A",
        "NaN in B",
        "one cluster",
        "too few columns",
        "one-dimensional",
        "three-dimensional",
        "no resample",
        "draw below 0",
        "draw too high",
        "level 0",
        "level 1",
        "per cent",
    ],
)
def test_unusable_arguments_raise(changed):
    arguments = {
        "scores_a": SCORES_A,
        "scores_b": SCORES_B,
        "clusters": CLUSTERS,
        "draws": DRAWS,
        "level": 0.9,
    } | changed
    with pytest.raises(ValueError):
        compare_models(**arguments)
