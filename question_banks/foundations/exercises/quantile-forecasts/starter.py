"""Weighted quantiles, and scores for forecasts of quantiles."""

import numpy as np


def weighted_quantile(values: np.ndarray, weights: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return the quantile of the weighted values at each level, float64."""
    raise NotImplementedError


def score_forecasts(
    actual: np.ndarray,
    forecasts: np.ndarray,
    levels: np.ndarray,
    weights: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return pinball loss, coverage and skill of the forecasts at each level."""
    raise NotImplementedError
