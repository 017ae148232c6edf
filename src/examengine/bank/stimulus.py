"""The stimulus as a value: a case with its sections, tables and figures, on which several items stand."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from examengine.core.model import Model
from examengine.itemtypes.item import ItemId, Prose, Reference, Slug

MOST_ROWS = 2_000
MOST_COLUMNS = 40
LONGEST_CELL = 500
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class StimulusSection(Model):
    """One section of a case: what stands under one tab."""

    id: Slug
    title: Title
    text: Prose
    """Markdown, with tables and figures."""


class Exhibit(Model):
    """A table or a figure of a case, by value."""

    id: Slug
    title: Title
    kind: Literal["table", "figure"]
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """Cells of a table, as many in each row as there are in the header."""
    figure: str = ""
    """The file of a figure, relative to the bank."""
    alt: str = ""
    """What a figure shows, in words."""


class Stimulus(Model):
    """A case; the items of a bank that name it are its testlet."""

    id: ItemId
    title: Title
    sections: tuple[StimulusSection, ...] = Field(min_length=1, max_length=20)
    exhibits: tuple[Exhibit, ...] = Field(default=(), max_length=20)
    references: tuple[Reference, ...] = ()


class ExhibitFile(Model):
    """An exhibit as its author names it."""

    id: Slug
    title: Title
    data: Annotated[str, StringConstraints(pattern=r"^(data|figures)/[\w./-]+$", max_length=200)]
    """A table `data/….csv`, or a figure below `figures/`."""
    alt: Prose | None = None

    @property
    def is_table(self) -> bool:
        """Return whether it is a table."""
        return self.data.startswith("data/")

    @model_validator(mode="after")
    def _fits_its_file(self) -> Self:
        if self.is_table and not self.data.endswith(".csv"):
            raise ValueError(f"data {self.data!r} is no table; files below data/ end in .csv")
        if not self.is_table and self.alt is None:
            raise ValueError("`alt` is missing; say in words what the figure shows")
        return self


class StimulusFile(Model):
    """An entry of a file in `stimuli/`."""

    id: ItemId
    title: Title
    sections: tuple[StimulusSection, ...] = Field(min_length=1, max_length=20)
    exhibits: tuple[ExhibitFile, ...] = Field(default=(), max_length=20)
    references: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _tabs_are_told_apart(self) -> Self:
        ids = [*(section.id for section in self.sections), *(exhibit.id for exhibit in self.exhibits)]
        repeated = sorted({name for name in ids if ids.count(name) > 1})
        if repeated:
            raise ValueError(f"id {repeated[0]!r} stands twice; sections and exhibits have ids of their own")
        return self
