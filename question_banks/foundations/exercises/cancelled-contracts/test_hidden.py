"""Hidden tests of the contracts: what was known, probabilities, weighted losses, validation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import log_loss, roc_auc_score
from solution import as_known, cv_log_loss, fit_predict, weighted_log_loss

HERE = Path(__file__).parent


def read(name):
    """Return a table that lies beside the tests or in a folder there."""
    return pd.read_csv(next(HERE.rglob(name)))


@pytest.fixture(scope="module")
def train():
    return read("train.csv")


@pytest.fixture(scope="module")
def features():
    return read("customers.csv").drop(columns="cancels")


@pytest.fixture(scope="module")
def cancels():
    return read("customers.csv")["cancels"].to_numpy()


@pytest.fixture(scope="module")
def chance(train, features):
    """Return the submission's probabilities of all new customers, asked once."""
    return np.asarray(fit_predict(train.copy(), features.copy(), seed=3))


@pytest.fixture
def raw():
    """Return five small raw rows under an index of their own."""
    return pd.DataFrame(
        {
            "decided_on": ["2025-03-09", "2025-03-09", "2025-10-02", "2025-05-01", "2025-05-01"],
            "months": [4, 30, 1, 72, 12],
            "price": [29.5, 41.0, 18.25, 33.0, 30.0],
            "faults": [0, 2, 1, 0, 5],
            "plan": ["basic", "family", "student", "basic", "basic"],
            "call_on": ["2025-03-10", "2025-03-09", "2025-09-30", None, "2024-12-31"],
            "call_minutes": [12.5, 7.0, 3.5, np.nan, 20.0],
            "weight": [1.0, 8.3, 1.0, 8.3, 1.0],
            "cancels": [1, 0, 1, 0, 1],
        },
        index=[11, 3, 8, 20, 1],
    )


