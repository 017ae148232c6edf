"""Collects the problems of a bank while it is read."""

from pathlib import Path
from typing import Literal

from examengine.bank.problem import Problem


class ProblemList:
    """Problems in the order found; file names are told as the author would open them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[Problem] = []

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
        self.found.append(
            Problem(
                file=printable(str(self.folder / file)),
                line=place[0],
                column=place[1],
                item=printable(item),
                code=code,
                message=printable(message),
                hint=printable(hint),
                severity=severity,
            )
        )

    def in_order(self) -> tuple[Problem, ...]:
        """Return all problems by file and place."""
        return tuple(sorted(self.found, key=lambda p: (p.file, p.line, p.column)))

    @property
    def has_errors(self) -> bool:
        """Return whether anything found is more than a warning."""
        return any(problem.severity == "error" for problem in self.found)


def printable(text: str) -> str:
    """Return text without characters that a terminal would act on or a file name smuggles in."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in plain)
