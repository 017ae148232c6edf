"""Ranks with ties, and the area under the ROC curve."""

import numpy as np


def midranks(values: np.ndarray) -> np.ndarray:
    """Return the rank of each value, from 1; equal values share their mean rank."""
    values = np.asarray(values)
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    means = last - (sizes - 1) / 2.0
    return means[group]


def roc_auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Return the area under the ROC curve; a pair with equal scores counts one half."""
    labels = np.asarray(labels)
    scores = np.asarray(scores)
    positive = labels == 1
    positives = int(positive.sum())
    negatives = labels.size - positives
    rank_sum = midranks(scores)[positive].sum()
    return float((rank_sum - positives * (positives + 1) / 2.0) / (positives * negatives))
