"""Ranks with ties, and the area under the ROC curve."""

import numpy as np


def midranks(values: np.ndarray) -> np.ndarray:
    """Return the rank of each value, from 1; equal values share their mean rank."""
    if values.ndim != 1:
        raise ValueError("values must be one-dimensional")
    if np.isnan(values).any():
        raise ValueError("values must not hold NaN")
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    means = last - (sizes - 1) / 2.0
    return means[group]


def roc_auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Return the area under the ROC curve; a pair with equal scores counts one half."""
    if labels.shape != scores.shape:
        raise ValueError("labels and scores must have the same length")
    if not np.isin(labels, (0, 1)).all():
        raise ValueError("a label must be 0 or 1")
    positive = labels == 1
    positives = int(positive.sum())
    negatives = labels.size - positives
    if positives == 0 or negatives == 0:
        raise ValueError("both classes must occur")
    rank_sum = midranks(scores)[positive].sum()
    return float((rank_sum - positives * (positives + 1) / 2.0) / (positives * negatives))
