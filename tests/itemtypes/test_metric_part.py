"""Parts that are measured: what an author may write, and what evidence earns."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from examengine.core.evidence import Evidence, Measure, MetricCheck, TestOutcome, TestStatus, Verdict
from examengine.itemtypes.coding.measured_text import basis_text, measured_facts, measured_text
from examengine.itemtypes.coding.model import Coding, MetricPart, Part
from examengine.itemtypes.coding.scoring import full_test_id, metric_tasks, score_evidence
from examengine.itemtypes.spec import Mark, Measured

PART = {
    "id": "quality", "title": "Quality", "points": 12, "domain": "evaluation", "metric": "roc_auc", "target": "label",
    "anchors": [[0.75, 0], [0.85, 0.7], [0.90, 1]], "seeds": [1, 2],
}  # fmt: skip
TESTS = {"id": "code", "title": "Code", "points": 4, "domain": "data", "tests": ["test_a"]}
CHECKS = (MetricCheck(name="rows", passed=True, value=0.0), MetricCheck(name="labels", passed=True, value=-1.0))
STEPS = ("rows", "seed 1", "seed 2", "labels", "bound")


def an_exercise(*parts):
    return Coding(
        id="demo.ex.a", type="coding", objective="data.basics", difficulty="foundational", stem="Write it.",
        rationale="So.", references=[{"title": "A page"}], verified="2026-11-21", seconds=600, minutes=10,
        title="It", parts=parts, starter={"solution.py": ""},
    )  # fmt: skip


def evidence_of(bound=0.87, *, values=(0.9, 0.91), checks=CHECKS, measures=None, **outcomes):
    found = {
        **dict.fromkeys(STEPS, TestStatus.PASSED),
        **{name.replace("_", " "): status for name, status in outcomes.items()},
    }
    if measures is None:
        measures = (Measure(part="quality", values=values, lower_bound=bound, checks=checks),)
    tests = [TestOutcome(id=f"metric:quality[{name}]", outcome=status) for name, status in found.items() if status]
    return Evidence(verdict=Verdict.FAILED, tests=tests, measures=measures)


EXERCISE = an_exercise(PART)


def earned(evidence):
    return score_evidence(EXERCISE, evidence).earned


@pytest.mark.parametrize(
    ("bound", "points"), [(0.75, 0), (0.7, 0), (0.8, Fraction("4.2")), (0.85, Fraction("8.4")), (0.9, 12), (1.0, 12)]
)
def test_the_lower_bound_earns_along_the_anchors(bound, points):
    assert earned(evidence_of(bound)) == points


def with_last_step(evidence, status):
    *tests, last = evidence.tests
    return evidence.model_copy(update={"tests": (*tests, last.model_copy(update={"outcome": status}))})


def test_a_last_step_that_tells_of_a_low_bound_takes_nothing_away():
    assert earned(with_last_step(evidence_of(0.85), TestStatus.FAILED)) == Fraction("8.4")


@pytest.mark.parametrize("step", ["rows", "seed 1", "seed 2", "labels"])
@pytest.mark.parametrize("status", [one for one in TestStatus if one is not TestStatus.PASSED])
def test_a_step_that_did_not_pass_earns_nothing(step, status):
    assert earned(evidence_of(1.0, **{step: status})) == 0


@pytest.mark.parametrize("status", [TestStatus.ERROR, TestStatus.TIMEOUT, TestStatus.SKIPPED, TestStatus.MISSING])
def test_a_last_step_that_broke_earns_nothing(status):
    assert earned(with_last_step(evidence_of(1.0), status)) == 0


@pytest.mark.parametrize(
    "evidence",
    [
        evidence_of(None),
        evidence_of(measures=()),
        evidence_of(measures=(Measure(part="quality", values=(1.0, 1.0), lower_bound=1.0),) * 2),
        evidence_of(measures=(Measure(part="other", values=(1.0, 1.0), lower_bound=1.0),)),
        evidence_of(1.0, values=(1.0,)),
        evidence_of(1.0, checks=(MetricCheck(name="rows", passed=False),)),
        evidence_of(1.0, seed_1=None),
        Evidence(verdict=Verdict.PASSED),
        Evidence(verdict=Verdict.PASSED, measures=(Measure(part="quality", values=(1.0, 1.0), lower_bound=1.0),)),
    ],
)
def test_a_measurement_that_is_not_whole_earns_nothing(evidence):
    assert earned(evidence) == 0


def test_trouble_on_our_side_is_no_nought():
    assert score_evidence(EXERCISE, Evidence(verdict=Verdict.UNAVAILABLE)).mark is Mark.UNGRADED
    assert score_evidence(EXERCISE, None).mark is Mark.UNGRADED


@given(st.floats(0, 1))
def test_points_stay_between_nothing_and_all(bound):
    assert 0 <= earned(evidence_of(bound)) <= 12


def test_parts_by_tests_and_by_metric_stand_side_by_side():
    item = an_exercise(TESTS, PART)
    assert [type(part) for part in item.parts] == [Part, MetricPart]
    assert Coding.model_validate_json(item.model_dump_json()) == item
    assert Coding.model_validate(item.model_dump()) == item
    assert item.points_by_domain() == {"data": 4, "evaluation": 12}
    told = evidence_of(0.9)
    tests = (*told.tests, TestOutcome(id="test_hidden.py::test_a", outcome=TestStatus.PASSED))
    score = score_evidence(item, told.model_copy(update={"tests": tests}))
    assert (score.earned, score.mark) == (16, Mark.RIGHT)
    assert [part.measured is None for part in score.parts] == [True, False]


def test_evidence_from_before_measures_still_loads():
    old = '{"verdict": "passed", "tests": [{"id": "a", "outcome": "passed"}], "seconds": 1.5}'
    assert Evidence.model_validate_json(old).measures == ()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=4), st.floats(-1e9, 1e9) | st.none())
def test_evidence_keeps_every_digit_through_json(values, bound):
    evidence = evidence_of(bound, values=tuple(values))
    assert Evidence.model_validate_json(evidence.model_dump_json()) == evidence


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_evidence_holds_no_number_that_is_none(number):
    with pytest.raises(ValidationError):
        Measure(part="quality", lower_bound=number)


def test_a_part_says_what_grading_is_to_do():
    (task,) = metric_tasks(an_exercise(TESTS, {**PART, "data": "patients", "train": "known", "positive": "ill"}))
    assert (task.part, task.train, task.holdout, task.positive) == ("quality", "known.csv", "patients.csv", "ill")
    assert full_test_id(EXERCISE.parts[0].tests[0]) == "metric:quality"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"metric": "auc"}, "roc_auc"),
        ({"anchors": [[0.9, 1]]}, "two pairs"),
        ({"anchors": [[0.9, 0], [0.8, 1]]}, "let the values rise"),
        ({"anchors": [[0.5, 0], [1.2, 1]]}, "always at least 0 and at most 1"),
        ({"metric": "rmse"}, "let the values fall"),
        ({"metric": "rmse", "anchors": [[2, 0], [-1, 1]]}, "always at least 0"),
        ({"metric": "r2", "anchors": [[-5, 0], [1.1, 1]]}, "always at most 1"),
        ({"seeds": [1, 1]}, "twice"),
        ({"seeds": []}, "at least 1"),
        ({"seeds": [-1]}, "greater than or equal to 0"),
        ({"metric": "accuracy", "positive": "yes"}, "leave it out"),
        ({"data": "../holdout"}, "pattern"),
        ({"function": "os.system"}, "pattern"),
        ({"tests": ["test_a"]}, "Extra inputs"),
        ({"target": ""}, "at least 1"),
        ({"points": 0}, "greater than 0"),
    ],
)
def test_what_an_author_may_not_write(change, word):
    with pytest.raises(ValidationError, match=word):
        an_exercise({**PART, **change})


def test_without_tests_and_without_metric_the_tests_are_missing():
    with pytest.raises(ValidationError, match=r"tests\n  Field required"):
        an_exercise({name: value for name, value in TESTS.items() if name != "tests"})


def test_the_measurement_in_words():
    (part,) = score_evidence(EXERCISE, evidence_of(0.87654, values=(0.9, 0.92))).parts
    assert basis_text(part) == (
        "area under the ROC curve 0.9100 (mean of 2 seeds), at least 0.8765 with 95 % confidence; "
        "0.75 earns nothing, 0.85 earns 70 %, 0.9 everything"
    )
    facts = measured_facts(part.measured)
    assert facts["values"] == [0.9, 0.92]
    assert facts["lower_bound"] == 0.8765
    assert facts["anchors"] == [[0.75, 0.0], [0.85, 0.7], [0.9, 1.0]]


def test_smaller_is_better_in_words():
    measured = Measured(metric="rmse", values=("41.5",), lower_bound="44.25", anchors=((60, 0), (40, 1)))
    assert measured_text(measured) == (
        "root mean squared error 41.50, at most 44.25 with 95 % confidence; 60 earns nothing, 40 everything"
    )


def test_why_there_is_no_value_in_words():
    failed = evidence_of(None, values=(), checks=(MetricCheck(name="labels", passed=False, value=1.0),))
    (part,) = score_evidence(EXERCISE, failed).parts
    assert basis_text(part).endswith("not counted: predictions that do not depend on the training labels")
    (part,) = score_evidence(EXERCISE, evidence_of(measures=())).parts
    assert "not measured" in basis_text(part)
