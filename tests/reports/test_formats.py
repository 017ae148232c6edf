"""Every format renders every canonical report; the golden files were read by a person."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from examengine.core.errors import UsageError
from examengine.reports.formats import REPORT_FORMATS, format_named
from examengine.reports.session_report import AttemptReport, SessionReport
from reports.canonical_reports import CANONICAL_REPORTS, drill_report, exam_report

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("name", CANONICAL_REPORTS)
@pytest.mark.parametrize("format_name", REPORT_FORMATS)
def test_a_report_renders_as_its_golden_file(name: str, format_name: str) -> None:
    one = REPORT_FORMATS[format_name]
    golden = (GOLDEN / f"{name}{one.suffix}").read_text(encoding="utf-8")
    assert one.render(CANONICAL_REPORTS[name]()) == golden


@pytest.mark.parametrize("format_name", ["text", "markdown", "html"])
def test_nothing_in_a_report_steers_a_terminal(format_name: str) -> None:
    text = format_named(format_name).render(exam_report())
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@pytest.mark.parametrize("format_name", ["text", "markdown", "html"])
def test_points_that_wait_for_the_grader_are_never_shown_as_lost(format_name: str) -> None:
    text = format_named(format_name).render(exam_report())
    assert "? of 25 points" in text
    assert "25 points wait for the grader (20 in Evaluation and experimentation of models, 5 in Data)" in (
        " ".join(text.split())
    )


@pytest.mark.parametrize("format_name", ["text", "markdown", "html"])
def test_a_drill_has_no_outcome_and_no_cut(format_name: str) -> None:
    text = format_named(format_name).render(drill_report())
    assert "4 of 12 points (33.3 %)" in text
    for word in ("PASS", "FAIL", "cut 70", "lie below", "share that passes"):
        assert word not in text


def test_text_lines_fit_80_columns_but_for_code_stems_and_addresses() -> None:
    report = exam_report()
    bare = report.model_copy(update={"items": tuple(item.model_copy(update={"files": ()}) for item in report.items)})
    lines = format_named("text").render(bare).splitlines()
    assert max(len(line) for line in lines) <= 80


@pytest.mark.parametrize("name", CANONICAL_REPORTS)
def test_json_reads_back_as_the_same_report(name: str) -> None:
    report = CANONICAL_REPORTS[name]()
    text = format_named("json").render(report)
    assert json.loads(text)["format"] == 1
    assert SessionReport.model_validate_json(text) == report


def test_code_in_markdown_cannot_close_its_fence() -> None:
    text = format_named("markdown").render(exam_report())
    assert "````python\ndef double(x):" in text


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"there are text, markdown, json, html"):
        format_named("pdf")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in {"meta", "br", "hr", "rect", "line"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


HOSTILE = """\
<script>alert(1)</script>

<img src=x onerror=alert(1)>

$\\text{<script>alert(1)</script>}$

$\\href{javascript:alert(1)}{x}$

$$\\text{</span><iframe src=x>}$$

[a link](javascript:alert(1))

![a figure](https://example.org/track.png)
"""


def test_bank_text_and_code_bring_no_script_no_markup_and_no_request_into_the_page() -> None:
    report = exam_report()
    items = tuple(
        item.model_copy(
            update={
                "stem": HOSTILE,
                "rationale": HOSTILE,
                "response": HOSTILE,
                "title": HOSTILE,
                "message": HOSTILE,
                "note": HOSTILE,
                "attempts": (AttemptReport(response=HOSTILE, mark="wrong", earned=0),),
                "options": tuple(o.model_copy(update={"text": HOSTILE, "rationale": HOSTILE}) for o in item.options),
                "files": tuple(file.model_copy(update={"text": HOSTILE}) for file in item.files),
                "tests": tuple(test.model_copy(update={"message": HOSTILE}) for test in item.tests),
            }
        )
        for item in report.items
    )
    page = _Page()
    changes = tuple(one.model_copy(update={"before": HOSTILE, "after": HOSTILE}) for one in report.way.changes)
    way = report.way.model_copy(update={"changes": changes})
    over = {"items": items, "title": HOSTILE, "scratchpad": HOSTILE, "way": way}
    page.feed(format_named("html").render(report.model_copy(update=over)))
    assert page.open == []
    assert not {"script", "img", "iframe", "link", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert not [value for name, value in page.attributes if name == "href" and not value.startswith("https://example")]
