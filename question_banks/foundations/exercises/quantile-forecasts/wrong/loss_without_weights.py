"""Weighted quantiles, and scores for forecasts of quantiles."""

import numpy as np


def weighted_quantile(values: np.ndarray, weights: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Return the quantile of the weighted values at each level, float64."""
    if values.shape != weights.shape:
        raise ValueError("each value needs a weight")
    if np.isnan(values).any():
        raise ValueError("a value is missing")
    if not (weights >= 0).all() or not (weights > 0).any():
        raise ValueError("weights are 0 or more, and one of them is positive")
    if not ((levels >= 0) & (levels <= 1)).all():
        raise ValueError("a level lies outside 0 to 1")
    heavy = weights > 0
    order = np.argsort(values[heavy])
    ordered = values[heavy][order].astype(np.float64)
    below = np.cumsum(weights[heavy][order])
    return ordered[np.searchsorted(below, levels * below[-1], side="left")]


def pinball(
    actual: np.ndarray, forecasts: np.ndarray, levels: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Return the weighted mean loss at each level; forecasts of shape (n, q) or (1, q)."""
    short = actual[:, None] - forecasts
    losses = np.maximum(levels * short, (levels - 1) * short)
    return losses.mean(axis=0)


def score_forecasts(
    actual: np.ndarray,
    forecasts: np.ndarray,
    levels: np.ndarray,
    weights: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return pinball loss, coverage and skill of the forecasts at each level."""
    if forecasts.shape != actual.shape + levels.shape:
        raise ValueError("each row needs a forecast at each level")
    if np.isnan(forecasts).any():
        raise ValueError("a forecast is missing")
    constant = weighted_quantile(actual, weights, levels)
    loss = pinball(actual, forecasts, levels, weights)
    base = pinball(actual, constant[None, :], levels, weights)
    coverage = weights @ (actual[:, None] <= forecasts) / weights.sum()
    ratio = np.divide(loss, base, out=np.full(levels.size, np.nan), where=base > 0)
    return loss, coverage, 1 - ratio
