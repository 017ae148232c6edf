"""A part that was measured shows value, bound and anchors in every report, and its steps beneath."""

import json

import pytest

from examengine.core.evidence import Evidence, Measure, MetricCheck, TestOutcome, TestStatus, Verdict
from examengine.itemtypes.coding.model import MetricPart
from examengine.plain.present import feedback_lines
from examengine.reports.build import item_report
from examengine.reports.formats import REPORT_FORMATS
from examengine.reports.session_report import ItemReport, SessionReport
from examengine.scoring.score_form import score_entry
from reports.canonical_reports import a_full_form, a_full_state, exam_report

STEPS = ("rows", "seed 1", "labels", "bound")
WORDS = "area under the ROC curve 0.9120, at least 0.8750 with 95 % confidence; 0.75 earns nothing, 0.85 earns 70 %, "


def measured_item() -> ItemReport:
    """The coding item of the canonical exam with one measured part in place of its own."""
    entry = next(one for one in a_full_form().entries if one.item.type == "coding")
    part = MetricPart(
        id="quality", title="Quality", points=25, domain=entry.item.parts[0].domain, metric="roc_auc", target="y",
        anchors=[("0.75", 0), ("0.85", "0.7"), ("0.90", 1)], seeds=[1],
    )  # fmt: skip
    entry = entry.model_copy(update={"item": entry.item.model_copy(update={"parts": (part,)})})
    evidence = Evidence(
        verdict=Verdict.FAILED,
        tests=tuple(
            TestOutcome(
                id=f"metric:quality[{name}]",
                outcome=TestStatus.FAILED if name == "bound" else TestStatus.PASSED,
                message="It is at least 0.8750 with 95 % confidence; all points need 0.9." if name == "bound" else "",
            )
            for name in STEPS
        ),
        measures=(
            Measure(
                part="quality", values=(0.912,), lower_bound=0.875, checks=(MetricCheck(name="rows", passed=True),)
            ),
        ),
    )
    state = a_full_state(a_full_form())
    return item_report(
        entry, state, evidence, score_entry(entry, {"files": {"solution.py": "import numpy\n"}}, evidence)
    )


def report_with(item: ItemReport) -> SessionReport:
    whole = exam_report()
    return whole.model_copy(update={"items": tuple(item if one.number == item.number else one for one in whole.items)})


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_value_bound_and_anchors_stand_in_every_format(name: str) -> None:
    text = " ".join(REPORT_FORMATS[name].render(report_with(measured_item())).split())
    assert WORDS in text.replace("\\", "")
    assert "21.25 of 25 points" in text
    assert "all points need 0.9." in text.replace("\\", "")


def test_scripts_get_the_numbers() -> None:
    told = json.loads(REPORT_FORMATS["json"].render(report_with(measured_item())))
    (measured,) = (part["measured"] for item in told["items"] for part in item["parts"] if part["measured"])
    assert measured["values"] == [0.912]
    assert measured["lower_bound"] == 0.875
    assert measured["anchors"] == [[0.75, 0.0], [0.85, 0.7], [0.9, 1.0]]
    assert measured["text"].startswith(WORDS)


def test_line_mode_tells_it_too() -> None:
    assert any(line.startswith(f"Quality: {WORDS}") for line in feedback_lines(measured_item()))


def test_the_steps_belong_to_their_part() -> None:
    assert {test.part for test in measured_item().tests} == {"quality"}
