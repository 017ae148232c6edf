import numpy as np
import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.datasets import make_classification
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import cross_val_score, train_test_split

import solution


@pytest.fixture(scope="module")
def data():
    X, y = make_classification(n_samples=200, n_features=5, random_state=0)
    return train_test_split(X, y, random_state=0)


def test_train(data):
    X_train, X_test, y_train, y_test = data
    model = solution.train(X_train, y_train)
    pred = model.predict(X_test)
    assert pred.shape == y_test.shape
    assert accuracy_score(y_test, pred) > 0.8
    assert hasattr(model, "predict_proba")
    assert model.predict_proba(X_test).shape == (50, 2)
    assert set(model.classes_) == {0, 1}


def test_is_estimator(data):
    model = solution.make_model()
    assert isinstance(model, BaseEstimator)
    assert isinstance(model, LogisticRegression)
    assert model.get_params()["C"] == 0.5
    with pytest.raises(NotFittedError):
        model.predict(data[0])


def test_pipeline(data):
    X_train, X_test, y_train, y_test = data
    pipe = solution.pipeline()
    pipe.fit(X_train, y_train)
    assert [name for name, _ in pipe.steps] == ["scale", "model"]
    assert pipe.score(X_test, y_test) > 0.8
    assert pipe.named_steps["scale"].mean_.shape == (5,)


def test_takes_estimator(data):
    X_train, _, y_train, _ = data
    fitted = solution.fit_given(LogisticRegression(C=2.0), X_train, y_train)
    assert fitted.C == 2.0
    assert fitted.coef_.shape == (1, 5)


def test_own_transformer(data):
    t = solution.Centre()
    assert t.fit(data[0]) is t
    np.testing.assert_allclose(t.transform(data[0]).mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(t.fit_transform(data[0]), data[0] - data[0].mean(axis=0))
    assert t.get_params() == {"factor": 1}


def test_metrics():
    assert solution.evaluate([0, 1, 1], [0, 1, 0]) == pytest.approx({"accuracy": 2 / 3, "recall": 0.5})


def test_cross_validation(data):
    scores = solution.cv(data[0], data[2])
    assert len(scores) == 5
    assert scores.mean() > 0.7


def test_sparse():
    m = solution.one_hot(["a", "b", "a"])
    assert m.shape == (3, 2)
    assert m.toarray().tolist() == [[1, 0], [0, 1], [1, 0]]
    assert m.nnz == 3


def test_split():
    train, test = solution.split(list(range(10)))
    assert len(train) == 8 and len(test) == 2
    assert sorted(train + test) == list(range(10))
