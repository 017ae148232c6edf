"""A notebook as a course on machine learning has it: frames, arrays and estimators across tasks."""

import pytest

from examengine.core.evidence import Verdict
from examengine.delivery.grade_notebook import grade_notebook
from notebooks.made import an_exercise, checked_by, code, filled, in_bytes, is_full, passed, solution

pytestmark = pytest.mark.ml

LOAD = """import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split

rng = np.random.default_rng(0)
frame = pd.DataFrame({"x": np.arange(40.0), "z": rng.normal(size=40)})
frame["y"] = 3 * frame["x"] + 1
frame.loc[3, "z"] = np.nan"""
CLEAN = """def clean(table):
    return table.dropna().reset_index(drop=True)


frame = clean(frame)"""
SPLIT = """features = frame[["x", "z"]]
X_train, X_test, y_train, y_test = train_test_split(features, frame["y"], test_size=0.25, random_state=1)"""
FIT = """model = LinearRegression().fit(X_train, y_train)
predictions = model.predict(X_test)"""


@pytest.fixture(scope="module")
def exercise(tmp_path_factory):
    return an_exercise(
        tmp_path_factory.mktemp("made"),
        code(LOAD),
        solution("clean", CLEAN),
        checked_by(
            "test_clean",
            "assert isinstance(frame, pd.DataFrame)\nassert len(frame) == 39\nassert not frame.isna().any().any()",
            1,
            "raw = pd.DataFrame({'a': [1.0, None]})\n"
            "pd.testing.assert_frame_equal(clean(raw), pd.DataFrame({'a': [1.0]}))",
        ),
        solution("split", SPLIT),
        checked_by("test_split", "assert X_train.shape == (29, 2)\nassert list(X_test.columns) == ['x', 'z']"),
        solution("fit", FIT),
        checked_by(
            "test_fit",
            "assert isinstance(model, LinearRegression)\nnp.testing.assert_allclose(model.coef_, [3, 0], atol=1e-6)",
            2,
            "assert model.score(X_test, y_test) > 0.99\nfresh = pd.DataFrame({'x': [100.0], 'z': [0.0]})\n"
            "np.testing.assert_allclose(model.predict(fresh), [301], atol=1e-5)\n"
            "assert np.allclose(predictions, y_test)",
        ),
        head={"requires": ["numpy", "pandas", "sklearn"], "limits": {"seconds": 20}},
    )


def test_the_reference_earns_everything(exercise, service):
    done = grade_notebook(exercise, exercise.reference, service)
    assert is_full(done), [test.message for test in done.submission.evidence.tests]
    assert done.submission.evidence.verdict is Verdict.PASSED


def test_a_broken_first_task_leaves_the_later_ones_what_they_can_still_do(exercise, service):
    broken = {"clean": "frame = None", "split": SPLIT, "fit": FIT}
    done = grade_notebook(exercise, in_bytes(filled(exercise, broken)), service)
    assert passed(done) == set()
    own = {"clean": "1 / 0", "split": f"frame = frame.dropna()\n{SPLIT}", "fit": FIT}
    done = grade_notebook(exercise, in_bytes(filled(exercise, own)), service)
    assert passed(done) == {"test_split", "test_fit"}


def test_hard_coded_shapes_and_models_earn_nothing(exercise, service):
    fake = {
        "clean": "class Frame:\n    def __len__(self):\n        return 39\n"
        "    def __getattr__(self, name):\n        return self\n"
        "    def __call__(self, *a):\n        return self\n    def __bool__(self):\n        return False\n"
        "    __class__ = property(lambda self: pd.DataFrame)\n\n\nframe = Frame()\nclean = lambda table: frame",
        "split": "X_train = X_test = type('X', (), {'shape': (29, 2), 'columns': ['x', 'x']})()\n"
        "y_train = y_test = None",
        "fit": "class LinearRegression:\n    coef_ = [3, 0]\n\n\nmodel = LinearRegression()\npredictions = 3",
    }
    assert passed(grade_notebook(exercise, in_bytes(filled(exercise, fake)), service)) == set()
