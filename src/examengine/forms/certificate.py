"""What a form proves: every constraint with wanted and reached value, and that no other overlaps less."""

from typing import Literal

from pydantic import Field

from examengine.core.model import Model

ConstraintKind = Literal[
    "items",
    "pretest",
    "type",
    "other_types",
    "difficulty",
    "expected_seconds",
    "cases",
    "domain",
    "slot",
    "repeated_items",
    "enemies",
    "repeated_families",
    "split_testlets",
]


class CertifiedConstraint(Model):
    """One constraint with what was wanted and what was reached; counts are of items, times in seconds."""

    kind: ConstraintKind
    section: str = ""
    """Empty: of the whole form."""
    name: str = ""
    """Of the type, difficulty, domain or slot."""
    least: int | None = None
    most: int | None = None
    reached: int

    @property
    def is_met(self) -> bool:
        """Return whether the reached value lies within the wanted ones."""
        return (self.least is None or self.least <= self.reached) and (self.most is None or self.reached <= self.most)


class ParallelCertificate(Model):
    """What was reached over forms that were built together."""

    number: int
    """Of this form among them, from 1."""
    forms: int
    seed: int
    """Of all of them together."""
    mutual_overlap: int
    """Places of all forms that hold an item which an earlier one of them holds too."""
    least_mutual_overlap: int
    """Proven: no forms of this blueprint and these banks share less."""
    difficulty_spread: int
    """Sum, over sections and difficulties, of the difference between the form with most and the one with least."""
    least_difficulty_spread: int
    """Proven, for forms that share no more."""
    seconds_spread: int
    """Difference of the expected times, in the section where it is greatest."""
    seconds_percent: int | None
    """The least rung that the longest expected time of every section stays within; None: none could be held."""
    overlap: int
    """Items of earlier forms, over all these forms."""
    least_overlap: int
    """Proven, for forms as like as these."""
    exposure: int
    """Sum over all these forms of how often their items were used before; made least form by form."""


class Certificate(Model):
    """What the assembler vouches for. The least values are proven by the integer programme, not only found."""

    earlier_forms: int = 0
    """How many forms were to be avoided."""
    overlap: int
    """Items of the form that an earlier form held."""
    least_overlap: int | None
    """Proven: every form of this blueprint and these banks holds at least as many. None: see `parallel`."""
    overlapping: tuple[str, ...] = ()
    """Their ids, in the order of the form."""
    exposure: int
    """Sum over the items of how often each was used before."""
    least_exposure: int | None
    """Proven, for forms with this overlap. None: see `parallel`."""
    constraints: tuple[CertifiedConstraint, ...]
    parallel: ParallelCertificate | None = Field(default=None, exclude_if=lambda value: value is None)
