"""The report as Markdown."""

from examengine.reports.session_report import ItemReport, SessionReport
from examengine.reports.words import MARKS, duration, gap_line, outcome_line, points, submit_line


def render_markdown(report: SessionReport) -> str:
    """Return the report as CommonMark with tables."""
    lines = [f"# {_cell(report.title)}", "", f"**{outcome_line(report)}**", ""]
    lines += [f"{reason}  " for reason in report.reasons]
    lines += ["", f"Session `{report.session}`, seed {report.seed}; {submit_line(report)}.", ""]
    if report.ungraded:
        lines += [f"{points(report.ungraded)} points wait for the grader.", ""]
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
    return "\n".join(lines).rstrip() + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _item_table(items: list[ItemReport]) -> list[str]:
    lines = ["| no | mark | points | time | expected | item |", "|--:|---|--:|--:|--:|---|"]
    for item in items:
        sign, word = MARKS[item.mark]
        lines.append(
            f"| {item.number} | {sign} {word} | {points(item.earned)} of {points(item.possible)}"
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
        f"{sign} {word}, {points(item.earned)} of {points(item.possible)} points{pretest}",
        "",
    ]
    lines += [item.stem.rstrip(), ""]
    lines += [f"Your response: {_cell(item.response) or '(blank)'}", ""]
    for option in item.options:
        verdict = f" **[{option.verdict}]**" if option.verdict else ""
        text = f" {_cell(option.text)}" if option.text else ""
        lines.append(f"- **{option.label}**{verdict}{text}  ")
        lines.append(f"  {' '.join(option.rationale.split())}")
    if item.options:
        lines.append("")
    if item.message:
        lines += [f"Grading: {item.verdict}. {item.message}", ""]
    for part in item.parts:
        lines.append(
            f"- {_cell(part.title)} ({part.domain}): {points(part.earned)} of {points(part.possible)} points,"
            f" {part.tests_passed} of {part.tests} tests"
        )
    for test in item.tests:
        lines.append(f"  - `{test.name}` {test.outcome}{': ' + _cell(test.message) if test.message else ''}")
    if item.parts:
        lines.append("")
    lines += [" ".join(item.rationale.split()), ""]
    lines += [f"- [{title}]({url})" if url else f"- {title}" for title, url in item.references]
    lines.append("")
    return lines
