"""Mean of embeddings and a linear layer: gradients, momentum, routing of requests, a report."""

import numpy as np


def mean_embeddings(params, tokens):
    """Return the mean embedding of each ticket, shape (n, e), and each position's share in it."""
    used = tokens != 0
    share = used / np.maximum(used.sum(axis=1, keepdims=True), 1)
    return (params["E"][tokens] * share[:, :, None]).sum(axis=1), share


def forward(params, tokens):
    """Return the probabilities of the k queues for each of the n tickets, shape (n, k)."""
    scores = mean_embeddings(params, tokens)[0] @ params["W"] + params["b"]
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def loss_and_gradients(params, tokens, y):
    """Return the mean cross-entropy and its gradients under the keys of `params`."""
    rows = np.arange(len(y))
    means, share = mean_embeddings(params, tokens)
    p = forward(params, tokens)
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1.0
    slope = p / len(y)
    back = slope @ params["W"].T
    embeddings = np.zeros_like(params["E"])
    np.add.at(embeddings, tokens, share[:, :, None] * back[:, None, :])
    return float(loss), {"E": embeddings, "W": means.T @ slope, "b": slope.sum(axis=0)}


def momentum_step(
    params, velocity, gradients, learning_rate, momentum=0.9, weight_decay=0.0, nesterov=False
):
    """Return parameters and velocity after one step."""
    after, moving = {}, {}
    for name, values in params.items():
        g = gradients[name]
        if name != "b":
            g = g + weight_decay * values
        moving[name] = momentum * velocity[name] + g
        step = g + momentum * moving[name] if nesterov else moving[name]
        after[name] = values - learning_rate * step
    return after, moving


def words_of(text):
    """Return the words of a text in lower case, without marks around them."""
    words = [word.strip(".,:;!?") for word in text.lower().split()]
    return [word for word in words if word]


def fault_of(model, request, seen):
    """Return what is wrong with a request: None, or the code of its first fault."""
    if not isinstance(request, dict):
        return "request"
    if not request.get("id"):
        return "id"
    if request["id"] in seen:
        return "duplicate"
    if not set(request) <= {"id", "text", "language"}:
        return "field"
    if not isinstance(request.get("text"), str) or not words_of(request["text"]):
        return "text"
    if request.get("language") not in model["languages"]:
        return "language"
    return None


def route(model, requests):
    """Return the queue and its probability, or an error, for each request."""
    if not isinstance(requests, list):
        raise TypeError("requests must be a list")
    if len(requests) > model["max_requests"]:
        raise ValueError(f"{len(requests)} requests, at most {model['max_requests']} are served")
    results, seen = [], set()
    for request in requests:
        fault = fault_of(model, request, seen)
        name = None if fault in ("request", "id") else request["id"]
        seen.add(name)
        if fault:
            results.append({"id": name, "error": fault})
            continue
        tokens = [model["vocabulary"].get(word, 1) for word in words_of(request["text"])]
        (p,) = forward(model["params"], np.array([tokens[: model["length"]]]))
        queue = model["queues"][int(p.argmax())]
        results.append({"id": name, "queue": queue, "probability": float(p.max())})
    return results


def language_report(queue, routed, language, languages, min_tickets=30, ratio=0.8):
    """Return size, share refused and accuracy of each language, and who is served far worse."""
    if not len(queue) == len(routed) == len(language):
        raise ValueError("queue, routed and language differ in length")
    if not set(language) <= set(languages):
        raise ValueError("unknown language")
    entries = {}
    for name in languages:
        pairs = [
            (right, given) for right, given, own in zip(queue, routed, language) if own == name
        ]
        n = len(pairs)
        entries[name] = {"n": n, "refused_rate": None, "accuracy": None, "flagged": None}
        if n >= max(min_tickets, 1):
            entries[name]["refused_rate"] = sum(given is None for _, given in pairs) / n
            entries[name]["accuracy"] = sum(given == right for right, given in pairs) / n
    shown = [entry for entry in entries.values() if entry["accuracy"] is not None]
    best = max((entry["accuracy"] for entry in shown), default=None)
    for entry in shown:
        entry["flagged"] = entry["accuracy"] < ratio * best
    return {"languages": entries, "best": best}
