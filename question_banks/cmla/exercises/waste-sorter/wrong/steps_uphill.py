"""Softmax regression with label smoothing and Adam, a validated sorter, a report by district."""

import numpy as np


def smoothed_loss(params, X, y, smoothing):
    """Return the mean cross-entropy against smoothed targets, and its gradients."""
    scores = X @ params["W"] + params["b"]
    scores = scores - scores.max(axis=1, keepdims=True)
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    n, k = logs.shape
    target = np.full((n, k), smoothing / k)
    target[np.arange(n), y] += 1.0 - smoothing
    slope = (np.exp(logs) - target) / n
    loss = -(target * logs).sum() / n
    return float(loss), {"W": X.T @ slope, "b": slope.sum(axis=0)}


def adam_step(params, gradients, state, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Return the parameters and the state after one step of Adam."""
    t = state["t"] + 1
    after, m, v = {}, {}, {}
    for name, g in gradients.items():
        m[name] = beta1 * state["m"][name] + (1 - beta1) * g
        v[name] = beta2 * state["v"][name] + (1 - beta2) * g**2
        size = np.sqrt(v[name] / (1 - beta2**t)) + epsilon
        after[name] = params[name] + learning_rate * m[name] / (1 - beta1**t) / size
    return after, {"t": t, "m": m, "v": v}


def fit(X, y, k, steps, learning_rate, smoothing):
    """Return the parameters after so many steps on all rows, from zeros."""
    shapes = {"W": (X.shape[1], k), "b": (k,)}
    params, m, v = ({name: np.zeros(shape) for name, shape in shapes.items()} for _ in range(3))
    state = {"t": 0, "m": m, "v": v}
    for _ in range(steps):
        _, gradients = smoothed_loss(params, X, y, smoothing)
        params, state = adam_step(params, gradients, state, learning_rate)
    return params


def check_columns(model, table):
    """Raise where the table is no dict of lists of equal length under the right names."""
    if not isinstance(table, dict):
        raise TypeError("the table must be a dict of columns")
    names = [*model["ranges"], "camera"]
    for name in [*names, *table]:
        if name not in table:
            raise ValueError(f"column {name} is missing")
        if name not in names:
            raise ValueError(f"column {name} is unknown")
        if not isinstance(table[name], list):
            raise TypeError(f"column {name} must be a list")
    lengths = {name: len(values) for name, values in table.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"the columns differ in length: {lengths}")


def check_values(model, table):
    """Raise for a value that is no number or out of range, and for an unknown camera."""
    for name, (low, high) in model["ranges"].items():
        for row, value in enumerate(table[name]):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise TypeError(f"column {name}, row {row}: {value!r} is no number")
            if not low <= value <= high:
                raise ValueError(f"column {name}, row {row}: {value} is not in {low} to {high}")
    for row, camera in enumerate(table["camera"]):
        if camera not in model["cameras"]:
            raise ValueError(f"column camera, row {row}: {camera!r} is unknown")


def sort_items(model, table):
    """Return the bin of each item and the margin to the second."""
    check_columns(model, table)
    check_values(model, table)
    numbers = np.array([table[name] for name in model["ranges"]]).T
    place = [model["cameras"].index(camera) for camera in table["camera"]]
    cameras = np.eye(len(model["cameras"]))[np.array(place, dtype=int)]
    X = np.hstack([(numbers - model["mean"]) / model["std"], cameras])
    scores = X @ model["params"]["W"] + model["params"]["b"]
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    ordered = np.sort(p / p.sum(axis=1, keepdims=True), axis=1)
    return {
        "bin": [model["bins"][code] for code in scores.argmax(axis=1)],
        "margin": (ordered[:, -1] - ordered[:, -2]).tolist(),
    }


def district_report(truth, given, district, min_items=20):
    """Return the error rates of the districts, and what is kept back."""
    if not len(truth) == len(given) == len(district):
        raise ValueError("truth, given and district differ in length")
    errors = {}
    for right, said, name in zip(truth, given, district):
        errors.setdefault(name, []).append(right != said)
    by_size = sorted(errors, key=lambda name: (len(errors[name]), name))
    hidden = sum(len(wrong) < min_items for wrong in errors.values())
    if hidden == 1:
        hidden = 2
    shown = {
        name: {"n": len(errors[name]), "error_rate": sum(errors[name]) / len(errors[name])}
        for name in by_size[hidden:]
    }
    rates = [entry["error_rate"] for entry in shown.values()]
    everything = [wrong for flags in errors.values() for wrong in flags]
    return {
        "all": sum(everything) / len(everything) if everything else None,
        "districts": shown,
        "suppressed": sorted(by_size[:hidden]),
        "gap": max(rates) - min(rates) if len(rates) > 1 else None,
    }
