"""Sample tests: a network by hand, one step, a record, a small report."""

import numpy as np
import pytest
from solution import forward, loss_and_gradients, predict, subgroup_report, train_step

PARAMS = {
    "W1": np.array([[1.0], [-1.0]]),
    "b1": np.array([0.0]),
    "W2": np.array([2.0]),
    "b2": np.array([0.5]),
}
X = np.array([[1.0, 1.0], [2.0, 1.0]])
Y = np.array([1.0, 0.0])


def test_probabilities_by_hand():
    scores = np.array([0.5, 2.0 * np.tanh(1.0) + 0.5])
    assert forward(PARAMS, X) == pytest.approx(1 / (1 + np.exp(-scores)))


def test_a_step_lowers_the_loss():
    loss, gradients = loss_and_gradients(PARAMS, X, Y)
    assert {name: gradients[name].shape for name in gradients} == {
        name: PARAMS[name].shape for name in PARAMS
    }
    after, before = train_step(PARAMS, X, Y, learning_rate=0.1)
    assert before == pytest.approx(loss)
    assert loss_and_gradients(after, X, Y)[0] < loss


def test_a_record_and_a_faulty_one():
    model = {
        "fields": ["income", "loan"],
        "low": [0.0, 1.0],
        "high": [100.0, 50.0],
        "mean": np.array([30.0, 10.0]),
        "std": np.array([10.0, 5.0]),
        "params": PARAMS,
    }
    probability = predict(model, [{"loan": 15.0, "income": 40}])
    assert probability == pytest.approx([1 / (1 + np.exp(-0.5))])
    with pytest.raises(ValueError, match="loan"):
        predict(model, [{"loan": 60.0, "income": 40}])


def test_a_small_report():
    report = subgroup_report([1, 1, 0, 1], [0.9, 0.2, 0.5, 0.7], list("abab"), ["a", "b"])
    assert report["groups"]["b"] == {"n": 2, "selection_rate": 0.5, "recall": 0.5}
    assert report["recall_gap"] == pytest.approx(0.5)
