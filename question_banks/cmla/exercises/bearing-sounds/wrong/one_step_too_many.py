"""A convolution with global max pooling: gradients, early stopping, alarms, a report by plant."""

import math

import numpy as np


def pooled(params, X):
    """Return the largest response of each filter and the windows they stand in, (n, f) and (n, f, w)."""
    width = params["K"].shape[1]
    windows = np.lib.stride_tricks.sliding_window_view(X, width, axis=1)
    responses = windows @ params["K"].T + params["c"]
    place = responses.argmax(axis=1)
    rows = np.arange(len(X))[:, None]
    return np.take_along_axis(responses, place[:, None, :], axis=1)[:, 0], windows[rows, place]


def scores(params, X):
    """Return the score of each of the n sounds, shape (n,)."""
    return np.maximum(pooled(params, X)[0], 0.0) @ params["v"] + params["b"][0]


def loss_and_gradients(params, X, y):
    """Return the mean logistic loss and its gradients under the keys of `params`."""
    largest, windows = pooled(params, X)
    hidden = np.maximum(largest, 0.0)
    z = hidden @ params["v"] + params["b"][0]
    loss = (np.logaddexp(0.0, z) - y * z).mean()
    slope = (np.exp(-np.logaddexp(0.0, -z)) - y) / len(y)
    back = slope[:, None] * params["v"] * (largest > 0)
    gradients = {
        "K": np.einsum("nf,nfw->fw", back, windows),
        "c": back.sum(axis=0),
        "v": hidden.T @ slope,
        "b": np.array([slope.sum()]),
    }
    return float(loss), gradients


def train(params, X, y, X_valid, y_valid, learning_rate, max_steps, patience):
    """Return the parameters with the smallest validation loss, and all validation losses."""
    best = params
    losses = [loss_and_gradients(params, X_valid, y_valid)[0]]
    waited = 0
    while len(losses) <= max_steps + 1 and waited < patience:
        _, gradients = loss_and_gradients(params, X, y)
        params = {name: params[name] - learning_rate * gradients[name] for name in params}
        loss = loss_and_gradients(params, X_valid, y_valid)[0]
        waited += 1
        if loss < min(losses):
            best, waited = params, 0
        losses.append(loss)
    return best, losses


def samples_of(model, name, recording):
    """Return the samples of a recording, brought to mean 0 and deviation 1, shape (T,)."""
    if not isinstance(recording, dict):
        raise TypeError(f"{name}: a recording must be a dict")
    for key in ("rate", "samples"):
        if key not in recording:
            raise ValueError(f"{name}: {key} is missing")
    if recording["rate"] != model["rate"]:
        raise ValueError(f"{name}: rate {recording['rate']}, not {model['rate']}")
    samples = recording["samples"]
    if not isinstance(samples, np.ndarray) or samples.dtype != np.int16:
        raise TypeError(f"{name}: samples must be an array of int16")
    if samples.ndim != 1 or len(samples) < model["min_samples"]:
        raise ValueError(f"{name}: samples must have the shape (T,), T >= {model['min_samples']}")
    if (np.abs(samples.astype(int)) >= 32767).mean() > model["max_clipped"]:
        raise ValueError(f"{name}: samples are clipped")
    if samples.min() == samples.max():
        raise ValueError(f"{name}: samples are silent")
    return (samples - samples.mean()) / samples.std()


def alarms(model, recordings):
    """Return probability and alarm for each machine."""
    if not isinstance(recordings, dict):
        raise TypeError("recordings must be a dict")
    sounds = {name: samples_of(model, name, recordings[name]) for name in recordings}
    result = {}
    for name, sound in sounds.items():
        z = scores(model["params"], sound[None])[0]
        p = float(np.exp(-np.logaddexp(0.0, -z)))
        result[name] = {"probability": p, "alarm": p >= model["threshold"]}
    return result


def interval(hits, n):
    """Return the Wilson interval at 95 % for a share of `hits` in n."""
    z = 1.96
    centre = (hits + z**2 / 2) / (n + z**2)
    half = z * math.sqrt(hits * (n - hits) / n + z**2 / 4) / (n + z**2)
    return centre - half, centre + half


def plant_report(damaged, alarm, plant, min_damaged=5):
    """Return the detection rate of each plant with its interval, and which plants differ."""
    if not len(damaged) == len(alarm) == len(plant):
        raise ValueError("damaged, alarm and plant differ in length")
    plants = {}
    for name in sorted(set(plant)):
        heard = [a for d, a, own in zip(damaged, alarm, plant) if d and own == name]
        entry = {"damaged": len(heard), "detected": None, "low": None, "high": None}
        if len(heard) >= min_damaged:
            entry["detected"] = sum(heard) / len(heard)
            entry["low"], entry["high"] = interval(sum(heard), len(heard))
        plants[name] = entry
    shown = [name for name in plants if plants[name]["detected"] is not None]
    differ = [
        (worse, better)
        for worse in shown
        for better in shown
        if plants[worse]["high"] < plants[better]["low"]
    ]
    return {"plants": plants, "differ": differ}
