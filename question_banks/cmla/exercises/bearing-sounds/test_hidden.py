"""Hidden tests of the bearing sounds: training, alarms, faulty recordings, report by plant."""

import copy
from pathlib import Path

import numpy as np
import pytest
from solution import alarms, loss_and_gradients, plant_report, scores, train

HERE = Path(__file__).parent


def network(seed, filters=3, width=4):
    """Return parameters, none of them zero."""
    rng = np.random.default_rng(seed)
    shapes = {"K": (filters, width), "c": (filters,), "v": (filters,), "b": (1,)}
    return {name: rng.normal(0.0, 0.6, shape) for name, shape in shapes.items()}


def sounds(seed, count, samples=9):
    """Return sounds and labels without meaning."""
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, 1.0, (count, samples)), rng.integers(0, 2, count)


def plain_scores(params, X):
    """Return the scores, sound by sound and filter by filter."""
    result = []
    for x in X:
        z = params["b"][0]
        for kernel, offset, weight in zip(params["K"], params["c"], params["v"], strict=True):
            z += weight * max(0.0, np.correlate(x, kernel, mode="valid").max() + offset)
        result.append(z)
    return np.array(result)


def plain_loss(params, X, y):
    z = plain_scores(params, X)
    return np.logaddexp(0.0, np.where(y == 1, -z, z)).mean()


def slopes(params, X, y, step=1e-6):
    """Return the gradients by central differences."""
    result = {name: np.zeros_like(values) for name, values in params.items()}
    for name, values in params.items():
        for index in np.ndindex(values.shape):
            losses = []
            for sign in (1.0, -1.0):
                moved = copy.deepcopy(params)
                moved[name][index] += sign * step
                losses.append(plain_loss(moved, X, y))
            result[name][index] = (losses[0] - losses[1]) / (2 * step)
    return result


def plain_train(params, X, y, X_valid, y_valid, rate, max_steps, patience):
    """Return the parameters before and after each step, and their validation losses."""
    path, losses = [params], [plain_loss(params, X_valid, y_valid)]
    while len(losses) <= max_steps:
        g = slopes(path[-1], X, y)
        path.append({name: values - rate * g[name] for name, values in path[-1].items()})
        losses.append(plain_loss(path[-1], X_valid, y_valid))
        if len(losses) - 1 - int(np.argmin(losses)) == patience:
            break
    return path, losses


def are_equal(left, right):
    return set(left) == set(right) and all(
        np.array_equal(left[name], right[name]) for name in right
    )


def read(name):
    """Return sounds (n, 40) and labels (n,) of a file beside the tests or in a folder there."""
    table = np.loadtxt(next(HERE.rglob(name)), delimiter=",", skiprows=1)
    return table[:, 1:], table[:, 0].astype(int)


@pytest.fixture
def model():
    return {
        "params": network(11),
        "rate": 16000,
        "min_samples": 12,
        "max_clipped": 0.1,
        "threshold": 0.5,
    }


@pytest.fixture
def recordings():
    rng = np.random.default_rng(12)
    return {
        f"pump-{number}": {
            "rate": 16000,
            "samples": rng.normal(700.0 * number, 9000.0, length).astype(np.int16),
        }
        for number, length in ((3, 12), (1, 20), (7, 15), (5, 40))
    }


def expected(model, recordings):
    """Return the probabilities of recordings."""
    result = {}
    for name, recording in recordings.items():
        x = recording["samples"].astype(float)
        x = (x - x.mean()) / np.sqrt(((x - x.mean()) ** 2).mean())
        result[name] = 1 / (1 + np.exp(-plain_scores(model["params"], [x])[0]))
    return result


def is_served(model, recordings):
    """Tell whether probabilities and alarms are right and in order."""
    result = alarms(model, recordings)
    return list(result) == list(recordings) and all(
        result[name]["probability"] == pytest.approx(p)
        and bool(result[name]["alarm"]) == (p >= model["threshold"])
        for name, p in expected(model, recordings).items()
    )


def is_refused(model, recordings, error, *words):
    """Tell whether recordings raise this kind of error, with these words in the message."""
    try:
        alarms(model, recordings)
    except (TypeError, ValueError) as raised:
        return isinstance(raised, error) and all(word in str(raised) for word in words)
    return False


def with_changes(recordings, name, **changes):
    return {**recordings, name: {**recordings[name], **changes}}


