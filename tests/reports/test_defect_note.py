"""A note on a defect holds what an author needs, and nothing in it takes Markdown for its own."""

from pathlib import Path

import pytest

from examengine.core.errors import UsageError
from examengine.delivery.write_defect_note import write_defect_note
from examengine.reports.defect_note import render_defect_note
from reports.canonical_reports import exam_report, rushed_report


def test_the_note_names_item_bank_form_response_and_key() -> None:
    report = rushed_report()
    text = render_defect_note(report, report.items[1])
    for words in (
        "| item | demo.evaluation.item-2 |",
        "| item version | SHA-256 digest-2 |",
        "| bank version | demo 1.2.3,",
        "| form | demo.mock, seed 7, item 2 |",
        f"| form version | SHA-256 {report.form_digest} |",
        "| response | B. inertia; D. silhouette |",
        "| key | A. recall; C. precision |",
        "| scored | ✗ wrong, 0 of 4 points |",
        "(Write here what is wrong",
        "**B** [your pick, struck out]",
    ):
        assert words in text


def test_a_session_from_before_says_that_the_banks_version_is_unknown() -> None:
    report = exam_report()
    assert "| bank version | demo unknown, SHA-256 000" in render_defect_note(report, report.items[0])


def test_the_readers_words_stand_in_their_place() -> None:
    report = exam_report()
    text = render_defect_note(report, report.items[0], "  B is right too.  ")
    assert "## What is wrong\n\nB is right too.\n" in text
    assert "(Write here" not in text


def test_code_brings_its_parts_tests_and_files() -> None:
    report = exam_report()
    text = render_defect_note(report, report.items[5])
    assert "| key | the hidden tests |" in text
    assert "test_text failed: expected 'abab'" in text
    assert "````text\ndef double(x):" in text


def test_text_of_a_bank_closes_no_fence_and_breaks_no_table() -> None:
    report = exam_report()
    text = render_defect_note(report, report.items[3])
    assert "| response | C. a \\| b |" in text
    assert "````text\n```python\nx[i] = y[j]" in text
    assert "\x1b" not in text


def test_a_note_that_is_there_is_left_alone(tmp_path: Path) -> None:
    report = exam_report()
    first = write_defect_note(report, 1, tmp_path, "one")
    second = write_defect_note(report, 1, tmp_path, "two")
    assert (first.name, second.name) == (
        "defect-demo.evaluation.item-1.md",
        "defect-demo.evaluation.item-1-2.md",
    )
    assert "\none\n" in first.read_text()


def test_an_item_that_does_not_exist_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no item 8"):
        write_defect_note(exam_report(), 8, tmp_path)
    assert list(tmp_path.iterdir()) == []
