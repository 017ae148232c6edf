"""A drill of the domain that a finished session showed to be weak."""

from pathlib import Path

import pytest

from builders import services_in
from examengine.core.errors import UsageError
from examengine.delivery.drill_domain import bank_domain, drill_domain
from examengine.delivery.services import Services
from reports.canonical_reports import exam_report

SOUND = Path(__file__).resolve().parents[1] / "corpora" / "sound_banks" / "short"


def test_the_drill_holds_items_of_the_domain_alone_and_as_many_as_a_small_bank_has(services: Services) -> None:
    own = services_in(services.home, clock=services.clock, bank_folders=(SOUND,))
    report = exam_report()
    item = report.items[0].model_copy(update={"id": "short.metrics.recall", "objective": "metrics.basics"})
    session = drill_domain(own, report.model_copy(update={"items": (item,)}), "evaluation")
    row = own.store.read_session(session)
    form = own.store.read_form(row.form_digest)
    own.close()
    assert row.kind == "drill"
    assert {entry.item.objective for entry in form.entries} == {"metrics.basics"}
    assert len(form.entries) == 3


def test_the_bank_and_domain_are_those_that_most_items_came_from() -> None:
    report = exam_report()
    assert bank_domain(report, "evaluation") == ("demo", "evaluation")
    others = tuple(
        item.model_copy(update={"id": "other.metrics.x", "objective": "metrics.basics"})
        if item.number in (1, 2, 3, 5)
        else item
        for item in report.items
    )
    assert bank_domain(report.model_copy(update={"items": others}), "evaluation") == ("other", "metrics")


def test_a_domain_without_items_is_that_of_the_blueprints_bank() -> None:
    assert bank_domain(exam_report(), "elsewhere") == ("demo", "elsewhere")


def test_a_bank_that_is_gone_is_told(services: Services) -> None:
    with pytest.raises(UsageError, match="demo"):
        drill_domain(services, exam_report(), "evaluation")
