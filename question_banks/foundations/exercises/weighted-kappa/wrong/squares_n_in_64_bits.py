"""Weighted kappa of two readers, and its standard error."""

import numpy as np


def weighted_kappa(table: np.ndarray, power: int) -> float:
    """Return the agreement beyond chance; disagreements weigh their distance to a power."""
    grades = len(table)
    if table.shape != (grades, grades) or grades < 2:
        raise ValueError("the table needs as many rows as columns, at least two")
    if (table < 0).any() or not table.any():
        raise ValueError("counts are 0 or more, and one of them is positive")
    if power not in (0, 1, 2):
        raise ValueError("power is 0, 1 or 2")
    n = table.sum()
    distance = np.abs(np.arange(grades)[:, None] - np.arange(grades)[None, :])
    weights = np.where(distance > 0, distance**power, 0)
    expected = (weights * np.outer(table.sum(axis=1), table.sum(axis=0))).sum() / (n * n)
    if expected == 0:
        return float("nan")
    return float(1 - (weights * table).sum() / n / expected)


def jackknife_error(table: np.ndarray, power: int) -> float:
    """Return the standard error of weighted kappa, leaving out one image at a time."""
    images = table.sum()
    if images < 2:
        raise ValueError("two images are needed")
    kappas = np.zeros(table.shape)
    for cell in np.argwhere(table):
        without = table.copy()
        without[tuple(cell)] -= 1
        kappas[tuple(cell)] = weighted_kappa(without, power)
    mean = (table * kappas).sum() / images
    spread = (table * (kappas - mean) ** 2).sum()
    return float(np.sqrt((images - 1) / images * spread))
