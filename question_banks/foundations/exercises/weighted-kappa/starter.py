"""Weighted kappa of two readers, and its standard error."""

import numpy as np


def weighted_kappa(table: np.ndarray, power: int) -> float:
    """Return the agreement beyond chance; disagreements weigh their distance to a power."""
    raise NotImplementedError


def jackknife_error(table: np.ndarray, power: int) -> float:
    """Return the standard error of weighted kappa, leaving out one image at a time."""
    raise NotImplementedError
