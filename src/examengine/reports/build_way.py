"""The way through a session, its losses and its calibration, as the report holds them."""

from collections.abc import Sequence

from examengine.forms.form import Form
from examengine.itemtypes.registry import spec_of
from examengine.reports.session_report import (
    AnswerReport,
    CalibrationReport,
    CertaintyReport,
    ChangeReport,
    LossReport,
    StayReport,
    WayReport,
)
from examengine.scoring.calibration import Calibration
from examengine.scoring.changes import ScoredAnswer, find_changes, score_answers
from examengine.scoring.losses import Losses, LossKind
from examengine.session.events import Recorded
from examengine.session.way import way_through


def way_report(form: Form, journal: Sequence[Recorded]) -> WayReport:
    """Return stays, answers and changes of mind."""
    way = way_through(form, journal)
    answers = score_answers(form, way.answers)
    return WayReport(
        stays=tuple(
            StayReport(
                kind=stay.kind,
                number=stay.number,
                section=stay.section,
                at=stay.at.wall_time(),
                start_seconds=stay.start,
                seconds=stay.seconds,
            )
            for stay in way.stays
        ),
        answers=tuple(
            AnswerReport(
                number=one.answer.number,
                at_seconds=one.answer.given,
                response=_summary(form, one),
                mark=one.mark.value,
            )
            for one in answers
        ),
        changes=tuple(
            ChangeReport(
                number=change.number,
                at_seconds=change.after.answer.given,
                before=_summary(form, change.before),
                after=_summary(form, change.after),
                kind=change.kind,
            )
            for change in find_changes(answers)
        ),
    )


def _summary(form: Form, one: ScoredAnswer) -> str:
    entry = form.entry(one.answer.number)
    spec = spec_of(entry.item)
    return spec.summarise(entry.item, spec.response_model.model_validate(one.answer.response), entry.order)


def loss_report(losses: Losses) -> LossReport:
    """Return the losses with the numbers of their items."""

    def numbers(kind: LossKind) -> tuple[int, ...]:
        return tuple(one.entry.number for one in losses.entries if one.kind == kind)

    return LossReport(
        clock=float(losses.clock),
        knowledge=float(losses.knowledge),
        unseen_in_time=numbers("unseen_in_time"),
        blank_in_time=numbers("blank_in_time"),
        wrong=numbers("wrong"),
        partial=numbers("partial"),
        blank=numbers("blank"),
        unseen=numbers("unseen"),
    )


def calibration_report(found: Calibration) -> CalibrationReport:
    """Return the table of certainty."""
    return CalibrationReport(
        rows=tuple(
            CertaintyReport(
                certainty=row.certainty or "",
                items=row.items,
                right=row.right,
                partial=row.partial,
                wrong=row.wrong,
                blank=row.blank,
                ungraded=row.ungraded,
                percent=float(100 * row.earned / row.possible) if row.possible else 0.0,
            )
            for row in found.rows
        ),
        guessed_right=found.guessed_right,
        sure_and_wrong=found.sure_and_wrong,
    )
