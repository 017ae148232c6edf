"""An ordinary exercise as a notebook, and back to its files without loss.

Each file is one cell that carries the file's name; the solution is the candidate's to change, all else is locked.
"""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from examengine.notebooks.cell import SCHEMA, Cell
from examengine.notebooks.feedback import MARK
from examengine.notebooks.magics import plain_python
from examengine.notebooks.read_notebook import Notebook

STATEMENT = "statement.md"


def files_to_notebook(files: Mapping[str, str], editable: frozenset[str] = frozenset({"solution.py"})) -> bytes:
    """Return text files as a notebook (.ipynb bytes): the statement first, then each file in the order given."""
    names = sorted(files, key=lambda name: name != STATEMENT)
    cells = []
    for number, name in enumerate(names):
        is_code = name.endswith(".py")
        is_editable = name in editable
        metadata = {
            MARK: {"file": name},
            "nbgrader": {
                "grade": False,
                "grade_id": "".join(c if c.isalnum() and c.isascii() else "-" for c in name),
                "locked": not is_editable,
                "schema_version": SCHEMA,
                "solution": is_editable,
                "task": False,
            },
        }
        cell: dict[str, Any] = {
            "cell_type": "code" if is_code else "markdown",
            "id": f"file-{number}",
            "metadata": metadata,
            "source": files[name].splitlines(keepends=True),
        }
        if is_code:
            cell |= {"execution_count": None, "outputs": []}
        cells.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def file_of(cell: Cell) -> str:
    """Return the name of the file that a cell holds; empty where it holds none."""
    own = cell.metadata.get(MARK)
    name = own.get("file") if isinstance(own, Mapping) else None
    return name if isinstance(name, str) else ""


def notebook_to_files(notebook: Notebook) -> dict[str, str]:
    """Return the files whose cells a notebook holds."""
    return {file_of(cell): cell.source for cell in notebook.cells if file_of(cell)}


@dataclasses.dataclass(frozen=True, slots=True)
class SolutionText:
    """A candidate's solution file out of a notebook."""

    text: str
    remarks: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    """The cell's number and the line in it, for each line of the text."""

    def place(self, line: int) -> str:
        """Return how messages name a line of the text, from 1; empty beyond its end."""
        if not 0 < line <= len(self.places):
            return ""
        cell, within = self.places[line - 1]
        return f"cell {cell}, line {within}"


def solution_text(notebook: Notebook, others: Mapping[str, str]) -> SolutionText:
    """Return the code of a candidate's notebook as one file, for an exercise that is no notebook.

    All code cells but those of `others`, the exercise's own files by name (sample tests). A cell that is not
    plain Python costs itself alone.
    """
    own = {text.strip() for text in others.values()}
    code = [cell for cell in notebook.cells if cell.is_code and file_of(cell) not in others]
    code = [cell for cell in code if cell.source.strip() not in own]
    remarks: list[str] = []
    text: list[str] = []
    places: list[tuple[int, int]] = []
    for cell in code:
        plain = plain_python(cell.source)
        remarks += [f"{cell.label}, {remark}." for remark in plain.remarks]
        if plain.refusal:
            remarks.append(f"{cell.label}, {plain.refusal}; the cell was not run.")
            continue
        lines = plain.source.split("\n")
        text += lines
        places += [(cell.number, line) for line in range(1, len(lines) + 1)]
    return SolutionText("\n".join(text) + "\n", tuple(remarks), tuple(places))
