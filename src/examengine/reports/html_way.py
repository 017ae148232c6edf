"""The way through a session, its losses and its certainty, as a part of the HTML page."""

from dataclasses import dataclass
from importlib import resources

import jinja2
from markupsafe import Markup

from examengine.reports.session_report import SessionReport
from examengine.reports.way_chart import CHANGE_CELLS, PLAIN_SIGNS
from examengine.reports.way_words import (
    CERTAINTY_HEADS,
    CHANGES,
    break_line,
    certainty_cells,
    certainty_lines,
    change_line,
    change_summary,
    loss_lines,
    retry_line,
    stay_words,
)
from examengine.reports.words import duration

_WIDTH, _LEFT, _TALL = 720.0, 40.0, 320.0


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class _Chart:
    height: float
    row: float
    stays: list[_Box]
    changes: list[tuple[_Box, str]]
    labels: list[tuple[float, str]]
    times: list[tuple[float, str, str]]


def way_markup(report: SessionReport) -> Markup:
    """Return the part of the page; everything in it is escaped."""
    template = resources.files("examengine.reports").joinpath("templates/way.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return Markup(  # noqa: S704 - autoescape is on
        environment.from_string(template).render(
            losses=loss_lines(report),
            heads=CERTAINTY_HEADS,
            rows=[certainty_cells(row) for row in report.calibration.rows],
            certainty=certainty_lines(report),
            summary=change_summary(report),
            again=retry_line(report),
            changes=[change_line(change) for change in report.way.changes],
            chart=_chart(report),
            words=stay_words(report),
            breaks=[break_line(one) for one in report.breaks],
            left=_LEFT,
            width=_WIDTH,
        )
    )


def _chart(report: SessionReport) -> _Chart | None:
    whole = sum(stay.seconds for stay in report.way.stays)
    items = len(report.items)
    if whole <= 0 or not items:
        return None
    row = min(16.0, _TALL / items)
    scale = (_WIDTH - _LEFT) / whole
    every = max(1, round(14 / row))
    middle = (_LEFT + _WIDTH) / 2
    return _Chart(
        height=row * items + 20,
        row=row,
        stays=[
            _Box(
                x=_LEFT + stay.start_seconds * scale,
                y=row * (stay.number - 1),
                width=max(0.5, stay.seconds * scale),
                words=f"item {stay.number} for {duration(stay.seconds)} from {duration(stay.start_seconds)}",
            )
            for stay in report.way.stays
            if stay.number is not None and stay.seconds > 0
        ],
        changes=[
            (
                _Box(
                    x=_LEFT + change.at_seconds * scale,
                    y=row * (change.number - 0.5),
                    width=0,
                    words=f"item {change.number} at {duration(change.at_seconds)}: {CHANGES[change.kind]}",
                ),
                PLAIN_SIGNS[CHANGE_CELLS[change.kind]],
            )
            for change in report.way.changes
        ],
        labels=[(row * (number - 0.5), str(number)) for number in range(1, items + 1, every)],
        times=[
            (_LEFT, "start", duration(0)),
            (middle, "middle", duration(whole / 2)),
            (_WIDTH, "end", duration(whole)),
        ],
    )
