"""Sample tests: the contract on a few rows, and a first look at the ranking."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score
from solution import clean, cv_average_precision, fit_predict

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def shipments():
    return pd.read_csv(next(HERE.rglob("train.csv")))


def test_clean_on_two_shipments():
    raw = pd.DataFrame(
        {
            "shipment": [71, 12],
            "max_temp": [999.0, 4.5],
            "hours": [20.5, -1.0],
            "doors": [3, 0],
            "ambient": [12.0, -1.0],
            "carrier": [" rapido", None],
            "packaging": ["Foam", "?"],
        }
    )
    table = clean(raw)
    assert list(table.columns) == [
        "max_temp", "hours", "doors", "ambient", "carrier", "packaging"
    ]  # fmt: skip
    assert table["max_temp"].isna().tolist() == [True, False]
    assert table["hours"].isna().tolist() == [False, True]
    assert table["ambient"].tolist() == [12.0, -1.0]
    assert table["carrier"].tolist() == ["RAPIDO", "UNKNOWN"]
    assert table["packaging"].tolist() == ["FOAM", "UNKNOWN"]


def test_scores_beat_chance(shipments):
    fit, rest = shipments.iloc[:500], shipments.iloc[500:]
    scores = np.asarray(fit_predict(fit, rest.drop(columns="spoiled")))
    assert scores.shape == (300,)
    assert average_precision_score(rest["spoiled"], scores) > rest["spoiled"].mean()


def test_one_value_for_each_fold(shipments):
    values = np.asarray(cv_average_precision(shipments, folds=3, seed=1))
    assert values.shape == (3,)
    assert ((values > 0) & (values < 1)).all()
