"""Closed days are days with no meals."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import PoissonRegressor
from sklearn.metrics import mean_absolute_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures, StandardScaler

WET = 2.0
FEATURES = ["canteen", "menu", "days", "weekday", "wet"]


def prepare(frame):
    """Return a new frame with what a forecast may use; same rows and index."""
    date = pd.to_datetime(frame["date"], format="%d.%m.%Y")
    columns = {
        "canteen": frame["canteen"],
        "menu": frame["menu"],
        "days": (date - pd.Timestamp("2024-01-01")).dt.days,
        "weekday": date.dt.day_of_week,
        "wet": (frame["rain"] > WET).astype(int),
    }
    return pd.DataFrame(columns)


def build_model():
    """Return an unfitted forecaster of counts on the prepared columns."""
    one_hot = OneHotEncoder(handle_unknown="ignore")
    columns = make_column_transformer(
        (StandardScaler(), ["days"]),
        (one_hot, ["menu", "weekday"]),
        (make_pipeline(one_hot, PolynomialFeatures(2)), ["canteen", "wet"]),
    )
    return make_pipeline(columns, PoissonRegressor(alpha=0.001, solver="newton-cholesky"))


def fit_predict(train, features, seed=0):
    """Return the expected meals of every row of `features`, shape (n,)."""
    model = build_model().fit(prepare(train), train["meals"])
    return model.predict(prepare(features))


def time_blocks(dates, blocks):
    """Return the block of every row, 0 to blocks - 1, earliest first, shape (n,)."""
    date = pd.to_datetime(pd.Series(np.asarray(dates)), format="%d.%m.%Y")
    days, codes = np.unique(date, return_inverse=True)
    if len(days) < blocks:
        raise ValueError(f"{blocks} blocks cannot be made of {len(days)} dates")
    return codes * blocks // len(days)


def cv_mae(train, folds=4, seed=0):
    """Return the mean absolute error of each block after the first, shape (folds,)."""
    block = time_blocks(train["date"], folds + 1)
    errors = []
    for number in range(1, folds + 1):
        part = train[(block == number) & (train["closed"] == 0)]
        predicted = fit_predict(train[block < number], part.drop(columns="meals"), seed=seed)
        errors.append(mean_absolute_error(part["meals"], predicted))
    return np.array(errors)
