"""Hidden tests of the triage network: training, serving, faulty batches, report by group."""

import copy
import csv
from pathlib import Path

import numpy as np
import pytest
from solution import classify, forward, loss_and_gradients, subgroup_report, train_epoch

HERE = Path(__file__).parent
FIELDS = ["age", "pain", "pulse", "temperature", "hours", "repeat_calls"]


def network(seed, inputs=4, hidden=5, classes=3):
    """Return parameters, none of them zero."""
    rng = np.random.default_rng(seed)
    shapes = {"W1": (inputs, hidden), "b1": (hidden,), "W2": (hidden, classes), "b2": (classes,)}
    return {name: rng.normal(0.0, 0.5, shape) for name, shape in shapes.items()}


def standing_still(params):
    return {name: np.zeros_like(values) for name, values in params.items()}


def rows(seed, count):
    """Return inputs and classes without meaning."""
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, 1.0, (count, 4)), rng.integers(0, 3, count)


def plain_logs(params, X):
    z = np.maximum(X @ params["W1"] + params["b1"], 0.0) @ params["W2"] + params["b2"]
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


def plain_loss(params, X, y, weight):
    logs = plain_logs(params, X)[np.arange(len(y)), y]
    return -(weight[y] * logs).sum() / weight[y].sum()


def slopes(params, X, y, weight, step=1e-6):
    """Return the gradients by central differences."""
    result = {}
    for name, values in params.items():
        result[name] = np.zeros_like(values)
        for index in np.ndindex(values.shape):
            losses = []
            for sign in (1.0, -1.0):
                moved = copy.deepcopy(params)
                moved[name][index] += sign * step
                losses.append(plain_loss(moved, X, y, weight))
            result[name][index] = (losses[0] - losses[1]) / (2 * step)
    return result


def read(name):
    """Return inputs (n, 6) and classes (n,) of a table beside the tests or in a folder there."""
    with next(HERE.rglob(name)).open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    return (
        np.array([[float(row[field]) for field in FIELDS] for row in table]),
        np.array([int(row["urgency"]) for row in table]),
    )


def are_equal(left, right):
    return set(left) == set(right) and all(
        np.array_equal(left[name], right[name]) for name in right
    )


@pytest.fixture
def model():
    return {
        "params": network(5),
        "mean": np.array([50.0, 5.0, 84.0, 37.0]),
        "std": np.array([20.0, 3.0, 17.0, 0.9]),
        "min_confidence": 0.5,
        "max_batch": 40,
    }


@pytest.fixture
def batch(model):
    rng = np.random.default_rng(9)
    return model["mean"] + model["std"] * rng.normal(0.0, 2.0, (40, 4))


def expected(model, batch):
    """Return labels and confidences of a batch."""
    scaled = (np.asarray(batch, dtype=float) - model["mean"]) / model["std"]
    probability = np.exp(plain_logs(model["params"], scaled))
    confidence = probability.max(axis=1)
    label = np.where(confidence < model["min_confidence"], -1, probability.argmax(axis=1))
    return label.tolist(), confidence.tolist()


def is_served(model, batch, rel=1e-6):
    """Tell whether labels and confidences of a batch are right."""
    result = classify(model, batch)
    label, confidence = expected(model, batch)
    given = np.asarray(result["label"])
    return (
        given.shape == (len(batch),)
        and given.tolist() == label
        and np.asarray(result["confidence"]).tolist() == pytest.approx(confidence, rel=rel)
    )


def is_refused(model, batch, error, word=""):
    """Tell whether a batch raises this kind of error, with the word in its message."""
    try:
        classify(model, batch)
    except (TypeError, ValueError) as raised:
        return isinstance(raised, error) and word in str(raised)
    return False


def test_probabilities_and_loss_also_far_out():
    params = network(1)
    X, y = rows(2, 7)
    assert np.asarray(forward(params, X)) == pytest.approx(np.exp(plain_logs(params, X)))
    far = {
        "W1": np.array([[1000.0, -1000.0]]),
        "b1": np.zeros(2),
        "W2": np.array([[2.0, 0.0, -2.0], [-2.0, -1.0, -2.0]]),
        "b2": np.zeros(3),
    }
    X, y = np.array([[1.0], [-1.0]]), np.array([2, 1])
    assert np.asarray(forward(far, X)) == pytest.approx(np.array([[1.0, 0, 0], [0, 1.0, 0]]))
    loss, gradients = loss_and_gradients(far, X, y, np.array([1.0, 3.0, 1.0]))
    assert loss == pytest.approx(1000.0)
    assert gradients["b2"] == pytest.approx([0.25, 0.0, -0.25])


