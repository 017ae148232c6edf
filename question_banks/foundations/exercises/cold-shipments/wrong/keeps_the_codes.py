"""Codes stay numbers."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, SplineTransformer, StandardScaler

NUMBERS = ["max_temp", "hours", "doors", "ambient"]
TEXTS = ["carrier", "packaging"]


def clean(frame):
    """Return a new frame with gaps for codes and uniform text; same rows and index."""
    columns = {}
    for name in NUMBERS:
        values = frame[name].astype(float)
        columns[name] = values
    for name in TEXTS:
        text = frame[name].astype(object)
        columns[name] = text.where(text.notna(), "?").str.strip().str.upper()
        columns[name] = columns[name].replace("?", "UNKNOWN")
    if "spoiled" in frame:
        columns["spoiled"] = frame["spoiled"]
    return pd.DataFrame(columns)


def build_model():
    """Return an unfitted classifier of the cleaned columns."""
    columns = make_column_transformer(
        (make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), NUMBERS),
        (make_pipeline(SimpleImputer(), SplineTransformer()), ["max_temp"]),
        (OneHotEncoder(handle_unknown="ignore"), TEXTS),
    )
    return make_pipeline(columns, LogisticRegression(max_iter=2000))


def fit_predict(train, features, seed=0):
    """Return a score for every row of `features`, shape (n,): greater is likelier spoiled."""
    table = clean(train)
    model = build_model().fit(table[NUMBERS + TEXTS], table["spoiled"])
    return model.predict_proba(clean(features)[NUMBERS + TEXTS])[:, 1]


def cv_average_precision(train, folds=5, seed=0):
    """Return the average precision on each of the stratified folds, shape (folds,)."""
    if train["spoiled"].sum() < folds:
        raise ValueError(f"fewer than {folds} spoiled shipments")
    splitter = StratifiedKFold(n_splits=folds, shuffle=True, random_state=seed)
    scores = []
    for fit_rows, test_rows in splitter.split(train, train["spoiled"]):
        part = train.iloc[test_rows]
        predicted = fit_predict(train.iloc[fit_rows], part.drop(columns="spoiled"), seed=seed)
        scores.append(average_precision_score(part["spoiled"], predicted))
    return np.array(scores)
