"""Sample tests: folds by group, encodings by hand, a first look at the areas."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from solution import cv_auc, encode, encode_out_of_fold, fit_predict, fold_numbers

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def train():
    return pd.read_csv(next(HERE.rglob("train.csv")))


def test_a_group_is_in_one_fold():
    groups = ["b", "a", "a", "c", "b", "d"]
    fold = np.asarray(fold_numbers(groups, 2, seed=3))
    assert sorted(set(fold.tolist())) == [0, 1]
    assert fold[0] == fold[4]
    assert fold[1] == fold[2]


def test_encodings_by_hand():
    values = encode(["x", "x", "y", "y"], [1, 1, 1, 0], ["x", "y"], smoothing=2.0)
    assert np.asarray(values) == pytest.approx([(2 + 2 * 0.75) / 4, (1 + 2 * 0.75) / 4])
    values = encode_out_of_fold(["x", "x", "x", "y"], [1, 0, 1, 0], [0, 1, 1, 1], smoothing=1.0)
    assert values[0] == pytest.approx((1 + 1 / 3) / 3)


def test_one_probability_for_each_row(train):
    features = train.drop(columns=["repair_hours", "fails"])
    probability = np.asarray(fit_predict(train, features))
    assert probability.shape == (len(train),)
    assert ((probability >= 0) & (probability <= 1)).all()


def test_one_area_for_each_fold(train):
    areas = np.asarray(cv_auc(train, folds=4, seed=1))
    assert areas.shape == (4,)
    assert areas.mean() < 0.9
