import numpy as np
import pytest
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin, clone, is_classifier, is_regressor
from sklearn.datasets import make_classification
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score, train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

import solution
from solution import Clipper, MajorityClassifier, MeanRegressor, build_pipeline, train


@pytest.fixture(scope="module")
def data():
    x, y = make_classification(n_samples=120, n_features=5, random_state=0)
    return train_test_split(x, y, random_state=0)


def test_pipeline_by_handle(data):
    xa, xb, ya, yb = data
    model = build_pipeline()
    assert isinstance(model, Pipeline)
    assert model.fit(xa, ya) is model
    assert model.predict(xb).shape == yb.shape
    assert model.score(xb, yb) > 0.7
    assert list(model.named_steps) == ["scale", "model"]
    assert isinstance(model.named_steps["model"], LogisticRegression)
    assert model.named_steps.scale.mean_.shape == (5,)
    assert model["scale"].with_mean
    assert len(model) == 2
    assert model.steps[0][0] == "scale"
    assert model.get_params()["model__C"] == 1.0
    model.set_params(model__C=0.1)
    assert model.named_steps["model"].C == 0.1
    assert accuracy_score(yb, model.predict(xb)) > 0.6
    proba = model.predict_proba(xb)
    np.testing.assert_allclose(proba.sum(axis=1), 1)
    assert list(model.classes_) == [0, 1]


def test_not_fitted(data):
    with pytest.raises(NotFittedError):
        build_pipeline().predict(data[1])
    with pytest.raises(NotFittedError):
        MeanRegressor().predict(data[1])


def test_fitted_model(data):
    xa, xb, ya, yb = data
    model = train(xa, ya)
    check_is_fitted(model)
    assert model.coef_.shape == (1, 5)
    assert type(model).__name__ == "LogisticRegression"
    assert hasattr(model, "predict_proba")
    assert not hasattr(model, "transform")


def test_own_estimator_interface(data):
    xa, xb, ya, yb = data
    m = MajorityClassifier()
    assert m.fit(xa, ya) is m
    assert set(m.predict(xb)) <= {0, 1}
    assert m.get_params() == {"tie": 0}
    assert is_classifier(m)
    assert not is_regressor(m)
    assert is_regressor(MeanRegressor())
    assert repr(MajorityClassifier(tie=1)) == "MajorityClassifier(tie=1)"
    assert m.n_features_in_ == 5


def test_clone_of_own_estimator():
    m = MajorityClassifier(tie=1)
    c = clone(m)
    assert c is not m
    assert c.tie == 1
    assert c.get_params() == m.get_params()


def test_cross_validation_over_own_estimator(data):
    xa, _, ya, _ = data
    scores = cross_val_score(MajorityClassifier(), xa, ya, cv=3)
    assert scores.shape == (3,)
    assert (scores >= 0.3).all()
    assert cross_val_score(build_pipeline(), xa, ya, cv=KFold(3)).mean() > 0.6


def test_grid_search_over_own_estimator(data):
    xa, _, ya, _ = data
    search = GridSearchCV(Clipper_pipeline(), {"clipper__limit": [0.5, 2.0]}, cv=2)
    search.fit(xa, ya)
    assert search.best_params_["clipper__limit"] in (0.5, 2.0)
    assert search.best_score_ > 0.5


def Clipper_pipeline():
    return make_pipeline(Clipper(), LogisticRegression())


def test_transformer(data):
    t = Clipper(limit=0.5)
    assert isinstance(t, BaseEstimator)
    assert isinstance(t, TransformerMixin)
    out = t.fit_transform(np.array([[1.0, -2], [0.1, 0]]))
    np.testing.assert_allclose(out, [[0.5, -0.5], [0.1, 0]])
    p = make_pipeline(Clipper(1.0), StandardScaler())
    assert p.fit_transform(data[0]).shape == data[0].shape


def test_estimators_of_the_test_go_in(data):
    xa, xb, ya, yb = data
    assert solution.fit_and_score(LogisticRegression(), xa, ya, xb, yb) > 0.6
    model = Ridge(alpha=2.0)
    assert solution.alpha_of(model) == 2.0
    own = StandardScaler()
    solution.fit_in_place(own, xa)
    np.testing.assert_allclose(own.mean_, xa.mean(axis=0))


def test_scorer_and_callbacks(data):
    xa, _, ya, _ = data
    scorer = make_scorer(solution.half_accuracy)
    scores = cross_val_score(LogisticRegression(), xa, ya, scoring=scorer, cv=2)
    assert (scores <= 0.5).all()


@pytest.mark.parametrize("kind", ["csr", "csc", "coo", "lil", "dok", "dia", "bsr"])
def test_sparse(kind):
    m = getattr(sparse, f"{kind}_matrix")(np.array([[1.0, 0], [0, 2]]))
    out = solution.twice(m)
    assert sparse.issparse(out)
    assert out.format == m.format or kind in ("lil", "dok")
    np.testing.assert_array_equal(out.toarray(), [[2, 0], [0, 4]])
    assert solution.count(m) == 2


def test_selection():
    x, y = make_classification(n_samples=50, n_features=6, random_state=1)
    best, scores = solution.choose(x, y)
    assert best in scores
    assert isinstance(scores, dict)
    assert max(scores.values()) == scores[best]


def test_split():
    a, b, c, d = solution.split(np.arange(20).reshape(10, 2), np.arange(10))
    assert len(a) == len(c) == 8
    assert set(c) | set(d) == set(range(10))
