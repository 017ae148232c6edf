"""One cell of a notebook, and what nbgrader's metadata says of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SCHEMA = 3
"""nbgrader's metadata schema that is written; 1 and 2 are read too."""
_NUMBER = re.compile(r"\d{1,7}(\.\d{1,6})?")
_GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


class Role(StrEnum):
    """What a cell is for, as nbgrader's flags say."""

    PLAIN = "plain"
    """Code or text that belongs to no task."""
    LOCKED = "locked"
    """The same, and not the candidate's to change."""
    SOLUTION = "solution"
    TEST = "test"
    """Autograded: its points are earned when it runs to its end."""
    MANUAL = "manual"
    """An answer that a person would grade."""
    TASK = "task"
    """A task that a person would grade."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in a file."""

    number: int
    """Its place among all cells of its notebook, from 1; 0: it stands in no file of the candidate."""
    kind: str
    """code, markdown or raw."""
    source: str
    role: Role = Role.PLAIN
    grade_id: str = ""
    """Empty where there is none."""
    points: float | None = None
    cell_id: str = ""
    """nbformat's own id; empty before nbformat 4.5 and where a program dropped it."""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_code(self) -> bool:
        """Return whether the cell holds code."""
        return self.kind == "code"

    @property
    def is_shared(self) -> bool:
        """Return whether the cell runs for every task after it."""
        return self.is_code and self.role in {Role.PLAIN, Role.LOCKED}

    @property
    def label(self) -> str:
        """Return how messages name the cell."""
        named = f" ('{self.grade_id}')" if self.grade_id else ""
        return f"cell {self.number}{named}" if self.number else f"the exercise's cell{named}"


def nbgrader_fields(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cell's nbgrader metadata in the form of schema 3; empty where there is none.

    Schema 1 has no `task`, schema 2 neither; both may lack `locked`, which follows from the other flags.
    """
    found = metadata.get("nbgrader")
    if not isinstance(found, Mapping):
        return {}
    fields = dict(found)
    grade, solution, task = (fields.get(name) is True for name in ("grade", "solution", "task"))
    fields.update(grade=grade, solution=solution, task=task)
    if not isinstance(fields.get("locked"), bool):
        fields["locked"] = grade and not solution
    fields["schema_version"] = SCHEMA
    return fields


def schema_of(metadata: Mapping[str, Any]) -> object:
    """Return the schema number that a cell's nbgrader metadata names; 1 where it names none."""
    found = metadata.get("nbgrader")
    return found.get("schema_version", 1) if isinstance(found, Mapping) else SCHEMA


def role_of(fields: Mapping[str, Any]) -> Role:
    """Return what nbgrader's flags make of a cell."""
    if not fields:
        return Role.PLAIN
    if fields["task"]:
        return Role.TASK
    if fields["solution"]:
        return Role.MANUAL if fields["grade"] else Role.SOLUTION
    if fields["grade"]:
        return Role.TEST
    return Role.LOCKED if fields["locked"] else Role.PLAIN


def grade_id_of(fields: Mapping[str, Any]) -> str:
    """Return the grade_id, empty where there is none that could be one."""
    found = fields.get("grade_id")
    return found if isinstance(found, str) and _GRADE_ID.fullmatch(found) else ""


def points_of(fields: Mapping[str, Any]) -> float | None:
    """Return the points; None where there is no sensible number."""
    found = fields.get("points")
    if isinstance(found, str) and _NUMBER.fullmatch(found.strip()):
        found = float(found)  # as the oldest nbgrader wrote it
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if 0 <= found <= 1e6 else None
