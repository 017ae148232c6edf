"""The feedback notebook: the candidate's cells, a summary above them, and a text cell below each test cell."""

import json
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from examengine.notebooks.assignment import cell_document
from examengine.notebooks.cell import Cell
from examengine.notebooks.repair import Placed

MARK = "examengine"
"""The key of our own metadata in a cell."""
_OUTPUT_CHARACTERS = 8_000


@dataclass(frozen=True, slots=True)
class TestFeedback:
    """What one test cell came to."""

    __test__ = False  # pytest: not a test class

    earned: Fraction
    possible: Fraction
    outcome: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands above the notebook."""

    earned: Fraction
    possible: Fraction
    message: str
    repairs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    output: str = ""


def is_feedback(cell: Cell) -> bool:
    """Tell whether a cell was written by an earlier grading."""
    own = cell.metadata.get(MARK)
    return isinstance(own, Mapping) and own.get("feedback") is True


def write_feedback(
    document: Mapping[str, Any],
    cells: Iterable[Placed],
    summary: Summary,
    tests: Mapping[int, TestFeedback],
) -> bytes:
    """Return the feedback notebook, valid in nbformat 4.5, as .ipynb bytes.

    Args:
        document: the candidate's notebook as JSON; outputs are taken from it.
        cells: the repaired cells, in order.
        summary: what stands above them.
        tests: what each test cell came to, by the index of the exercise's cell.
    """
    raw = document.get("cells")
    given: Sequence[Any] = raw if isinstance(raw, list) else ()
    written = [_text_cell("examengine-summary", _summary_text(summary))]
    for placed in cells:
        written.append(_cell(placed.cell, given))
        result = None if placed.is_added else tests.get(placed.index)
        if result is not None:
            written.append(_text_cell(f"examengine-feedback-{placed.index}", _test_text(placed.cell, result)))
    metadata = document.get("metadata")
    whole: dict[str, Any] = {
        "cells": _with_ids_apart(written),
        "metadata": metadata if isinstance(metadata, dict) else {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    if not _is_valid(whole):
        for cell in whole["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
            else:
                cell.pop("attachments", None)
        if not _is_valid(whole):
            whole["metadata"] = {}
            for cell in whole["cells"]:
                cell["metadata"] = {}
    return (json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8", "replace")


def fenced(text: str) -> str:
    """Return text as a Markdown block in which nothing is markup."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def points_text(value: Fraction) -> str:
    """Return points for display: whole, or with two decimals at most."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _summary_text(summary: Summary) -> str:
    pieces = [
        f"## {points_text(summary.earned)} of {points_text(summary.possible)} points",
        fenced(summary.message) if summary.message else "",
    ]
    told = [*summary.repairs, *summary.remarks]
    if told:
        pieces += ["Put right or noticed before grading:", fenced("\n".join(told))]
    if summary.output.strip():
        pieces += ["Printed while it ran:", fenced(summary.output.strip()[:_OUTPUT_CHARACTERS])]
    return "\n\n".join(piece for piece in pieces if piece)


def _test_text(cell: Cell, result: TestFeedback) -> str:
    points = f"{points_text(result.earned)} of {points_text(result.possible)} points"
    head = f"**`{cell.grade_id}`: {points}, {result.outcome}**"
    return f"{head}\n\n{fenced(result.message)}" if result.message else head


def _text_cell(cell_id: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": cell_id,
        "metadata": {MARK: {"feedback": True}},
        "source": text.splitlines(keepends=True),
    }


def _cell(cell: Cell, given: Sequence[Any]) -> dict[str, Any]:
    entry = cell_document(cell)
    old = given[cell.number - 1] if 0 < cell.number <= len(given) else {}
    if cell.is_code and isinstance(old.get("outputs"), list):
        count = old.get("execution_count")
        entry["outputs"] = old["outputs"]
        entry["execution_count"] = count if isinstance(count, int) and not isinstance(count, bool) else None
    elif not cell.is_code and isinstance(old.get("attachments"), dict):
        entry["attachments"] = old["attachments"]
    return entry


def _with_ids_apart(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken: set[str] = set()
    for number, cell in enumerate(cells):
        wanted = re.sub(r"[^A-Za-z0-9_-]", "-", str(cell["id"]))[:50] or "cell"
        cell["id"] = wanted if wanted not in taken else f"{wanted}-{number}"
        taken.add(cell["id"])
    return cells


def _is_valid(document: dict[str, Any]) -> bool:
    import nbformat

    library: Any = nbformat
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            library.validate(library.from_dict(document))
    except Exception:  # noqa: BLE001 - whatever is odd in what the candidate's program wrote
        return False
    return True
