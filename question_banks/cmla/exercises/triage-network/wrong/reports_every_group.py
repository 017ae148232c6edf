"""Reports groups of one or two people by name."""

import numpy as np


def hidden_values(params, X):
    """Return the values of the hidden layer, shape (n, h)."""
    return np.maximum(X @ params["W1"] + params["b1"], 0.0)


def log_probabilities(params, X):
    """Return the logarithms of the class probabilities, shape (n, k)."""
    z = hidden_values(params, X) @ params["W2"] + params["b2"]
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def forward(params, X):
    """Return the class probabilities of the n rows of X, shape (n, k)."""
    return np.exp(log_probabilities(params, X))


def loss_and_gradients(params, X, y, class_weight):
    """Return the weighted loss and its gradients under the keys of `params`."""
    rows = np.arange(len(y))
    share = class_weight[y] / class_weight[y].sum()
    logs = log_probabilities(params, X)
    loss = -(share * logs[rows, y]).sum()
    hidden = hidden_values(params, X)
    slope = np.exp(logs)
    slope[rows, y] -= 1.0
    slope *= share[:, None]
    back = (slope @ params["W2"].T) * (hidden > 0)
    gradients = {
        "W1": X.T @ back,
        "b1": back.sum(axis=0),
        "W2": hidden.T @ slope,
        "b2": slope.sum(axis=0),
    }
    return float(loss), gradients


def train_epoch(
    params, velocity, X, y, class_weight, order, batch_size, learning_rate, momentum=0.9
):
    """Return parameters and velocity after one pass over the rows in the given order."""
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        _, gradients = loss_and_gradients(params, X[rows], y[rows], class_weight)
        velocity = {
            name: momentum * velocity[name] - learning_rate * gradients[name] for name in params
        }
        params = {name: params[name] + velocity[name] for name in params}
    return params, velocity


def check_batch(model, batch):
    """Raise TypeError or ValueError where a batch cannot be served."""
    if not isinstance(batch, np.ndarray):
        raise TypeError("batch must be an array")
    if not (np.issubdtype(batch.dtype, np.integer) or np.issubdtype(batch.dtype, np.floating)):
        raise TypeError(f"batch must hold numbers, not {batch.dtype}")
    width = len(model["mean"])
    if batch.ndim != 2 or batch.shape[1] != width:
        raise ValueError(f"batch must have the shape (n, {width}), not {batch.shape}")
    if len(batch) > model["max_batch"]:
        raise ValueError(f"batch has {len(batch)} rows, at most {model['max_batch']} are served")
    faulty = np.flatnonzero(~np.isfinite(batch).all(axis=1))
    if len(faulty):
        raise ValueError(f"row {faulty[0]} holds a value that is not finite")


def classify(model, batch):
    """Return the label, -1 where a person must decide, and the confidence of each row."""
    check_batch(model, batch)
    X = (batch.astype(float) - model["mean"]) / model["std"]
    probability = forward(model["params"], X)
    confidence = probability.max(axis=1)
    label = np.where(confidence >= model["min_confidence"], probability.argmax(axis=1), -1)
    return {"label": label, "confidence": confidence}


def subgroup_report(y, label, group, min_size=10):
    """Return size, referral rate, accuracy and missed urgent calls of each group."""
    y, label, group = np.asarray(y), np.asarray(label), np.asarray(group)
    if not len(y) == len(label) == len(group):
        raise ValueError("y, label and group differ in length")
    names, codes, sizes = np.unique(group, return_inverse=True, return_counts=True)
    large = sizes >= 1
    rows_of = {str(names[code]): codes == code for code in np.flatnonzero(large)}
    if not large.all():
        rows_of["other"] = ~large[codes]
    report = {}
    for name, rows in rows_of.items():
        truth, given = y[rows], label[rows]
        entry = {"n": len(truth), "referral_rate": None, "accuracy": None, "missed_urgent": None}
        if len(truth):
            decided, urgent = given != -1, truth == 2
            entry["referral_rate"] = float((~decided).mean())
            if decided.any():
                entry["accuracy"] = float((given == truth)[decided].mean())
            if urgent.any():
                entry["missed_urgent"] = float((decided & (given != 2))[urgent].mean())
        report[name] = entry
    return report
