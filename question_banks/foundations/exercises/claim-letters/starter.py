import numpy as np
import pandas as pd


def tidy(frame):
    """Return a new frame of text, family and amount; same rows and index."""
    raise NotImplementedError


def fit_predict(train, features, seed=0):
    """Return the desk of every row of `features`, shape (n,)."""
    raise NotImplementedError


def cv_confusion(train, folds=5, seed=0):
    """Return counts of true desk (row) and predicted desk (column), both in the order of names."""
    raise NotImplementedError
