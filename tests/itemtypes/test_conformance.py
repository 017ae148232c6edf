"""What every item type promises, checked over the registry."""

from fractions import Fraction

import pytest

from builders import a_multiple_response, an_item
from demo_form import a_coding, a_numeric
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.itemtypes.coding.scoring import full_test_id
from examengine.itemtypes.registry import ITEM_TYPES, read_item, spec_of
from examengine.itemtypes.spec import Mark
from itemtypes.examples import a_gap_choice, a_matching, a_series, a_short_text, an_ordering

EXAMPLES = {
    item.type: item
    for item in (
        an_item(),
        a_multiple_response(),
        a_series(),
        an_ordering(),
        a_matching(),
        a_gap_choice(),
        a_numeric(),
        a_short_text(),
        a_coding(),
    )
}
CHOICE_TYPES = [name for name in ITEM_TYPES if name != "coding"]


def test_every_type_has_an_example():
    assert set(EXAMPLES) == set(ITEM_TYPES)


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_an_item_written_as_json_reads_back_as_itself(name: str):
    item = EXAMPLES[name]
    assert read_item(item.model_dump(mode="json")) == item


@pytest.mark.parametrize("name", CHOICE_TYPES)
def test_the_correct_response_earns_everything(name: str):
    item, spec = EXAMPLES[name], ITEM_TYPES[name]
    correct = spec.correct_response(item)
    score = spec.score(item, correct, None)
    assert (score.earned, score.mark) == (score.possible, Mark.RIGHT)
    assert spec.is_complete(item, correct)


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_an_untouched_response_is_blank_and_earns_nothing(name: str):
    item, spec = EXAMPLES[name], ITEM_TYPES[name]
    score = spec.score(item, spec.empty_response(), None)
    assert (score.earned, score.mark) == (0, Mark.BLANK)
    assert not spec.is_complete(item, spec.empty_response())
    assert spec.summarise(item, spec.empty_response(), item.option_ids()) in {"", "solution.py, 0 lines"}


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_a_response_written_as_json_reads_back_as_itself(name: str):
    spec = ITEM_TYPES[name]
    response = spec.correct_response(EXAMPLES[name]) or spec.response_model(files={"solution.py": "x = 1\n"})
    assert spec.response_model.model_validate(response.model_dump(mode="json")) == response


@pytest.mark.parametrize("name", ITEM_TYPES)
def test_a_clean_example_has_no_lint(name: str):
    assert list(ITEM_TYPES[name].lint(EXAMPLES[name])) == []


def test_line_mode_reads_letters_in_the_order_shown():
    item = an_item()
    spec = spec_of(item)
    assert spec.parse_line(item, "A", ["d", "b", "a", "c"]).option == "d"
    several = a_multiple_response()
    assert spec_of(several).parse_line(several, "a, C", ["e", "d", "c", "b", "a"]).options == {"e", "c"}


@pytest.mark.parametrize("text", ["E", "A B", "12", "?"])
def test_line_mode_says_what_would_be_right(text: str):
    item = an_item()
    with pytest.raises(ValueError, match=r"letters from A to D|pick one"):
        spec_of(item).parse_line(item, text, item.option_ids())


def coding_evidence(*passed: str, verdict: Verdict = Verdict.FAILED) -> Evidence:
    tests = ("test_zero", "test_negative", "test_text")
    return Evidence(
        verdict=verdict,
        tests=tuple(
            TestOutcome(id=full_test_id(name), outcome=TestStatus.PASSED if name in passed else TestStatus.FAILED)
            for name in tests
        ),
    )


SOLUTION = ITEM_TYPES["coding"].response_model(files={"solution.py": "def double(x):\n    return x\n"})


@pytest.mark.parametrize(
    ("passed", "earned"),
    [((), 0), (("test_zero",), 10), (("test_text",), 5), (("test_zero", "test_negative", "test_text"), 25)],
)
def test_code_earns_the_share_of_each_part_that_its_passed_tests_earn(passed: tuple[str, ...], earned: int):
    item = EXAMPLES["coding"]
    score = spec_of(item).score(item, SOLUTION, coding_evidence(*passed))
    assert score.earned == earned
    assert sum(part.earned for part in score.parts) == score.earned


@pytest.mark.parametrize("status", [status for status in TestStatus if status is not TestStatus.PASSED])
def test_only_a_passed_test_earns(status: TestStatus):
    item = EXAMPLES["coding"]
    tests = tuple(
        TestOutcome(id=full_test_id(name), outcome=status) for name in ("test_zero", "test_negative", "test_text")
    )
    assert spec_of(item).score(item, SOLUTION, Evidence(verdict=Verdict.FAILED, tests=tests)).earned == 0


def test_a_test_with_parameters_passes_when_all_of_them_do():
    item = a_coding(parts=[{"id": "p", "title": "P", "points": 6, "domain": "data", "tests": ["test_many"]}])
    for second, earned in ((TestStatus.PASSED, 6), (TestStatus.FAILED, 0)):
        tests = (
            TestOutcome(id="test_hidden.py::test_many[1]", outcome=TestStatus.PASSED),
            TestOutcome(id="test_hidden.py::test_many[2]", outcome=second),
        )
        assert spec_of(item).score(item, SOLUTION, Evidence(verdict=Verdict.FAILED, tests=tests)).earned == earned


def test_a_test_whose_name_only_begins_alike_earns_nothing():
    item = a_coding(parts=[{"id": "p", "title": "P", "points": 6, "domain": "data", "tests": ["test_a"]}])
    tests = (TestOutcome(id="test_hidden.py::test_ab", outcome=TestStatus.PASSED),)
    assert spec_of(item).score(item, SOLUTION, Evidence(verdict=Verdict.PASSED, tests=tests)).earned == 0


def test_a_part_with_credit_all_pays_only_for_all_of_its_tests():
    part = {
        "id": "p",
        "title": "P",
        "points": 6,
        "domain": "data",
        "tests": ["test_zero", "test_text"],
        "credit": "all",
    }
    item = a_coding(parts=[part])
    score = spec_of(item).score
    assert score(item, SOLUTION, coding_evidence("test_zero")).earned == 0
    assert score(item, SOLUTION, coding_evidence("test_zero", "test_text")).earned == 6


def test_an_unavailable_grader_is_never_a_zero():
    item = EXAMPLES["coding"]
    for evidence in (None, coding_evidence(verdict=Verdict.UNAVAILABLE)):
        score = spec_of(item).score(item, SOLUTION, evidence)
        assert (score.mark, score.possible) == (Mark.UNGRADED, Fraction(25))