@pytest.mark.parametrize("weight", [[1.0, 1.0, 1.0], [0.5, 2.0, 7.0]])
@pytest.mark.parametrize("count", [1, 11])
def test_gradients_are_the_slopes_of_the_weighted_loss(weight, count):
    params, weight = network(3), np.array(weight)
    X, y = rows(4, count)
    before = copy.deepcopy(params)
    loss, gradients = loss_and_gradients(params, X, y, weight)
    assert are_equal(params, before)
    assert loss == pytest.approx(plain_loss(params, X, y, weight))
    for name, values in slopes(params, X, y, weight).items():
        assert np.shape(gradients[name]) == values.shape
        assert gradients[name] == pytest.approx(values, abs=1e-6)


def test_an_epoch_takes_every_batch_with_momentum():
    X, y = rows(7, 11)
    weight = np.array([1.0, 2.0, 4.0])
    # A last batch of three rows; then one of a single row, and the momentum that the signature gives.
    for count, words in ((11, {"momentum": 0.5}), (9, {})):
        params = network(6)
        order = np.random.default_rng(8).permutation(11)[:count]
        velocity = {name: 0.01 * values for name, values in network(9).items()}
        given, velocity_given = copy.deepcopy(params), copy.deepcopy(velocity)
        after, moving = train_epoch(given, velocity_given, X, y, weight, order, 4, 0.1, **words)
        assert are_equal(given, params)
        assert are_equal(velocity_given, velocity)
        for part in (order[:4], order[4:8], order[8:]):
            gradients = slopes(params, X[part], y[part], weight)
            for name in params:
                velocity[name] = words.get("momentum", 0.9) * velocity[name] - 0.1 * gradients[name]
                params[name] = params[name] + velocity[name]
        for name in params:
            assert after[name] == pytest.approx(params[name], abs=1e-6)
            assert moving[name] == pytest.approx(velocity[name], abs=1e-6)


def test_mean_recall_on_unseen_calls_is_at_least_0_65():
    X, y = read("train.csv")
    mean, std = X.mean(axis=0), X.std(axis=0)
    rng = np.random.default_rng(3)
    params = network(3, inputs=6, hidden=16)
    velocity = standing_still(params)
    weight = len(y) / (3 * np.bincount(y))
    for _ in range(30):
        order = rng.permutation(len(y))
        params, velocity = train_epoch(
            params, velocity, (X - mean) / std, y, weight, order, 32, 0.03
        )
    X, y = read("calls.csv")
    probability = np.asarray(forward(params, (X - mean) / std))
    assert probability.shape == (len(y), 3)
    label = probability.argmax(axis=1)
    assert np.mean([(label[y == k] == k).mean() for k in range(3)]) >= 0.65


def test_calls_are_standardised_as_in_training_and_doubts_referred(model, batch):
    assert 5 <= expected(model, batch)[0].count(-1) <= 35
    before = batch.copy()
    assert is_served(model, batch)
    assert np.array_equal(batch, before)
    for row in range(3):
        assert is_served(model, batch[[row]])
    tie = copy.deepcopy(model)
    tie["params"] = {name: np.zeros_like(values) for name, values in tie["params"].items()}
    tie["min_confidence"] = 0.3
    assert np.asarray(classify(tie, batch)["label"]).tolist() == [0] * 40


def test_no_rows_and_every_kind_of_number_are_served(model, batch):
    empty = classify(model, np.zeros((0, 4)))
    assert np.asarray(empty["label"]).shape == (0,)
    assert np.asarray(empty["confidence"]).shape == (0,)
    assert is_served(model, batch.astype(np.float32), rel=1e-5)
    assert is_served(model, np.round(batch).astype(np.int16))
    large = copy.deepcopy(model)
    large["mean"] = large["mean"] + 3000.0
    assert is_served(large, (batch + 3000.0).astype(np.float32))
    sure = copy.deepcopy(model)
    sure["min_confidence"] = 1.0
    sure["params"] = {
        "W1": np.zeros((4, 2)),
        "b1": np.zeros(2),
        "W2": np.zeros((2, 2)),
        "b2": np.array([2000.0, 0.0]),
    }
    assert np.asarray(classify(sure, batch)["label"]).tolist() == [0] * 40


