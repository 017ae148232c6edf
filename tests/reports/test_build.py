"""What the report says of a session, item by item."""

import pytest

from examengine.core.errors import UsageError
from examengine.reports.build import build_report
from examengine.reports.words import option_note, option_sign
from examengine.scoring.score_form import score_form
from examengine.session.state import SessionState
from reports.canonical_reports import (
    a_full_form,
    a_full_journal,
    a_full_state,
    drill_report,
    exam_report,
    half_right_evidence,
)


def test_a_session_that_is_not_over_has_no_report_for_it_would_show_keys() -> None:
    form = a_full_form()
    with pytest.raises(UsageError, match="not over yet"):
        build_report("id", form, SessionState(), {}, score_form(form, {}, {}), [])


def test_domain_points_add_up_to_the_whole_without_pretest_items() -> None:
    report = exam_report()
    assert sum(domain.possible for domain in report.domains) == report.possible == 66
    assert sum(domain.earned for domain in report.domains) == report.earned
    assert sum(section.possible for section in report.sections) == report.possible


def test_options_stand_in_the_order_that_the_candidate_saw() -> None:
    first = exam_report().items[0]
    assert [(option.label, option.text) for option in first.options] == [
        ("A", "those missed"),
        ("B", "those found"),
        ("C", "those predicted"),
        ("D", "those drawn"),
    ]


@pytest.mark.parametrize(
    ("number", "notes", "signs"),
    [
        (1, ["", "key, your pick", "", ""], " ✓  "),
        (2, ["key, your pick", "your pick", "missed key", "", ""], "✓✗✓  "),
        (3, ["key", "your answer"], "✓✗"),
        (4, ["", "key", "your pick", ""], " ✓✗ "),
        (5, ["", "key", "", ""], " ✓  "),
    ],
)
def test_keys_and_picks_are_told_apart(number: int, notes: list[str], signs: str) -> None:
    options = exam_report().items[number - 1].options
    assert [option_note(option) for option in options] == notes
    assert "".join(option_sign(option) for option in options) == signs


def test_a_rationale_that_is_the_items_own_is_not_said_twice() -> None:
    numeric = exam_report().items[2]
    assert [option.rationale for option in numeric.options] == ["", "Turns the fraction over."]


def test_each_test_stands_under_the_part_that_it_decides() -> None:
    code = exam_report().items[5]
    assert {test.name: test.part for test in code.tests} == {
        "test_zero": "numbers",
        "test_negative": "numbers",
        "test_text": "text",
    }
    assert [part.id for part in code.parts] == ["numbers", "text"]


def test_a_parameter_set_belongs_to_the_part_of_its_function() -> None:
    evidence = half_right_evidence()
    renamed = evidence.tests[2].model_copy(update={"id": "test_hidden.py::test_text[ab-3]"})
    report = exam_report({6: evidence.model_copy(update={"tests": (*evidence.tests[:2], renamed)})})
    assert [(test.name, test.part) for test in report.items[5].tests][-1] == ("test_text[ab-3]", "text")


def test_submitted_code_is_part_of_the_report_and_the_starter_is_not() -> None:
    report = exam_report()
    assert [file.name for file in report.items[5].files] == ["solution.py"]
    form = a_full_form()
    state = a_full_state(form)
    blank = {number: response for number, response in state.responses.items() if number != 6}
    untouched = exam_report_of(blank)
    assert untouched.items[5].files == ()
    assert untouched.items[5].mark == "blank"


def exam_report_of(responses: dict[int, dict[str, object]]):
    from dataclasses import replace

    form = a_full_form()
    state = replace(a_full_state(form), responses=responses)
    return build_report("id", form, state, {}, score_form(form, responses, {}), a_full_journal(form))


def test_code_that_could_not_be_graded_leaves_its_points_open() -> None:
    report = exam_report()
    assert report.items[6].mark == "ungraded"
    assert report.ungraded == 25
    assert {domain.id: domain.ungraded for domain in report.domains} == {"evaluation": 20, "data": 5}


def test_a_gap_is_told_with_its_cause_and_its_cost() -> None:
    (gap,) = exam_report().gaps
    assert (gap.cause, gap.seconds, gap.charged_seconds) == ("killed", 118.0, 0.0)


def test_time_per_item_is_the_time_it_was_on_the_screen() -> None:
    report = exam_report()
    assert [item.seconds for item in report.items] == [70, 50, 40, 52, 10, 550, 600]
    assert report.seconds_used == 1510 - 118


def test_a_drill_gives_no_reasons_for_it_has_no_cut() -> None:
    assert drill_report().reasons == ()
