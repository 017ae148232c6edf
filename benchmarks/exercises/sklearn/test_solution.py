import numpy as np
from sklearn.datasets import make_classification
from sklearn.metrics import roc_auc_score
from solution import score, train


def data():
    return make_classification(n_samples=300, n_features=8, random_state=5)


def test_it_ranks_unseen_rows():
    features, labels = data()
    model = train(features[:200], labels[:200])
    chances = model.predict_proba(features[200:])
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert roc_auc_score(labels[200:], chances[:, 1]) > 0.85


def test_it_is_judged_by_folds():
    assert 0.7 < score(*data()) <= 1
