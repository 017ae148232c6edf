"""Sample tests: the contract on a few rows, and a first look at the error."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from solution import cv_mae, fit_predict, prepare, time_blocks

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def train():
    return pd.read_csv(next(HERE.rglob("train.csv")))


def test_prepare_on_two_days():
    raw = pd.DataFrame(
        {
            "date": ["01.01.2024", "09.02.2024"],
            "canteen": ["North", "Tower"],
            "menu": ["soup", "fish"],
            "rain": [0.0, 7.5],
        }
    )
    table = prepare(raw)
    assert list(table.columns) == ["canteen", "menu", "days", "weekday", "wet"]
    assert table["days"].tolist() == [0, 39]
    assert table["weekday"].tolist() == [0, 4]
    assert table["wet"].tolist() == [0, 1]


def test_blocks_follow_time():
    dates = ["03.01.2024", "01.02.2024", "02.01.2024", "03.01.2024", "31.12.2023"]
    assert np.asarray(time_blocks(dates, 2)).tolist() == [1, 1, 0, 1, 0]


def test_one_forecast_for_each_row(train):
    forecast = np.asarray(fit_predict(train, train.drop(columns="meals")))
    assert forecast.shape == (len(train),)
    assert (forecast > 0).all()


def test_one_error_for_each_fold(train):
    assert np.asarray(cv_mae(train, folds=3)).shape == (3,)
