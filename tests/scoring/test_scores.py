"""Points add up, the scale is honest, and the outcome follows from both."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import an_item
from demo_form import a_form, an_entry
from examengine.bank.blueprint import Scoring
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.scoring.scale import scaled_score, shown_score
from examengine.scoring.score_form import score_form
from examengine.scoring.scores import Outcome

RIGHT = {1: {"option": "b"}, 2: {"options": ["a", "c"]}, 3: {"text": "0.25"}}
CODE = {4: {"files": {"solution.py": "def double(x):\n    return x + x\n"}}}


def evidence(*passed: str, verdict: Verdict = Verdict.FAILED) -> dict[int, Evidence]:
    tests = tuple(
        TestOutcome(id=f"test_hidden.py::{name}", outcome=TestStatus.PASSED if name in passed else TestStatus.FAILED)
        for name in ("test_zero", "test_negative", "test_text")
    )
    return {4: Evidence(verdict=verdict, tests=tests)}


def test_everything_right_is_everything():
    scores = score_form(a_form(), RIGHT | CODE, evidence("test_zero", "test_negative", "test_text"))
    assert (scores.earned, scores.possible, scores.scaled, scores.outcome) == (37, 37, 1000, Outcome.PASSED)


def test_domains_and_sections_add_up_to_the_whole_whatever_was_answered():
    for responses in ({}, RIGHT, RIGHT | CODE, CODE):
        scores = score_form(a_form(), responses, evidence("test_zero", "test_text"))
        assert sum(domain.earned for domain in scores.domains) == scores.earned
        assert sum(domain.possible for domain in scores.domains) == scores.possible
        assert sum(section.earned for section in scores.sections) == scores.earned


def test_parts_of_an_exercise_count_in_their_own_domains():
    scores = score_form(a_form(), CODE, evidence("test_text"))
    assert {domain.id: domain.earned for domain in scores.domains} == {"evaluation": 0, "data": 5}


def test_pretest_items_count_nowhere():
    form = a_form()
    pretest = an_entry(5, an_item(), section="b", pretest=True, points=Fraction(0))
    with_pretest = a_form(entries=(*form.entries, pretest))
    for response in ({}, {5: {"option": "b"}}):
        scores = score_form(with_pretest, RIGHT | response, {})
        assert (scores.earned, scores.possible) == (12, 37)


@pytest.mark.parametrize("verdict", [Verdict.UNAVAILABLE])
def test_ungraded_code_leaves_the_outcome_open_where_it_could_change_it(verdict: Verdict):
    scores = score_form(a_form(), RIGHT | CODE, evidence(verdict=verdict))
    assert (scores.outcome, scores.ungraded) == (Outcome.OPEN, 25)
    assert score_form(a_form(), CODE, evidence(verdict=verdict)).outcome is Outcome.FAILED


def test_a_section_below_its_floor_fails_whatever_the_sum():
    scoring = a_form().scoring.model_copy(
        update={"section_floor_percent": {"a": Fraction(50)}, "cut_raw_percent": Fraction(60)}
    )
    scores = score_form(a_form(scoring=scoring), CODE, evidence("test_zero", "test_negative", "test_text"))
    assert scores.earned >= Fraction(60, 100) * scores.possible
    assert scores.outcome is Outcome.FAILED
    assert scores.reasons == ("Multiple choice lies below its floor of 50 %.",)


def scoring(cut_percent: int) -> Scoring:
    return Scoring(kind="scaled", min=100, max=1000, cut=750, cut_raw_percent=cut_percent, basis="assumed")


@given(st.integers(1, 99), st.fractions(0, 1), st.fractions(0, 1))
def test_the_scale_rises_with_the_share(cut_percent: int, one: Fraction, other: Fraction):
    low, high = sorted((one, other))
    scale = scoring(cut_percent)
    assert 100 <= scaled_score(scale, low) <= scaled_score(scale, high) <= 1000
    if low < high:
        assert scaled_score(scale, low) < scaled_score(scale, high)


@given(st.integers(1, 100), st.fractions(0, 1))
def test_the_scale_shows_the_cut_exactly_for_those_who_reach_it(cut_percent: int, share: Fraction):
    reached = share >= Fraction(cut_percent, 100)
    assert (shown_score(scaled_score(scoring(cut_percent), share)) >= 750) is reached


@given(st.sets(st.sampled_from(["test_zero", "test_negative", "test_text"])), st.sets(st.integers(1, 3)))
def test_more_right_never_earns_less(passed: set[str], answered: set[int]):
    some = {number: RIGHT[number] for number in answered} | CODE
    less = score_form(a_form(), some, evidence(*sorted(passed)[1:]))
    more = score_form(a_form(), some, evidence(*passed))
    assert less.earned <= more.earned
    assert 0 <= more.earned <= more.possible
