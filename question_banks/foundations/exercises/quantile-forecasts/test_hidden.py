import numpy as np
import pytest
from solution import score_forecasts, weighted_quantile

ACTUAL = np.array([8.0, 5.0, 12.0, 9.0])
LEVELS = np.array([0.25, 0.75])
FORECASTS = np.array([[6.0, 11.0], [7.0, 9.0], [10.0, 11.0], [9.0, 9.0]])
WEIGHTS = np.array([2.0, 1.0, 1.0, 4.0])


def test_quantiles_between_the_steps():
    values = np.array([4.0, -1.0, 2.5, 9.0])
    weights = np.array([1.0, 5.0, 2.0, 2.0])
    # Up to -1: 5, 2.5: 7, 4: 8, 9: 10.
    quantiles = weighted_quantile(values, weights, np.array([0.95, 0.1, 0.65, 0.55, 0.75]))
    np.testing.assert_allclose(quantiles, [9.0, -1.0, 2.5, 2.5, 4.0])


def test_quantiles_on_the_steps():
    values = np.array([3, 1, 4, 2])
    quantiles = weighted_quantile(values, np.ones(4), np.array([0.0, 0.25, 0.5, 0.75, 1.0]))
    np.testing.assert_allclose(quantiles, [1.0, 1.0, 2.0, 3.0, 4.0])
    assert str(quantiles.dtype) == "float64"
    np.testing.assert_array_equal(values, [3, 1, 4, 2])


def test_equal_values_add_their_weights():
    values = np.array([2.0, 5.0, 2.0, 5.0, 2.0])
    weights = np.array([1.0, 3.0, 1.0, 1.0, 2.0])
    quantiles = weighted_quantile(values, weights, np.array([0.5, 0.51]))
    np.testing.assert_allclose(quantiles, [2.0, 5.0])


def test_values_without_weight_are_no_quantiles():
    values = np.array([7.0, 1.0, 3.0, 9.0, 5.0])
    weights = np.array([0.5, 0.0, 0.25, 0.0, 0.0])
    quantiles = weighted_quantile(values, weights, np.array([0.0, 0.2, 0.5, 1.0]))
    np.testing.assert_allclose(quantiles, [3.0, 3.0, 7.0, 7.0])


@pytest.mark.parametrize(
    ("values", "weights", "levels"),
    [
        ([1.0, 2.0], [1.0], [0.5]),
        ([1.0, np.nan], [1.0, 1.0], [0.5]),
        ([1.0, 2.0], [1.0, np.nan], [0.5]),
        ([1.0, 2.0], [1.0, 1.0], [0.5, np.nan]),
        ([1.0, 2.0], [2.0, -1.0], [0.5]),
        ([1.0, 2.0], [0.0, 0.0], [0.5]),
        ([], [], [0.5]),
        ([1.0, 2.0], [1.0, 1.0], [-0.1, 0.5]),
        ([1.0, 2.0], [1.0, 1.0], [0.5, 1.1]),
    ],
    ids=[
        "lengths",
        "NaN as value",
        "NaN as weight",
        "NaN as level",
        "negative weight",
        "no positive weight",
        "no values",
        "level below 0",
        "level above 1",
    ],
)
def test_quantiles_that_do_not_exist_raise(values, weights, levels):
    with pytest.raises(ValueError):
        weighted_quantile(np.array(values), np.array(weights), np.array(levels))


def test_loss_differs_above_and_below_the_forecast():
    loss, _, _ = score_forecasts(ACTUAL, FORECASTS, LEVELS, np.ones(4))
    # Level 0.25: 2, -2, 2, 0 above the forecast; level 0.75: -3, -4, 1, 0.
    expected = [(0.5 + 1.5 + 0.5) / 4, (0.75 + 1.0 + 0.75) / 4]
    np.testing.assert_allclose(loss, expected)
    # The median loses half the distance.
    loss, _, _ = score_forecasts(ACTUAL, FORECASTS[:, 1:], np.array([0.5]), np.ones(4))
    np.testing.assert_allclose(loss, [(1.5 + 2.0 + 0.5) / 4])
    loss, coverage, skill = score_forecasts(ACTUAL, FORECASTS, LEVELS, np.ones(4))
    assert [array.shape for array in (loss, coverage, skill)] == [(2,)] * 3


