"""The words in which every format tells the way through a session, its losses, its certainty and its pauses."""

from collections.abc import Iterable, Sequence

from examengine.core.counted import counted
from examengine.reports.session_report import (
    BreakReport,
    CertaintyReport,
    ChangeReport,
    ItemReport,
    SessionReport,
    StayReport,
)
from examengine.reports.words import MARKS, duration, in_points, points

CHANGES = {
    "wrong_to_right": "from wrong to right",
    "right_to_wrong": "from right to wrong",
    "wrong_to_wrong": "from wrong to wrong",
    "right_to_right": "from right to right",
}
"""Kind of change to words; partly right counts as wrong."""

LOSSES = {
    "unseen_in_time": "never seen before the time ran out",
    "blank_in_time": "blank when the time ran out",
    "wrong": "wrong",
    "partial": "partly right",
    "blank": "left blank",
    "unseen": "never opened",
}
"""Kind of loss to words."""

CERTAINTIES = {"sure": "sure", "unsure": "unsure", "guess": "a guess", "": "not rated"}
_BRIEF_SECONDS = 2.0
_BRIEF_STAYS = 3


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as `1-3, 7`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def loss_lines(report: SessionReport) -> list[str]:
    """Return what was lost to the clock and what to knowledge, with the items."""
    losses = report.losses
    clock = _items(report, ("unseen_in_time", "blank_in_time"))
    knowledge = _items(report, ("wrong", "partial", "blank", "unseen"))
    if not clock and not knowledge:
        return ["No points were lost."]
    return [
        f"Lost to the clock: {in_points(losses.clock)}{_in_brackets(clock)}.",
        f"Lost to knowledge: {in_points(losses.knowledge)}{_in_brackets(knowledge)}.",
    ]


def loss_summary(report: SessionReport) -> str:
    """Return what was lost to what in a few words; empty where nothing was."""
    losses = report.losses
    if not losses.clock and not losses.knowledge:
        return ""
    return f"lost: {points(losses.clock)} to clock, {points(losses.knowledge)} to knowledge"


def _items(report: SessionReport, kinds: Sequence[str]) -> str:
    groups = [(kind, getattr(report.losses, kind)) for kind in kinds]
    return "; ".join(f"{LOSSES[kind]}: {ranges(numbers)}" for kind, numbers in groups if numbers)


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def change_summary(report: SessionReport) -> str:
    """Return how many answers were changed, and to what end."""
    changes = report.way.changes
    if not changes:
        return "No answer was changed after it had stood."
    counts = {kind: sum(change.kind == kind for change in changes) for kind in CHANGES}
    told = ", ".join(f"{count} {CHANGES[kind]}" for kind, count in counts.items() if count or kind != "right_to_right")
    return f"{counted(len(changes), 'answer')} changed: {told}."


def change_line(change: ChangeReport) -> str:
    """Return one change of an answer."""
    when = duration(change.at_seconds)
    return f"item {change.number} at {when}, {CHANGES[change.kind]}: {_short(change.before)} → {_short(change.after)}"


def _short(text: str, width: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"


def stay_words(report: SessionReport) -> str:
    """Return the way in words: which item when and for how long; quick passing by is told together."""
    told: list[str] = []
    brief: list[StayReport] = []
    for stay in (*report.way.stays, None):
        if stay is not None and stay.number is not None and stay.seconds < _BRIEF_SECONDS:
            brief.append(stay)
            continue
        told += _brief_words(brief)
        brief = []
        if stay is not None:
            told.append(_stay(stay))
    return ", ".join(told)


def _brief_words(brief: Sequence[StayReport]) -> list[str]:
    if len(brief) < _BRIEF_STAYS:
        return [_stay(stay) for stay in brief]
    seconds = sum(stay.seconds for stay in brief)
    return [f"{brief[0].number} to {brief[-1].number} passed by ({len(brief)} items, {duration(seconds)})"]


def _stay(stay: StayReport) -> str:
    if stay.number is not None:
        return f"{stay.number} for {duration(stay.seconds)}"
    what = "between items" if stay.kind == "between" else "charged for a gap or break"
    return f"{duration(stay.seconds)} {what}"


def has_certainty(report: SessionReport) -> bool:
    """Return whether the candidate rated anything."""
    return bool(report.calibration.rows)


def certainty_cells(row: CertaintyReport) -> tuple[str, ...]:
    """Return word, items, right, partly right, wrong or blank, and the share of the points."""
    share = "not graded" if row.ungraded == row.items else f"{row.percent:.0f} %"
    counts = (row.items, row.right, row.partial, row.wrong + row.blank)
    return (CERTAINTIES[row.certainty], *(str(count) for count in counts), share)


CERTAINTY_HEADS = ("you were", "items", "right", "partly", "not right", "points")


def certainty_lines(report: SessionReport) -> list[str]:
    """Return the items where certainty and mark are at odds."""
    found = report.calibration
    lines = []
    if found.sure_and_wrong:
        lines.append(f"Sure and wrong: {ranges(found.sure_and_wrong)}. Learn these first.")
    if found.guessed_right:
        lines.append(f"Guessed right: {ranges(found.guessed_right)}. These points were luck.")
    return lines


def break_line(one: BreakReport) -> str:
    """Return what a break was."""
    clock = "the clock stood still" if one.stops_clock else "the clock went on"
    return f"{one.at:%Y-%m-%d %H:%M:%S} UTC: a break of {duration(one.seconds)}, {clock}"


def retry_line(report: SessionReport) -> str:
    """Return how many items were answered anew; empty where none was."""
    again = [item for item in report.items if item.attempts]
    if not again:
        return ""
    right = sum(item.attempts[-1].mark == "right" for item in again)
    noun = "item was" if len(again) == 1 else "items were"
    return f"{len(again)} {noun} answered anew, {right} of them right in the end; the first attempt counts."


def attempt_lines(item: ItemReport) -> list[str]:
    """Return every attempt at an item that was answered anew."""
    return [
        f"Attempt {place}{' (counts)' if place == 1 else ''}: {MARKS[one.mark][0]} {MARKS[one.mark][1]}"
        f"{f', {_short(one.response)}' if one.response else ''}"
        for place, one in enumerate(item.attempts, 1)
    ]


def basis_line(report: SessionReport) -> str:
    """Return what the scale rests on; empty for a drill."""
    if report.kind == "drill":
        return ""
    cut = f"The cut lies at {points(report.cut_percent)} % of the points"
    if report.scoring_basis == "official":
        return f"{cut}, as officially published."
    return f"{cut}; scale and cut are {report.scoring_basis}, not official."
