"""The report as plain text for a terminal, a pipe or a screen reader."""

import textwrap

from examengine.itemtypes.formula_markdown import with_formulas_as_text
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
    in_points,
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

_WIDTH = 78
_BAR = 20
_TITLE = 30
_CHART_ROWS = 12


def render_text(report: SessionReport) -> str:
    """Return the report in lines of at most 78 columns (code and long words excepted)."""
    lines = [
        report.title,
        "=" * min(_WIDTH, len(report.title)),
        "",
        *_wrapped(outcome_line(report)),
        *(line for reason in report.reasons for line in _wrapped(reason)),
        *(_wrapped(basis_line(report)) if basis_line(report) else []),
        *_wrapped(f"Session {report.session}, seed {report.seed}; {submit_line(report)}."),
    ]
    if report.ungraded:
        lines += _wrapped(f"{waiting_line(report)}: examengine report --regrade {report.session}")
    if len(report.sections) > 1:
        lines += ["", "By section", ""]
        for section in report.sections:
            floor = "" if section.floor_percent is None else f", floor {points(section.floor_percent)} %"
            allowed = "" if section.seconds_allowed is None else f" of {duration(section.seconds_allowed)}"
            lines += _wrapped(
                f"{section.id}  {section.title}: {points(section.earned)} of {in_points(section.possible)}"
                f" ({section.percent:.1f} %{floor}), {duration(section.seconds_used)}{allowed}",
                indent="   ",
            )
    lines += ["", "By domain", ""]
    width = min(_TITLE, max((len(domain.title) for domain in report.domains), default=0))
    cut = report.cut_percent if report.kind == "exam" else None
    for domain in report.domains:
        bar = _bar(domain.percent, cut)
        lines.append(
            f"{_cut(domain.title, width):<{width}} {bar} {domain.percent:5.1f} %"
            f"  {points(domain.earned):>6} of {points(domain.possible)}"
        )
    if report.kind == "exam":
        lines += ["", f"The bar's mark (|) stands at {points(report.cut_percent)} %, the share that passes."]
    lines += _lost(report) + _certainty(report) + _way(report)
    if report.breaks:
        lines += ["", "Breaks", "", *(line for one in report.breaks for line in _wrapped(break_line(one)))]
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
    if report.scratchpad:
        lines += ["", "Scratchpad", "", *report.scratchpad.splitlines()]
    for item in report.items:
        lines += ["", *_item(item)]
    return printable("\n".join(line.rstrip() for line in lines) + "\n")


def _lost(report: SessionReport) -> list[str]:
    lines = [line for one in loss_lines(report) for line in _wrapped(one, indent="  ")]
    for domain in report.domains:
        if domain.lost_to_clock:
            told = (
                f"  {domain.title}: {points(domain.lost_to_clock)} to the clock,"
                f" {points(domain.lost_to_knowledge)} to knowledge"
            )
            lines += _wrapped(told, indent="    ")
    return ["", "Where the points went", "", *lines]


def _certainty(report: SessionReport) -> list[str]:
    if not has_certainty(report):
        return []
    table = [CERTAINTY_HEADS, *(certainty_cells(row) for row in report.calibration.rows)]
    lines = [f"{row[0]:<10}{''.join(f'{cell:>11}' for cell in row[1:])}" for row in table]
    notes = [line for one in certainty_lines(report) for line in _wrapped(one)]
    return ["", "Certainty", "", *lines, *([""] if notes else []), *notes]


def _way(report: SessionReport) -> list[str]:
    chart = way_lines(report, _WIDTH, _CHART_ROWS)
    if not chart:
        return []
    again = retry_line(report)
    lines = ["", "The way through", "", *_wrapped(change_summary(report)), *(_wrapped(again) if again else [])]
    lines += [line for change in report.way.changes for line in _wrapped(f"- {change_line(change)}", indent="  ")]
    return [*lines, "", *chart, "", legend(PLAIN_SIGNS), "", *_wrapped(f"Item by item: {stay_words(report)}.")]


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False) or [""]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _bar(percent: float, cut: float | None) -> str:
    filled = int(_BAR * min(100.0, percent) / 100)
    cells = ["#" if index < filled else "." for index in range(_BAR)]
    if cut is not None:
        cells[min(_BAR - 1, int(_BAR * cut / 100))] = "|"
    return "".join(cells)


def _item_table(items: list[ItemReport]) -> list[str]:
    lines = [" no  mark                 points    time  expected  item"]
    for item in items:
        sign, word = MARKS[item.mark]
        lines.append(
            f"{item.number:>3}  {sign} {word:<14} {item_points(item):>11}"
            f" {duration(item.seconds):>7} {duration(item.expected_seconds):>9}  {item.id}"
        )
    return lines


def _item(item: ItemReport) -> list[str]:
    sign, word = MARKS[item.mark]
    head = f"{item.number}. {sign} {word}, {item_in_points(item)}"
    lines = [f"{head}{' (pretest, unscored)' if item.pretest else ''}  {item.id}", "-" * _WIDTH]
    if item.title:
        lines.append(item.title)
    else:
        lines += with_formulas_as_text(item.stem).splitlines()
    lines.append("")
    lines += _wrapped(f"Your response: {item.response or '(blank)'}", indent="  ")
    if item.certainty:
        lines.append(f"  You were: {CERTAINTIES[item.certainty]}.")
    lines += [line for one in attempt_lines(item) for line in _wrapped(f"  {one}", indent="    ")]
    for option in item.options:
        lines += _option(option)
    if item.message:
        lines += _wrapped(f"Grading: {item.verdict}. {item.message}", indent="  ")
    for part in item.parts:
        lines += _wrapped(part_line(item, part), indent="   ")
        lines += [line for test in item.tests if test.part == part.id for line in _test(test)]
    lines += [line for test in item.tests if not test.part for line in _test(test)]
    if item.isolation:
        lines.append(f"  graded under isolation level {item.isolation}")
    for file in item.files:
        lines += ["", f"  {file.name} as submitted:", *(f"    {line}" for line in file.text.splitlines()), ""]
    lines += _wrapped(" ".join(with_formulas_as_text(item.rationale).split()))
    lines += [f"  {title}{': ' + url if url else ''}" for title, url in item.references]
    if item.note:
        lines += ["Your note:", *(f"  {line}" for line in item.note.splitlines())]
    return lines


def _option(option: OptionReport) -> list[str]:
    note = option_note(option)
    head = f"{option.label}{'.' if option.text else ''}{f' [{note}]' if note else ''}"
    if "\n" in option.text:
        lines = [head, *(f"   {line}" for line in with_formulas_as_text(option.text).splitlines())]
    else:
        lines = _wrapped(f"{head} {option.text}", indent="   ")
    return lines + textwrap.wrap(
        " ".join(with_formulas_as_text(option.rationale).split()),
        _WIDTH,
        initial_indent="     ",
        subsequent_indent="     ",
    )


def _test(test: TestReport) -> list[str]:
    message = " ".join(test.message.split())
    return _wrapped(f"  {test.outcome:<8} {test.name}{': ' + message if message else ''}", indent="           ")
