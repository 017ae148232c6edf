"""What line mode says: items, lists, feedback and clocks as plain lines."""

from collections.abc import Sequence
from typing import Any

from examengine.core.evidence import Evidence
from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import position_label
from examengine.plain.case_reading import case_hint
from examengine.plain.spoken import spoken
from examengine.reports.session_report import ItemReport
from examengine.reports.words import MARKS, breaks_line, duration, in_points, points
from examengine.session.standing import counts, standings
from examengine.session.state import SessionState
from examengine.session.timing import TimeLeft


def rules_lines(form: Form) -> list[str]:
    """Return the start page: what the exam is, how it is timed and scored, and where the figures come from."""
    lines = [form.title]
    if form.status is not None:
        lines.append(f"Status: {form.status.state}, as of {form.status.as_of}.")
    scored = sum(not entry.pretest for entry in form.entries)
    pretest = len(form.entries) - scored
    unscored = f" and {pretest} pretest items that count nowhere" if pretest else ""
    limit = f" in {duration(form.seconds)}" if form.seconds is not None else ", without a clock"
    lines.append(f"{scored} scored items{unscored}{limit}.")
    for section in form.sections:
        own = form.entries_of(section.id)
        limit = f", {duration(section.seconds)}" if form.seconds is not None else ""
        locks = " It closes for good when you leave it." if section.leave == "locks" and len(form.sections) > 1 else ""
        forward = " Forward only." if section.navigation == "linear" else ""
        lines.append(
            f"Section {section.id}: {section.title}, items {own[0].number} to {own[-1].number}{limit}.{forward}{locks}"
        )
    breaks = breaks_line(form)
    if breaks:
        lines.append(breaks)
    if form.kind == "exam":
        basis = "" if form.scoring.basis == "official" else f" ({form.scoring.basis})"
        lines.append(
            f"The cut score is {points(float(form.scoring.cut))} of {points(float(form.scoring.max))}{basis},"
            f" at {points(float(form.scoring.cut_raw_percent))} % of the points."
        )
        titles = {section.id: section.title for section in form.sections}
        lines += [
            f"At least {points(float(floor))} % in {titles.get(name, name)}{basis}."
            for name, floor in form.scoring.section_floor_percent.items()
        ]
    lines += [f"- {fact.text} [{fact.basis}]" for fact in form.facts]
    lines += [f"Source: {source.title}{' ' + source.url if source.url else ''}" for source in form.sources]
    return lines


def item_lines(form: Form, entry: FormEntry, state: SessionState) -> list[str]:
    """Return an item as its candidate sees it: no key, no rationale, no pretest mark."""
    item = entry.item
    flag = ", flagged" if entry.number in state.flagged else ""
    title = f": {item.title}" if isinstance(item, Coding) else ""
    lines = ["", f"Item {entry.number} of {len(form.entries)}, {spec_of(item).title.lower()}{flag}{title}", ""]
    stimulus = form.stimulus_of(entry)
    if stimulus is not None:
        lines += [case_hint(stimulus), ""]
    lines += spoken(item.stem).splitlines()
    ask_lines = spec_of(item).ask_lines
    texts = {option.id: option.text for option in getattr(item, "options", ())}
    if ask_lines is not None:
        lines += ["", *ask_lines(item, entry.order)]
    elif texts:
        lines.append("")
        for index, name in enumerate(entry.order):
            lines += f"{position_label(index)}. {spoken(texts[name])}".splitlines()
    if isinstance(item, Coding):
        lines += ["", "Starter (solution.py):", *item.starter.get("solution.py", "").splitlines()]
    if getattr(item, "unit", ""):
        lines.append(f"Unit: {getattr(item, 'unit', '')}")
    struck = state.struck.get(entry.number, frozenset())
    if struck:
        labels = [position_label(place) for place, name in enumerate(entry.order) if name in struck]
        lines += ["", f"Struck out: {' '.join(labels)}."]
    lines += ["", response_line(entry, state.responses.get(entry.number))]
    return lines


def response_line(entry: FormEntry, response: dict[str, Any] | None) -> str:
    """Return the response as it is on disk."""
    spec = spec_of(entry.item)
    given = spec.response_model.model_validate(response or {})
    if spec.is_blank(entry.item, given):
        return "Your response: none yet."
    incomplete = "" if spec.is_complete(entry.item, given) else " (not complete)"
    return f"Your response: {spec.summarise(entry.item, given, entry.order)}{incomplete}"


def list_lines(form: Form, state: SessionState) -> list[str]:
    """Return the navigator: one line per item, and the counts."""
    found = standings(form, state)
    lines = []
    for one in found:
        flag = ", flagged" if one.is_flagged else ""
        flag += f", {one.certainty}" if one.certainty is not None else ""
        flag += ", with a note" if one.has_note else ""
        flag += ", closed for good" if one.is_locked else ""
        closed = ", closed" if one.entry.section in state.sections_closed else ""
        here = " <- here" if one.is_current else ""
        lines.append(f"{one.entry.number:>3} {one.entry.section}: {one.word}{flag}{closed}{here}")
    summary = ", ".join(f"{count} {word}" for word, count in counts(found).items() if count or word == "flagged")
    return [*lines, f"{summary}."]


def time_lines(left: TimeLeft) -> list[str]:
    """Return the clocks."""
    if left.exam is None:
        return ["There is no time limit."]
    lines = [f"{duration(left.exam)} left in the exam."]
    if left.section is not None:
        lines.append(f"{duration(left.section)} left in this section.")
    return lines


def feedback_lines(report: ItemReport) -> list[str]:
    """Return what there is to learn from an item whose response is final."""
    sign, word = MARKS[report.mark]
    lines = [f"{sign} {word}: {points(report.earned)} of {in_points(report.possible)}."]
    for option in report.options:
        verdict = f" [{option.verdict}]" if option.verdict else ""
        dot = "." if option.text else ""
        lines.append(f"{option.label}{dot}{verdict} {_flowing(option.text)}".rstrip())
        if option.rationale:
            lines.append(f"   {_flowing(option.rationale)}")
    lines += [f"{part.title}: {part.basis}, {in_points(part.earned)}" for part in report.parts]
    lines += [f"{test.name}: {test.outcome}. {test.message}".rstrip() for test in report.tests]
    lines.append(_flowing(report.rationale))
    return lines


def evidence_lines(evidence: Evidence) -> list[str]:
    """Return the outcome of sample tests."""
    lines = [f"Sample tests: {evidence.verdict.value}. {evidence.message}".rstrip()]
    lines += [f"{test.id.split('::', 1)[-1]}: {test.outcome.value}. {test.message}".rstrip() for test in evidence.tests]
    if evidence.output.strip():
        lines += ["Output:", *evidence.output.splitlines()]
    return lines


def help_lines(table: Sequence[tuple[str, str]]) -> list[str]:
    """Return the commands with what they do."""
    width = max(len(usage) for usage, _ in table)
    return [f"{usage:<{width}}  {meaning}" for usage, meaning in table]


def _flowing(markdown: str) -> str:
    """Return a text on one line."""
    return " ".join(spoken(markdown).split())
