# %% [error] your answer
def clustered_mean(scores: np.ndarray, clusters: np.ndarray) -> tuple[float, float]:
    """Return the mean of the scores and its standard error for clustered rows."""
    numbers, count = cluster_numbers(scores, clusters)
    mean = scores.mean()
    residuals = np.bincount(numbers, weights=scores - mean)
    variance = count / (count - 1) * (residuals**2).sum()
    return float(mean), float(np.sqrt(variance) / scores.size)


def cluster_numbers(scores: np.ndarray, clusters: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the number of each row's cluster, from 0 in ascending order, and how many there are."""
    if scores.shape != clusters.shape:
        raise ValueError("each score needs a cluster")
    if np.isnan(scores).any():
        raise ValueError("a score is missing")
    distinct, numbers = np.unique(clusters, return_inverse=True)
    if distinct.size < 2:
        raise ValueError("two clusters are needed")
    return numbers, distinct.size


# %% [interval] your answer
def compare_models(
    scores_a: np.ndarray,
    scores_b: np.ndarray,
    clusters: np.ndarray,
    draws: np.ndarray,
    level: float = 0.9,
) -> tuple[float, float, float]:
    """Return the difference A - B and the ends of its percentile interval."""
    if scores_a.shape != scores_b.shape:
        raise ValueError("both models need a score for each row")
    gains = scores_a - scores_b
    numbers, count = cluster_numbers(gains, clusters)
    if draws.ndim != 2 or draws.shape[1] != count or draws.size == 0:
        raise ValueError("each resample names as many clusters as there are")
    if draws.min() < 0 or draws.max() >= count:
        raise ValueError("a draw is not the number of a cluster")
    if not 0.0 < level < 1.0:
        raise ValueError("level lies strictly between 0 and 1")
    sums = np.bincount(numbers, weights=gains)
    sizes = np.bincount(numbers)
    differences = gains[draws].mean(axis=1)
    low, high = np.quantile(differences, [(1 - level) / 2, (1 + level) / 2])
    return float(gains.mean()), float(low), float(high)
