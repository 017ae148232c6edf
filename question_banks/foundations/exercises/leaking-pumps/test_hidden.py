"""Hidden tests of the pumps: folds by group, encodings, predictions, bars, an honest estimate."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import log_loss, roc_auc_score
from solution import cv_auc, encode, encode_out_of_fold, fit_predict, fold_numbers

HERE = Path(__file__).parent


def read(name):
    """Return a table that lies beside the tests or in a folder there."""
    return pd.read_csv(next(HERE.rglob(name)))


@pytest.fixture(scope="module")
def train():
    return read("train.csv")


@pytest.fixture(scope="module")
def features():
    return read("readings.csv").drop(columns="fails")


@pytest.fixture(scope="module")
def fails():
    return read("readings.csv")["fails"].to_numpy()


@pytest.fixture(scope="module")
def predicted(train, features):
    """Return what the submission predicts for the new pumps, asked once."""
    return np.asarray(fit_predict(train.copy(), features.copy(), seed=3))


def is_useful(probability, fails):
    """Tell whether probabilities have the right form and an area of at least 0.65."""
    values = np.asarray(probability)
    return (
        values.shape == fails.shape
        and values.dtype.kind == "f"
        and bool(((values >= 0) & (values <= 1)).all())
        and roc_auc_score(fails, values) >= 0.65
    )


def is_same(left, right):
    """Tell whether two frames agree in columns, index and every value, gaps included."""
    return (
        list(left.columns) == list(right.columns)
        and left.index.tolist() == right.index.tolist()
        and all(
            (a == b) or (pd.isna(a) and pd.isna(b))
            for name in right.columns
            for a, b in zip(left[name].tolist(), right[name].tolist(), strict=True)
        )
    )


def test_groups_stay_together_and_folds_are_alike():
    rng = np.random.default_rng(4)
    groups = rng.permutation(np.repeat(np.arange(100, 123), rng.integers(1, 30, 23)))
    for folds in (2, 5, 23):
        fold = np.asarray(fold_numbers(groups, folds, seed=1))
        assert fold.shape == groups.shape
        pairs = set(zip(groups.tolist(), fold.tolist(), strict=True))
        assert len(pairs) == 23
        sizes = [sum(1 for _, number in pairs if number == k) for k in range(folds)]
        assert sum(sizes) == 23
        assert max(sizes) - min(sizes) <= 1


def test_folds_are_drawn_from_the_seed():
    names = [f"P{number % 40:02d}" for number in range(130)]
    series = pd.Series(names, index=range(900, 770, -1))
    first = np.asarray(fold_numbers(names, 5, seed=1)).tolist()
    assert np.asarray(fold_numbers(series, 5, seed=1)).tolist() == first
    unsaid = np.asarray(fold_numbers(names, 5)).tolist()
    assert unsaid == np.asarray(fold_numbers(names, 5, seed=0)).tolist()
    others = [np.asarray(fold_numbers(names, 5, seed=seed)).tolist() for seed in (2, 3)]

    def together(fold):
        return [fold[i] == fold[j] for i in range(40) for j in range(i)]

    assert together(others[0]) != together(first)
    assert together(others[1]) != together(others[0])


def test_too_many_folds_are_refused():
    assert sorted(np.asarray(fold_numbers(["a", "b", "b"], 2)).tolist()) in ([0, 0, 1], [0, 1, 1])
    with pytest.raises(ValueError):
        fold_numbers(["a", "b", "b", "b"], 3)
    with pytest.raises(ValueError):
        fold_numbers(["a", "b", "b", "b"], 1)


def test_means_are_drawn_towards_the_mean_of_all_rows():
    categories = ["n", "s", "s", "w", "s", "w", "s", "w"]
    target = [1, 0, 1, 0, 0, 0, 1, 0]
    values = encode(np.array(categories), np.array(target), np.array(["s", "w", "n", "s"]))
    mean = 3 / 8
    assert np.asarray(values) == pytest.approx(
        [(2 + 10 * mean) / 14, 10 * mean / 13, (1 + 10 * mean) / 11, (2 + 10 * mean) / 14]
    )
    values = encode(categories, target, ["w", "n", "s"], smoothing=0.5)
    assert np.asarray(values) == pytest.approx([0.5 * mean / 3.5, 1.1875 / 1.5, 2.1875 / 4.5])


def test_unknown_categories_get_the_mean_and_indexes_are_ignored():
    categories = pd.Series(["n", "s", "s", "w"], index=[3, 2, 1, 0])
    target = pd.Series([1, 1, 0, 0], index=[0, 1, 2, 3])
    given = pd.Series(["x", "s", "n", "x", "w", ""], index=[9, 9, 9, 8, 8, 8])
    values = np.asarray(encode(categories, target, given, smoothing=2.0))
    assert values.shape == (6,)
    assert values.tolist() == pytest.approx([0.5, 0.5, 2 / 3, 0.5, 1 / 3, 0.5])


def test_out_of_fold_sees_the_other_folds_alone():
    categories = ["a", "a", "b", "a", "b", "c"]
    target = [1, 1, 0, 0, 1, 1]
    fold = [0, 1, 1, 2, 2, 0]
    values = np.asarray(encode_out_of_fold(categories, target, fold, smoothing=2.0))
    assert values.tolist() == pytest.approx(
        [
            (1 + 2 * 0.5) / 4,  # other folds: a 1 0, b 0 1
            (1 + 2 * 0.75) / 4,  # other folds: a 1 0, b 1, c 1
            (1 + 2 * 0.75) / 3,
            (2 + 2 * 0.75) / 4,  # other folds: a 1 1, b 0, c 1
            (0 + 2 * 0.75) / 3,
            0.5,  # c occurs in no other fold
        ]
    )
    series = pd.Series(categories, index=range(6, 0, -1))
    again = encode_out_of_fold(series, np.array(target), pd.Series(fold), smoothing=2.0)
    assert np.asarray(again).tolist() == pytest.approx(values.tolist())
    unsaid = np.asarray(encode_out_of_fold(categories, target, fold))
    assert unsaid[:2].tolist() == pytest.approx([(1 + 10 * 0.5) / 12, (1 + 10 * 0.75) / 12])


def test_a_row_alone_gets_the_same_probability_as_in_company(train, features, predicted, fails):
    assert is_useful(predicted, fails)
    gaps = np.flatnonzero(features[["v01", "v02", "v03"]].isna().any(axis=1))
    unsaid = np.asarray(fit_predict(train.copy(), features.copy()))
    assert unsaid == pytest.approx(np.asarray(fit_predict(train.copy(), features.copy(), seed=0)))
    for row in (0, int(gaps[0]), int(gaps[-1])):
        alone = fit_predict(train.copy(), features.iloc[[row]], seed=3)
        assert np.asarray(alone) == pytest.approx([predicted[row]], abs=1e-6)


def test_gaps_unknown_sites_and_another_order_change_nothing_else(
    train, features, predicted, fails
):
    odd = features.copy()
    odd.loc[odd.index % 7 == 0, ["v05", "v06", "v07", "v08"]] = np.nan
    odd.loc[odd.index % 7 == 1, "site"] = "nowhere"
    odd = odd[odd.columns[::-1]].iloc[::-1]
    train_given, odd_given = train.copy(deep=True), odd.copy(deep=True)
    probability = np.asarray(fit_predict(train_given, odd_given, seed=3))[::-1]
    assert is_useful(probability, fails)
    plain = (features.index % 7 > 1).tolist()
    assert probability[plain] == pytest.approx(predicted[plain], abs=1e-6)
    assert is_same(train_given, train)
    assert is_same(odd_given, odd)


def area(predicted, fails):
    """Return the area under the ROC curve; refuses any shape but (n,)."""
    values = np.asarray(predicted, dtype=float)
    assert values.shape == fails.shape
    return roc_auc_score(fails, values)


def test_area_on_new_pumps_is_at_least_0_77(predicted, fails):
    assert area(predicted, fails) >= 0.77


def test_area_on_new_pumps_is_at_least_0_805(predicted, fails):
    assert area(predicted, fails) >= 0.805


def test_log_loss_on_new_pumps_is_at_most_0_55(predicted, fails):
    assert predicted.shape == fails.shape
    assert log_loss(fails, np.clip(predicted, 1e-6, 1 - 1e-6)) <= 0.55


def test_areas_belong_to_folds_drawn_from_the_seed(train):
    given = train.copy(deep=True)
    areas = np.asarray(cv_auc(given, folds=4, seed=1))
    assert areas.shape == (4,)
    assert bool(((areas > 0.5) & (areas <= 1)).all())
    assert np.abs(np.sort(areas) - np.sort(np.asarray(cv_auc(given, folds=4, seed=2)))).max() > 1e-6
    unsaid = np.asarray(cv_auc(given))
    assert unsaid == pytest.approx(np.asarray(cv_auc(given, folds=5, seed=0)))
    assert is_same(given, train)


def test_estimate_agrees_with_the_area_on_new_pumps(train, predicted, fails):
    reached = area(predicted, fails)
    assert reached >= 0.65
    assert abs(float(np.mean(cv_auc(train.copy(), folds=5, seed=3))) - reached) <= 0.05


def test_nothing_is_learnt_from_coins(train):
    coins = train.copy()
    names, codes = np.unique(coins["pump"].to_numpy(), return_inverse=True)
    coins["fails"] = np.random.default_rng(0).integers(0, 2, len(names))[codes]
    areas = np.asarray(cv_auc(coins, folds=5, seed=3))
    assert 0.3 <= float(areas.mean()) <= 0.6
