"""Sample tests: the contract on a few rows, and a first look at the matrix."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from solution import cv_confusion, fit_predict, tidy

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def train():
    return pd.read_csv(next(HERE.rglob("train.csv")))


def test_tidy_on_two_letters():
    raw = pd.DataFrame(
        {
            "text": ["Where is #482136 please", None],
            "tariff": ["AUTO-17", None],
            "amount": ["1,250.00", None],
        }
    )
    table = tidy(raw)
    assert list(table.columns) == ["text", "family", "amount"]
    assert table["text"].tolist() == ["where is # please", ""]
    assert table["family"].tolist() == ["AUTO", "NONE"]
    assert table["amount"].tolist() == pytest.approx([1250.0, np.nan], nan_ok=True)


def test_one_desk_for_each_row(train):
    desks = np.asarray(fit_predict(train, train.drop(columns="desk")))
    assert desks.shape == (len(train),)
    assert set(desks.tolist()) <= set(train["desk"])


def test_every_letter_is_counted_once(train):
    counts = np.asarray(cv_confusion(train, folds=3, seed=1))
    assert counts.shape == (4, 4)
    assert counts.sum() == len(train)
