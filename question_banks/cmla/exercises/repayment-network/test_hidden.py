"""Hidden tests of the repayment network: training, serving, faulty records, report by group."""

import copy
import csv
from pathlib import Path

import numpy as np
import pytest
from solution import forward, loss_and_gradients, predict, subgroup_report, train_step

HERE = Path(__file__).parent
FIELDS = ["income", "debt_ratio", "years_employed", "late_payments", "loan"]
SHAPES = {"W1": (5, 4), "b1": (4,), "W2": (4,), "b2": (1,)}


def network(seed, hidden=4):
    """Return parameters for five inputs, none of them zero."""
    rng = np.random.default_rng(seed)
    shapes = {"W1": (5, hidden), "b1": (hidden,), "W2": (hidden,), "b2": (1,)}
    return {name: rng.normal(0.0, 0.5, shape) for name, shape in shapes.items()}


def rows(seed, count):
    """Return inputs and targets without meaning."""
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, 1.0, (count, 5)), rng.integers(0, 2, count).astype(float)


def plain_scores(params, X):
    return np.tanh(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"][0]


def plain_loss(params, X, y, weight_decay):
    z = plain_scores(params, X)
    decay = 0.5 * weight_decay * ((params["W1"] ** 2).sum() + (params["W2"] ** 2).sum())
    return (np.logaddexp(0.0, z) - y * z).mean() + decay


def slopes(params, X, y, weight_decay, step=1e-6):
    """Return the gradients by central differences."""
    result = {}
    for name, values in params.items():
        result[name] = np.zeros_like(values)
        for index in np.ndindex(values.shape):
            losses = []
            for sign in (1.0, -1.0):
                moved = copy.deepcopy(params)
                moved[name][index] += sign * step
                losses.append(plain_loss(moved, X, y, weight_decay))
            result[name][index] = (losses[0] - losses[1]) / (2 * step)
    return result


def read(name):
    """Return inputs (n, 5) and targets (n,) of a table beside the tests or in a folder there."""
    with next(HERE.rglob(name)).open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    return (
        np.array([[float(row[field]) for field in FIELDS] for row in table]),
        np.array([float(row["repaid"]) for row in table]),
    )


def are_equal(left, right):
    return set(left) == set(right) and all(
        np.array_equal(left[name], right[name]) for name in right
    )


@pytest.fixture
def model():
    return {
        "fields": list(FIELDS),
        "low": [8.0, 0.0, 0.0, 0, 1.0],
        "high": [250.0, 2.0, 50.0, 30, 100.0],
        "mean": np.array([40.0, 0.5, 8.0, 1.2, 13.0]),
        "std": np.array([18.0, 0.3, 6.0, 1.1, 8.0]),
        "params": network(5),
    }


@pytest.fixture
def records():
    return [
        {
            "income": 36.5,
            "debt_ratio": 0.4,
            "years_employed": 3.0,
            "late_payments": 0,
            "loan": 11.0,
        },
        {"loan": 40, "late_payments": 4, "years_employed": 0.5, "debt_ratio": 1.1, "income": 22},
        {"debt_ratio": 2.0, "income": 8, "loan": 100.0, "years_employed": 50, "late_payments": 30},
    ]


def expected(model, records):
    values = np.array([[float(record[name]) for name in FIELDS] for record in records])
    z = plain_scores(model["params"], (values - model["mean"]) / model["std"])
    return 1 / (1 + np.exp(-z))


def is_refused(model, records, error, *words):
    """Tell whether the records raise exactly this kind of error, with the words in its message."""
    try:
        predict(model, records)
    except (TypeError, ValueError) as raised:
        return isinstance(raised, error) and all(word in str(raised) for word in words)
    return False


def test_probabilities_and_loss_also_far_out():
    params = network(1)
    X, y = rows(2, 7)
    assert forward(params, X) == pytest.approx(1 / (1 + np.exp(-plain_scores(params, X))))
    assert loss_and_gradients(params, X, y)[0] == pytest.approx(plain_loss(params, X, y, 0.0))
    far = {
        "W1": np.array([[40.0]]),
        "b1": np.array([0.0]),
        "W2": np.array([1000.0]),
        "b2": np.array([0.0]),
    }
    X, y = np.array([[1.0], [-1.0], [1.0], [-1.0]]), np.array([1.0, 0.0, 0.0, 1.0])
    assert np.asarray(forward(far, X)).tolist() == pytest.approx([1.0, 0.0, 1.0, 0.0])
    loss, gradients = loss_and_gradients(far, X, y)
    assert loss == pytest.approx(500.0)
    assert gradients["W2"] == pytest.approx([0.5])
    assert gradients["b2"] == pytest.approx([0.0])


@pytest.mark.parametrize("count", [1, 9])
@pytest.mark.parametrize("weight_decay", [0.0, 0.3])
def test_gradients_are_the_slopes_of_the_loss(count, weight_decay):
    params = network(3)
    X, y = rows(4, count)
    loss, gradients = loss_and_gradients(params, X, y, weight_decay)
    assert loss == pytest.approx(plain_loss(params, X, y, weight_decay))
    assert {name: np.shape(values) for name, values in gradients.items()} == SHAPES
    for name, values in slopes(params, X, y, weight_decay).items():
        assert gradients[name] == pytest.approx(values, abs=1e-6)


def test_a_step_returns_new_parameters_and_the_loss_before_it():
    params = network(6)
    X, y = rows(7, 12)
    given, X_given, y_given = copy.deepcopy(params), X.copy(), y.copy()
    after, loss = train_step(given, X_given, y_given, 0.2, weight_decay=0.1)
    assert are_equal(given, params)
    assert np.array_equal(X_given, X)
    assert np.array_equal(y_given, y)
    assert loss == pytest.approx(plain_loss(params, X, y, 0.1))
    assert set(after) == set(params)
    for name, values in slopes(params, X, y, 0.1).items():
        assert after[name] == pytest.approx(params[name] - 0.2 * values, abs=1e-6)


def test_log_loss_on_unseen_loans_is_at_most_0_41():
    X, y = read("train.csv")
    mean, std = X.mean(axis=0), X.std(axis=0)
    params = network(8, hidden=8)
    for _ in range(150):
        params, _ = train_step(params, (X - mean) / std, y, 0.5)
    X, y = read("loans.csv")
    p = np.clip(forward(params, (X - mean) / std), 1e-6, 1 - 1e-6)
    assert p.shape == y.shape
    assert -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean() <= 0.41


def test_records_are_standardised_as_in_training(model, records):
    together = np.asarray(predict(model, records))
    assert together.shape == (3,)
    assert together == pytest.approx(expected(model, records))
    for position, record in enumerate(records):
        assert np.asarray(predict(model, [record])) == pytest.approx([together[position]])


def test_no_records_bounds_and_arguments_left_unchanged(model, records):
    assert np.asarray(predict(model, [])).shape == (0,)
    edges = [dict(zip(FIELDS, model[side], strict=True)) for side in ("low", "high")]
    assert np.asarray(predict(model, edges)) == pytest.approx(expected(model, edges))
    before, model_before = copy.deepcopy(records), copy.deepcopy(model)
    predict(model, records)
    assert records == before
    assert are_equal(model["params"], model_before["params"])
    assert np.array_equal(model["mean"], model_before["mean"])
    assert model["fields"] == model_before["fields"]


def test_what_is_not_a_list_of_dicts_is_refused(model, records):
    assert np.asarray(predict(model, records)) == pytest.approx(expected(model, records))
    assert is_refused(model, records[0], TypeError)
    assert is_refused(model, tuple(records), TypeError)
    assert is_refused(model, [records[0], records[1], list(records[2].values())], TypeError, "2")
    assert is_refused(model, [records[0], None], TypeError, "1")


def test_missing_and_unknown_fields_are_refused(model, records):
    del records[1]["late_payments"]
    assert is_refused(model, records, ValueError, "1", "late_payments")
    records[1]["late_payments"] = 3
    records[2]["shoe_size"] = 43
    assert is_refused(model, records, ValueError, "2", "shoe_size")


@pytest.mark.parametrize("value", [True, False, "3", None, [3.0]])
def test_values_that_are_no_numbers_are_refused(model, records, value):
    records[1]["late_payments"] = value
    assert is_refused(model, records, TypeError, "1", "late_payments")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 2.0001, -0.0001])
