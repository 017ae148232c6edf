"""Every field of a report stands in the documents."""

from pathlib import Path

import pytest

from examengine.reports import session_report as models

DOCS = (Path(__file__).parents[2] / "docs" / "report-format.md").read_text(encoding="utf-8")
DOCUMENTED = [
    models.SessionReport,
    models.DomainReport,
    models.SectionReport,
    models.GapReport,
    models.BreakReport,
    models.WayReport,
    models.StayReport,
    models.AnswerReport,
    models.ChangeReport,
    models.LossReport,
    models.CalibrationReport,
    models.CertaintyReport,
    models.ItemReport,
    models.OptionReport,
    models.AttemptReport,
]


@pytest.mark.parametrize("model", DOCUMENTED, ids=lambda model: model.__name__)
def test_every_field_of_the_json_is_documented(model) -> None:
    missing = [
        name
        for name, field in model.model_fields.items()
        if not field.exclude and f"`{name}`" not in DOCS and f"`{name}[]`" not in DOCS
    ]
    assert [name for name in missing if name not in ("items", "way", "losses", "calibration")] == []
    for name in ("`items[]`", "`way`", "`losses`", "`calibration`"):
        assert f"## {name}" in DOCS
