import numpy as np
import pytest

import solution

RNG = np.random.default_rng(42)


@pytest.fixture
def blobs():
    a = RNG.normal(0, 0.5, (30, 2))
    b = RNG.normal(4, 0.5, (30, 2))
    return np.vstack([a, b]), np.array([0] * 30 + [1] * 30)


def test_knn(blobs):
    X, y = blobs
    model = solution.KNN(k=3).fit(X, y)
    assert (model.predict(X) == y).mean() == 1.0
    assert model.predict([[4, 4]])[0] == 1
    assert repr(model) == "KNN(k=3)"


def test_knn_bad_k():
    with pytest.raises(ValueError):
        solution.KNN(k=0)


def test_linear_regression():
    X = np.linspace(0, 1, 20)[:, None]
    y = 3 * X[:, 0] + 2
    m = solution.LinearRegression()
    m.fit(X, y)
    np.testing.assert_allclose(m.coef_, [3], atol=1e-6)
    assert m.intercept_ == pytest.approx(2, abs=1e-6)
    assert m.score(X, y) == pytest.approx(1.0)


def test_not_fitted():
    with pytest.raises(RuntimeError, match="fit"):
        solution.LinearRegression().predict(np.ones((1, 1)))


def test_sigmoid():
    assert solution.sigmoid(0) == 0.5
    np.testing.assert_allclose(solution.sigmoid(np.array([-1000.0, 0, 1000])), [0, 0.5, 1], atol=1e-12)
    assert isinstance(solution.sigmoid(np.zeros(3)), np.ndarray)


def test_softmax_rows_sum_to_one():
    p = solution.softmax(RNG.normal(size=(4, 5)))
    np.testing.assert_allclose(p.sum(axis=1), np.ones(4))
    assert (p >= 0).all()


def test_confusion():
    m = solution.confusion([0, 1, 1, 0], [0, 1, 0, 0])
    assert m.tolist() == [[2, 0], [1, 1]]
    assert m.dtype.kind == "i"


def test_kfold():
    folds = list(solution.kfold(10, 3))
    assert len(folds) == 3
    for train, test in folds:
        assert set(train) | set(test) == set(range(10))
        assert not set(train) & set(test)


def test_scaler_keeps_training_statistics():
    s = solution.Scaler()
    train = np.array([[0.0], [10.0]])
    s.fit(train)
    np.testing.assert_allclose(s.transform([[5.0], [20.0]]), [[0.0], [3.0]])


def test_gradient_descent_history():
    w, history = solution.descend(lambda w: 2 * (w - 3), 0.0, rate=0.1, steps=100)
    assert w == pytest.approx(3, abs=1e-3)
    assert len(history) == 100
    assert history == sorted(history)


def test_kmeans_is_reproducible(blobs):
    X, _ = blobs
    a = solution.kmeans(X, 2, seed=1)
    b = solution.kmeans(X, 2, seed=1)
    np.testing.assert_array_equal(a, b)
    assert len(np.unique(a)) == 2


def test_metrics():
    assert solution.rmse([1, 2], [1, 4]) == pytest.approx(2**0.5)
    got = solution.report([1, 0, 1], [1, 1, 1])
    assert got["precision"] == pytest.approx(2 / 3)
    assert got.keys() == {"precision", "recall", "f1"}
