"""Sample tests: probabilities, an epoch, a batch, a small report."""

import numpy as np
import pytest
from solution import classify, forward, loss_and_gradients, subgroup_report, train_epoch

PARAMS = {
    "W1": np.array([[1.0, -1.0], [0.5, 1.0]]),
    "b1": np.array([0.1, -0.2]),
    "W2": np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 0.5]]),
    "b2": np.array([0.0, 0.1, 0.2]),
}
X = np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, 1.0], [2.0, -1.0]])
Y = np.array([0, 2, 1, 0])


def test_probabilities_of_each_row_sum_to_one():
    probability = forward(PARAMS, X)
    assert probability.shape == (4, 3)
    assert probability.sum(axis=1) == pytest.approx(np.ones(4))
    scores = np.array([2.1, 0.8 + 0.1, -2.1 + 0.4 + 0.2])
    assert probability[0] == pytest.approx(np.exp(scores) / np.exp(scores).sum())


def test_epochs_lower_the_loss():
    weight = np.ones(3)
    velocity = {name: np.zeros_like(values) for name, values in PARAMS.items()}
    before, _ = loss_and_gradients(PARAMS, X, Y, weight)
    params = PARAMS
    for _ in range(5):
        params, velocity = train_epoch(
            params, velocity, X, Y, weight, np.array([2, 0, 3, 1]), 4, 0.05
        )
    assert loss_and_gradients(params, X, Y, weight)[0] < before


def test_a_batch_and_a_faulty_one():
    model = {
        "params": PARAMS,
        "mean": np.zeros(2),
        "std": np.ones(2),
        "min_confidence": 0.5,
        "max_batch": 10,
    }
    result = classify(model, X)
    assert result["label"].shape == (4,)
    assert result["label"][0] == 0
    with pytest.raises(ValueError, match="2"):
        classify(model, np.ones((3, 5)))


def test_a_small_report():
    report = subgroup_report([0, 2, 2, 1], [0, 1, -1, 1], list("aaaa"), min_size=4)
    assert report["a"]["n"] == 4
    assert report["a"]["referral_rate"] == pytest.approx(1 / 4)
    assert report["a"]["accuracy"] == pytest.approx(2 / 3)
    assert report["a"]["missed_urgent"] == pytest.approx(1 / 2)
