"""Writes a note on a defect of an item into a folder; nothing is sent."""

from itertools import count
from pathlib import Path

from examengine.core.errors import UsageError
from examengine.reports.defect_note import render_defect_note
from examengine.reports.session_report import ItemReport, SessionReport


def item_of_report(report: SessionReport, number: int) -> ItemReport:
    """Return an item of a report by its number.

    Raises:
        UsageError: there is none.
    """
    if not 1 <= number <= len(report.items):
        raise UsageError(f"there is no item {number}", hint=f"items go from 1 to {len(report.items)}")
    return report.items[number - 1]


def write_defect_note(report: SessionReport, number: int, folder: Path, words: str = "") -> Path:
    """Write the note on an item and return where it is; a note that is there already is left alone.

    Raises:
        UsageError: there is no such item, or the folder cannot be written to.
    """
    item = item_of_report(report, number)
    text = render_defect_note(report, item, words)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for again in count(1):
            path = folder / f"defect-{item.id}{'' if again == 1 else f'-{again}'}.md"
            try:
                with path.open("x", encoding="utf-8") as file:
                    file.write(text)
            except FileExistsError:
                continue
            return path
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise UsageError(f"{folder}: {reason[0].lower()}{reason[1:]}", hint="choose another folder") from error
    raise AssertionError("counting ends only by returning")  # pragma: no cover - for the type checker
