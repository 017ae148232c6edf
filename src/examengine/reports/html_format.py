"""The report as one HTML file that needs nothing from the network."""

from collections.abc import Sequence
from importlib import resources

import jinja2
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

from examengine.reports.formula import formula_markup
from examengine.reports.session_report import SessionReport
from examengine.reports.words import (
    MARKS,
    OUTCOMES,
    duration,
    gap_line,
    item_points,
    option_note,
    outcome_line,
    part_line,
    points,
    printable,
    submit_line,
    waiting_line,
)


def render_html(report: SessionReport) -> str:
    """Return a page with inline style, bars as SVG and formulas as MathML; bank text cannot bring markup or scripts."""
    template = resources.files("examengine.reports").joinpath("templates/report.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        prose=_prose,
        duration=duration,
        points=points,
        gap_line=gap_line,
        option_note=option_note,
        item_points=item_points,
    )
    page = environment.from_string(template)
    return printable(
        page.render(
            report=report,
            marks=MARKS,
            outcome=OUTCOMES[report.outcome],
            headline=outcome_line(report),
            waiting=waiting_line(report),
            part_line=part_line,
            ending=submit_line(report),
        )
    )


def _prose(text: str) -> Markup:
    """Return Markdown as HTML; raw HTML in it stays text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, renderer=_formula)
    markdown.add_render_rule("image", _figure)
    return Markup(markdown.render(text))  # noqa: S704 - markdown-it escapes everything, html is off


def _figure(renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: object, env: object) -> str:
    """Return a figure's text alternative: the page fetches nothing, and the figure's file lies in the bank."""
    del renderer, options, env
    return str(Markup("<em>[figure: {}]</em>").format(tokens[index].content))


def _formula(source: str, options: dict[str, bool]) -> str:
    return str(formula_markup(source, is_block=options["display_mode"]))
