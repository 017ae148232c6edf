"""The report formats that exist: one row each. A format's module is imported when it is first used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from examengine.core.errors import UsageError
from examengine.reports.session_report import SessionReport


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One way to write a report."""

    name: str
    suffix: str
    renderer: str
    """`module:function`."""

    def render(self, report: SessionReport) -> str:
        """Return the report in this format."""
        module, function = self.renderer.split(":")
        renderer: Callable[[SessionReport], str] = getattr(import_module(module), function)
        return renderer(report)


REPORT_FORMATS: Mapping[str, ReportFormat] = MappingProxyType(
    {
        one.name: one
        for one in (
            ReportFormat("text", ".txt", "examengine.reports.text_format:render_text"),
            ReportFormat("markdown", ".md", "examengine.reports.markdown_format:render_markdown"),
            ReportFormat("json", ".json", "examengine.reports.json_format:render_json"),
            ReportFormat("html", ".html", "examengine.reports.html_format:render_html"),
        )
    }
)


def format_named(name: str) -> ReportFormat:
    """Return a format by its name.

    Raises:
        UsageError: there is none; the message lists those there are.
    """
    if name not in REPORT_FORMATS:
        raise UsageError(f"{name!r} is not a report format", hint=f"there are {', '.join(REPORT_FORMATS)}")
    return REPORT_FORMATS[name]
