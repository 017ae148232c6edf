# %% [isotonic] your answer
def isotonic(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the non-decreasing sequence that is closest to the weighted values, float64."""
    if values.shape != weights.shape or values.size == 0:
        raise ValueError("each value needs a weight")
    if np.isnan(values).any() or not (weights > 0).all():
        raise ValueError("values must not be missing, and weights are positive")
    means, masses, sizes = [], [], []
    for mean, mass in zip(values, weights):
        size = 1
        while means and means[-1] > mean:
            total = masses[-1] + mass
            mean = (means.pop() * masses.pop() + mean * mass) / total
            mass = total
            size += sizes.pop()
        means.append(mean)
        masses.append(mass)
        sizes.append(size)
    return np.repeat(np.array(means, dtype=np.float64), sizes)


# %% [calibrate] your answer
def calibrate(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the isotonic probability of each row, in the order of the rows."""
    if scores.shape != labels.shape or np.isnan(scores).any():
        raise ValueError("each label needs a score")
    if not np.isin(labels, (0, 1)).all():
        raise ValueError("a label must be 0 or 1")
    _, point, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    means = np.bincount(point, weights=labels) / sizes
    return isotonic(means, sizes)[point]


# %% [brier] your answer
def brier_parts(probabilities: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """Return reliability, resolution and uncertainty, the parts of the Brier score."""
    if probabilities.shape != labels.shape or labels.size == 0:
        raise ValueError("each label needs a probability")
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise ValueError("a probability lies outside 0 to 1")
    if not np.isin(labels, (0, 1)).all():
        raise ValueError("a label must be 0 or 1")
    distinct, group, sizes = np.unique(probabilities, return_inverse=True, return_counts=True)
    observed = np.bincount(group, weights=labels) / sizes
    base = labels.mean()
    reliability = np.average((distinct - observed) ** 2, weights=sizes)
    resolution = np.average((distinct - base) ** 2, weights=sizes)
    return float(reliability), float(resolution), float(base * (1 - base))