def test_rows_count_by_their_weight():
    loss, coverage, _ = score_forecasts(ACTUAL, FORECASTS, LEVELS, WEIGHTS)
    np.testing.assert_allclose(loss, [(1.0 + 1.5 + 0.5) / 8, (1.5 + 1.0 + 0.75) / 8])
    np.testing.assert_allclose(coverage, [5 / 8, 7 / 8])
    tripled, covered, _ = score_forecasts(ACTUAL, FORECASTS, LEVELS, 3 * WEIGHTS)
    np.testing.assert_allclose(tripled, loss)
    np.testing.assert_allclose(covered, coverage)


def test_coverage_includes_forecasts_that_are_met():
    actual = np.array([3, 3, 3, 3, 3])
    forecasts = np.array([[3, 2], [4, 3], [2, 2], [3, 1], [3, 9]])
    _, coverage, _ = score_forecasts(actual, forecasts, LEVELS, np.ones(5))
    np.testing.assert_allclose(coverage, [0.8, 0.4])


def test_skill_against_the_constant_quantile():
    _, _, skill = score_forecasts(ACTUAL, FORECASTS, LEVELS, WEIGHTS)
    # Up to 5: 1, 8: 3, 9: 7, 12: 8; so 8 at level 0.25 and 9 at level 0.75.
    base = [(0 + 2.25 + 1.0 + 4 * 0.25) / 8, (2 * 0.25 + 1.0 + 2.25 + 0) / 8]
    np.testing.assert_allclose(skill, [1 - 3.0 / 8 / base[0], 1 - 3.25 / 8 / base[1]])
    _, _, perfect = score_forecasts(ACTUAL, ACTUAL[:, None] + [0.0, 0.0], LEVELS, WEIGHTS)
    np.testing.assert_allclose(perfect, [1.0, 1.0])
    _, _, worse = score_forecasts(ACTUAL, FORECASTS - 30.0, LEVELS, WEIGHTS)
    assert (worse < -5.0).all()


def test_skill_without_anything_to_gain_is_nan():
    # All of the weight lies on sales of 9, which the constant meets.
    weights = np.array([0.0, 0.0, 0.0, 2.0])
    loss, coverage, skill = score_forecasts(ACTUAL, FORECASTS, LEVELS, weights)
    np.testing.assert_allclose(loss, [0.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(coverage, [1.0, 1.0])
    np.testing.assert_array_equal(skill, [np.nan, np.nan])
    # At level 0 the smallest value loses nothing, at level 1 the largest.
    loss, coverage, skill = score_forecasts(ACTUAL, FORECASTS, np.array([0.0, 0.5]), WEIGHTS)
    np.testing.assert_array_equal(np.isnan(skill), [True, False])
    np.testing.assert_allclose(loss[0], 2 / 8)


def test_unusable_forecasts_raise_and_arguments_stay():
    good = {"actual": ACTUAL, "forecasts": FORECASTS, "levels": LEVELS, "weights": WEIGHTS}
    gap = np.where(FORECASTS == 7.0, np.nan, FORECASTS)
    for changed in (
        {"actual": ACTUAL[:-1]},
        {"actual": np.where(ACTUAL == 5.0, np.nan, ACTUAL)},
        {"forecasts": FORECASTS[:, :1]},
        {"forecasts": FORECASTS[:1]},
        {"forecasts": FORECASTS[:, 0], "levels": np.array([0.5])},
        {"forecasts": gap},
        {"levels": np.array([0.5])},
        {"levels": np.array([25.0, 75.0])},
        {"weights": WEIGHTS[:1]},
        {"weights": -WEIGHTS},
        {"weights": 0 * WEIGHTS},
    ):
        with pytest.raises(ValueError):
            score_forecasts(**(good | changed))
    copies = {name: array.copy() for name, array in good.items()}
    score_forecasts(**good)
    for name, array in good.items():
        np.testing.assert_array_equal(array, copies[name])
