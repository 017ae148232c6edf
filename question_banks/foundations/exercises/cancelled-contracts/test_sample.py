"""Sample tests: the contract on a few rows, and a first look at the losses."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from solution import as_known, cv_log_loss, fit_predict, weighted_log_loss

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def train():
    return pd.read_csv(next(HERE.rglob("train.csv")))


def test_a_call_after_the_decision_is_not_known():
    raw = pd.DataFrame(
        {
            "decided_on": ["2025-03-09", "2025-03-09"],
            "months": [4, 30],
            "price": [29.5, 41.0],
            "faults": [0, 2],
            "plan": ["basic", "family"],
            "call_on": ["2025-03-20", "2025-03-01"],
            "call_minutes": [12.5, 7.0],
        }
    )
    table = as_known(raw)
    assert list(table.columns) == ["months", "price", "faults", "plan", "call_minutes"]
    assert table["call_minutes"].tolist() == [0.0, 7.0]


def test_a_row_of_weight_three_counts_three_times():
    loss = weighted_log_loss([1, 0], [0.5, 0.2], [1.0, 3.0])
    assert loss == pytest.approx(-(np.log(0.5) + 3 * np.log(0.8)) / 4)


def test_one_probability_for_each_row(train):
    chance = np.asarray(fit_predict(train, train.drop(columns="cancels")))
    assert chance.shape == (len(train),)
    assert ((chance >= 0) & (chance <= 1)).all()


def test_one_loss_for_each_fold(train):
    losses = np.asarray(cv_log_loss(train, folds=4, seed=1))
    assert losses.shape == (4,)
    assert (losses > 0).all()
