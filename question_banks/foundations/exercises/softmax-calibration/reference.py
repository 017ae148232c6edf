"""Softmax of rows of logits, and the expected calibration error."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return the class probabilities of each row of logits, float64, same shape."""
    values = np.asarray(logits, dtype=np.float64)
    shifted = values - values.max(axis=1, keepdims=True)
    weights = np.exp(shifted)
    return weights / weights.sum(axis=1, keepdims=True)


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, n_bins: int = 10) -> float:
    """Return the expected calibration error of the most probable classes."""
    rows, classes = probabilities.shape
    if n_bins < 1:
        raise ValueError("at least one bin is needed")
    if rows == 0 or labels.shape != (rows,):
        raise ValueError("labels and probabilities need the same number of rows, at least one")
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError("a label is not a class")
    predicted = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    right = predicted == labels
    upper_edges = np.arange(1, n_bins + 1) / n_bins
    bins = np.searchsorted(upper_edges, confidence, side="left")
    surplus = np.bincount(bins, weights=right - confidence)
    return float(np.abs(surplus).sum() / rows)
