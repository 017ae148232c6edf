"""The words in which every format says the same thing."""

import unicodedata

from examengine.forms.form import Form
from examengine.reports.session_report import GapReport, ItemReport, OptionReport, PartReport, SessionReport

MARKS = {
    "right": ("✓", "right"),
    "partial": ("◐", "partly right"),
    "wrong": ("✗", "wrong"),
    "blank": ("·", "blank"),
    "ungraded": ("?", "not graded yet"),
}
"""Mark to sign and word: the sign never stands for itself alone in colour."""

CAUSES = {
    "closed": "the program was closed",
    "killed": "the program ended unexpectedly",
    "asleep": "the machine slept",
    "stopped": "the program stood still",
}

OUTCOMES = {"passed": "PASS", "failed": "FAIL", "open": "NOT DECIDED YET"}


VERDICTS = {
    "passed": "all tests passed",
    "failed": "some tests failed",
    "error": "the code could not be run",
    "timeout": "out of time",
    "memory": "out of memory",
    "crashed": "the process crashed",
    "unavailable": "not graded: trouble on this machine's side, no points lost",
}
"""Verdict of a grading to what it means."""


def breaks_line(form: Form) -> str:
    """Return the form's rule on breaks in a sentence; empty where an untimed form has none."""
    rule = form.breaks
    if rule is None:
        return "There are no breaks." if form.seconds is not None else ""
    count = "as many breaks as you like" if rule.most is None else f"up to {rule.most} breaks"
    basis = "" if rule.basis == "official" else f" [{rule.basis}]"
    clock = "goes on" if rule.clock == "runs" else f"stands still for up to {rule.minutes:g} minutes"
    seen = "; the items of the section that you have seen close for good" if rule.locks == "seen" else ""
    return f"You may take {count}: the clock {clock}{seen}{basis}."


_STEERING = frozenset(("Cc", "Cs"))
_LAYOUT = frozenset("\n\t")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Return a text that cannot steer a terminal: control characters and marks of writing direction become `\ufffd`."""
    return "".join(
        char
        if char in _LAYOUT or (unicodedata.category(char) not in _STEERING and char not in _DIRECTION)
        else "\ufffd"
        for char in text.replace("\r\n", "\n")
    )


def duration(seconds: float) -> str:
    """Return a time as `1:02:03` or `2:03`, cut to whole seconds."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def points(value: float) -> str:
    """Return points with at most two decimals and no more than needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def in_points(value: float) -> str:
    """Return `1 point`, `2.5 points`."""
    return f"{points(value)} {'point' if value == 1 else 'points'}"


def outcome_line(report: SessionReport) -> str:
    """Return the first thing a candidate wants to know."""
    share = f"{points(report.earned)} of {in_points(report.possible)} ({report.percent:.1f} %)"
    if report.kind == "drill":
        return share
    scale = f"{report.scaled} on a scale of {points(report.scale_min)} to {points(report.scale_max)}"
    basis = "" if report.scoring_basis == "official" else f", {report.scoring_basis}"
    return f"{OUTCOMES[report.outcome]}: {scale} (cut {points(report.cut)}{basis}); {share}"


def gap_line(gap: GapReport) -> str:
    """Return what a gap was and what it cost."""
    cost = f"{duration(gap.charged_seconds)} charged" if gap.charged_seconds else "no time charged"
    return f"{gap.at:%Y-%m-%d %H:%M:%S} UTC: {CAUSES.get(gap.cause, gap.cause)} for {duration(gap.seconds)}, {cost}"


def submit_line(report: SessionReport) -> str:
    """Return how the session ended."""
    allowed = "" if report.seconds_allowed is None else f" of {duration(report.seconds_allowed)}"
    how = "when the time was up" if report.submit_reason == "time_up" else "by the candidate"
    more = "" if report.time_multiplier == 1 else f" (at {report.time_multiplier:g} times the usual time)"
    when = f"{report.submitted:%Y-%m-%d %H:%M} UTC"
    return f"submitted {how} on {when} after {duration(report.seconds_used)}{allowed}{more}"


def item_points(item: ItemReport) -> str:
    """Return the points of an item; what is not graded yet is no nought."""
    earned = "?" if item.mark == "ungraded" else points(item.earned)
    return f"{earned} of {points(item.possible)}"


def item_in_points(item: ItemReport) -> str:
    """Return the points of an item with their noun."""
    return f"{item_points(item)} {'point' if item.possible == 1 else 'points'}"


def part_line(item: ItemReport, part: PartReport) -> str:
    """Return what one part of an exercise came to."""
    head = f"{' '.join(part.title.split())} ({part.domain})"
    if item.mark == "ungraded":
        return f"{head}: {in_points(part.possible)}, not graded yet"
    if item.mark == "blank":
        return f"{head}: {in_points(part.possible)}, not tried"
    return f"{head}: {points(part.earned)} of {in_points(part.possible)}, {part.basis}"


def waiting_line(report: SessionReport) -> str:
    """Return which points wait for the grader; empty where none do."""
    if not report.ungraded:
        return ""
    where = ", ".join(f"{points(one.ungraded)} in {one.title}" for one in report.domains if one.ungraded)
    return f"{in_points(report.ungraded)} {'waits' if report.ungraded == 1 else 'wait'} for the grader ({where})"


def option_note(option: OptionReport) -> str:
    """Return what an option was: `key, your pick`, `missed key`, `your pick`, `struck out`, or nothing."""
    verdict = "key, your pick" if option.verdict == "key" and option.is_picked else option.verdict
    return ", ".join(word for word in (verdict, "struck out" if option.is_struck else "") if word)


def option_sign(option: OptionReport) -> str:
    """Return the sign of an option: a tick for keys, a cross for a pick that is none."""
    if option.is_key:
        return MARKS["right"][0]
    return MARKS["wrong"][0] if option.is_picked else " "
