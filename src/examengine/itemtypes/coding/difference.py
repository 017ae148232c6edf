"""What the candidate has changed, as a unified difference from the starter. Pure."""

import difflib
from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["file", "place", "same", "added", "removed"]
SIGNS: Mapping[Kind, str] = {"file": "", "place": "", "same": " ", "added": "+", "removed": "-"}


class DiffLine(NamedTuple):
    """One line of a difference; `text` without its sign."""

    kind: Kind
    text: str

    @property
    def signed(self) -> str:
        """Return the line as it is read: with its sign."""
        return f"{SIGNS[self.kind]}{self.text}"


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[DiffLine]:
    """Return how files differ, file by file; nothing where they are alike."""
    lines: list[DiffLine] = []
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name, "").splitlines(), after.get(name, "").splitlines()
        if old == new:
            continue
        lines.append(DiffLine("file", name))
        for line in list(difflib.unified_diff(old, new, lineterm="", n=3))[2:]:
            match line[:1]:
                case "@":
                    lines.append(DiffLine("place", line))
                case "+":
                    lines.append(DiffLine("added", line[1:]))
                case "-":
                    lines.append(DiffLine("removed", line[1:]))
                case _:
                    lines.append(DiffLine("same", line[1:]))
    return lines
