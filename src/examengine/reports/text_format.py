"""The report as plain text for a terminal, a pipe or a screen reader."""

import textwrap

from examengine.reports.session_report import ItemReport, SessionReport
from examengine.reports.words import MARKS, duration, gap_line, outcome_line, points, submit_line

_WIDTH = 78
_BAR = 20


def render_text(report: SessionReport) -> str:
    """Return the report in lines of at most 78 columns (code and long words excepted)."""
    lines = [
        report.title,
        "=" * min(_WIDTH, len(report.title)),
        "",
        *_wrapped(outcome_line(report)),
        *(line for reason in report.reasons for line in _wrapped(reason)),
        *_wrapped(f"Session {report.session}, seed {report.seed}; {submit_line(report)}."),
    ]
    if report.ungraded:
        lines += _wrapped(
            f"{points(report.ungraded)} points wait for the grader: examengine report --regrade {report.session}"
        )
    if len(report.sections) > 1:
        lines += ["", "By section", ""]
        for section in report.sections:
            floor = "" if section.floor_percent is None else f", floor {points(section.floor_percent)} %"
            allowed = "" if section.seconds_allowed is None else f" of {duration(section.seconds_allowed)}"
            lines += _wrapped(
                f"{section.id}  {section.title}: {points(section.earned)} of {points(section.possible)} points"
                f" ({section.percent:.1f} %{floor}), {duration(section.seconds_used)}{allowed}",
                indent="   ",
            )
    lines += ["", "By domain", ""]
    width = max((len(domain.title) for domain in report.domains), default=0)
    cut = report.cut_percent
    for domain in report.domains:
        bar = _bar(domain.percent, cut)
        lines.append(
            f"{domain.title:<{min(width, 34)}.{min(width, 34)}} {bar} {domain.percent:5.1f} %"
            f"  {points(domain.earned):>6} of {points(domain.possible)}"
        )
    lines += ["", f"The bar's mark (|) stands at {points(cut)} %, the share that passes."]
    if report.gaps:
        lines += [
            "",
            "Gaps in the clock",
            "",
            *(line for gap in report.gaps for line in _wrapped(gap_line(gap))),
        ]
    scored = [item for item in report.items if not item.pretest]
    pretest = [item for item in report.items if item.pretest]
    lines += ["", "By item", "", *_item_table(scored)]
    if pretest:
        lines += ["", "Pretest items (they count nowhere)", "", *_item_table(pretest)]
    for item in report.items:
        lines += ["", *_item(item)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False) or [""]


def _bar(percent: float, cut: float) -> str:
    filled = int(_BAR * min(100.0, percent) / 100)
    mark = min(_BAR - 1, int(_BAR * cut / 100))
    cells = ["#" if index < filled else "." for index in range(_BAR)]
    cells[mark] = "|"
    return "".join(cells)


def _item_table(items: list[ItemReport]) -> list[str]:
    lines = [" no  mark            points     time  expected  item"]
    for item in items:
        sign, word = MARKS[item.mark]
        lines.append(
            f"{item.number:>3}  {sign} {word:<13} {points(item.earned):>5} of {points(item.possible):<3}"
            f" {duration(item.seconds):>6} {duration(item.expected_seconds):>8}   {item.id}"
        )
    return lines


def _item(item: ItemReport) -> list[str]:
    sign, word = MARKS[item.mark]
    head = f"{item.number}. {sign} {word}, {points(item.earned)} of {points(item.possible)} points"
    lines = [f"{head}{' (pretest, unscored)' if item.pretest else ''}  {item.id}", "-" * _WIDTH]
    if item.title:
        lines.append(item.title)
    else:
        lines += item.stem.splitlines()
    lines.append("")
    lines += _wrapped(f"Your response: {item.response or '(blank)'}", indent="  ")
    for option in item.options:
        verdict = f" [{option.verdict}]" if option.verdict else ""
        text = f" {' '.join(option.text.split())}" if option.text else ""
        lines += _wrapped(
            f"{option.label}.{verdict}{text}" if option.text else f"{option.label}{verdict}", indent="   "
        )
        lines += textwrap.wrap(
            " ".join(option.rationale.split()), _WIDTH, initial_indent="     ", subsequent_indent="     "
        )
    if item.message:
        lines += _wrapped(f"Grading: {item.verdict}. {item.message}", indent="  ")
    for part in item.parts:
        lines += _wrapped(
            f"{part.title} ({part.domain}): {points(part.earned)} of {points(part.possible)} points,"
            f" {part.tests_passed} of {part.tests} tests",
            indent="   ",
        )
    for test in item.tests:
        lines += _wrapped(
            f"  {test.outcome:<8} {test.name}{': ' + test.message if test.message else ''}",
            indent="           ",
        )
    if item.isolation:
        lines.append(f"  graded under isolation level {item.isolation}")
    lines += _wrapped(" ".join(item.rationale.split()))
    lines += [f"  {title}{': ' + url if url else ''}" for title, url in item.references]
    return lines
