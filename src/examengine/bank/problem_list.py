"""Collects the problems of a bank while it is read."""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from examengine.bank.problem import Problem

MAX_PROBLEMS = 2_000
"""Nobody mends more in one go, and a hostile bank must not fill the memory."""
_LONGEST = 1_000
"""Characters of a message; a hostile name may have millions."""
MAX_COMPARISONS = 1_000_000
"""Of names, in search of the nearest: some seconds at most."""


class ProblemList:
    """Problems in the order found; file names are told as the author would open them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[Problem] = []
        self.comparisons_left = MAX_COMPARISONS

    def nearest(self, name: str, known: Sequence[str], *, all_up_to: int = 25) -> str:
        """Return a hint with the name most like one that is not known; empty once the search has taken long."""
        self.comparisons_left -= len(known)
        return nearest(name, known, all_up_to=all_up_to) if self.comparisons_left >= 0 else ""

    def add(
        self,
        file: str,
        code: str,
        message: str,
        hint: str = "",
        *,
        place: tuple[int, int] = (1, 1),
        item: str = "",
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        """Add a problem; `file` is relative to the bank's folder, `place` is line and column from 1."""
        if len(self.found) > MAX_PROBLEMS:
            return
        if len(self.found) == MAX_PROBLEMS:
            file, place, item, severity = "", (1, 1), "", "error"
            code, message, hint = (
                "too-many-problems",
                f"there are more than {MAX_PROBLEMS} problems",
                "mend these first",
            )
        self.found.append(
            Problem(
                file=self.shown(file),
                line=place[0],
                column=place[1],
                item=printable(item[:120]),
                code=code,
                message=printable(message[:_LONGEST]),
                hint=printable(hint[:_LONGEST]),
                severity=severity,
            )
        )

    def shown(self, file: str) -> str:
        """Return a file's name, relative to the bank's folder, as the author would open it."""
        return printable(str(self.folder / file))

    def in_order(self) -> tuple[Problem, ...]:
        """Return all problems by file and place."""
        return tuple(sorted(self.found, key=lambda p: (p.file, p.line, p.column)))

    @property
    def has_errors(self) -> bool:
        """Return whether anything found is more than a warning."""
        return any(problem.severity == "error" for problem in self.found)


def nearest(name: str, known: Sequence[str], *, all_up_to: int = 25) -> str:
    """Return a hint with the name most like one that is not known, or with all names where they are few."""
    close = difflib.get_close_matches(name[:200], known, 1, 0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"there are {', '.join(known)}" if 0 < len(known) <= all_up_to else ""


def printable(text: str) -> str:
    """Return text without characters that a terminal would act on or a file name smuggles in."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in plain)
