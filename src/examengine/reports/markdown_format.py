"""The report as Markdown."""

import re
import textwrap

from examengine.reports.session_report import ItemReport, OptionReport, SessionReport, TestReport
from examengine.reports.way_chart import PLAIN_SIGNS, legend, way_lines
from examengine.reports.way_words import (
    CERTAINTIES,
    CERTAINTY_HEADS,
    attempt_lines,
    basis_line,
    break_line,
    certainty_cells,
    certainty_lines,
    change_line,
    change_summary,
    has_certainty,
    loss_lines,
    retry_line,
    stay_words,
)
from examengine.reports.words import (
    MARKS,
    duration,
    gap_line,
    item_in_points,
    item_points,
    option_note,
    outcome_line,
    part_line,
    points,
    printable,
    submit_line,
    waiting_line,
)

_CHART_WIDTH = 78
_CHART_ROWS = 12


def render_markdown(report: SessionReport) -> str:
    """Return the report as CommonMark with tables."""
    lines = [f"# {_cell(report.title)}", "", f"**{outcome_line(report)}**", ""]
    lines += [f"{reason}  " for reason in report.reasons]
    lines += [basis_line(report)] if basis_line(report) else []
    lines += ["", f"Session `{report.session}`, seed {report.seed}; {submit_line(report)}.", ""]
    if report.ungraded:
        lines += [f"{waiting_line(report)}: `examengine report --regrade {report.session}`", ""]
    if len(report.sections) > 1:
        lines += ["## By section", "", "| section | points | share | floor | time |", "|---|--:|--:|--:|--:|"]
        for section in report.sections:
            floor = "" if section.floor_percent is None else f"{points(section.floor_percent)} %"
            allowed = "" if section.seconds_allowed is None else f" of {duration(section.seconds_allowed)}"
            lines.append(
                f"| {_cell(section.title)} | {points(section.earned)} of {points(section.possible)}"
                f" | {section.percent:.1f} % | {floor} | {duration(section.seconds_used)}{allowed} |"
            )
        lines.append("")
    lines += ["## By domain", "", "| domain | points | share | weight | blank |", "|---|--:|--:|--:|--:|"]
    for domain in report.domains:
        weight = "" if domain.weight is None else f"{points(domain.weight)} %"
        lines.append(
            f"| {_cell(domain.title)} | {points(domain.earned)} of {points(domain.possible)}"
            f" | {domain.percent:.1f} % | {weight} | {domain.blank} |"
        )
    lines.append("")
    lines += ["## Where the points went", "", *(f"- {line}" for line in loss_lines(report)), ""]
    lines += _certainty(report) + _way(report)
    if report.breaks:
        lines += ["## Breaks", "", *(f"- {break_line(one)}" for one in report.breaks), ""]
    if report.gaps:
        lines += ["## Gaps in the clock", "", *(f"- {gap_line(gap)}" for gap in report.gaps), ""]
    lines += ["## By item", "", *_item_table([item for item in report.items if not item.pretest]), ""]
    pretest = [item for item in report.items if item.pretest]
    if pretest:
        lines += ["### Pretest items (they count nowhere)", "", *_item_table(pretest), ""]
    if report.scratchpad:
        lines += ["## Scratchpad", "", *_fenced(report.scratchpad), ""]
    lines += ["## Review", ""]
    for item in report.items:
        lines += _item(item)
    return printable("\n".join(lines).rstrip() + "\n")


def _certainty(report: SessionReport) -> list[str]:
    if not has_certainty(report):
        return []
    lines = [f"| {' | '.join(CERTAINTY_HEADS)} |", "|---|--:|--:|--:|--:|--:|"]
    lines += [f"| {' | '.join(certainty_cells(row))} |" for row in report.calibration.rows]
    notes = [f"- {line}" for line in certainty_lines(report)]
    return ["## Certainty", "", *lines, "", *notes, *([""] if notes else [])]


def _way(report: SessionReport) -> list[str]:
    chart = way_lines(report, _CHART_WIDTH, _CHART_ROWS)
    if not chart:
        return []
    again = retry_line(report)
    lines = ["## The way through", "", change_summary(report), *([again] if again else []), ""]
    changes = [f"- {_verbatim(change_line(change))}" for change in report.way.changes]
    lines += [*changes, ""] if changes else []
    lines += ["```text", *chart, "", legend(PLAIN_SIGNS), "```", ""]
    return [*lines, f"Item by item: {stay_words(report)}.", ""]


def _verbatim(text: str) -> str:
    """Return a candidate's own words so that Markdown takes none of them for its own."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", _line(text))


def _fenced(text: str) -> list[str]:
    fence = _fence(text)
    return [f"{fence}text", *text.splitlines(), fence]


def _line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _item_table(items: list[ItemReport]) -> list[str]:
    lines = ["| no | mark | points | time | expected | item |", "|--:|---|--:|--:|--:|---|"]
    for item in items:
        sign, word = MARKS[item.mark]
        lines.append(
            f"| {item.number} | {sign} {word} | {item_points(item)}"
            f" | {duration(item.seconds)} | {duration(item.expected_seconds)} | `{item.id}` |"
        )
    return lines


def _item(item: ItemReport) -> list[str]:
    sign, word = MARKS[item.mark]
    title = item.title or f"`{item.id}`"
    pretest = " (pretest, unscored)" if item.pretest else ""
    lines = [
        f"### {item.number}. {title}",
        "",
        f"{sign} {word}, {item_in_points(item)}{pretest}",
        "",
    ]
    lines += [item.stem.rstrip(), ""]
    lines += [f"Your response: {_line(item.response) or '(blank)'}", ""]
    if item.certainty:
        lines += [f"You were: {CERTAINTIES[item.certainty]}.", ""]
    attempts = [f"- {_verbatim(line)}" for line in attempt_lines(item)]
    lines += [*attempts, ""] if attempts else []
    for option in item.options:
        lines += _option(option)
    if item.options:
        lines.append("")
    if item.verdict:
        isolation = f" Isolation level {item.isolation}." if item.isolation else ""
        lines += [f"Grading: {item.verdict}. {_line(item.message)}{isolation}", ""]
    for part in item.parts:
        lines.append(f"- {part_line(item, part)}")
        lines += [_test(test) for test in item.tests if test.part == part.id]
    lines += [_test(test) for test in item.tests if not test.part]
    if item.parts:
        lines.append("")
    for file in item.files:
        fence = _fence(file.text)
        lines += [f"`{file.name}` as submitted:", "", f"{fence}python", file.text.rstrip("\n"), fence, ""]
    lines += [item.rationale.rstrip(), ""]
    lines += [f"- [{title}]({url})" if url else f"- {title}" for title, url in item.references]
    lines.append("")
    if item.note:
        lines += ["Your note:", "", *_fenced(item.note), ""]
    return lines


def _option(option: OptionReport) -> list[str]:
    note = option_note(option)
    head = f"- **{option.label}**{f' **[{note}]**' if note else ''}"
    if "\n" in option.text:
        lines = [head, "", textwrap.indent(option.text, "  "), ""]
    else:
        lines = [f"{head} {option.text}".rstrip() + ("  " if option.rationale else "")]
    return lines + ([textwrap.indent(option.rationale.rstrip(), "  ")] if option.rationale else [])


def _test(test: TestReport) -> str:
    message = _line(test.message)
    return f"  - `{test.name}` {test.outcome}{': ' + message if message else ''}"


def _fence(text: str) -> str:
    """Return a fence that no line of the text closes."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    return "`" * max(3, longest + 1)
