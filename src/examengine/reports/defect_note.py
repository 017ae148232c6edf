"""A ready-made note on a defect of an item: all that an author needs to find and judge it. Nothing is sent anywhere."""

import re

from examengine.reports.session_report import ItemReport, SessionReport
from examengine.reports.words import MARKS, item_in_points, option_note, part_line, printable

_ROOM = "(Write here what is wrong, and what would be right. A source helps.)"


def render_defect_note(report: SessionReport, item: ItemReport, words: str = "") -> str:
    """Return a note in Markdown on an item as it was sat, with room for the reader's words where there are none."""
    sign, word = MARKS[item.mark]
    facts = [
        ("item", item.id),
        ("item version", f"SHA-256 {item.digest}" if item.digest else "unknown"),
        ("type, objective", f"{item.type}, {item.objective}"),
        ("bank version", _bank(report, item)),
        ("form", f"{report.blueprint}, seed {report.seed}, item {item.number}"),
        ("form version", f"SHA-256 {report.form_digest}"),
    ]
    if item.parameters:
        facts.append(("drawn values", ", ".join(f"{name} = {value}" for name, value in item.parameters)))
    facts += [
        ("response", item.response or "(blank)"),
        ("key", key_words(item)),
        ("scored", f"{sign} {word}, {item_in_points(item)}"),
    ]
    lines = [f"# Defect in {item.id}", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {_cell(value)} |" for name, value in facts]
    lines += ["", "## What is wrong", "", words.strip() or _ROOM, "", "## The item as it was shown", ""]
    lines += [*_block(item.stem), ""]
    for option in item.options:
        note = option_note(option)
        lines += [f"**{option.label}**{f' [{note}]' if note else ''}", "", *_block(option.text), ""]
        if option.rationale:
            lines += ["Rationale:", "", *_block(option.rationale), ""]
    for part in item.parts:
        lines.append(f"- {part_line(item, part)}")
    lines += [f"  - {test.name} {test.outcome}: {' '.join(test.message.split())}" for test in item.tests]
    for file in item.files:
        lines += ["", f"{file.name} as submitted:", "", *_block(file.text)]
    lines += ["", "Rationale of the item:", "", *_block(item.rationale)]
    lines += ["", "References:", "", *(f"- {title} {url}".rstrip() for title, url in item.references)]
    return printable("\n".join(lines).rstrip() + "\n")


def key_words(item: ItemReport) -> str:
    """Return the key in one line: the options that are keys, or what decides where there are none."""
    keys = [
        f"{option.label}. {option.text}" if option.text else option.label for option in item.options if option.is_key
    ]
    if keys:
        return "; ".join(" ".join(key.split()) for key in keys)
    return "the hidden tests" if item.parts else "unknown"


def _bank(report: SessionReport, item: ItemReport) -> str:
    bank = item.id.split(".", 1)[0]
    version = item.bank_version or "unknown"
    return f"{bank} {version}, SHA-256 {report.bank_digest} over all banks drawn from"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def _block(text: str) -> list[str]:
    """Return a text of the bank as it is written there, behind a fence that it cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *text.rstrip("\n").splitlines(), fence]
