"""Sample tests: a loss, a step, a table, a small report."""

import numpy as np
import pytest
from solution import adam_step, district_report, fit, smoothed_loss, sort_items

X = np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, -1.0]])
Y = np.array([0, 1, 2])


def test_the_loss_of_zeros_and_the_first_step():
    params = {"W": np.zeros((2, 3)), "b": np.zeros(3)}
    loss, gradients = smoothed_loss(params, X, Y, 0.3)
    assert loss == pytest.approx(np.log(3))
    assert gradients["b"] == pytest.approx(np.zeros(3))
    state = {"t": 0, "m": params, "v": params}
    after, state = adam_step(params, gradients, state, 0.1)
    assert state["t"] == 1
    assert np.abs(after["W"]) == pytest.approx(np.full((2, 3), 0.1), rel=1e-5)


def test_training_sorts_the_rows():
    params = fit(X, Y, 3, 50, 0.1, 0.1)
    assert (X @ params["W"] + params["b"]).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_table_and_a_faulty_one():
    model = {
        "ranges": {"weight": (0, 500)},
        "mean": np.array([100.0]),
        "std": np.array([50.0]),
        "cameras": ["north", "south"],
        "bins": ["glass", "paper"],
        "params": {"W": np.array([[2.0, 0.0], [0.5, 0.0], [0.0, 0.0]]), "b": np.zeros(2)},
    }
    result = sort_items(model, {"camera": ["north", "south"], "weight": [150, 50.0]})
    assert result["bin"] == ["glass", "paper"]
    share = 1 / (1 + np.exp(-2.0))
    assert result["margin"][1] == pytest.approx(share - (1 - share))
    with pytest.raises(ValueError, match=r"weight.*1"):
        sort_items(model, {"camera": ["north", "south"], "weight": [150, 501]})


def test_a_small_report():
    report = district_report(list("gpgp"), list("gpgg"), ["A", "A", "B", "B"], min_items=2)
    assert report == {
        "all": 0.25,
        "districts": {"A": {"n": 2, "error_rate": 0.0}, "B": {"n": 2, "error_rate": 0.5}},
        "suppressed": [],
        "gap": 0.5,
    }
