import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SITES = ("north", "quay", "south")


def as_numbers(rows):
    """Return the rows as a float array (n, 6)."""
    sites = [(rows["site"] == site).to_numpy(dtype=float) for site in SITES]
    readings = [rows[name].to_numpy(dtype=float) for name in ("hours", "heat", "shake")]
    return np.column_stack([*readings, *sites])


def fit_predict(train, features, seed):
    """Return the probability of a failure for each row of `features`."""
    model = make_pipeline(StandardScaler(), LogisticRegression(random_state=seed))
    model.fit(as_numbers(train), train["failed"] == "yes")
    return model.predict_proba(as_numbers(features))[:, 1]
