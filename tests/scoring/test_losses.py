"""Losses to clock and knowledge add up to the points lost, exactly; certainty, and changes of mind."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examengine.forms.form import Form
from examengine.itemtypes.spec import Mark
from examengine.scoring.calibration import calibrate
from examengine.scoring.changes import ScoredAnswer, find_changes, score_answers
from examengine.scoring.losses import find_losses
from examengine.scoring.score_form import score_form
from examengine.session.state import SessionState, replay
from examengine.session.way import Answer, way_through
from reports.canonical_reports import (
    a_full_form,
    a_full_journal,
    a_rushed_journal,
    half_right_evidence,
    unavailable_evidence,
)

HALF = half_right_evidence()
RESPONSES = {
    1: [{"option": "a"}, {"option": "b"}],
    2: [{"options": ["a"]}, {"options": ["a", "c"]}, {"options": ["b", "d"]}],
    3: [{"text": "0.25"}, {"text": "4"}],
    4: [{"option": "b"}, {"option": "c"}],
    5: [{"option": "a"}],
    6: [{"files": {"solution.py": "x = 1\n"}}],
    7: [{"files": {"solution.py": "x = 2\n"}}],
}


@st.composite
def ends(draw: st.DrawFn) -> tuple[Form, SessionState, dict]:
    """Any end of the canonical exam: any responses, any items seen, any way for a section to close."""
    form = a_full_form()
    responses = {number: draw(st.sampled_from(known)) for number, known in RESPONSES.items() if draw(st.booleans())}
    closed = {
        section: reason
        for section in ("a", "b")
        if (reason := draw(st.sampled_from(["left", "time_up", "submitted", None]))) is not None
    }
    state = SessionState(
        phase="submitted",
        responses=responses,
        seen=frozenset(responses) | draw(st.frozensets(st.integers(1, 7))),
        sections_closed=closed,
        submit_reason=draw(st.sampled_from(["candidate", "time_up"])),
    )
    evidence = {number: draw(st.sampled_from([HALF, unavailable_evidence()])) for number in (6, 7)}
    return form, state, evidence


@given(ends())
def test_earned_waiting_and_both_losses_add_up_to_all_points_exactly(end: tuple[Form, SessionState, dict]) -> None:
    form, state, evidence = end
    scores = score_form(form, state.counted_responses, evidence)
    losses = find_losses(form, state, scores)
    assert scores.earned + scores.ungraded + losses.clock + losses.knowledge == scores.possible
    for domain in scores.domains:
        clock, knowledge = losses.in_domain(domain.id)
        assert domain.earned + domain.ungraded + clock + knowledge == domain.possible
    assert sum((sum(losses.in_domain(one.id)) for one in scores.domains), Fraction(0)) == sum(
        one.points for one in losses.entries
    )


@given(ends())
def test_nothing_answered_is_lost_to_the_clock(end: tuple[Form, SessionState, dict]) -> None:
    form, state, evidence = end
    losses = find_losses(form, state, score_form(form, state.counted_responses, evidence))
    for loss in losses.entries:
        if loss.is_to_clock:
            assert loss.entry.mark is Mark.BLANK
            assert "time_up" in (state.submit_reason, *state.sections_closed.values())


@pytest.mark.parametrize(
    ("closed", "reason", "kinds"),
    [
        ({"a": "time_up", "b": "time_up"}, "time_up", {3: "blank_in_time", 7: "unseen_in_time"}),
        ({"a": "left", "b": "time_up"}, "time_up", {3: "blank", 7: "unseen_in_time"}),
        ({"a": "left"}, "time_up", {3: "blank", 7: "unseen_in_time"}),
        ({"a": "submitted"}, "candidate", {3: "blank", 7: "unseen"}),
    ],
)
def test_only_a_blank_of_a_section_that_ran_out_is_lost_to_the_clock(closed, reason, kinds) -> None:
    form = a_full_form()
    ended = replay(form, a_rushed_journal(form))
    state = replace(ended, sections_closed=closed, submit_reason=reason)
    scores = score_form(form, state.counted_responses, {6: HALF})
    found = {loss.entry.number: loss.kind for loss in find_losses(form, state, scores).entries}
    assert {number: found[number] for number in kinds} == kinds
    assert found | kinds == found
    assert 5 not in found


def test_certainty_is_counted_by_word_and_pretest_items_count_nowhere() -> None:
    form = a_full_form()
    state = replay(form, a_full_journal(form))
    scores = score_form(form, state.counted_responses, {6: HALF})
    found = calibrate({1: "guess", 2: "sure", 5: "sure", 6: "sure", 7: "unsure"}, scores)
    table = {row.certainty: (row.items, row.right, row.partial, row.wrong, row.ungraded) for row in found.rows}
    assert table == {
        "sure": (2, 0, 1, 1, 0),
        "unsure": (1, 0, 0, 0, 1),
        "guess": (1, 1, 0, 0, 0),
        None: (2, 0, 0, 2, 0),
    }
    assert sum(row.items for row in found.rows) == 6
    assert found.guessed_right == (1,)
    assert found.sure_and_wrong == (2,)
    unsure = next(row for row in found.rows if row.certainty == "unsure")
    assert unsure.possible == 0


def test_where_nothing_was_rated_there_is_no_table() -> None:
    form = a_full_form()
    state = replay(form, a_full_journal(form))
    assert calibrate({}, score_form(form, state.counted_responses, {})).rows == ()


def test_a_change_of_mind_is_told_by_what_it_did() -> None:
    form = a_full_form()
    changes = find_changes(score_answers(form, way_through(form, a_rushed_journal(form)).answers))
    assert [(one.number, one.kind) for one in changes] == [(1, "right_to_wrong"), (4, "right_to_wrong")]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (Mark.RIGHT, Mark.WRONG, "right_to_wrong"),
        (Mark.RIGHT, Mark.PARTIAL, "right_to_wrong"),
        (Mark.PARTIAL, Mark.RIGHT, "wrong_to_right"),
        (Mark.WRONG, Mark.PARTIAL, "wrong_to_wrong"),
        (Mark.RIGHT, Mark.RIGHT, "right_to_right"),
    ],
)
def test_partly_right_counts_as_wrong_in_a_change(before: Mark, after: Mark, kind: str) -> None:
    made = [ScoredAnswer(Answer(3, float(place), {}), mark) for place, mark in enumerate((before, after))]
    assert [one.kind for one in find_changes(made)] == [kind]
