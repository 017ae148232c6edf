"""A mutant: a copy of a program that differs by one small mistake, to ask whether tests notice it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one mistake."""

    line: int
    """In the program without the mistake, from 1."""
    source: str
    """That line, without the blanks around it."""
    change: str
    """What changed, unlike any other change of the line: "`<` became `<=`", "`<` became `<=` (2nd)"."""
    text: str
    """The whole program with the mistake."""

    @property
    def name(self) -> str:
        """Return what tells it from the other mutants of its program."""
        return f"line {self.line}: {self.change}"
