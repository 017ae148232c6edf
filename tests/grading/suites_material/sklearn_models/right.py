from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, recall_score
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def make_model():
    return LogisticRegression(C=0.5)


def train(X, y):
    return make_model().fit(X, y)


def pipeline():
    return Pipeline([("scale", StandardScaler()), ("model", make_model())])


def fit_given(model, X, y):
    model.fit(X, y)
    return model


class Centre(BaseEstimator, TransformerMixin):
    def __init__(self, factor=1):
        self.factor = factor

    def fit(self, X, y=None):
        self.mean_ = X.mean(axis=0)
        return self

    def transform(self, X):
        return X - self.mean_


def evaluate(y, p):
    return {"accuracy": accuracy_score(y, p), "recall": recall_score(y, p)}


def cv(X, y):
    return cross_val_score(make_model(), X, y, cv=5)


def one_hot(values):
    return OneHotEncoder().fit_transform([[v] for v in values])


def split(items):
    return train_test_split(items, test_size=0.2, random_state=1)
