import numpy as np


def forward(params, X):
    """Return the class probabilities of the n rows of X, shape (n, k)."""
    raise NotImplementedError


def loss_and_gradients(params, X, y, class_weight):
    """Return the weighted loss and its gradients under the keys of `params`."""
    raise NotImplementedError


def train_epoch(
    params, velocity, X, y, class_weight, order, batch_size, learning_rate, momentum=0.9
):
    """Return parameters and velocity after one pass over the rows in the given order."""
    raise NotImplementedError


def classify(model, batch):
    """Return the label, -1 where a person must decide, and the confidence of each row."""
    raise NotImplementedError


def subgroup_report(y, label, group, min_size=10):
    """Return size, referral rate, accuracy and missed urgent calls of each group."""
    raise NotImplementedError
