"""The report as JSON: the versioned contract for programs."""

from examengine.reports.session_report import SessionReport


def render_json(report: SessionReport) -> str:
    """Return the whole report, field by field."""
    return report.model_dump_json(indent=2) + "\n"
