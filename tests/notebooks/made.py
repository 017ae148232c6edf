"""Notebooks and exercises for the tests, made from cells."""

import copy
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from examengine.bank.bank import Exercise
from examengine.core.evidence import Evidence, TestOutcome
from examengine.delivery.grade_notebook import GradedNotebook
from examengine.delivery.grade_submission import open_exercise
from examengine.delivery.notebook_job import assignment_of

TEMPERATURES = Path(__file__).parents[1] / "corpora/notebooks/temperatures"

MEAN = "def mean(values):\n    if not values:\n        raise ValueError\n    return sum(values) / len(values)"
SPREAD = "def spread(values):\n    return max(abs(value - mean(values)) for value in values)"
LOG = (
    "class Log:\n    def __init__(self):\n        self.values = []\n\n    def add(self, celsius):\n"
    "        self.values.append(celsius)\n\n    def fahrenheit(self):\n"
    "        return [to_fahrenheit(value) for value in self.values]"
)
RIGHT = {"mean": MEAN, "spread": SPREAD, "log": LOG}

Document = dict[str, Any]


def fields(**flags: Any) -> dict[str, Any]:
    """Return nbgrader's metadata of schema 3."""
    plain = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**plain, **flags}}


def code(source: str, **flags: Any) -> Document:
    return {
        "cell_type": "code",
        "metadata": fields(**flags) if flags else {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def text(source: str, **flags: Any) -> Document:
    return {"cell_type": "markdown", "metadata": fields(**flags) if flags else {}, "source": source}


def solution(grade_id: str, source: str) -> Document:
    return code(f"### BEGIN SOLUTION\n{source}\n### END SOLUTION", grade_id=grade_id, solution=True)


def checked_by(grade_id: str, source: str, points: float | None = 1, hidden: str = "") -> Document:
    if hidden:
        source = f"{source}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS".lstrip("\n")
    worth = {} if points is None else {"points": points}
    return code(source, grade_id=grade_id, grade=True, locked=True, **worth)


def document(*cells: Document) -> Document:
    with_ids = [{"id": f"c{number}", **copy.deepcopy(cell)} for number, cell in enumerate(cells)]
    return {"cells": with_ids, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def in_bytes(notebook: Document) -> bytes:
    return json.dumps(notebook).encode()


def write_exercise(folder: Path, *cells: Document, head: dict[str, Any] | None = None) -> Path:
    """Write an exercise with one part for each test cell that has points."""
    whole = folder / "exercise"
    whole.mkdir(parents=True)
    notebook = document(text("What to do."), *cells)
    (whole / "exercise.ipynb").write_bytes(in_bytes(notebook))
    marked = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    parts = [
        {"id": one["grade_id"].lower(), "title": "A part", "domain": "code", "cells": [one["grade_id"]]}
        for one in marked
        if one.get("grade") and not one.get("solution") and one.get("points") and one.get("grade_id")
    ]
    fixed = {
        "id": "short.ex.made",
        "title": "Made",
        "objective": "code.basics",
        "difficulty": "foundational",
        "minutes": 5,
        "parts": parts,
        "limits": {"seconds": 5, "memory_mib": 512},
        "rationale": "Why.",
        "references": [{"title": "A page"}],
        "verified": "2026-11-21",
    }
    (whole / "exercise.yaml").write_text(yaml.safe_dump({**fixed, **(head or {})}))
    return whole


def an_exercise(folder: Path, *cells: Document, head: dict[str, Any] | None = None) -> Exercise:
    return open_exercise(write_exercise(folder, *cells, head=head))


def starter(exercise: Exercise) -> Document:
    return json.loads(assignment_of(exercise.package).starter_notebook())


def filled(exercise: Exercise, answers: dict[str, str]) -> Document:
    """Return the starter with solution cells filled in, by grade_id."""
    notebook = starter(exercise)
    for cell in notebook["cells"]:
        grade_id = grade_id_of(cell)
        if grade_id in answers:
            cell["source"] = answers[grade_id]
    return notebook


def grade_id_of(cell: Document) -> str:
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def cell_of(notebook: Document, grade_id: str) -> Document:
    return next(cell for cell in notebook["cells"] if grade_id_of(cell) == grade_id)


def passed(graded: GradedNotebook) -> set[str]:
    evidence: Evidence = graded.submission.evidence
    return {one.id.partition("::")[2] for one in evidence.tests if one.outcome == "passed"}


def outcome_of(graded: GradedNotebook, name: str) -> TestOutcome:
    return next(one for one in graded.submission.evidence.tests if one.id.endswith(f"::{name}"))


def is_full(graded: GradedNotebook) -> bool:
    return graded.submission.earned == graded.submission.possible > Fraction(0)
