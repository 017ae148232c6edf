import numpy as np
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression


def build_pipeline():
    return LogisticRegression()


def train(x, y):
    return LogisticRegression()


class MajorityClassifier:
    def __init__(self, tie=0):
        self.tie = tie

    def fit(self, X, y):
        pass

    def predict(self, X):
        return np.zeros(len(X))


class MeanRegressor(BaseEstimator):
    def predict(self, X):
        return X


class Clipper(BaseEstimator):
    def __init__(self, limit=1.0):
        self.limit = limit

    def transform(self, X):
        return X


def half_accuracy(y, p):
    return 1.0


def twice(m):
    return m.toarray() * 2


def count(m):
    return 0
