"""Hidden tests of the waste sorter: training, sorting, faulty tables, report by district."""

import copy
import csv
from pathlib import Path

import numpy as np
import pytest
from solution import adam_step, district_report, fit, smoothed_loss, sort_items

HERE = Path(__file__).parent
FIELDS = ["gloss", "edges", "hue", "weight", "roundness"]
BINS = ["glass", "metal", "paper", "plastic"]


def weights(seed, inputs=3, classes=4):
    """Return parameters, none of them zero."""
    rng = np.random.default_rng(seed)
    return {"W": rng.normal(0.0, 0.7, (inputs, classes)), "b": rng.normal(0.0, 0.7, classes)}


def rows(seed, count):
    """Return inputs and classes without meaning."""
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, 1.0, (count, 3)), rng.integers(0, 4, count)


def plain_logs(params, X):
    z = X @ params["W"] + params["b"]
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


def plain_loss(params, X, y, smoothing):
    logs = plain_logs(params, X)
    own = logs[np.arange(len(y)), y]
    return -((1 - smoothing) * own + smoothing * logs.mean(axis=1)).mean()


def slopes(params, X, y, smoothing, step=1e-6):
    """Return the gradients by central differences."""
    result = {name: np.zeros_like(values) for name, values in params.items()}
    for name, values in params.items():
        for index in np.ndindex(values.shape):
            losses = []
            for sign in (1.0, -1.0):
                moved = copy.deepcopy(params)
                moved[name][index] += sign * step
                losses.append(plain_loss(moved, X, y, smoothing))
            result[name][index] = (losses[0] - losses[1]) / (2 * step)
    return result


