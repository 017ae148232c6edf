"""Rows whose group is not listed vanish from the report."""

import math

import numpy as np


def scores(params, X):
    """Return the hidden values (n, h) and the scores (n,) before the last sigmoid."""
    hidden = np.tanh(X @ params["W1"] + params["b1"])
    return hidden, hidden @ params["W2"] + params["b2"][0]


def sigmoid(z):
    """Return 1 / (1 + exp(-z)) without overflow."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def forward(params, X):
    """Return the probabilities of the n rows of X, shape (n,)."""
    return sigmoid(scores(params, X)[1])


def loss_and_gradients(params, X, y, weight_decay=0.0):
    """Return the loss and the gradients under the keys and in the shapes of `params`."""
    hidden, z = scores(params, X)
    squares = (params["W1"] ** 2).sum() + (params["W2"] ** 2).sum()
    loss = (np.logaddexp(0.0, z) - y * z).mean() + 0.5 * weight_decay * squares
    slope = (sigmoid(z) - y) / len(y)
    back = np.outer(slope, params["W2"]) * (1.0 - hidden**2)
    gradients = {
        "W1": X.T @ back + weight_decay * params["W1"],
        "b1": back.sum(axis=0),
        "W2": hidden.T @ slope + weight_decay * params["W2"],
        "b2": np.array([slope.sum()]),
    }
    return float(loss), gradients


def train_step(params, X, y, learning_rate, weight_decay=0.0):
    """Return the parameters after one step of gradient descent, and the loss before it."""
    loss, gradients = loss_and_gradients(params, X, y, weight_decay)
    return {name: params[name] - learning_rate * gradients[name] for name in params}, loss


def checked(model, records):
    """Return the values of valid records in the order of the model's fields, shape (n, d)."""
    if not isinstance(records, list):
        raise TypeError("records must be a list")
    rows = []
    for position, record in enumerate(records):
        if not isinstance(record, dict):
            raise TypeError(f"record {position}: not a dict")
        for name in model["fields"]:
            if name not in record:
                raise ValueError(f"record {position}: {name} is missing")
        for name in record:
            if name not in model["fields"]:
                raise ValueError(f"record {position}: {name} is not a field")
        row = []
        for name, low, high in zip(model["fields"], model["low"], model["high"], strict=True):
            value = record[name]
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise TypeError(f"record {position}: {name} must be a number")
            if not math.isfinite(value) or not low <= value <= high:
                raise ValueError(f"record {position}: {name} is not from {low} to {high}")
            row.append(float(value))
        rows.append(row)
    return np.array(rows, dtype=float).reshape(len(rows), len(model["fields"]))


def predict(model, records):
    """Return the probabilities of valid records, shape (n,)."""
    values = checked(model, records)
    return forward(model["params"], (values - model["mean"]) / model["std"])


def subgroup_report(repaid, probability, group, groups, threshold=0.5):
    """Return size, selection rate and recall of each group, and the gap between the recalls."""
    if not len(repaid) == len(probability) == len(group):
        raise ValueError("repaid, probability and group differ in length")
    report = {}
    for name in groups:
        rows = [i for i, other in enumerate(group) if other == name]
        selected = [bool(probability[i] >= threshold) for i in rows]
        found = [chosen for i, chosen in zip(rows, selected, strict=True) if repaid[i] == 1]
        report[name] = {
            "n": len(rows),
            "selection_rate": sum(selected) / len(rows) if rows else None,
            "recall": sum(found) / len(found) if found else None,
        }
    recalls = [entry["recall"] for entry in report.values() if entry["recall"] is not None]
    gap = max(recalls) - min(recalls) if len(recalls) > 1 else None
    return {"groups": report, "recall_gap": gap}
