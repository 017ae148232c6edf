"""Hidden tests of the flat rents: cleaning, predictions, cross-validation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from solution import clean, cv_mae, fit_predict

HERE = Path(__file__).parent


def read(name):
    """Return a table that lies beside the tests or in a folder there."""
    return pd.read_csv(next(HERE.rglob(name)))


@pytest.fixture(scope="module")
def train():
    return read("train.csv")


@pytest.fixture(scope="module")
def features():
    return read("flats.csv").drop(columns="rent")


@pytest.fixture(scope="module")
def rents():
    return read("flats.csv")["rent"].to_numpy()


@pytest.fixture(scope="module")
def predicted(train, features):
    """Return what the submission predicts for all flats, asked once."""
    return fit_predict(train.copy(), features.copy(), seed=3)


@pytest.fixture
def raw():
    """Return five small raw rows under an index of their own, the last one full of gaps."""
    return pd.DataFrame(
        {
            "listing_id": [5, 4, 3, 2, 1],
            "area": [538.0, 80.0, 1076.0, 44.5, np.nan],
            "unit": ["sqft", "m2", "sqft", "m2", "m2"],
            "rooms": [2, 3, 4, 1, 2],
            "floor": [0, 3, 1, 7, 2],
            "year_built": [1899, 0, 1984, 2015, 0],
            "lift": ["no", "no", "yes", "Yes ", "no"],
            "balcony": ["yes", "no", "yes", "no", "no"],
            "district": ["HAFEN", " Hafen ", "hafen", "Ostend", "OSTEND "],
            "heating": ["gas", "Heat Pump", None, "oil", None],
            "rent": [700.0, 950.0, 1400.0, 610.0, 680.0],
        },
        index=[11, 3, 8, 20, 1],
    )


def correlated(predictions, rents):
    """Tell whether the predictions have the right form and go with the rents."""
    values = np.asarray(predictions)
    return (
        values.shape == rents.shape
        and values.dtype.kind == "f"
        and bool(np.isfinite(values).all())
        and bool((values > 0).all())
        and np.corrcoef(values, rents)[0, 1] >= 0.5
    )


def is_same(left, right):
    """Tell whether two raw frames agree in columns, index and every value, gaps included."""
    return (
        list(left.columns) == list(right.columns)
        and left.index.tolist() == right.index.tolist()
        and all(
            (a == b) or (pd.isna(a) and pd.isna(b))
            for name in right.columns
            for a, b in zip(left[name].tolist(), right[name].tolist(), strict=True)
        )
    )


def test_areas_are_square_metres_and_unknown_years_are_gaps(raw):
    table = clean(raw)
    assert table["area_m2"].tolist() == pytest.approx(
        [49.98183552, 80.0, 99.96367104, 44.5, np.nan], nan_ok=True
    )
    assert table["year_built"].tolist() == pytest.approx(
        [1899, np.nan, 1984, 2015, np.nan], nan_ok=True
    )
    known = clean(raw.iloc[[0, 2, 3]])
    assert str(known["year_built"].dtype) == "float64"
    assert str(known["area_m2"].dtype) == "float64"


def test_text_is_uniform_and_gaps_in_it_are_unknown(raw):
    table = clean(raw)
    assert table["district"].tolist() == ["hafen", "hafen", "hafen", "ostend", "ostend"]
    assert table["heating"].tolist() == ["gas", "heat pump", "unknown", "oil", "unknown"]
    assert table["lift"].tolist() == ["no", "no", "yes", "yes", "no"]
    assert clean(raw.assign(heating=np.nan))["heating"].tolist() == ["unknown"] * 5


def test_clean_returns_a_new_frame_with_the_same_rows(raw):
    before = raw.copy(deep=True)
    table = clean(raw)
    assert is_same(raw, before)
    columns = [
        "area_m2", "rooms", "floor", "year_built", "lift", "balcony", "district", "heating"
    ]  # fmt: skip
    assert list(table.columns) == [*columns, "rent"]
    assert list(clean(raw.drop(columns="rent")).columns) == columns
    assert table.index.tolist() == [11, 3, 8, 20, 1]
    assert table["rooms"].tolist() == [2, 3, 4, 1, 2]
    assert table["rent"].tolist() == [700.0, 950.0, 1400.0, 610.0, 680.0]


def test_one_positive_rent_for_each_row(predicted, rents):
    assert correlated(predicted, rents)


def test_a_row_alone_gets_the_same_rent_as_in_company(train, features, predicted, rents):
    assert correlated(predicted, rents)
    rows = np.flatnonzero(features["area"].isna() | (features["year_built"] == 0))[:2]
    for row in [*rows, 100]:
        alone = fit_predict(train.copy(), features.iloc[[row]], seed=3)
        assert np.asarray(alone) == pytest.approx([predicted[row]], rel=1e-6)


def test_column_order_and_index_carry_no_meaning(train, features, predicted, rents):
    assert correlated(predicted, rents)
    turned = features[features.columns[::-1]].iloc[::-1]
    again = fit_predict(train.copy(), turned, seed=3)
    assert np.asarray(again)[::-1] == pytest.approx(predicted, rel=1e-6)


def test_gaps_and_unknown_categories_get_a_rent(train, features, rents):
    odd = features.copy()
    odd.loc[odd.index % 9 == 0, "area"] = np.nan
    odd.loc[odd.index % 9 == 0, "year_built"] = 0
    odd.loc[odd.index % 9 == 0, "heating"] = None
    odd.loc[odd.index % 9 == 1, "district"] = "Atlantis"
    odd.loc[odd.index % 9 == 2, "heating"] = "tiled stove"
    assert correlated(fit_predict(train.copy(), odd, seed=3), rents)


def test_both_tables_are_left_unchanged(train, features, rents):
    train_given, features_given = train.copy(deep=True), features.copy(deep=True)
    assert correlated(fit_predict(train_given, features_given, seed=3), rents)
    assert is_same(train_given, train)
    assert is_same(features_given, features)


def mean_absolute_error(predicted, rents):
    """Return the error in euros; refuses any shape but (n,)."""
    values = np.asarray(predicted, dtype=float)
    assert values.shape == rents.shape
    return np.abs(values - rents).mean()


def test_folds_are_drawn_from_the_seed_and_alike(train):
    given = train.copy(deep=True)
    errors = np.asarray(cv_mae(given, folds=5, seed=1))
    assert is_same(given, train)
    assert errors.shape == (5,)
    assert bool((errors > 0).all())
    assert errors.max() <= 2 * errors.min()
    assert np.asarray(cv_mae(given, folds=3, seed=1)).shape == (3,)
    assert np.abs(errors - np.asarray(cv_mae(given, folds=5, seed=2))).max() > 1e-6
    unsaid = np.asarray(cv_mae(given))
    assert unsaid == pytest.approx(np.asarray(cv_mae(given, folds=5, seed=0)))


def test_estimate_agrees_with_the_error_on_unseen_flats(train, predicted, rents):
    reached = mean_absolute_error(predicted, rents)
    estimate = float(np.mean(cv_mae(train.copy(), folds=5, seed=3)))
    assert 0.8 * reached <= estimate <= 1.2 * reached
    assert estimate <= 250


def test_nothing_is_learnt_from_shuffled_rents(train):
    rng = np.random.default_rng(5)
    part = train.sample(n=200, random_state=5).reset_index(drop=True)
    part["rent"] = rng.permutation(part["rent"].to_numpy())
    spread = np.abs(part["rent"] - part["rent"].median()).mean()
    assert float(np.mean(cv_mae(part, folds=5, seed=3))) >= 0.98 * spread
