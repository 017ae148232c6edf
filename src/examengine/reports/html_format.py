"""The report as one HTML file that needs nothing from the network."""

from importlib import resources

import jinja2
from latex2mathml.converter import convert as latex_to_mathml
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from examengine.reports.session_report import SessionReport
from examengine.reports.words import MARKS, OUTCOMES, duration, gap_line, outcome_line, points, submit_line


def render_html(report: SessionReport) -> str:
    """Return a page with inline style, bars as SVG and formulas as MathML; bank text cannot bring markup or scripts."""
    template = resources.files("examengine.reports").joinpath("templates/report.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(prose=_prose, duration=duration, points=points, gap_line=gap_line)
    page = environment.from_string(template)
    return page.render(
        report=report,
        marks=MARKS,
        outcome=OUTCOMES[report.outcome],
        headline=outcome_line(report),
        ending=submit_line(report),
    )


def _prose(text: str) -> Markup:
    """Return Markdown as HTML; raw HTML in it stays text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, renderer=_formula)
    return Markup(markdown.render(text))  # noqa: S704 - markdown-it escapes everything, html is off


def _formula(source: str, options: dict[str, bool]) -> str:
    try:
        return str(latex_to_mathml(source, display="block" if options["display_mode"] else "inline"))
    except Exception:  # noqa: BLE001 - the converter raises many kinds; the source is readable too
        return f"<code>{escape(source)}</code>"
