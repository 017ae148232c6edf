"""Means and differences of scores whose rows come in clusters."""

import numpy as np


def clustered_mean(scores: np.ndarray, clusters: np.ndarray) -> tuple[float, float]:
    """Return the mean of the scores and its standard error for clustered rows."""
    raise NotImplementedError


def compare_models(
    scores_a: np.ndarray,
    scores_b: np.ndarray,
    clusters: np.ndarray,
    draws: np.ndarray,
    level: float = 0.9,
) -> tuple[float, float, float]:
    """Return the difference A - B and the ends of its percentile interval."""
    raise NotImplementedError
