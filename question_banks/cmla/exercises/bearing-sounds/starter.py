import numpy as np


def scores(params, X):
    """Return the score of each of the n sounds, shape (n,)."""
    raise NotImplementedError


def loss_and_gradients(params, X, y):
    """Return the mean logistic loss and its gradients under the keys of `params`."""
    raise NotImplementedError


def train(params, X, y, X_valid, y_valid, learning_rate, max_steps, patience):
    """Return the parameters with the smallest validation loss, and all validation losses."""
    raise NotImplementedError


def alarms(model, recordings):
    """Return probability and alarm for each machine."""
    raise NotImplementedError


def plant_report(damaged, alarm, plant, min_damaged=5):
    """Return the detection rate of each plant with its interval, and which plants differ."""
    raise NotImplementedError
