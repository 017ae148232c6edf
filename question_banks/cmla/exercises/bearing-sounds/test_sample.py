"""Sample tests: scores, a few steps, a recording, a small report."""

import numpy as np
import pytest
from solution import alarms, loss_and_gradients, plant_report, scores, train

PARAMS = {
    "K": np.array([[1.0, -1.0], [0.5, 0.5]]),
    "c": np.array([0.0, -0.5]),
    "v": np.array([1.0, -2.0]),
    "b": np.array([0.25]),
}
X = np.array([[0.0, 3.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0]])
Y = np.array([1, 0])


def test_the_largest_response_makes_the_score():
    assert scores(PARAMS, X) == pytest.approx([2.0 - 2 * 1.5 + 0.25, 0.25])


def test_training_returns_the_best_parameters():
    params, losses = train(PARAMS, X, Y, X, Y, 0.1, 5, 2)
    assert len(losses) == 6
    assert losses[0] == pytest.approx(loss_and_gradients(PARAMS, X, Y)[0])
    assert loss_and_gradients(params, X, Y)[0] == pytest.approx(min(losses))


def test_a_recording_and_a_faulty_one():
    model = {
        "params": PARAMS,
        "rate": 8000,
        "min_samples": 3,
        "max_clipped": 0.1,
        "threshold": 0.5,
    }
    samples = np.array([100, -100, 100, -100], dtype=np.int16)
    result = alarms(model, {"pump": {"rate": 8000, "samples": samples}})
    assert result["pump"]["probability"] == pytest.approx(1 / (1 + np.exp(-2.25)))
    assert result["pump"]["alarm"]
    with pytest.raises(ValueError, match=r"pump.*silent"):
        alarms(model, {"pump": {"rate": 8000, "samples": samples * 0}})


def test_a_small_report():
    report = plant_report([1, 1, 0], [True, False, True], ["A", "A", "B"], min_damaged=2)
    assert report["plants"]["A"]["detected"] == 0.5
    assert report["plants"]["A"]["low"] == pytest.approx(0.0945, abs=1e-3)
    assert report["plants"]["B"] == {"damaged": 0, "detected": None, "low": None, "high": None}
    assert report["differ"] == []
