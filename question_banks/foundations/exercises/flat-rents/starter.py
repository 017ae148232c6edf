import numpy as np
import pandas as pd


def clean(frame):
    """Return a new frame with one unit, honest gaps and uniform text; same rows and index."""
    raise NotImplementedError


def fit_predict(train, features, seed=0):
    """Return the predicted monthly rent in euros of every row of `features`, shape (n,)."""
    raise NotImplementedError


def cv_mae(train, folds=5, seed=0):
    """Return the mean absolute error in euros on each of the folds, shape (folds,)."""
    raise NotImplementedError