def test_scores_take_the_largest_response():
    params = network(1)
    X, _ = sounds(2, 8)
    assert np.asarray(scores(params, X)) == pytest.approx(plain_scores(params, X))
    # As many samples as the filter has weights; a largest response below zero.
    X = X[:1, :4]
    assert np.asarray(scores(params, X)) == pytest.approx(plain_scores(params, X))
    low = {**params, "c": np.full(3, -50.0)}
    assert np.asarray(scores(low, X)) == pytest.approx(params["b"])


@pytest.mark.parametrize("count", [1, 7])
def test_gradients_are_the_slopes_of_the_loss(count):
    params = network(3)
    X, y = sounds(4, count)
    given = copy.deepcopy(params)
    loss, gradients = loss_and_gradients(given, X, y)
    assert are_equal(given, params)
    assert loss == pytest.approx(plain_loss(params, X, y))
    for name, values in slopes(params, X, y).items():
        assert np.shape(gradients[name]) == values.shape
        assert gradients[name] == pytest.approx(values, abs=1e-6)


def test_scores_far_out_and_equal_responses():
    params = {
        "K": np.array([[1.0, 0.0], [-1.0, 0.0]]),
        "c": np.zeros(2),
        "v": np.array([1.0, -1.0]),
        "b": np.zeros(1),
    }
    X = np.array([[2000.0, 5.0, 2000.0, 7.0], [-2000.0, -5.0, -2000.0, 7.0]])
    loss, gradients = loss_and_gradients(params, X, np.array([0, 1]))
    assert loss == pytest.approx(2000.0)
    assert gradients["K"] == pytest.approx(np.array([[1000.0, 2.5], [-1000.0, -2.5]]))
    loss, gradients = loss_and_gradients(params, X, np.array([1, 0]))
    assert loss == 0.0
    assert gradients["K"] == pytest.approx(np.zeros((2, 2)))
    # Responses of exactly zero have no slope.
    _, gradients = loss_and_gradients(params, np.zeros((1, 3)), np.array([1]))
    assert gradients["c"] == pytest.approx([0.0, 0.0])


@pytest.mark.parametrize(
    ("seed", "rate", "max_steps", "patience"),
    [(5, 0.3, 4, 9), (5, 0.3, 0, 2), (8, 1.0, 12, 2), (10, 0.5, 12, 2), (13, 1.0, 4, 1)],
)
def test_training_stops_early_and_returns_the_best(seed, rate, max_steps, patience):
    start = network(seed)
    data = *sounds(6, 8), *sounds(7, 6)
    path, losses = plain_train(start, *data, rate, max_steps, patience)
    given = copy.deepcopy(start)
    params, told = train(given, *data, rate, max_steps, patience)
    assert are_equal(given, start)
    assert list(told) == pytest.approx(losses, abs=1e-5)
    best = path[int(np.argmin(losses))]
    for name, values in best.items():
        assert params[name] == pytest.approx(values, abs=1e-5)


def test_a_step_as_good_as_the_best_is_no_improvement():
    start = network(8)
    X, y = sounds(9, 6)
    params, losses = train(start, X, y, X, y, 0.0, 20, 3)
    assert list(losses) == pytest.approx([losses[0]] * 4)
    assert are_equal(params, start)


def test_at_least_90_percent_of_unseen_sounds_are_told_apart():
    start = network(10, filters=6, width=5)
    params, _ = train(start, *read("train.csv"), *read("valid.csv"), 0.5, 60, 10)
    X, y = read("sounds.csv")
    assert ((np.asarray(scores(params, X)) > 0) == (y == 1)).mean() >= 0.90


def test_recordings_are_brought_to_one_scale(model, recordings):
    before = copy.deepcopy(recordings)
    assert is_served(model, recordings)
    for name, recording in recordings.items():
        assert np.array_equal(recording["samples"], before[name]["samples"])
        assert is_served(model, {name: {**recording, "operator": "Kim"}})
    extremes = np.array([-32768, 32766] * 2 + [0] * 36, dtype=np.int16)
    assert is_served(
        {**model, "max_clipped": 0.05}, with_changes(recordings, "pump-5", samples=extremes)
    )


def test_no_recordings_the_threshold_and_scores_far_out(model, recordings):
    assert alarms(model, {}) == {}
    flat = {**network(11), "v": np.zeros(3)}
    for score, threshold, alarm in (
        (0.0, 0.5, True),
        (0.0, 0.5001, False),
        (2000.0, 1.0, True),
        (-2000.0, 1e-9, False),
    ):
        flat["b"] = np.array([score])
        result = alarms({**model, "params": flat, "threshold": threshold}, recordings)
        assert {bool(entry["alarm"]) for entry in result.values()} == {alarm}
        assert result["pump-1"]["probability"] == pytest.approx((np.sign(score) + 1) / 2)


