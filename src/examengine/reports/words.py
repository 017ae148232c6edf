"""The words in which every format says the same thing."""

from examengine.reports.session_report import GapReport, SessionReport

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


def duration(seconds: float) -> str:
    """Return a time as `1:02:03` or `2:03`, cut to whole seconds."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def points(value: float) -> str:
    """Return points with at most two decimals and no more than needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def outcome_line(report: SessionReport) -> str:
    """Return the first thing a candidate wants to know."""
    share = f"{points(report.earned)} of {points(report.possible)} points ({report.percent:.1f} %)"
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
    return f"submitted {how} on {report.submitted:%Y-%m-%d %H:%M} UTC after {duration(report.seconds_used)}{allowed}"
