"""Every training row counts once."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["months", "price", "faults", "call_minutes"]
FEATURES = [*NUMBERS, "plan"]


def as_known(frame):
    """Return a new frame of what was known on the day of the decision; same rows and index."""
    known = frame["call_on"] <= frame["decided_on"]
    columns = {name: frame[name] for name in ["months", "price", "faults", "plan"]}
    columns["call_minutes"] = frame["call_minutes"].where(known, 0.0).astype(float)
    return pd.DataFrame(columns)


def build_model():
    """Return an unfitted classifier of the known columns."""
    columns = make_column_transformer((StandardScaler(), NUMBERS), (OneHotEncoder(handle_unknown="ignore"), ["plan"]))
    return make_pipeline(columns, LogisticRegression())


def fit_predict(train, features, seed=0):
    """Return the probability of cancelling for every row of `features`, shape (n,)."""
    model = build_model().fit(as_known(train)[FEATURES], train["cancels"])
    return model.predict_proba(as_known(features)[FEATURES])[:, 1]


def weighted_log_loss(labels, probabilities, weights):
    """Return the mean log loss of rows that count by their weights, a float."""
    labels, weights = np.asarray(labels), np.asarray(weights)
    if weights.sum() <= 0:
        raise ValueError("the weights sum to nothing")
    chance = np.clip(np.asarray(probabilities), 1e-6, 1 - 1e-6)
    losses = -np.log(np.where(labels == 1, chance, 1 - chance))
    return float(np.average(losses, weights=weights))


def cv_log_loss(train, folds=5, seed=0):
    """Return the weighted log loss on each of the folds, shape (folds,)."""
    splitter = KFold(n_splits=folds, shuffle=True, random_state=seed)
    losses = []
    for fit_rows, test_rows in splitter.split(train):
        part = train.iloc[test_rows]
        predicted = fit_predict(train.iloc[fit_rows], part.drop(columns="cancels"), seed=seed)
        losses.append(weighted_log_loss(part["cancels"], predicted, part["weight"]))
    return np.array(losses)