def test_what_is_no_recording_is_refused(model, recordings):
    assert is_served(model, recordings)
    assert is_refused(model, list(recordings.values()), TypeError)
    assert is_refused(model, [], TypeError)
    assert is_refused(
        model, {**recordings, "fan-2": recordings["pump-1"]["samples"]}, TypeError, "fan-2"
    )
    for key in ("rate", "samples"):
        rest = {other: value for other, value in recordings["pump-7"].items() if other != key}
        assert is_refused(model, {**recordings, "pump-7": rest}, ValueError, "pump-7", key)


def test_another_rate_is_refused(model, recordings):
    assert is_served(model, with_changes(recordings, "pump-3", rate=16000.0))
    for rate in (8000, 44100, "16000", None):
        changed = with_changes(recordings, "pump-3", rate=rate)
        assert is_refused(model, changed, ValueError, "pump-3", "rate")


def test_samples_of_another_kind_or_shape_are_refused(model, recordings):
    samples = recordings["pump-5"]["samples"]
    assert is_served(model, with_changes(recordings, "pump-5", samples=samples[:12]))
    for other in (samples.tolist(), samples.astype(float), samples.astype(np.int32), None):
        changed = with_changes(recordings, "pump-5", samples=other)
        assert is_refused(model, changed, TypeError, "pump-5")
    for other in (samples[:11], samples[:0], samples.reshape(20, 2), samples[None]):
        changed = with_changes(recordings, "pump-5", samples=other)
        assert is_refused(model, changed, ValueError, "pump-5", "12")


def test_clipped_and_silent_recordings_are_refused(model, recordings):
    for value in (32767, -32768, -32767):
        samples = recordings["pump-1"]["samples"].copy()
        samples[[4, 19]] = value
        changed = with_changes(recordings, "pump-1", samples=samples)
        assert is_served(model, changed)
        samples[0] = 32767
        assert is_refused(model, changed, ValueError, "pump-1", "clipped")
    for value in (0, 77):
        silent = with_changes(recordings, "pump-1", samples=np.full(20, value, dtype=np.int16))
        assert is_refused(model, silent, ValueError, "pump-1", "silent")


def report_of(plants, **words):
    """Report plants with so many damaged bearings heard and missed, and false alarms."""
    damaged, alarm, plant = [], [], []
    for name, (heard, missed, false) in plants.items():
        damaged += [1] * (heard + missed) + [0] * (false + 2)
        alarm += [True] * heard + [False] * missed + [True] * false + [False] * 2
        plant += [name] * (heard + missed + false + 2)
    return plant_report(damaged, alarm, plant, **words)


def test_report_by_hand():
    report = report_of({"Ulm": (8, 2, 3), "Bern": (5, 0, 0)})
    assert list(report["plants"]["Ulm"].values()) == pytest.approx(
        [10, 0.8, 0.490155, 0.943320], abs=1e-5
    )
    assert list(report["plants"]["Bern"].values()) == pytest.approx(
        [5, 1.0, 0.565509, 1.0], abs=1e-5
    )
    assert set(report["plants"]["Ulm"]) == {"damaged", "detected", "low", "high"}
    assert list(report["differ"]) == []


def test_plants_differ_where_their_intervals_do_not_meet():
    plants = {"Ulm": (19, 1, 0), "Bern": (4, 16, 0), "Linz": (13, 7, 0), "Graz": (20, 0, 0)}
    report = report_of(plants, min_damaged=20)
    pairs = [tuple(pair) for pair in report["differ"]]
    assert pairs == [("Bern", "Graz"), ("Bern", "Linz"), ("Bern", "Ulm"), ("Linz", "Graz")]


def test_few_damaged_bearings_say_nothing():
    nothing = {"detected": None, "low": None, "high": None}
    report = report_of({"Ulm": (4, 0, 9), "Bern": (0, 30, 0), "Linz": (0, 0, 6)})
    assert report["plants"]["Ulm"] == {"damaged": 4, **nothing}
    assert report["plants"]["Linz"] == {"damaged": 0, **nothing}
    assert list(report["differ"]) == []
    assert plant_report([], [], []) == {"plants": {}, "differ": []}
    for lengths in ((2, 1, 1), (1, 2, 1), (1, 1, 2)):
        with pytest.raises(ValueError):
            plant_report(*([1] * length for length in lengths))