def test_what_is_not_an_array_of_numbers_is_refused(model, batch):
    assert is_served(model, batch)
    assert is_refused(model, batch.tolist(), TypeError)
    assert is_refused(model, None, TypeError)
    assert is_refused(model, batch > 0, TypeError)
    assert is_refused(model, batch.astype(str), TypeError)
    assert is_refused(model, [["a", "b", "c", "d"]], TypeError)


def test_batches_of_another_shape_are_refused(model, batch):
    assert is_served(model, batch[:2])
    assert is_refused(model, batch[0], ValueError, "4")
    assert is_refused(model, batch[:, :1], ValueError, "4")
    assert is_refused(model, np.hstack([batch, batch])[:9], ValueError, "4")
    assert is_refused(model, batch[None], ValueError, "4")
    assert is_refused(model, batch.T[:, :5], ValueError, "4")


def test_more_rows_than_the_limit_are_refused(model, batch):
    assert is_served(model, batch)
    assert is_refused(model, np.vstack([batch, batch[:1]]), ValueError, "40")
    smaller = {**model, "max_batch": 7}
    assert is_served(smaller, batch[:7])
    assert is_refused(smaller, batch[:9], ValueError, "7")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_the_first_row_that_is_not_finite_is_named(model, batch, value):
    batch[23, 2] = value
    batch[31, 0] = np.nan
    assert is_refused(model, batch, ValueError, "23")
    assert is_served(model, batch[:23])


def test_report_by_hand():
    y = [0, 1, 2, 2, 2, 2, 0, 1, 0, 2, 1]
    label = [0, -1, 2, 1, -1, 1, 0, 0, -1, 0, 1]
    group = ["en"] * 6 + ["es"] * 5
    report = subgroup_report(np.array(y), np.array(label), np.array(group), min_size=5)
    assert set(report) == {"en", "es"}
    english, spanish = report["en"], report["es"]
    assert (english["n"], spanish["n"]) == (6, 5)
    assert english["referral_rate"] == pytest.approx(2 / 6)
    assert english["accuracy"] == pytest.approx(2 / 4)
    assert english["missed_urgent"] == pytest.approx(2 / 4)
    assert spanish["referral_rate"] == pytest.approx(1 / 5)
    assert spanish["accuracy"] == pytest.approx(2 / 4)
    assert spanish["missed_urgent"] == pytest.approx(1.0)


def test_small_groups_are_pooled_so_that_nobody_is_singled_out():
    y = [0] * 12 + [2, 2, 1, 0, 2, 1]
    label = [0] * 12 + [2, 0, -1, 0, 1, 1]
    group = ["en"] * 12 + ["pl", "pl", "uk", "uk", "fa", "fa"]
    report = subgroup_report(y, label, group, min_size=6)
    assert set(report) == {"en", "other"}
    assert report["other"]["n"] == 6
    assert report["other"]["referral_rate"] == pytest.approx(1 / 6)
    assert report["other"]["accuracy"] == pytest.approx(3 / 5)
    assert report["other"]["missed_urgent"] == pytest.approx(2 / 3)
    report = subgroup_report(y, label, group)
    assert report["en"]["n"] == 12
    assert report["other"] == {
        "n": 6, "referral_rate": None, "accuracy": None, "missed_urgent": None
    }  # fmt: skip
    # Ten rows are enough where nothing else is said, nine are not.
    assert set(subgroup_report([0] * 19, [0] * 19, ["en"] * 10 + ["pl"] * 9)) == {"en", "other"}


def test_what_cannot_be_measured_is_none_and_unequal_lengths_are_refused():
    report = subgroup_report([0, 1, 2, 2], [-1, -1, -1, -1], ["a", "a", "b", "b"], min_size=2)
    assert report["a"] == {
        "n": 2, "referral_rate": 1.0, "accuracy": None, "missed_urgent": None
    }  # fmt: skip
    assert report["b"] == {
        "n": 2, "referral_rate": 1.0, "accuracy": None, "missed_urgent": 0.0
    }  # fmt: skip
    assert subgroup_report([], [], []) == {}
    for arguments in (
        ([0, 1], [0], ["a", "a"]),
        ([0], [0, 1], ["a", "a"]),
        ([0, 1], [0, 1], ["a"]),
    ):
        with pytest.raises(ValueError):
            subgroup_report(*arguments, min_size=1)
