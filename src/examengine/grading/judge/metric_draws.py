"""The metrics once more, as functions of how often each hold-out row was drawn.

scikit-learn says what a metric is (`metric_scores`, and the tests hold both together); one of its calls takes
milliseconds, though, and a bound needs a thousand draws.
"""

from collections.abc import Callable
from typing import Any

from examengine.grading.judge.metric_data import MetricOrder, Tables

Drawn = Callable[[Any], float]
"""ndarray (n,) of counts, not all zero, to the metric of the rows drawn."""


def drawn_metric(order: MetricOrder, tables: Tables, predictions: Any) -> Drawn:
    """Return the metric of these predictions as a function of the counts of rows."""
    if order.kind == "labels":
        return _of_labels(order.metric, tables, predictions)
    if order.kind == "scores":
        return _of_scores(order.metric, tables.truth, predictions)
    return _of_errors(order.metric, tables, predictions)


def _of_labels(metric: str, tables: Tables, predictions: Any) -> Drawn:
    import numpy as np

    size = len(tables.classes)
    cells = tables.truth * size + predictions
    places = np.arange(size)
    apart = np.subtract.outer(places, places) ** 2

    def found(counts: Any) -> float:
        table = np.bincount(cells, weights=counts, minlength=size * size).reshape(size, size)
        hits, true, given = np.diag(table), table.sum(axis=1), table.sum(axis=0)
        match metric:
            case "accuracy":
                return float(hits.sum() / table.sum())
            case "balanced_accuracy":
                return float(np.mean(hits[true > 0] / true[true > 0]))
            case "precision":
                return _ratio(hits[1], given[1])
            case "recall":
                return _ratio(hits[1], true[1])
            case "f1":
                return _ratio(2 * hits[1], true[1] + given[1])
            case "f1_macro":
                return float(np.mean([_ratio(2 * hits[code], true[code] + given[code]) for code in places]))
            case _:
                chance = np.outer(true, given) / table.sum()
                return float(1 - (apart * table).sum() / (apart * chance).sum())

    return found


def _of_scores(metric: str, truth: Any, scores: Any) -> Drawn:
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    truth, scores = truth[order], scores[order]
    # Rows of one score stand or fall together.
    ends = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)

    def found(counts: Any) -> float:
        counts = counts[order]
        right = np.cumsum(counts * truth)[ends]
        wrong = np.cumsum(counts * (1 - truth))[ends]
        gained = np.diff(right, prepend=0)
        if metric == "roc_auc":
            lost = np.diff(wrong, prepend=0)
            return float((lost * (right - gained / 2)).sum() / (right[-1] * wrong[-1]))
        taken = np.maximum(right + wrong, 1)
        return float((gained * right / taken).sum() / right[-1])

    return found


def _of_errors(metric: str, tables: Tables, predictions: Any) -> Drawn:
    import numpy as np

    truth = tables.truth
    if metric == "log_loss":
        own = predictions[np.arange(len(truth)), truth] if predictions.ndim == 2 else None
        if own is None:
            own = np.where(truth == 1, predictions, 1 - predictions)
        least = np.finfo(np.float64).eps
        errors = -np.log(np.clip(own, least, 1 - least))
    elif metric == "mae":
        errors = np.abs(truth - predictions)
    else:
        errors = (truth - predictions) ** 2

    def found(counts: Any) -> float:
        mean = float(np.average(errors, weights=counts))
        if metric == "rmse":
            return float(mean**0.5)
        if metric != "r2":
            return mean
        spread = float(np.average((truth - np.average(truth, weights=counts)) ** 2, weights=counts))
        return 1 - mean / spread if spread else float(mean == 0)

    return found


def _ratio(part: Any, whole: Any) -> float:
    return float(part / whole) if whole else 0.0
