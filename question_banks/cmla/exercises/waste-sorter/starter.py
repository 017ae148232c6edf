import numpy as np


def smoothed_loss(params, X, y, smoothing):
    """Return the loss against smoothed targets and its gradients under the keys of `params`."""
    raise NotImplementedError


def adam_step(params, gradients, state, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Return parameters and state after one step of Adam."""
    raise NotImplementedError


def fit(X, y, k, steps, learning_rate, smoothing):
    """Return the parameters after so many steps on all rows, from zeros."""
    raise NotImplementedError


def sort_items(model, table):
    """Return bin and margin of each item of a table of columns."""
    raise NotImplementedError


def district_report(truth, given, district, min_items=20):
    """Return the error rates of the districts that are large enough to be shown."""
    raise NotImplementedError
