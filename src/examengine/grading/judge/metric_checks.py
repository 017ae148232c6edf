"""Comparisons of predictions that tell learning from its imitations; pure, on arrays.

Every threshold leans towards the candidate: a right solution passes although its model draws random numbers,
works in single precision or has few rows to show itself on.
"""

from typing import Any, Final

_SAME: Final = 1e-4
"""Numbers closer than this share of their spread are the same: single precision and the order of sums."""
_ROWS_FREE: Final = 0.02
"""Share of rows that may differ: a prediction may sit on the edge between two labels."""
_NOISE: Final = 2.5
"""How much farther than two runs on the same rows a run on other rows may lie."""
_PLACES: Final = 0.02
"""Share of all rows by which a score may move in their order: duplicates that rounding tells apart."""
_KEPT_GAIN: Final = 0.5
_ALIKE: Final = 0.5


def differing(kind: str, one: Any, other: Any) -> float:
    """Return the share of rows whose predictions differ."""
    import numpy as np

    if not len(one):
        return 0.0
    if kind == "labels":
        return float(np.mean(one != other))
    with np.errstate(all="ignore"):
        apart = np.abs(one - other)
        apart = apart if apart.ndim == 1 else apart.max(axis=1)
        found = float(np.mean(apart > _SAME * max(_spread(one), _spread(other))))
    if kind == "scores":
        # One huge score makes the spread huge and costs a ranking nothing: the order has to agree as well.
        moved = np.abs(_order_of(one) - _order_of(other))
        found = max(found, float(np.mean(moved > 1 + _PLACES * len(one))))
    return found


def distance(kind: str, one: Any, other: Any) -> float:
    """Return how far apart predictions for the same rows lie: differing labels, or numbers by their spread.

    Scores count by their places, which are all that their metrics see.
    """
    import numpy as np

    if kind == "labels":
        return differing(kind, one, other)
    if kind == "scores":
        one, other = _order_of(one), _order_of(other)
    spread = max(_spread(one), _spread(other))
    return float(np.mean(np.abs(one - other)) / spread) if spread else 0.0


def is_tolerated(share: float, rows: int) -> bool:
    """Tell whether so small a share of differing rows says nothing; one row always does."""
    return share <= max(_ROWS_FREE, 1.5 / max(rows, 1))


def is_noise(apart: float, noise: float) -> bool:
    """Tell whether a distance is explained by what two equal runs differ in."""
    return apart <= _NOISE * noise


def is_constant(predictions: Any) -> bool:
    """Tell whether every row got the same prediction."""
    import numpy as np

    with np.errstate(all="ignore"):
        return bool(np.ptp(predictions, axis=0).max() <= 1e-12 * float(np.abs(predictions).max()))


def kept_gain(value: float, turned: float, constant: float, *, greater_is_better: bool) -> float | None:
    """Return which share of the gain over the best constant survives turned labels; None where there is no gain."""
    sign = 1 if greater_is_better else -1
    gain = sign * (value - constant)
    if gain <= 1e-9 * max(1.0, abs(constant)):
        return None
    return sign * (turned - constant) / gain


def alike(kind: str, one: Any, other: Any) -> float:
    """Return how alike two runs predict: the share of equal labels, or the correlation of numbers or of places."""
    import numpy as np

    if one.ndim == 2:
        return float(np.mean(one.argmax(axis=1) == other.argmax(axis=1)))
    if kind == "labels":
        return float(np.mean(one == other))
    if is_constant(one) or is_constant(other):
        return 0.0
    if kind == "scores":
        one, other = _order_of(one), _order_of(other)
    scaled = [(each - each.mean()) / np.abs(each - each.mean()).max() for each in (one, other)]
    return float(np.mean(scaled[0] * scaled[1]) / np.sqrt(np.mean(scaled[0] ** 2) * np.mean(scaled[1] ** 2)))


def ignores_labels(kept: float | None, likeness: float) -> bool:
    """Tell whether predictions are the same, and as good, whatever the training labels say."""
    return kept is not None and kept > _KEPT_GAIN and likeness > _ALIKE


def _spread(values: Any) -> float:
    import numpy as np

    return float(np.std(values, axis=0).max()) if len(values) else 0.0


def _order_of(scores: Any) -> Any:
    """Return each row's place in the order of the scores, (n,); scores that differ in their last digits share one."""
    import numpy as np

    digits, exponents = np.frexp(scores)
    with np.errstate(over="ignore"):
        plain = np.ldexp(np.round(digits * 2.0**16), exponents - 16)
    _, place, count = np.unique(plain, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]
