"""Weighted kappa of two readers, and its standard error."""

import numpy as np


def weighted_kappa(table: np.ndarray, power: int) -> float:
    """Return the agreement beyond chance; disagreements weigh their distance to a power."""
    grades = len(table)
    shares = table / table.sum()
    distance = np.abs(np.arange(grades)[:, None] - np.arange(grades)[None, :])
    weights = np.where(distance > 0, distance**power, 0)
    expected = (weights * np.outer(shares.sum(axis=1), shares.sum(axis=0))).sum()
    if expected == 0:
        return float("nan")
    return float(1 - (weights * shares).sum() / expected)


def jackknife_error(table: np.ndarray, power: int) -> float:
    """Return the standard error of weighted kappa, leaving out one image at a time."""
    images = table.sum()
    kappas = np.zeros(table.shape)
    for cell in np.argwhere(table):
        without = table.copy()
        without[tuple(cell)] -= 1
        kappas[tuple(cell)] = weighted_kappa(without, power)
    mean = (table * kappas).sum() / images
    spread = (table * (kappas - mean) ** 2).sum()
    return float(np.sqrt((images - 1) / images * spread))
