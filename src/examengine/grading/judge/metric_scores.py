"""The metrics, computed by scikit-learn, and the bound on the worse side.

The bound is a percentile of the bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13):
hold-out rows are drawn with replacement, within each label where there are labels, so that every draw can be
measured; the seeds take turns. Of 1,000 draws the 50th worst is the one-sided bound of 95 %. The random numbers
are those of NumPy's RandomState, whose sequence is promised never to change.
"""

import warnings
from typing import Any, Final

from examengine.grading.judge.metric_data import MetricOrder, Tables
from examengine.grading.judge.metric_draws import drawn_metric

DRAWS: Final = 1000
WORST: Final = 50
"""WORST / DRAWS: the share of draws that lie beyond the bound, 5 %."""


def measure(order: MetricOrder, tables: Tables, predictions: Any) -> float:
    """Return the metric of predictions for all hold-out rows."""
    import numpy as np
    from sklearn import metrics

    truth, given = tables.truth, predictions
    labels = range(len(tables.classes))
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        match order.metric:
            case "accuracy":
                found = metrics.accuracy_score(truth, given)
            case "balanced_accuracy":
                found = metrics.balanced_accuracy_score(truth, given)
            case "f1":
                found = metrics.f1_score(truth, given, zero_division=0)
            case "f1_macro":
                found = metrics.f1_score(truth, given, labels=list(labels), average="macro", zero_division=0)
            case "precision":
                found = metrics.precision_score(truth, given, zero_division=0)
            case "recall":
                found = metrics.recall_score(truth, given, zero_division=0)
            case "quadratic_kappa":
                found = metrics.cohen_kappa_score(truth, given, labels=list(labels), weights="quadratic")
            case "roc_auc":
                found = metrics.roc_auc_score(truth, given)
            case "average_precision":
                found = metrics.average_precision_score(truth, given)
            case "log_loss":
                found = metrics.log_loss(truth, given, labels=list(labels))
            case "brier":
                found = metrics.brier_score_loss(truth, given)
            case "mse":
                found = metrics.mean_squared_error(truth, given)
            case "rmse":
                found = metrics.mean_squared_error(truth, given) ** 0.5
            case "mae":
                found = metrics.mean_absolute_error(truth, given)
            case "r2":
                found = metrics.r2_score(truth, given)
            case _:
                raise ValueError(f"unknown metric {order.metric!r}")
    return float(found)


def bound(order: MetricOrder, tables: Tables, by_seed: list[Any]) -> float:
    """Return the one-sided 95 % bound on the worse side over hold-out rows and seeds; nan where it has none."""
    import numpy as np

    source = np.random.RandomState(0)
    rows = len(tables.truth)
    strata = [np.arange(rows)]
    if tables.classes:
        strata = [np.flatnonzero(tables.truth == code) for code in np.unique(tables.truth)]
    found = []
    with np.errstate(all="ignore"):
        metrics = [drawn_metric(order, tables, predictions) for predictions in by_seed]
        for draw in range(DRAWS):
            taken = np.concatenate([places[source.randint(0, len(places), len(places))] for places in strata])
            found.append(metrics[draw % len(metrics)](np.bincount(taken, minlength=rows)))
    if any(value != value for value in found):  # noqa: PLR0124 - NaN alone
        return float("nan")
    found.sort(reverse=not order.greater_is_better)
    return found[WORST - 1]


def best_constant(order: MetricOrder, tables: Tables) -> float:
    """Return the best that the same prediction for every row can reach on the hold-out rows."""
    import numpy as np

    truth, rows = tables.truth, len(tables.truth)
    if order.kind == "labels":
        tries = [np.full(rows, code) for code in range(len(tables.classes))]
    elif order.kind == "values":
        tries = [np.full(rows, np.mean(truth)), np.full(rows, np.median(truth))]
    elif order.kind == "scores":
        tries = [np.zeros(rows)]
    else:
        shares = np.bincount(truth, minlength=len(tables.classes)) / rows
        tries = [np.full(rows, shares[1]) if len(shares) == 2 else np.tile(shares, (rows, 1))]
    reached = [measure(order, tables, one) for one in tries]
    return max(reached) if order.greater_is_better else min(reached)