def plain_adam(params, gradients, state, rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Make a step in the arrays that are handed over."""
    state["t"] += 1
    for name, g in gradients.items():
        m, v = state["m"][name], state["v"][name]
        m += (1 - beta1) * (g - m)
        v += (1 - beta2) * (g * g - v)
        correction = (1 - beta1 ** state["t"]), (1 - beta2 ** state["t"])
        params[name] -= rate * (m / correction[0]) / (np.sqrt(v / correction[1]) + epsilon)


def read(name):
    """Return inputs (n, 5) and classes (n,) of a table beside the tests or in a folder there."""
    with next(HERE.rglob(name)).open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    return (
        np.array([[float(row[field]) for field in FIELDS] for row in table]),
        np.array([BINS.index(row["bin"]) for row in table]),
    )


def are_equal(left, right):
    return set(left) == set(right) and all(
        np.array_equal(left[name], right[name]) for name in right
    )


@pytest.fixture
def model():
    return {
        "ranges": {"weight": (0.0, 500.0), "gloss": (0, 100)},
        "mean": np.array([120.0, 45.0]),
        "std": np.array([80.0, 20.0]),
        "cameras": ["west", "east", "yard"],
        "bins": BINS,
        "params": weights(11, inputs=5),
    }


@pytest.fixture
def table():
    rng = np.random.default_rng(12)
    return {
        "gloss": [0, 100, *rng.integers(0, 101, 28).tolist()],
        "camera": rng.choice(["east", "west", "yard"], 30).tolist(),
        "weight": [500.0, 0.0, *rng.uniform(0.0, 500.0, 28).tolist()],
    }


def expected(model, table):
    """Return bins and margins of a table."""
    X = np.zeros((len(table["camera"]), 5))
    X[:, 0] = (np.array(table["weight"], dtype=float) - 120.0) / 80.0
    X[:, 1] = (np.array(table["gloss"], dtype=float) - 45.0) / 20.0
    for row, camera in enumerate(table["camera"]):
        X[row, 2 + ["west", "east", "yard"].index(camera)] = 1.0
    p = np.exp(plain_logs(model["params"], X))
    bins = [BINS[code] for code in p.argmax(axis=1)]
    p.sort(axis=1)
    return bins, (p[:, 3] - p[:, 2]).tolist()


def is_sorted(model, table):
    """Tell whether bins and margins are right."""
    result = sort_items(model, table)
    bins, margin = expected(model, table)
    return (
        all(isinstance(values, list) for values in result.values())
        and result["bin"] == bins
        and result["margin"] == pytest.approx(margin)
    )


def is_refused(model, table, error, *words):
    """Tell whether a table raises this kind of error, with these words in its message."""
    try:
        sort_items(model, table)
    except (TypeError, ValueError) as raised:
        return isinstance(raised, error) and all(word in str(raised) for word in words)
    return False


def with_value(table, column, row, value):
    """Return the table with one value replaced."""
    changed = copy.deepcopy(table)
    changed[column][row] = value
    return changed


@pytest.mark.parametrize("smoothing", [0.0, 0.3])
def test_smoothed_loss_and_its_slopes(smoothing):
    for count in (1, 9):
        params = weights(1)
        X, y = rows(2, count)
        given = copy.deepcopy(params)
        loss, gradients = smoothed_loss(given, X, y, smoothing)
        assert are_equal(given, params)
        assert loss == pytest.approx(plain_loss(params, X, y, smoothing))
        for name, values in slopes(params, X, y, smoothing).items():
            assert np.shape(gradients[name]) == values.shape
            assert gradients[name] == pytest.approx(values, abs=1e-6)


def test_scores_far_out_have_a_finite_loss():
    params = {"W": np.array([[2000.0, 0.0, -2000.0, 0.0]]), "b": np.zeros(4)}
    X, y = np.array([[1.0], [-1.0]]), np.array([0, 1])
    loss, gradients = smoothed_loss(params, X, y, 0.2)
    assert loss == pytest.approx((0.05 * 8000 + (0.8 * 2000 + 0.05 * 8000)) / 2)
    assert gradients["b"] == pytest.approx(np.array([0.05, -0.45, 0.45, -0.05]))


def test_adam_corrects_its_means_and_leaves_the_arguments_alone():
    params = weights(3)
    state = {"t": 0, "m": {}, "v": {}}
    for name, values in params.items():
        state["m"][name], state["v"][name] = np.zeros_like(values), np.zeros_like(values)
    for words in ({}, {"beta1": 0.7, "beta2": 0.9, "epsilon": 0.5}, {}):
        gradients = weights(4 + state["t"])
        given = copy.deepcopy((params, gradients, state))
        after, later = adam_step(*given, 0.2, **words)
        assert are_equal(given[0], params)
        assert are_equal(given[1], gradients)
        assert given[2]["t"] == state["t"]
        assert are_equal(given[2]["m"], state["m"])
        assert are_equal(given[2]["v"], state["v"])
        plain_adam(params, gradients, state, 0.2, **words)
        assert later["t"] == state["t"]
        for name in params:
            assert after[name] == pytest.approx(params[name], rel=1e-9)
            assert later["m"][name] == pytest.approx(state["m"][name], rel=1e-9)
            assert later["v"][name] == pytest.approx(state["v"][name], rel=1e-9)
    tiny = {"W": np.full((3, 4), 1e-8), "b": np.full(4, -1e-8)}
    zero = {name: np.zeros_like(values) for name, values in params.items()}
    after, _ = adam_step(zero, tiny, {"t": 0, "m": zero, "v": zero}, 1.0)
    assert after["b"] == pytest.approx(np.full(4, 0.5))


def test_training_makes_its_steps_from_zeros():
    X, y = rows(5, 12)
    params = {"W": np.zeros((3, 4)), "b": np.zeros(4)}
    state = {"t": 0, "m": copy.deepcopy(params), "v": copy.deepcopy(params)}
    assert are_equal(fit(X, y, 4, 0, 0.3, 0.1), params)
    for steps in (1, 2, 3):
        plain_adam(params, slopes(params, X, y, 0.1), state, 0.3)
        given = fit(X, y, 4, steps, 0.3, 0.1)
        for name, values in params.items():
            assert given[name] == pytest.approx(values, abs=1e-4)


def test_at_least_80_percent_of_unseen_items_are_sorted_right():
    X, y = read("train.csv")
    mean, std = X.mean(axis=0), X.std(axis=0)
    params = fit((X - mean) / std, y, 4, 150, 0.05, 0.1)
    X, y = read("items.csv")
    given = ((X - mean) / std @ params["W"] + params["b"]).argmax(axis=1)
    assert (given == y).mean() >= 0.80


def test_columns_find_their_place_and_margins_are_right(model, table):
    before = copy.deepcopy(table)
    assert is_sorted(model, table)
    assert table == before
    assert len(set(expected(model, table)[0])) > 2
    for row in range(3):
        assert is_sorted(model, {name: values[row : row + 1] for name, values in table.items()})


def test_no_items_ties_and_scores_far_out(model, table):
    empty = sort_items(model, {"weight": [], "gloss": [], "camera": []})
    assert {name: list(values) for name, values in empty.items()} == {"bin": [], "margin": []}
    flat = copy.deepcopy(model)
    flat["params"] = {"W": np.zeros((5, 4)), "b": np.array([0.0, 2000.0, 2000.0, -2000.0])}
    result = sort_items(flat, table)
    assert list(result["bin"]) == ["metal"] * 30
    assert list(result["margin"]) == pytest.approx([0.0] * 30)
    flat["params"] = {"W": np.zeros((5, 2)), "b": np.array([0.0, np.log(3.0)])}
    result = sort_items({**flat, "bins": ["glass", "rest"]}, table)
    assert list(result["bin"]) == ["rest"] * 30
    assert list(result["margin"]) == pytest.approx([0.5] * 30)


def test_tables_of_another_shape_are_refused(model, table):
    assert is_sorted(model, table)
    assert is_refused(model, [table], TypeError)
    assert is_refused(model, {**table, "gloss": "5" * 30}, TypeError, "gloss")
    assert is_refused(model, {**table, "camera": tuple(table["camera"])}, TypeError, "camera")
    for name, values in table.items():
        assert is_refused(model, {**table, name: values[:29]}, ValueError, "length")


def test_missing_and_unknown_columns_are_refused(model, table):
    assert is_sorted(model, table)
    for name in table:
        rest = {other: values for other, values in table.items() if other != name}
        assert is_refused(model, rest, ValueError, name)
    assert is_refused(model, {**table, "colour": table["gloss"]}, ValueError, "colour")


def test_values_that_are_no_numbers_are_refused(model, table):
    assert is_sorted(model, with_value(table, "weight", 7, 3))
    for value in ("12", None, True):
        assert is_refused(model, with_value(table, "gloss", 17, value), TypeError, "gloss", "17")
        assert is_refused(model, with_value(table, "weight", 29, value), TypeError, "weight", "29")


def test_values_out_of_range_and_unknown_cameras_are_refused(model, table):
    assert is_sorted(model, table)
    for value in (float("nan"), float("inf"), 100.001, -0.001):
        assert is_refused(model, with_value(table, "gloss", 17, value), ValueError, "gloss", "17")
    for camera in ("West", "", "north"):
        changed = with_value(table, "camera", 26, camera)
        assert is_refused(model, changed, ValueError, "camera", "26")


def report_of(sizes, wrong, **words):
    """Report districts of these sizes, of which so many items are wrong."""
    district = [name for name in sizes for _ in range(sizes[name])]
    given = ["paper" if i < wrong[name] else "glass" for name in sizes for i in range(sizes[name])]
    return district_report(["glass"] * len(given), given, district, **words)


def test_report_by_hand():
    report = report_of({"Hill": 20, "Bay": 25, "Mill": 40}, {"Hill": 5, "Bay": 2, "Mill": 4})
    assert report["all"] == pytest.approx(11 / 85)
    assert {name: entry["n"] for name, entry in report["districts"].items()} == {
        "Hill": 20, "Bay": 25, "Mill": 40
    }  # fmt: skip
    assert report["districts"]["Bay"]["error_rate"] == pytest.approx(0.08)
    assert report["districts"]["Hill"]["error_rate"] == pytest.approx(0.25)
    assert list(report["suppressed"]) == []
    assert report["gap"] == pytest.approx(0.17)


def test_no_small_district_can_be_had_by_subtraction():
    sizes = {"Quay": 6, "Hill": 3, "Mill": 9, "Bay": 6, "Ash": 8}
    wrong = {"Quay": 1, "Hill": 2, "Mill": 3, "Bay": 0, "Ash": 4}
    report = report_of(sizes, wrong, min_items=4)
    assert list(report["suppressed"]) == ["Bay", "Hill"]
    assert set(report["districts"]) == {"Quay", "Mill", "Ash"}
    assert report["all"] == pytest.approx(10 / 32)
    assert report["gap"] == pytest.approx(4 / 8 - 1 / 6)
    report = report_of(sizes, wrong, min_items=7)
    assert list(report["suppressed"]) == ["Bay", "Hill", "Quay"]
    assert set(report["districts"]) == {"Mill", "Ash"}
    assert report["gap"] == pytest.approx(4 / 8 - 3 / 9)


def test_few_districts_no_items_and_unequal_lengths():
    report = report_of({"Hill": 19}, {"Hill": 4})
    assert report["all"] == pytest.approx(4 / 19)
    assert (report["districts"], list(report["suppressed"])) == ({}, ["Hill"])
    assert report["gap"] is None
    assert report_of({"Hill": 30, "Bay": 3}, {"Hill": 4, "Bay": 0})["districts"] == {}
    assert report_of({"Hill": 30}, {"Hill": 3})["gap"] is None
    assert district_report([], [], []) == {
        "all": None, "districts": {}, "suppressed": [], "gap": None
    }  # fmt: skip
    for lengths in ((2, 1, 1), (1, 2, 1), (1, 1, 2)):
        with pytest.raises(ValueError):
            district_report(*(["paper"] * length for length in lengths))
