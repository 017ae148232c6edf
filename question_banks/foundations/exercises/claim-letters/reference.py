"""Letters to desks: text, codes with rare values and amounts in one pipeline."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import RidgeClassifier
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

COLUMNS = ["text", "family", "amount"]


def tidy(frame):
    """Return a new frame of text, family and amount; same rows and index."""
    text = frame["text"].fillna("").str.lower()
    tariff = frame["tariff"].fillna("NONE")
    columns = {
        "text": text.str.replace(r"#\d+", "#", regex=True),
        "family": tariff.str.split("-").str[0],
        "amount": frame["amount"].astype(object).str.replace(",", "").astype(float),
    }
    if "desk" in frame:
        columns["desk"] = frame["desk"]
    return pd.DataFrame(columns)


def build_model():
    """Return an unfitted classifier of the tidy columns."""
    amount = make_pipeline(FunctionTransformer(np.log), SimpleImputer(), StandardScaler())
    columns = make_column_transformer(
        (TfidfVectorizer(), "text"),
        (OneHotEncoder(handle_unknown="ignore"), ["family"]),
        (amount, ["amount"]),
    )
    return make_pipeline(columns, RidgeClassifier(class_weight="balanced"))


def fit_predict(train, features, seed=0):
    """Return the desk of every row of `features`, shape (n,)."""
    model = build_model().fit(tidy(train)[COLUMNS], train["desk"])
    return model.predict(tidy(features)[COLUMNS])


def cv_confusion(train, folds=5, seed=0):
    """Return counts of true desk (row) and predicted desk (column), both in the order of names."""
    if train["desk"].value_counts().min() < folds:
        raise ValueError(f"a desk has fewer than {folds} letters")
    splitter = StratifiedKFold(n_splits=folds, shuffle=True, random_state=seed)
    predicted = np.empty(len(train), dtype=object)
    for fit_rows, test_rows in splitter.split(train, train["desk"]):
        part = train.iloc[test_rows].drop(columns="desk")
        predicted[test_rows] = fit_predict(train.iloc[fit_rows], part, seed=seed)
    return confusion_matrix(train["desk"], predicted)
