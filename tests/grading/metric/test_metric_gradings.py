"""Submissions measured for real, through the wire: the right ones pass every check, the others are told why not."""

import io
import textwrap

import numpy as np
import pandas as pd
import pytest

from examengine.core.evidence import Evidence, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.core.metric import MetricTask
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

pytestmark = pytest.mark.ml

PART = "metric:quality"
STEPS = [f"{PART}[{name}]" for name in ("rows", "seed 1", "seed 2", "labels", "bound")]


def table(source, rows, kind):
    """Return rows of three numbers and a category, with a target that depends on them."""
    x = source.normal(size=(rows, 3)) * [1, 10, 3] + [5, 100, 0]
    place = source.choice(["east", "west"], rows)
    score = (x[:, 0] - 5) + 0.07 * (x[:, 1] - 100) + np.where(place == "west", 0.5, -0.5) + source.normal(0, 0.7, rows)
    target = {
        "binary": (score > 0).astype(int),
        "rare": np.where(score > 2, "bad", "good"),
        "three": np.digitize(score, [-0.7, 0.7]) + 1,
        "value": np.exp(10 + score),
    }[kind]
    return pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "c": x[:, 2], "place": place, "y": target})


def files(kind, rows=150):
    source = np.random.default_rng(4)
    return tuple(table(source, n, kind).to_csv(index=False).encode() for n in (240, rows))


DATA = {kind: files(kind) for kind in ("binary", "rare", "three", "value")}
NUMBERS = """
import numpy as np

def numbers(rows):
    return np.column_stack([rows[["a", "b", "c"]].to_numpy(float), (rows["place"] == "west").to_numpy(float)])
"""
SCALED = """
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression, LinearRegression, Ridge
from sklearn.ensemble import RandomForestClassifier, HistGradientBoostingClassifier
from sklearn.neighbors import KNeighborsClassifier
"""


@pytest.fixture(scope="module")
def service():
    with GradingService() as made:
        yield made


def graded(service, code, metric="roc_auc", kind="binary", *, anchors=(("0.5", "0"), ("0.6", "1")), **over) -> Evidence:
    train, held = over.pop("tables", DATA[kind])
    where = {"data": {"train.csv": train}, "support": {"holdout.csv": held}}
    if over.pop("hides_training", False):
        where = {"support": {"train.csv": train, "holdout.csv": held}}
    task = MetricTask(
        part="quality", metric=metric, function="fit_predict", train="train.csv", holdout="holdout.csv", target="y",
        anchors=anchors, seeds=over.pop("seeds", (1, 2)), positive=over.pop("positive", None),
    )  # fmt: skip
    job = GradingJob(
        submission={"solution.py": textwrap.dedent(code).encode()},
        tests=over.pop("tests", {"test_hidden.py": b""}),
        expected=(*over.pop("expected", ()), PART),
        requires=("numpy", "pandas", "sklearn"),
        metrics=(task,),
        limits=over.pop("limits", Limits(seconds=60)),
        **where,
        **over,
    )
    return service.grade(job)


def outcome(evidence, step):
    return next(one for one in evidence.tests if one.id == f"{PART}[{step}]")


def right(body):
    return (
        NUMBERS
        + SCALED
        + "\ndef fit_predict(train, features, seed):\n"
        + textwrap.indent(textwrap.dedent(body), "    ")
    )


