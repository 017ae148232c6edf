"""Sample tests: probabilities, a step, two requests, a small report."""

import numpy as np
import pytest
from solution import forward, language_report, loss_and_gradients, momentum_step, route

PARAMS = {
    "E": np.array([[9.0, 9.0], [0.0, 0.0], [1.0, -1.0], [-1.0, 1.0]]),
    "W": np.array([[1.0, 0.0], [0.0, 1.0]]),
    "b": np.zeros(2),
}
MODEL = {
    "params": PARAMS,
    "vocabulary": {"refund": 2, "password": 3},
    "length": 4,
    "queues": ["billing", "login"],
    "languages": ["en", "de"],
    "max_requests": 10,
}


def test_padding_counts_for_nothing():
    p = forward(PARAMS, np.array([[2, 0, 0], [2, 2, 3]]))
    assert p[0] == pytest.approx(np.exp([1.0, -1.0]) / np.exp([1.0, -1.0]).sum())
    assert p[1, 0] == pytest.approx(1 / (1 + np.exp(-2 / 3)))


def test_steps_lower_the_loss():
    tokens, y = np.array([[2, 1], [3, 0]]), np.array([1, 0])
    velocity = {name: np.zeros_like(values) for name, values in PARAMS.items()}
    before, gradients = loss_and_gradients(PARAMS, tokens, y)
    after, velocity = momentum_step(PARAMS, velocity, gradients, 0.1)
    assert loss_and_gradients(after, tokens, y)[0] < before


def test_a_request_and_a_faulty_one():
    results = route(
        MODEL,
        [
            {"id": "7", "text": "Refund, please!", "language": "en"},
            {"id": "8", "text": "...", "language": "de"},
        ],
    )
    assert results[0]["queue"] == "billing"
    assert results[0]["probability"] == pytest.approx(1 / (1 + np.exp(-1.0)))
    assert results[1] == {"id": "8", "error": "text"}


def test_a_small_report():
    report = language_report(
        ["a", "a", "b"], ["a", None, "b"], ["en", "en", "de"], ["en", "de", "fr"], min_tickets=1
    )
    english = {"n": 2, "refused_rate": 0.5, "accuracy": 0.5, "flagged": True}
    assert report["languages"]["en"] == english
    assert report["languages"]["fr"]["accuracy"] is None
    assert report["best"] == 1.0
