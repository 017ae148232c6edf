"""The report as one HTML file that needs nothing from the network."""

from collections.abc import Callable, Sequence
from importlib import resources
from urllib.parse import unquote

import jinja2
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

from examengine.reports.formula import formula_markup
from examengine.reports.html_way import way_markup
from examengine.reports.session_report import SessionReport
from examengine.reports.way_words import CERTAINTIES, attempt_lines, basis_line
from examengine.reports.words import (
    MARKS,
    OUTCOMES,
    duration,
    gap_line,
    item_in_points,
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
        prose=_Figures(report).prose,
        duration=duration,
        points=points,
        gap_line=gap_line,
        option_note=option_note,
        item_in_points=item_in_points,
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
            basis=basis_line(report),
            way=way_markup(report),
            certainties=CERTAINTIES,
            attempt_lines=attempt_lines,
        )
    )


def _prose(text: str, figure: Callable[..., str]) -> Markup:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, renderer=_formula)
    markdown.add_render_rule("image", figure)
    return Markup(markdown.render(text))  # noqa: S704 - markdown-it escapes everything, html is off


class _Figures:
    """The figures of a report, by the id of the item that refers to them."""

    def __init__(self, report: SessionReport) -> None:
        self._addresses = {(one.bank, one.name): one.address for one in report.figures}

    def prose(self, text: str, item: str = "") -> Markup:
        """Return Markdown as HTML; raw HTML in it stays text."""
        bank = item.split(".", 1)[0]

        def figure(
            renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: object, env: object
        ) -> str:
            # The page fetches nothing: the picture stands in it, and where it is missing, its words do.
            del renderer, options, env
            words, name = tokens[index].content, unquote(str(tokens[index].attrGet("src") or ""))
            address = self._addresses.get((bank, name))
            if address is None:
                return str(Markup("<em>[figure: {}]</em>").format(words))
            return str(Markup('<img class="figure" src="{}" alt="{}">').format(address, words))

        return _prose(text, figure)


def _formula(source: str, options: dict[str, bool]) -> str:
    return str(formula_markup(source, is_block=options["display_mode"]))
