"""Writes a report into a folder, in one format or several."""

from collections.abc import Sequence
from pathlib import Path

from examengine.core.errors import UsageError
from examengine.reports.formats import format_named
from examengine.reports.session_report import SessionReport


def save_report(report: SessionReport, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write one file for each format, named after exam and session; return where they are.

    A file of the same name, which can only be an older report of the same session, is replaced.

    Raises:
        UsageError: there is no such format, or the folder cannot be written to.
    """
    texts = [(one.suffix, one.render(report)) for one in map(format_named, formats)]
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, text in texts:
            path = folder / f"{report.blueprint}-{report.session}{suffix}"
            path.write_text(text, encoding="utf-8")
            written.append(path)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise UsageError(f"{folder}: {reason[0].lower()}{reason[1:]}", hint="choose another folder") from error
    return written
