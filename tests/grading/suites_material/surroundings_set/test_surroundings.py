import sys

import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier
from solution import depth, divide, score, trained


def test_deeper_where_the_test_allows_it():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(4000)
    try:
        assert depth(1500) == 1500
    finally:
        sys.setrecursionlimit(before)


def test_no_deeper_otherwise():
    with pytest.raises(RecursionError):
        depth(100_000)


def test_division_raises_where_the_test_says_so():
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        divide(np.ones(2), np.zeros(2))
    with np.errstate(divide="ignore"):
        assert np.isinf(divide(np.ones(2), np.zeros(2))).all()


@pytest.fixture
def data():
    return make_blobs(60, centers=2, random_state=0)


@pytest.mark.parametrize("model", [LogisticRegression(), DecisionTreeClassifier(random_state=0)], ids=["linear", "tree"])
def test_models_given_by_the_test(model, data):
    assert score(model, *data) > 0.8


def test_the_same_model_is_trained(data):
    model = LogisticRegression(C=0.5)
    found = trained(model, *data)
    assert found is model
    assert model.coef_.shape == (1, 2)
