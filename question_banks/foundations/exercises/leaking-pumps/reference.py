"""Failing pumps without leaks: folds by pump, encodings out of fold, one honest estimate."""

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import SplineTransformer, StandardScaler

SENSORS = [f"v{number:02d}" for number in range(1, 13)]
INNER_FOLDS = 5


def fold_numbers(groups, folds, seed=0):
    """Return the test fold of every row, 0 to folds - 1; a group never straddles two folds."""
    names, codes = np.unique(np.asarray(groups), return_inverse=True)
    if folds < 2 or len(names) < folds:
        raise ValueError(f"{folds} folds cannot be made of {len(names)} groups")
    shuffled = np.random.default_rng(seed).permutation(len(names))
    return (shuffled % folds)[codes]


def encode(categories, target, given, smoothing=10.0):
    """Return for each given category its mean target, drawn towards the mean of all rows."""
    target = np.asarray(target)
    prior = target.mean()
    names, codes = np.unique(categories, return_inverse=True)
    counts = np.bincount(codes)
    means = (np.bincount(codes, weights=target) + smoothing * prior) / (counts + smoothing)
    table = dict(zip(names, means))
    return np.array([table.get(name, prior) for name in given])


def encode_out_of_fold(categories, target, fold, smoothing=10.0):
    """Return for each row the encoding of its category by the rows of all other folds."""
    categories, target, fold = np.asarray(categories), np.asarray(target), np.asarray(fold)
    encoded = np.empty(len(fold))
    for number in np.unique(fold):
        rows = fold == number
        encoded[rows] = encode(categories[~rows], target[~rows], categories[rows], smoothing)
    return encoded


def build_model():
    """Return an unfitted classifier of the sensors and the encoded site."""
    return make_pipeline(
        SimpleImputer(strategy="median"),
        SplineTransformer(n_knots=4),
        StandardScaler(),
        LogisticRegression(C=0.03, max_iter=2000),
    )


def fit_predict(train, features, seed=0):
    """Return the probability of failing for every row of `features`, shape (n,)."""
    inner = fold_numbers(train["pump"], INNER_FOLDS, seed)
    site = encode_out_of_fold(train["site"], train["fails"], inner)
    model = build_model().fit(np.column_stack([train[SENSORS], site]), train["fails"])
    site = encode(train["site"], train["fails"], features["site"])
    given = np.column_stack([features[SENSORS], site])
    return model.predict_proba(given)[:, 1]


def cv_auc(train, folds=5, seed=0):
    """Return the area under the ROC curve on each fold of pumps, shape (folds,)."""
    fold = fold_numbers(train["pump"], folds, seed)
    areas = []
    for number in range(folds):
        fit, part = train[fold != number], train[fold == number]
        predicted = fit_predict(fit, part.drop(columns=["fails", "repair_hours"]), seed=seed)
        areas.append(roc_auc_score(part["fails"], predicted))
    return np.array(areas)
