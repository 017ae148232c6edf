"""What the items of all types share."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from examengine.core.model import Model

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*){1,4}$", max_length=120)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class Difficulty(StrEnum):
    """How hard an item is meant to be."""

    FOUNDATIONAL = "foundational"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Cognitive(StrEnum):
    """What the item asks of the mind."""

    RECALL = "recall"
    APPLY = "apply"
    ANALYSE = "analyse"


class Reference(Model):
    """A public page that backs an item."""

    title: Prose
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000)] | None = None


class Option(Model):
    """One option of a choice item, with what there is to learn from it."""

    id: Slug
    text: Prose
    rationale: Prose


class Item(Model):
    """What every item carries; each type adds its own fields."""

    id: ItemId
    type: str
    objective: ItemId
    difficulty: Difficulty
    cognitive: Cognitive
    stem: Prose
    rationale: Prose
    references: tuple[Reference, ...] = Field(min_length=1)
    verified: date
    seconds: int = Field(ge=5, le=7200)
    """Expected time."""
    shuffle: bool = True
    """Whether the options may be put in another order."""
    enemies: tuple[ItemId, ...] = ()
    tags: tuple[Slug, ...] = ()
    family: Slug | None = Field(default=None, exclude_if=lambda value: value is None)
    """Items and templates that vary one idea share it; a form holds at most one of them."""
    stimulus: ItemId | None = Field(default=None, exclude_if=lambda value: value is None)
    """The case that the item belongs to; all items of one case are a testlet."""
    lock_on_leaving: bool = Field(default=False, exclude_if=lambda value: not value)
    """Whether the response is final, and the item gone, once another item is shown (exams only)."""

    def option_ids(self) -> tuple[str, ...]:
        """Return the ids that a form may put in another order; none for types without options."""
        return ()
