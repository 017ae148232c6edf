import numpy as np
from sklearn.base import clone


def depth(n):
    return n


def divide(a, b):
    return np.nan_to_num(a / b)


def score(model, features, labels):
    return 0.5


def trained(model, features, labels):
    return clone(model).fit(features, labels)
