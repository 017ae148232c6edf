"""The results of a batch as a table for spreadsheets: one row a submission, and no cell that is a formula."""

import csv
import io
from collections.abc import Sequence

from examengine.delivery.batch_row import BatchRow, RowOutcome

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet compute a cell instead of showing it, full-width signs included."""


def rows_as_csv(rows: Sequence[BatchRow]) -> str:
    """Return the table, with a column for the points of each part."""
    parts = list(dict.fromkeys(part.id for row in rows for part in row.graded.parts))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    head = ["submission", "outcome", "verdict", "earned", "possible", "tests_passed", "tests"]
    table.writerow([*head, *(safe_cell(f"part {part}") for part in parts), "message"])
    for row in rows:
        graded = row.graded
        is_open = row.outcome is RowOutcome.UNAVAILABLE
        passed = sum(test.outcome.value == "passed" for test in graded.evidence.tests)
        points = {part.id: float(part.earned) for part in graded.parts}
        table.writerow(
            [
                safe_cell(row.submission),
                row.outcome.value,
                graded.evidence.verdict.value,
                "" if is_open else f"{float(graded.earned):g}",
                f"{float(graded.possible):g}",
                "" if is_open else passed,
                "" if is_open else len(graded.evidence.tests),
                *("" if is_open or part not in points else f"{points[part]:g}" for part in parts),
                safe_cell(graded.evidence.message.strip().split("\n", 1)[0]),
            ]
        )
    return text.getvalue()


def safe_cell(text: str) -> str:
    """Return text that a spreadsheet shows and does not compute."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
