"""The report as Markdown."""

import re
import textwrap

from examengine.reports.session_report import ItemReport, OptionReport, SessionReport, TestReport
from examengine.reports.words import (
    MARKS,
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


def render_markdown(report: SessionReport) -> str:
    """Return the report as CommonMark with tables."""
    lines = [f"# {_cell(report.title)}", "", f"**{outcome_line(report)}**", ""]
    lines += [f"{reason}  " for reason in report.reasons]
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
    if report.gaps:
        lines += ["## Gaps in the clock", "", *(f"- {gap_line(gap)}" for gap in report.gaps), ""]
    lines += ["## By item", "", *_item_table([item for item in report.items if not item.pretest]), ""]
    pretest = [item for item in report.items if item.pretest]
    if pretest:
        lines += ["### Pretest items (they count nowhere)", "", *_item_table(pretest), ""]
    lines += ["## Review", ""]
    for item in report.items:
        lines += _item(item)
    return printable("\n".join(lines).rstrip() + "\n")


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
        f"{sign} {word}, {item_points(item)} points{pretest}",
        "",
    ]
    lines += [item.stem.rstrip(), ""]
    lines += [f"Your response: {_line(item.response) or '(blank)'}", ""]
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
