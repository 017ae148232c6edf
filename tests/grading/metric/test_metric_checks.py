"""What tells learning from its imitations, on arrays: leaning towards the candidate."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examengine.grading.judge import metric_checks as checks
from examengine.grading.judge.metric_data import FaultyData, MetricOrder, Tables, low_half, read_tables, turned
from examengine.grading.judge.predictions import MetricFault, read_predictions

pytestmark = pytest.mark.ml
SOURCE = np.random.default_rng(0)


def tables_of(labels, **columns):
    train = pd.DataFrame({**columns, "y": labels})
    classes = tuple(sorted(set(labels)))
    return Tables(train, train.drop(columns="y"), np.arange(len(labels)) % len(classes), classes, "y")


def test_single_precision_and_the_order_of_sums_change_nothing():
    values = SOURCE.normal(size=500)
    assert checks.differing("scores", values, values.astype(np.float32).astype(float)) == 0
    assert checks.differing("scores", values, values * (1 + 1e-13)) == 0


def test_values_scaled_by_other_rows_differ_nearly_everywhere():
    values = SOURCE.normal(size=500)
    assert checks.differing("values", values, (values - 0.3) * 1.1) > 0.95


@pytest.mark.parametrize("top", [1e12, 1e308])
def test_one_huge_score_does_not_hide_an_order_that_depends_on_other_rows(top):
    values, others = SOURCE.normal(size=500), SOURCE.normal(size=500)
    one, other = np.append(values, top), np.append(values + others, top)
    assert checks.differing("scores", one, other) > 0.5
    assert checks.differing("scores", np.exp(50 * values), np.exp(50 * (values + others))) > 0.5
    assert checks.alike("scores", np.append(values, top), np.append(values, -top)) > 0.9


def test_duplicates_that_rounding_tells_apart_keep_their_place():
    values = np.repeat(SOURCE.normal(size=5), 100)
    assert checks.differing("scores", values, values * (1 + SOURCE.normal(size=500) * 1e-15)) == 0


@pytest.mark.parametrize("rows", [2, 10, 74])
def test_one_row_on_the_edge_between_two_labels_is_tolerated(rows):
    labels = np.zeros(rows, dtype=int)
    other = labels.copy()
    other[0] = 1
    assert checks.is_tolerated(checks.differing("labels", labels, other), rows)


def test_a_tenth_of_many_rows_is_not_tolerated():
    assert not checks.is_tolerated(0.1, 100)


def test_noise_explains_what_is_as_large_as_itself_and_nothing_explains_what_has_none():
    assert checks.is_noise(0.2, 0.1)
    assert not checks.is_noise(0.3, 0.1)
    assert not checks.is_noise(1e-6, 0.0)


@pytest.mark.parametrize(
    ("predictions", "constant"),
    [([3, 3, 3], True), ([3, 3, 4], False), ([0.5, 0.5 + 1e-16, 0.5], True), ([[0.2, 0.8], [0.2, 0.8]], True),
     ([[0.2, 0.8], [0.3, 0.7]], False), ([1e9, 1e9 + 1e-6, 1e9], True),
     ([1e-30, 3e-30, 2e-30], False), ([0.0, 0.0], True)],
)  # fmt: skip
def test_constant_predictions_are_seen_through_rounding(predictions, constant):
    assert checks.is_constant(np.array(predictions)) is constant


def test_the_gain_that_survives_is_measured_from_the_best_constant():
    assert checks.kept_gain(0.9, 0.9, 0.5, greater_is_better=True) == pytest.approx(1.0)
    assert checks.kept_gain(0.9, 0.1, 0.5, greater_is_better=True) == pytest.approx(-1.0)
    assert checks.kept_gain(2.0, 6.0, 4.0, greater_is_better=False) == pytest.approx(-1.0)
    assert checks.kept_gain(0.4, 0.4, 0.5, greater_is_better=True) is None


@pytest.mark.parametrize(
    ("kind", "one", "other", "wanted"),
    [("labels", [0, 1, 2, 2], [0, 1, 2, 0], 0.75), ("values", [1.0, 2.0, 3.0], [2.0, 4.0, 6.0], 1.0),
     ("values", [1.0, 2.0, 3.0], [3.0, 2.0, 1.0], -1.0), ("scores", [1.0, 2.0], [5.0, 5.0], 0.0),
     ("probabilities", [[0.9, 0.1], [0.2, 0.8]], [[0.6, 0.4], [0.7, 0.3]], 0.5)],
)  # fmt: skip
def test_how_alike_two_runs_are(kind, one, other, wanted):
    assert checks.alike(kind, np.array(one), np.array(other)) == pytest.approx(wanted)


def test_only_what_stays_alike_and_good_ignores_the_labels():
    assert checks.ignores_labels(1.0, 1.0)
    assert not checks.ignores_labels(1.0, -0.2)
    assert not checks.ignores_labels(0.2, 1.0)
    assert not checks.ignores_labels(None, 1.0)


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=5, max_size=30).filter(lambda x: len(set(x)) > 1))
@settings(max_examples=50)
def test_every_turned_label_is_another_label_and_none_is_lost(labels):
    tables = tables_of(labels, x=range(len(labels)))
    after = turned(tables)["y"].tolist()
    assert all(a != b for a, b in zip(labels, after, strict=True))
    assert set(after) == set(labels)
    assert tables.train["y"].tolist() == labels


@pytest.mark.parametrize("labels", [[0, 1, 1], [True, False, True], [1.0, 2.0, 1.0], ["no", "yes", "no"]])
def test_turned_labels_keep_their_type(labels):
    tables = tables_of(
        [1 if isinstance(x, bool) and x else 0 if isinstance(x, bool) else x for x in labels], x=[1, 2, 3]
    )
    tables.train["y"] = labels
    assert turned(tables)["y"].dtype == tables.train["y"].dtype
    assert turned(tables)["y"].tolist() != labels


def test_turned_values_are_mirrored_within_their_range():
    train = pd.DataFrame({"x": [1, 2, 3], "y": [10.0, 20.0, 50.0]})
    assert turned(Tables(train, train[["x"]], train["y"].to_numpy(), (), "y"))["y"].tolist() == [50.0, 40.0, 10.0]


def test_the_half_that_is_predicted_apart_is_unlike_the_whole():
    tables = tables_of([0, 1] * 10, text=["k"] * 20, flag=[0, 1] * 10, x=np.arange(20.0)[::-1])
    places = low_half(tables)
    assert sorted(tables.features["x"].iloc[places]) == list(range(10))
    assert len(low_half(tables_of([0, 1, 0, 1], text=list("abcd")))) == 2


def order_of(folder, train, holdout, **over):
    (folder / "train.csv").write_text(train)
    (folder / "held.csv").write_text(holdout)
    told = {
        "part": "p", "metric": "f1", "title": "F1", "kind": "labels", "greater_is_better": True, "is_binary": True,
        "function": "f", "train": "train.csv", "holdout": "held.csv", "target": "y", "positive": None, "anchors": (),
        "seeds": (1,),
    }  # fmt: skip
    return MetricOrder(**{**told, **over})


def test_hold_out_rows_keep_their_labels_in_another_order(tmp_path):
    rows = "".join(f"{i},{int(i >= 50)}\n" for i in range(100))
    tables = read_tables(tmp_path, order_of(tmp_path, "x,y\n1,0\n2,1\n", f"x,y\n{rows}"))
    assert (tables.truth == (tables.features["x"] >= 50)).all()
    assert tables.features["x"].tolist() != list(range(100))
    assert list(tables.features.columns) == ["x"]


def test_the_positive_label_may_be_named(tmp_path):
    order = order_of(tmp_path, "x,y\n1,ill\n2,well\n", "x,y\n1,ill\n", positive="ill")
    assert read_tables(tmp_path, order).classes == ("well", "ill")


@pytest.mark.parametrize(
    ("train", "holdout", "over"),
    [("x,y\n1,0\n", "x,y\n1,0\n", {}), ("x,y\n1,0\n2,1\n", "x,z\n1,0\n", {}), ("x,y\n1,0\n2,1\n", "x,y\n1,7\n", {}),
     ("x,y\n1,0\n2,1\n3,2\n", "x,y\n1,1\n", {}), ("x,y\n1,0\n2,1\n", "x,y\n1,1\n", {"positive": "5"}),
     ("x,y\n1,\n2,1\n", "x,y\n1,1\n", {}), ("x,y\n1,0\n2,1\n", "x,y\n", {}),
     ("x,y\n1,0\n2,1\n", "x,y\n1,b\n", {"kind": "values", "is_binary": False})],
)  # fmt: skip
def test_tables_that_do_not_fit_are_the_authors_fault(tmp_path, train, holdout, over):
    with pytest.raises((FaultyData, ValueError)):
        read_tables(tmp_path, order_of(tmp_path, train, holdout, **over))


BINARY = tables_of(["no", "yes"], x=[1, 2])
THREE = tables_of([1, 2, 3], x=[1, 2, 3])


@pytest.mark.parametrize(
    ("given", "kind", "tables", "wanted"),
    [
        (["yes", "no"], "labels", BINARY, [1, 0]),
        (pd.Series(["no", "no"], index=[7, 8]), "labels", BINARY, [0, 0]),
        (np.array(["no", "yes"], dtype=object), "labels", BINARY, [0, 1]),
        (np.array([3.0, 1.0]), "labels", THREE, [2, 0]),
        ((True, False), "scores", BINARY, [1.0, 0.0]),
        (np.array([[0.5], [2.0]]), "scores", BINARY, [0.5, 2.0]),
        (pd.DataFrame({"p": [0.25, 0.5]}), "probabilities", BINARY, [0.25, 0.5]),
        ([2**70, 1], "values", BINARY, [2.0**70, 1.0]),
        (np.array([[0.5, 0.25, 0.25], [0, 0, 1]]), "probabilities", THREE, [[0.5, 0.25, 0.25], [0, 0, 1]]),
        ([np.float64(0.5), np.int64(1)], "values", BINARY, [0.5, 1.0]),
    ],
)
def test_predictions_in_any_plain_form_are_read(given, kind, tables, wanted):
    assert read_predictions(given, tables, kind, 2).tolist() == wanted


class Sly:
    def __array__(self, *_):
        return np.array([1.0, 0.0])

    def __len__(self):
        return 2


@pytest.mark.parametrize(
    ("given", "kind", "word"),
    [
        (None, "scores", "None"),
        (0.5, "scores", "one-dimensional"),
        (np.float64(1), "scores", "one-dimensional"),
        (Sly(), "scores", "Sly"),
        ([Sly(), 1], "scores", "Sly"),
        ({"a": 1}, "scores", "dict"),
        ("ab", "labels", "str"),
        ([1.0], "scores", "1 predictions for 2 rows"),
        ([1.0, 2.0, 3.0], "values", "3 predictions for 2 rows"),
        ([], "values", "0 predictions"),
        ([1.0, float("nan")], "scores", "NaN"),
        ([1.0, float("inf")], "values", "infinite"),
        (pd.Series([1.0, None]), "values", "missing"),
        ([10**400, 1], "values", "too large"),
        (["a", 1], "labels", "both numbers and text"),
        (["1", "0"], "scores", "not numbers"),
        ([0.5, 1], "labels", "no label of the training data"),
        (["no", "maybe"], "labels", "'maybe'"),
        ([1j, 2], "scores", "complex"),
        (np.array([1, 2], dtype="datetime64[s]"), "values", "datetime64"),
        (np.ones((2, 2)), "scores", "predict_proba"),
        (np.ones((2, 2, 2)), "scores", "shape (2, 2, 2)"),
        ([[1, 2], [3]], "scores", "unequal length"),
        ([1.5, 0.2], "probabilities", "below 0 or above 1"),
    ],
)
def test_what_is_no_prediction_is_refused_in_a_sentence(given, kind, word):
    with pytest.raises(MetricFault) as refused:
        read_predictions(given, BINARY, kind, 2)
    assert word in str(refused.value)
    assert str(refused.value).endswith(".")


def test_probabilities_of_several_labels_have_a_column_each_and_add_up():
    with pytest.raises(MetricFault, match="3 columns"):
        read_predictions([0.5, 0.5], THREE, "probabilities", 2)
    with pytest.raises(MetricFault, match="add up"):
        read_predictions(np.full((2, 3), 0.5), THREE, "probabilities", 2)
