# %% [network] your answer
def forward(params, X):
    """Return the predictions for the n rows of X, shape (n,)."""
    return np.logaddexp(0.0, X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


def huber_and_gradients(params, X, y, delta):
    """Return the mean Huber loss and its gradients under the keys of `params`."""
    a = X @ params["W1"] + params["b1"]
    hidden = np.logaddexp(0.0, a)
    r = forward(params, X) - y
    clipped = np.clip(r, -delta, delta)
    loss = (clipped * (r - clipped / 2)).mean()
    slope = clipped / len(y)
    back = slope[:, None] * params["W2"] * np.exp(a - hidden)
    gradients = {
        "W1": X.T @ back,
        "b1": back.sum(axis=0),
        "W2": hidden.T @ slope,
        "b2": np.array([slope.sum()]),
    }
    return float(loss), gradients


# %% [training] your answer
def clipped_step(params, gradients, learning_rate, max_norm):
    """Return new parameters and the norm of all gradients before clipping."""
    norm = float(np.sqrt(sum((g**2).sum() for g in gradients.values())))
    if not math.isfinite(norm):
        return dict(params), norm
    rate = learning_rate * (max_norm / norm if norm > max_norm else 1.0)
    for name in params:
        params[name] -= rate * gradients[name]
    return params, norm


def train(params, X, y, steps, learning_rate, delta, max_norm):
    """Return the parameters after so many steps, and how many steps were clipped."""
    clipped = 0
    for _ in range(steps):
        _, gradients = huber_and_gradients(params, X, y, delta)
        params, norm = clipped_step(params, gradients, learning_rate, max_norm)
        clipped += norm > max_norm
    return params, clipped


# %% [serving] your answer
def quote(model, orders):
    """Return the minutes, and what was assumed, for each order."""
    if not isinstance(orders, list):
        raise TypeError("orders must be a list")

    def is_number(value):
        return isinstance(value, int | float) and not isinstance(value, bool)

    faults = []
    for position, order in enumerate(orders):
        if not isinstance(order, dict):
            faults.append(f"{position}: order")
            continue
        faulty = sorted(set(order) - {"distance", "unit", "items", "rain"})
        distance, items, rain = order.get("distance"), order.get("items"), order.get("rain")
        if not is_number(distance) or not 0 < distance < math.inf:
            faulty.append("distance")
        if type(items) is not int or not 1 <= items <= model["max_items"]:
            faulty.append("items")
        if rain is not None and (not is_number(rain) or not 0 <= rain < math.inf):
            faulty.append("rain")
        if order.get("unit", "km") not in ("km", "mi"):
            faulty.append("unit")
        faults += [f"{position}: {field}" for field in sorted(faulty)]
    if faults:
        raise ValueError("\n".join(faults))
    result = []
    for order in orders:
        km = order["distance"] * (1.609344 if order.get("unit") == "mi" else 1.0)
        missing = order.get("rain") is None
        rain = model["usual_rain"] if missing else order["rain"]
        x = (np.array([km, order["items"], rain]) - model["mean"]) / model["std"]
        (z,) = forward(model["params"], x[None])
        minutes = max(model["shortest"], float(model["y_mean"] + model["y_std"] * z))
        result.append({"minutes": minutes, "assumed": ["rain"] if missing else []})
    return result


# %% [report] your answer
def area_report(actual, promised, area, min_orders=25, late_after=10):
    """Return how late the areas are served, and the largest gap between them."""
    if not len(actual) == len(promised) == len(area):
        raise ValueError("actual, promised and area differ in length")
    areas, left_out = {}, {"areas": 0, "orders": 0}
    for name in sorted(set(area)):
        pairs = [(a, p) for a, p, own in zip(actual, promised, area) if own == name]
        if len(pairs) < min_orders:
            left_out["areas"] += 1
            left_out["orders"] += len(pairs)
            continue
        delays = [a - p for a, p in pairs if a is not None]
        late = len(pairs) - sum(delay <= late_after for delay in delays)
        areas[name] = {
            "n": len(pairs),
            "late_rate": late / len(pairs),
            "bias": sum(delays) / len(delays) if delays else None,
        }
    gap = None
    if len(areas) > 1:
        worst = max(areas, key=lambda name: areas[name]["late_rate"])
        best = min(areas, key=lambda name: areas[name]["late_rate"])
        difference = areas[worst]["late_rate"] - areas[best]["late_rate"]
        gap = {"worst": worst, "best": best, "gap": difference}
    return {"areas": areas, "left_out": left_out, "late_gap": gap}
