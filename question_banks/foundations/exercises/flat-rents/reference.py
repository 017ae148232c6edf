"""Monthly rents of flats: cleaning, a pipeline that is fitted inside each fold, and predictions."""

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import RidgeCV
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    OneHotEncoder,
    PolynomialFeatures,
    SplineTransformer,
    StandardScaler,
)

COLUMNS = ["area_m2", "rooms", "floor", "year_built", "lift", "balcony", "district", "heating"]
TEXTS = ["lift", "balcony", "district", "heating"]
SQUARE_METRES_PER_SQUARE_FOOT = 0.09290304


def clean(frame):
    """Return a new frame with one unit, honest gaps and uniform text; same rows and index."""
    factor = np.where(frame["unit"] == "sqft", SQUARE_METRES_PER_SQUARE_FOOT, 1.0)
    year = frame["year_built"].astype(float)
    columns = {
        "area_m2": frame["area"] * factor,
        "rooms": frame["rooms"],
        "floor": frame["floor"],
        "year_built": year.where(year != 0),
    }
    for name in TEXTS:
        text = frame[name]
        columns[name] = text.where(text.notna(), "unknown").str.strip().str.lower()
    if "rent" in frame:
        columns["rent"] = frame["rent"]
    return pd.DataFrame(columns)


def build_model():
    """Return an unfitted regressor of the rent on the cleaned columns."""
    area = make_pipeline(
        SimpleImputer(strategy="median"),
        FunctionTransformer(np.log),
        StandardScaler(),
    )
    year = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), SplineTransformer())
    floor_and_lift = make_pipeline(
        ColumnTransformer(
            [("floor", SimpleImputer(), ["floor"]), ("lift", OneHotEncoder(drop="first"), ["lift"])]
        ),
        PolynomialFeatures(degree=2, interaction_only=True, include_bias=False),
        StandardScaler(),
    )
    texts = OneHotEncoder(handle_unknown="ignore", min_frequency=3)
    columns = ColumnTransformer(
        [
            ("area", area, ["area_m2"]),
            ("rooms", make_pipeline(SimpleImputer(), StandardScaler()), ["rooms"]),
            ("year", year, ["year_built"]),
            ("floor", floor_and_lift, ["floor", "lift"]),
            ("texts", texts, ["balcony", "district", "heating"]),
        ]
    )
    ridge = RidgeCV(alphas=np.logspace(-2, 2, 9))
    return TransformedTargetRegressor(
        make_pipeline(columns, ridge), func=np.log, inverse_func=np.exp
    )


def fit_predict(train, features, seed=0):
    """Return the predicted monthly rent in euros of every row of `features`, shape (n,)."""
    table = clean(train)
    model = build_model().fit(table[COLUMNS], table["rent"])
    return model.predict(clean(features)[COLUMNS])


def cv_mae(train, folds=5, seed=0):
    """Return the mean absolute error in euros on each of the folds, shape (folds,)."""
    splitter = KFold(n_splits=folds, shuffle=True, random_state=seed)
    errors = []
    for fit_rows, test_rows in splitter.split(train):
        part = train.iloc[test_rows]
        predicted = fit_predict(train.iloc[fit_rows], part.drop(columns="rent"), seed=seed)
        errors.append(mean_absolute_error(part["rent"], predicted))
    return np.array(errors)
