"""Ranks with ties, and the area under the ROC curve."""

import numpy as np


def midranks(values: np.ndarray) -> np.ndarray:
    """Return the rank of each value, from 1; equal values share their mean rank."""
    raise NotImplementedError


def roc_auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Return the area under the ROC curve; a pair with equal scores counts one half."""
    raise NotImplementedError