def is_useful(given, cancels):
    """Tell whether probabilities have the right form and an area of at least 0.65."""
    values = np.asarray(given)
    return (
        values.shape == cancels.shape
        and values.dtype.kind == "f"
        and bool(((values >= 0) & (values <= 1)).all())
        and roc_auc_score(cancels, values) >= 0.65
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


def blank_later_calls(frame):
    """Return a copy without calls after the decision."""
    later = frame["call_on"] > frame["decided_on"]
    return frame.assign(
        call_on=frame["call_on"].where(~later, None),
        call_minutes=frame["call_minutes"].where(~later),
    )


def test_calls_until_the_day_of_the_decision_are_known(raw):
    minutes = as_known(raw)["call_minutes"]
    assert minutes.tolist() == [0.0, 7.0, 3.5, 0.0, 20.0]
    none = as_known(raw.assign(call_on=None, call_minutes=np.nan))["call_minutes"]
    assert none.tolist() == [0.0] * 5
    whole = as_known(raw.assign(call_minutes=[12, 7, 3, 4, 20]))["call_minutes"]
    assert str(none.dtype) == str(whole.dtype) == "float64"


def test_as_known_returns_a_new_frame_with_the_same_rows(raw):
    before = raw.copy(deep=True)
    table = as_known(raw)
    assert is_same(raw, before)
    columns = ["months", "price", "faults", "plan", "call_minutes"]
    assert list(table.columns) == columns
    assert list(as_known(raw.drop(columns=["weight", "cancels"])).columns) == columns
    assert table.index.tolist() == [11, 3, 8, 20, 1]
    for name in columns[:4]:
        assert table[name].tolist() == raw[name].tolist()


def test_a_row_alone_gets_the_same_probability_as_in_company(train, features, chance, cancels):
    assert is_useful(chance, cancels)
    for row in (0, 100):
        alone = fit_predict(train.copy(), features.iloc[[row]], seed=3)
        assert np.asarray(alone) == pytest.approx([chance[row]], abs=1e-6)


def test_order_and_index_carry_no_meaning_and_tables_stay(train, features, chance, cancels):
    assert is_useful(chance, cancels)
    turned = features[features.columns[::-1]].iloc[::-1]
    train_given, turned_given = train.copy(deep=True), turned.copy(deep=True)
    again = np.asarray(fit_predict(train_given, turned_given, seed=3))
    assert again[::-1] == pytest.approx(chance, abs=1e-6)
    assert is_same(train_given, train)
    assert is_same(turned_given, turned)


def test_calls_after_the_decision_change_nothing(train, features, chance, cancels):
    assert is_useful(chance, cancels)
    given = blank_later_calls(features)
    silent = given["call_on"].isna() & (given.index % 2 == 0)
    given["call_on"] = given["call_on"].astype(object).where(~silent, "2026-02-01")
    given["call_minutes"] = given["call_minutes"].where(~silent, 60.0)
    again = np.asarray(fit_predict(blank_later_calls(train), given, seed=3))
    assert again == pytest.approx(chance, abs=1e-6)


def test_rows_count_by_their_weights(train, features, chance, cancels):
    assert is_useful(chance, cancels)
    share = np.average(train["cancels"], weights=train["weight"])
    assert abs(chance.mean() - share) <= 0.05
    again = np.asarray(fit_predict(train.copy(), features.assign(weight=8.33), seed=3))
    assert again == pytest.approx(chance, abs=1e-6)


def test_unknown_plans_get_a_probability(train, features, cancels):
    odd = features.copy()
    odd.loc[odd.index % 20 == 0, "plan"] = "senior"
    given = np.asarray(fit_predict(train.copy(), odd))
    assert is_useful(given, cancels)
    assert given == pytest.approx(np.asarray(fit_predict(train.copy(), odd, seed=0)))


def test_losses_count_by_weights():
    labels = pd.Series([1, 0, 0, 1], index=[3, 2, 1, 0])
    chance = np.array([0.8, 0.3, 0.0, 0.0])
    weights = pd.Series([2.0, 1.0, 5.0, 0.5], index=[0, 1, 2, 3])
    parts = [-2 * np.log(0.8), -np.log(0.7), -5 * np.log(1 - 1e-6), -0.5 * np.log(1e-6)]
    assert weighted_log_loss(labels, chance, weights) == pytest.approx(sum(parts) / 8.5)
    certain = weighted_log_loss([0], [1.0], [0.25])
    assert certain == pytest.approx(-np.log(1e-6))
    with pytest.raises(ValueError):
        weighted_log_loss([1, 0], [0.5, 0.5], [0, 0])


def test_folds_are_drawn_from_the_seed(train):
    given = train.set_index(train.index[::-1] + 500)
    before = given.copy(deep=True)
    losses = np.asarray(cv_log_loss(given, folds=4, seed=1))
    assert is_same(given, before)
    assert losses.shape == (4,)
    assert losses == pytest.approx(np.asarray(cv_log_loss(train, folds=4, seed=1)))
    other = np.asarray(cv_log_loss(train, folds=4, seed=2))
    assert np.abs(np.sort(losses) - np.sort(other)).max() > 1e-6
    unsaid = np.asarray(cv_log_loss(train))
    assert unsaid == pytest.approx(np.asarray(cv_log_loss(train, folds=5, seed=0)))


def test_estimate_agrees_with_new_customers_and_finds_nothing_in_chance(train, chance, cancels):
    assert chance.shape == cancels.shape
    reached = log_loss(cancels, np.clip(chance, 1e-6, 1 - 1e-6))
    estimate = float(np.mean(cv_log_loss(train.copy(), folds=5, seed=3)))
    assert abs(estimate - reached) <= 0.06
    assert estimate <= 0.47
    shuffled = train.copy()
    order = np.random.default_rng(1).permutation(len(train))
    shuffled[["cancels", "weight"]] = train[["cancels", "weight"]].to_numpy()[order]
    shuffled["cancels"] = shuffled["cancels"].astype(int)
    shuffled["plan"] = [f"plan {number}" for number in range(len(train))]
    share = np.average(train["cancels"], weights=train["weight"])
    entropy = -share * np.log(share) - (1 - share) * np.log(1 - share)
    assert float(np.mean(cv_log_loss(shuffled, folds=5, seed=3))) >= 0.98 * entropy