def test_values_out_of_range_are_refused(model, records, value):
    records[1]["debt_ratio"] = value
    assert is_refused(model, records, ValueError, "1", "debt_ratio")


def test_report_by_hand_with_values_on_the_threshold():
    report = subgroup_report(
        np.array([1, 1, 0, 1, 0, 0, 1, 1]),
        np.array([0.6, 0.59, 0.9, 0.61, 0.2, 0.1, 0.3, 0.8]),
        np.array(["n", "n", "n", "s", "s", "s", "s", "s"]),
        ["n", "s"],
        threshold=0.6,
    )
    north, south = report["groups"]["n"], report["groups"]["s"]
    assert (north["n"], south["n"]) == (3, 5)
    assert north["selection_rate"] == pytest.approx(2 / 3)
    assert south["selection_rate"] == pytest.approx(2 / 5)
    assert north["recall"] == pytest.approx(1 / 2)
    assert south["recall"] == pytest.approx(2 / 3)
    assert report["recall_gap"] == pytest.approx(1 / 6)


def test_groups_without_rows_or_without_repaid_loans_stay_in_the_report():
    report = subgroup_report(
        [1, 1, 0, 0], [0.9, 0.1, 0.8, 0.7], ["a", "a", "b", "b"], ["empty", "a", "b"]
    )
    assert set(report["groups"]) == {"empty", "a", "b"}
    assert report["groups"]["empty"] == {"n": 0, "selection_rate": None, "recall": None}
    assert report["groups"]["b"] == {"n": 2, "selection_rate": 1.0, "recall": None}
    assert report["groups"]["a"]["recall"] == pytest.approx(0.5)
    assert report["recall_gap"] is None
    nothing = subgroup_report([], [], [], ["a"])
    assert nothing["groups"]["a"] == {"n": 0, "selection_rate": None, "recall": None}
    three = subgroup_report([1, 0, 1], [0.9, 0.9, 0.1], ["a", "b", "c"], ["a", "b", "c"])
    assert three["recall_gap"] == pytest.approx(1.0)


def test_unknown_names_and_unequal_lengths_are_refused():
    assert subgroup_report([1], [0.7], ["a"], ["a"])["groups"]["a"]["recall"] == pytest.approx(1.0)
    for arguments in (
        ([1, 0], [0.5, 0.6], ["a", "z"], ["a", "b"]),
        ([1, 0], [0.5, 0.6], ["a"], ["a"]),
        ([1, 0], [0.5], ["a", "a"], ["a"]),
        ([1], [0.5, 0.5], ["a", "a"], ["a"]),
    ):
        with pytest.raises(ValueError):
            subgroup_report(*arguments)
