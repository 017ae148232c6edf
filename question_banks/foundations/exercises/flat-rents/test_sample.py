"""Sample tests: the contract on a few rows, and a first look at the error."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from solution import clean, cv_mae, fit_predict

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def flats():
    """Return the training file, shuffled."""
    path = next(HERE.rglob("train.csv"))
    return pd.read_csv(path).sample(frac=1.0, random_state=5).reset_index(drop=True)


def test_clean_on_two_flats():
    raw = pd.DataFrame(
        {
            "listing_id": [1, 2],
            "area": [1000.0, 50.5],
            "unit": ["sqft", "m2"],
            "rooms": [3, 2],
            "floor": [0, 4],
            "year_built": [0, 1975],
            "lift": ["no", "yes"],
            "balcony": ["yes", "yes"],
            "district": [" Hafen ", "OSTEND"],
            "heating": ["Gas", None],
        },
        index=[7, 9],
    )
    table = clean(raw)
    assert list(table.columns) == [
        "area_m2", "rooms", "floor", "year_built", "lift", "balcony", "district", "heating"
    ]  # fmt: skip
    assert table["area_m2"].tolist() == pytest.approx([92.90304, 50.5])
    assert np.isnan(table["year_built"].iloc[0])
    assert table["district"].tolist() == ["hafen", "ostend"]
    assert table["heating"].tolist() == ["gas", "unknown"]


def test_predictions_beat_the_median(flats):
    fit, rest = flats.iloc[:800], flats.iloc[800:]
    predicted = fit_predict(fit, rest.drop(columns="rent"))
    assert predicted.shape == (200,)
    error = np.abs(predicted - rest["rent"].to_numpy()).mean()
    assert error < np.abs(fit["rent"].median() - rest["rent"].to_numpy()).mean()


def test_one_error_for_each_fold(flats):
    errors = cv_mae(flats, folds=4, seed=1)
    assert errors.shape == (4,)
    assert (errors > 0).all()
