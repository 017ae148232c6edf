import numpy as np


def forward(params, X):
    """Return the probabilities of the n rows of X, shape (n,)."""
    raise NotImplementedError


def loss_and_gradients(params, X, y, weight_decay=0.0):
    """Return the loss and the gradients under the keys and in the shapes of `params`."""
    raise NotImplementedError


def train_step(params, X, y, learning_rate, weight_decay=0.0):
    """Return the parameters after one step of gradient descent, and the loss before it."""
    raise NotImplementedError


def predict(model, records):
    """Return the probabilities of valid records, shape (n,)."""
    raise NotImplementedError


def subgroup_report(repaid, probability, group, groups, threshold=0.5):
    """Return size, selection rate and recall of each group, and the gap between the recalls."""
    raise NotImplementedError