RIGHT = {
    "logistic": ("roc_auc", "binary", """
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(train), train["y"])
        return model.predict_proba(numbers(features))[:, 1]"""),
    "unseeded forest": ("roc_auc", "binary", """
        model = RandomForestClassifier(n_estimators=15).fit(numbers(train), train["y"])
        return model.predict_proba(numbers(features))[:, 1]"""),
    "unseeded labels": ("accuracy", "binary", """
        return RandomForestClassifier(n_estimators=5).fit(numbers(train), train["y"]).predict(numbers(features))"""),
    "single precision": ("roc_auc", "binary", """
        X, y = numbers(train).astype(np.float32), train["y"].to_numpy(np.float32)
        mean, std = X.mean(axis=0), X.std(axis=0)
        w = np.linalg.lstsq(np.c_[(X - mean) / std, np.ones(len(X), np.float32)], y, rcond=None)[0]
        Z = (numbers(features).astype(np.float32) - mean) / std
        return (Z @ w[:-1] + w[-1]).astype(np.float32)"""),
    "a list of text labels": ("f1", "rare", """
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(train), train["y"])
        return list(model.predict(numbers(features)))"""),
    "fewer of the many": ("roc_auc", "rare", """
        few = train[train["y"] == "bad"]
        many = train[train["y"] == "good"].sample(n=len(few), random_state=seed)
        both = __import__("pandas").concat([few, many])
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(both), both["y"] == "bad")
        return model.predict_proba(numbers(features))[:, 1]"""),
    "three labels": ("f1_macro", "three", """
        return KNeighborsClassifier(9).fit(StandardScaler().fit_transform(numbers(train)), train["y"]).predict(
            StandardScaler().fit(numbers(train)).transform(numbers(features)))"""),
    "ordered labels": ("quadratic_kappa", "three", """
        model = make_pipeline(StandardScaler(), Ridge()).fit(numbers(train), train["y"])
        return np.clip(np.rint(model.predict(numbers(features))), 1, 3)"""),
    "probabilities of three": ("log_loss", "three", """
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(train), train["y"])
        return model.predict_proba(numbers(features))"""),
    "logarithms of prices": ("r2", "value", """
        model = make_pipeline(StandardScaler(), LinearRegression()).fit(numbers(train), np.log(train["y"]))
        return np.exp(model.predict(numbers(features)))"""),
    "tiny densities": ("roc_auc", "binary", """
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(train), train["y"])
        return model.predict_proba(numbers(features))[:, 1] * 1e-30"""),
    "an index of labels": ("f1", "rare", """
        import pandas as pd
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(train), train["y"])
        return pd.Index(model.predict(numbers(features)))"""),
    "a categorical": ("f1", "rare", """
        import pandas as pd
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(train), train["y"])
        return pd.Categorical(model.predict(numbers(features)))"""),
    "a matrix": ("roc_auc", "binary", """
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(train), train["y"])
        return np.matrix(model.decision_function(numbers(features))).T"""),
    "changes its arguments": ("roc_auc", "binary", """
        y = train.pop("y")
        train["west"], features["west"] = (t.pop("place") == "west" for t in (train, features))
        features.drop(columns=["c"], inplace=True)
        train.drop(columns=["c"], inplace=True)
        return make_pipeline(StandardScaler(), LogisticRegression()).fit(train, y).decision_function(features)"""),
    "dummies by the training columns": ("roc_auc", "binary", """
        import pandas as pd
        X = pd.get_dummies(train.drop(columns="y"), dtype=float)
        Z = pd.get_dummies(features, dtype=float).reindex(columns=X.columns, fill_value=0.0)
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, train["y"])
        return pd.Series(model.decision_function(Z))"""),
}  # fmt: skip
ANCHORS = {
    "log_loss": (("1.09", "0"), ("1.0", "1")),
    "r2": (("0", "0"), ("0.1", "1")),
    "f1": (("0", "0"), ("0.3", "1")),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_solution_passes_every_check(service, name):
    metric, kind, body = RIGHT[name]
    positive = "bad" if kind == "rare" else None
    anchors = ANCHORS.get(metric, (("0.3", "0"), ("0.4", "1")))
    evidence = graded(service, right(body), metric, kind, anchors=anchors, positive=positive)
    assert [(one.id, one.outcome, one.message) for one in evidence.tests] == [
        (step, TestStatus.PASSED, "") for step in STEPS
    ]
    (measure,) = evidence.measures
    assert len(measure.values) == 2
    assert all(check.passed for check in measure.checks)
    assert evidence.verdict is Verdict.PASSED
    assert Evidence.model_validate_json(evidence.model_dump_json()) == evidence


LOGISTIC = right(RIGHT["logistic"][2])
IMITATIONS = {
    "one prediction for all": ("def fit_predict(t, f, s): return [0.3] * len(f)", "seed 1", "same for every row"),
    "a rule by hand": ("def fit_predict(t, f, s): return f['a'] + f['b'] / 14", "labels", "not learned"),
    "learned once, then kept": (
        LOGISTIC.replace("def fit_predict", "kept = []\ndef fit").replace("return m", "return lambda features: m")
        + "\ndef fit_predict(train, features, seed):\n    if not kept: kept.append(fit(train, features, seed))\n"
        "    return kept[0](features)\n",
        "labels",
        "kept from an earlier call",
    ),
    "scales the hold-out rows by themselves": (
        right("""
        S = StandardScaler
        model = LogisticRegression().fit(S().fit_transform(numbers(train)), train["y"])
        return model.predict_proba(S().fit_transform(numbers(features)))[:, 1]"""),
        "rows",
        "depend on the other rows",
    ),
    "ranks within the hold-out rows": (
        LOGISTIC.replace("return model", "return __import__('pandas').Series(model") + ").rank().to_numpy()",
        "rows",
        "depend on the other rows",
    ),
    "dummies that differ from part to part": (
        right("""
        import pandas as pd
        Z = pd.get_dummies(features.assign(high=np.where(features["a"] > 6, "h", "l")), dtype=float)
        X = pd.get_dummies(train.assign(high=np.where(train["a"] > 6, "h", "l")).drop(columns="y"), dtype=float)
        return LogisticRegression().fit(X, train["y"]).decision_function(Z)"""),
        "rows",
        "not with a part",
    ),
    "two columns": (LOGISTIC.replace("[:, 1]", ""), "rows", "predict_proba's columns"),
    "one row too few": (LOGISTIC.replace("[:, 1]", "[1:, 1]"), "rows", "149 predictions for 150 rows"),
    "not a number": (LOGISTIC.replace("[:, 1]", "[:, 1] * np.nan"), "rows", "NaN"),
    "text": ("def fit_predict(t, f, s): return ['x'] * len(f)", "rows", "not numbers"),
    "nothing": ("def fit_predict(t, f, s): pass", "rows", "gave None"),
    "a generator": ("def fit_predict(t, f, s): return (x for x in f['a'])", "rows", "generator"),
    "an array of its own kind": (
        """
        import numpy as np

        class Own:
            def __len__(self):
                return 150

            def __array__(self, *a, **k):
                return np.arange(150.0)

        def fit_predict(t, f, s):
            return Own()
        """,
        "rows",
        "'Own'",
    ),
    "odds of rows scaled by themselves": (
        right("""
        S = StandardScaler
        model = LogisticRegression().fit(S().fit_transform(numbers(train)), train["y"])
        return np.append(np.exp(9 * model.decision_function(S().fit_transform(numbers(features))))[1:], 1e300)"""),
        "rows",
        "depend on the other rows",
    ),
    "raises": ("def fit_predict(t, f, s): raise KeyError('age')", "rows", "raised KeyError: 'age'"),
    "raises for the second seed": (
        LOGISTIC.replace("return model", "assert seed != 2\n    return model"), "seed 2", "AssertionError"),
    "is not there": ("x = 1", "rows", "fit_predict"),
    "takes no seed": ("def fit_predict(train, features): return features['a']", "rows", "positional argument"),
    "does not import": ("def fit_predict(:", "rows", "SyntaxError"),
    "exits": ("import sys\ndef fit_predict(t, f, s): sys.exit(0)", "rows", "sys.exit"),
}  # fmt: skip


@pytest.mark.parametrize("name", IMITATIONS)
def test_an_imitation_is_told_and_leaves_no_bound(service, name):
    code, step, word = IMITATIONS[name]
    evidence = graded(service, code)
    failed = outcome(evidence, step)
    assert failed.outcome is TestStatus.FAILED
    assert word in failed.message
    assert "Traceback" not in failed.message
    after = evidence.tests[[one.id for one in evidence.tests].index(failed.id) + 1 :]
    assert {one.outcome for one in after} <= {TestStatus.SKIPPED}
    assert all(measure.lower_bound is None for measure in evidence.measures)
    assert evidence.verdict is Verdict.FAILED


def test_two_models_chosen_by_chance_are_no_false_alarm_where_they_come_out_alike_at_first(service):
    # Call 1 is the part; the wholes after it happen to fall on the other model, and so does a later part.
    code = (
        NUMBERS
        + SCALED
        + textwrap.dedent("""
        calls = []
        def fit_predict(train, features, seed):
            calls.append(len(features))
            k = 3 if len(calls) in {1, 5} else 25
            return KNeighborsClassifier(k).fit(numbers(train), train["y"]).predict(numbers(features))
    """)
    )
    evidence = graded(service, code, "accuracy", "three")
    assert outcome(evidence, "rows").outcome is TestStatus.PASSED


def test_with_turned_labels_a_shuffle_of_one_feature_is_no_false_alarm(service):
    # One column orders the rows; shuffled labels would leave that order or turn it, as luck has it.
    code = right("""
        x = train["b"].to_numpy()
        slope = np.sign(np.corrcoef(x, train["y"])[0, 1])
        return slope * features["b"].to_numpy()""")
    check = outcome(graded(service, code), "labels")
    assert check.outcome is TestStatus.PASSED


def test_a_low_bound_is_told_with_what_all_points_need(service):
    evidence = graded(service, LOGISTIC, anchors=(("0.5", "0"), ("0.999", "1")))
    assert [one.outcome for one in evidence.tests[:-1]] == [TestStatus.PASSED] * 4
    assert "with 95 % confidence; all points need 0.999" in outcome(evidence, "bound").message
    (measure,) = evidence.measures
    assert 0.8 < measure.lower_bound < min(measure.values)


def test_the_bound_covers_the_worst_seed(service):
    code = LOGISTIC.replace(
        "return model", "Z = numbers(features)\n    if seed == 2: Z = Z * [-1, 1, 1, 1]\n    return model"
    )
    steady, shaky = (graded(service, c).measures[0] for c in (LOGISTIC, code.replace("numbers(features))[", "Z)[")))
    assert shaky.values[1] < steady.values[1]  # noqa: PD011 - no frame
    assert shaky.lower_bound < steady.lower_bound - 0.1


def test_equal_runs_give_equal_evidence(service):
    one, other = (graded(service, LOGISTIC).measures for _ in range(2))
    assert one == other


def test_a_slow_solution_runs_out_of_time_and_the_tests_before_it_count(service):
    code = "import time\ndef one(): return 1\ndef fit_predict(t, f, s): time.sleep(30)\n"
    evidence = graded(
        service,
        code,
        tests={"test_hidden.py": b"from solution import one\n\ndef test_one():\n    assert one() == 1\n"},
        expected=("test_hidden.py::test_one",),
        limits=Limits(seconds=20, test_seconds=1),
    )
    assert evidence.tests[0].outcome is TestStatus.PASSED
    assert outcome(evidence, "rows").outcome is TestStatus.TIMEOUT
    assert outcome(evidence, "bound").outcome is TestStatus.SKIPPED
    assert evidence.verdict is Verdict.TIMEOUT


def test_a_crash_is_told_as_one(service):
    evidence = graded(service, "import os\ndef fit_predict(t, f, s): os._exit(3)\n")
    assert outcome(evidence, "rows").outcome is TestStatus.CRASHED
    assert evidence.measures == () or evidence.measures[0].lower_bound is None


def test_hold_out_labels_and_hidden_training_rows_are_nowhere_to_be_found(service):
    # What the candidate can list, open and see in its arguments, it prints; two numbers mark what it must not.
    train, held = (pd.read_csv(io.BytesIO(content)) for content in files("value"))
    held["y"] = 918273.5
    held.loc[0, "y"] = 564738.25
    code = """
    import gc, os, sys
    from pathlib import Path
    found = []
    def look(*things):
        for thing in things:
            found.append(thing.to_csv() if hasattr(thing, "to_csv") else repr(thing))
            found.append(repr(getattr(thing, "attrs", "")) + repr(getattr(thing, "index", "")))
    def fit_predict(train, features, seed):
        look(train, features, seed)
        for path in Path(".").rglob("*"):
            found.append(str(path) + (path.read_text(errors="replace") if path.is_file() else ""))
        for thing in gc.get_objects():
            if type(thing).__name__ in ("DataFrame", "Series", "ndarray"):
                found.append(repr(getattr(thing, "columns", "")) + repr(thing))
        frame = sys._getframe()
        while frame:
            found.append(repr(frame.f_locals)[:20000])
            frame = frame.f_back
        text = "".join(found)
        print("LEAK" if "9182" + "73.5" in text or "5647" + "38.25" in text else "clean")
        print("HOLDOUT" if "holdout" + ".csv" in "".join(found) else "unseen")
        print("TRAINFILE" if Path("train.csv").exists() else "by value alone")
        return features["a"].tolist()
    """
    tables = train.to_csv(index=False).encode(), held.to_csv(index=False).encode()
    evidence = graded(service, code, "r2", tables=tables, hides_training=True, anchors=(("-1", "0"), ("1", "1")))
    assert "clean" in evidence.output
    assert "unseen" in evidence.output
    assert "by value alone" in evidence.output
    assert "LEAK" not in evidence.output
    assert not any("918273" in one.message or "564738" in one.message for one in evidence.tests)


def test_the_rows_come_in_an_order_that_tells_nothing_of_their_labels(service):
    train, held = (pd.read_csv(io.BytesIO(content)) for content in DATA["binary"])
    tables = train.to_csv(index=False).encode(), held.sort_values("y").to_csv(index=False).encode()
    code = "import numpy as np\ndef fit_predict(t, f, s): return np.arange(len(f)) * (1.0 if t['y'].iloc[0] else -1.0)"
    evidence = graded(service, code, tables=tables)
    values = [value for measure in evidence.measures for value in measure.values]  # noqa: PD011 - no frame
    assert all(abs(value - 0.5) < 0.2 for value in values)


def test_tables_that_do_not_fit_are_unavailable_and_never_a_zero(service):
    evidence = graded(service, LOGISTIC, tables=(DATA["binary"][0], DATA["three"][1]))
    assert evidence.verdict is Verdict.UNAVAILABLE
    assert "quality" in evidence.message
    assert evidence.measures == ()


def test_a_job_without_its_tables_is_refused():
    task = MetricTask(
        part="p", metric="mae", function="f", train="train.csv", holdout="held.csv", target="y",
        anchors=(("2", "0"), ("1", "1")), seeds=(1,),
    )  # fmt: skip
    with pytest.raises(ValueError, match=r"hold-out data 'held\.csv' of part 'p' is missing"):
        GradingJob(submission={}, tests={}, data={"train.csv": b"", "held.csv": b""}, metrics=(task,))


def test_one_part_that_crashes_costs_the_other_measurement_nothing(service):
    train, held = DATA["binary"]
    task = MetricTask(
        part="first", metric="roc_auc", function="falls", train="train.csv", holdout="holdout.csv", target="y",
        anchors=(("0.5", "0"), ("0.6", "1")), seeds=(1, 2),
    )  # fmt: skip
    tasks = (task, task.model_copy(update={"part": "second", "function": "fit_predict"}))
    job = GradingJob(
        submission={"solution.py": (LOGISTIC + "\nimport os\ndef falls(t, f, s): os.abort()\n").encode()},
        tests={"test_hidden.py": b"import solution\n\ndef test_fall():\n    solution.os.abort()\n"},
        data={"train.csv": train},
        support={"holdout.csv": held},
        expected=("test_hidden.py::test_fall", "metric:first", "metric:second"),
        requires=("numpy", "pandas", "sklearn"),
        metrics=tasks,
        limits=Limits(seconds=60),
    )
    evidence = service.grade(job)
    found = {one.id: one.outcome for one in evidence.tests}
    assert found["test_hidden.py::test_fall"] is TestStatus.CRASHED
    assert found["metric:first[rows]"] is TestStatus.CRASHED
    assert {found[f"metric:first[{name}]"] for name in ("seed 1", "seed 2", "labels", "bound")} == {TestStatus.SKIPPED}
    assert {found[f"metric:second[{name}]"] for name in ("rows", "seed 1", "labels", "bound")} == {TestStatus.PASSED}
    assert [one.part for one in evidence.measures if one.lower_bound is not None] == ["second"]


def test_a_job_with_metrics_crosses_to_another_machine_as_text():
    train, held = DATA["binary"]
    task = MetricTask(
        part="p", metric="roc_auc", function="f", train="train.csv", holdout="holdout.csv", target="y",
        anchors=(("0.5", "0"), ("0.6", "1")), seeds=(1,),
    )  # fmt: skip
    job = GradingJob(submission={}, tests={}, data={"train.csv": train}, support={"holdout.csv": held}, metrics=(task,))
    assert GradingJob.model_validate_json(job.model_dump_json()) == job
