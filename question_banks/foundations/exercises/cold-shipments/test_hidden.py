"""Hidden tests of the cold shipments: cleaning, scores for any row, cross-validation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score
from solution import clean, cv_average_precision, fit_predict

HERE = Path(__file__).parent
FEATURES = ["max_temp", "hours", "doors", "ambient", "carrier", "packaging"]


def read(name):
    """Return a table that lies beside the tests or in a folder there."""
    return pd.read_csv(next(HERE.rglob(name)))


@pytest.fixture(scope="module")
def train():
    return read("train.csv")


@pytest.fixture(scope="module")
def features():
    return read("shipments.csv").drop(columns="spoiled")


@pytest.fixture(scope="module")
def spoiled():
    return read("shipments.csv")["spoiled"].to_numpy()


@pytest.fixture(scope="module")
def scores(train, features):
    """Return the submission's scores of all new shipments, asked once."""
    return np.asarray(fit_predict(train.copy(), features.copy(), seed=3))


@pytest.fixture
def raw():
    """Return four small raw rows under an index of their own."""
    return pd.DataFrame(
        {
            "shipment": [4, 3, 2, 1],
            "max_temp": [-1.0, 999.0, 4.5, 7.25],
            "hours": [30.5, -1.0, 999.0, 12.0],
            "doors": [-1, 2, 0, 999],
            "ambient": [-1.0, 999.0, 3.0, 21.0],
            "carrier": [" nordic", None, "VIA ", "?"],
            "packaging": ["Foam", "?", " ? ", None],
            "spoiled": [0, 1, 1, 0],
        },
        index=[11, 3, 8, 20],
    )


def is_useful(given, spoiled):
    """Tell whether scores have the right form and order the shipments a little."""
    values = np.asarray(given)
    return (
        values.shape == spoiled.shape
        and values.dtype.kind == "f"
        and bool(np.isfinite(values).all())
        and average_precision_score(spoiled, values) >= 0.12
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


def test_each_code_is_a_gap_in_its_own_column_alone(raw):
    table = clean(raw)
    expected = {
        "max_temp": [-1.0, np.nan, 4.5, 7.25],
        "hours": [30.5, np.nan, 999.0, 12.0],
        "doors": [np.nan, 2.0, 0.0, 999.0],
        "ambient": [-1.0, 999.0, 3.0, 21.0],
    }
    for name, values in expected.items():
        assert table[name].tolist() == pytest.approx(values, nan_ok=True)
        assert str(clean(raw.iloc[2:])[name].dtype) == "float64"


def test_text_is_uniform_and_unknown_has_one_name(raw):
    table = clean(raw)
    assert table["carrier"].tolist() == ["NORDIC", "UNKNOWN", "VIA", "UNKNOWN"]
    assert table["packaging"].tolist() == ["FOAM", "UNKNOWN", "UNKNOWN", "UNKNOWN"]
    assert clean(raw.assign(carrier=np.nan))["carrier"].tolist() == ["UNKNOWN"] * 4


def test_clean_returns_a_new_frame_with_the_same_rows(raw):
    before = raw.copy(deep=True)
    table = clean(raw)
    assert is_same(raw, before)
    assert list(table.columns) == [*FEATURES, "spoiled"]
    assert list(clean(raw.drop(columns="spoiled")).columns) == FEATURES
    assert table.index.tolist() == [11, 3, 8, 20]
    assert table["spoiled"].tolist() == [0, 1, 1, 0]


def test_one_score_for_each_row(train, features, scores, spoiled):
    assert is_useful(scores, spoiled)
    unsaid = np.asarray(fit_predict(train.copy(), features.copy()))
    assert unsaid == pytest.approx(np.asarray(fit_predict(train.copy(), features.copy(), seed=0)))


def test_a_row_alone_gets_the_same_score_as_in_company(train, features, scores, spoiled):
    assert is_useful(scores, spoiled)
    lost = int(np.flatnonzero(features["max_temp"] == 999)[0])
    for row in (lost, 100):
        alone = fit_predict(train.copy(), features.iloc[[row]], seed=3)
        assert np.asarray(alone) == pytest.approx([scores[row]], rel=1e-6)


def test_order_and_index_carry_no_meaning_and_tables_stay(train, features, scores, spoiled):
    assert is_useful(scores, spoiled)
    turned = features[features.columns[::-1]].iloc[::-1]
    train_given, turned_given = train.copy(deep=True), turned.copy(deep=True)
    again = np.asarray(fit_predict(train_given, turned_given, seed=3))
    assert again[::-1] == pytest.approx(scores, rel=1e-6)
    assert is_same(train_given, train)
    assert is_same(turned_given, turned)


def test_gaps_and_unknown_texts_get_a_score(train, features, spoiled):
    odd = features.copy()
    gaps = odd.index % 20 == 0
    odd.loc[gaps, ["max_temp", "hours", "doors"]] = [999.0, -1.0, -1]
    odd.loc[gaps, ["carrier", "packaging"]] = [None, "?"]
    odd.loc[odd.index % 20 == 1, ["carrier", "packaging"]] = ["Atlantis", "straw"]
    assert is_useful(fit_predict(train.copy(), odd, seed=3), spoiled)


def test_folds_are_drawn_from_the_seed(train):
    given = train.set_index(train.index[::-1] + 500)
    before = given.copy(deep=True)
    values = np.asarray(cv_average_precision(given, folds=4, seed=1))
    assert is_same(given, before)
    assert values.shape == (4,)
    assert bool(((values > 0) & (values < 1)).all())
    assert values == pytest.approx(np.asarray(cv_average_precision(train, folds=4, seed=1)))
    other = np.asarray(cv_average_precision(train, folds=4, seed=2))
    assert np.abs(np.sort(values) - np.sort(other)).max() > 1e-6
    unsaid = np.asarray(cv_average_precision(train))
    assert unsaid == pytest.approx(np.asarray(cv_average_precision(train, folds=5, seed=0)))


def test_every_fold_has_its_share_of_spoiled_shipments(train):
    few = pd.concat([train[train["spoiled"] == 0][:60], train[train["spoiled"] == 1][:6]])
    for seed in range(3):
        assert bool((np.asarray(cv_average_precision(few, folds=6, seed=seed)) > 0).all())
    with pytest.raises(ValueError):
        cv_average_precision(few, folds=7)


def test_estimate_agrees_with_new_shipments_and_finds_nothing_in_chance(train, scores, spoiled):
    assert scores.shape == spoiled.shape
    reached = average_precision_score(spoiled, scores)
    estimate = float(np.mean(cv_average_precision(train.copy(), folds=5, seed=3)))
    assert abs(estimate - reached) <= 0.12
    assert estimate >= 0.2
    chance = train.assign(spoiled=np.random.default_rng(1).permutation(train["spoiled"]))
    assert float(np.mean(cv_average_precision(chance, folds=5, seed=3))) <= 0.15
