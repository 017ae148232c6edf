"""The bank as a value: its domains, items, exercises and blueprints."""

from typing import Annotated, Literal, Self

from pydantic import Field, SerializeAsAny, StringConstraints, model_validator

from examengine.bank.blueprint import Blueprint
from examengine.core.model import Model
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item, ItemId, Prose, Slug

BankId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]


class Objective(Model):
    """What an item tests: the smallest unit that a drill can ask for."""

    id: ItemId
    title: Prose


class Domain(Model):
    """A field of knowledge that a blueprint weighs."""

    id: Slug
    title: Prose
    objectives: tuple[Objective, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _objectives_carry_the_domain(self) -> Self:
        for objective in self.objectives:
            if not objective.id.startswith(f"{self.id}."):
                raise ValueError(f"objective {objective.id!r} does not begin with '{self.id}.'")
        return self


class BankManifest(Model):
    """`bank.yaml`."""

    format: Literal[1]
    id: BankId
    title: Prose
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    licence: Prose
    domains: tuple[Domain, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_told_apart(self) -> Self:
        ids = [domain.id for domain in self.domains]
        objectives = [objective.id for domain in self.domains for objective in domain.objectives]
        for kind, names in (("domain", ids), ("objective", objectives)):
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                raise ValueError(f"{kind} {repeated[0]!r} stands twice")
        return self


class ExercisePackage(Model):
    """Everything in an exercise's folder that a sitting and its grading need, by value."""

    item: Coding
    tests: dict[str, bytes]
    """Hidden test files."""
    support: dict[str, bytes] = Field(default_factory=dict)
    """Reference and hold-out files: beside the hidden tests alone (`holdout/` files keep their plain names)."""
    data: dict[str, bytes] = Field(default_factory=dict)
    """Beside both the solution and the tests, under their plain names."""


class WrongSolution(Model):
    """A solution with a mistake that people make."""

    file: Annotated[str, StringConstraints(pattern=r"^wrong/[\w-]+\.py$")]
    mistake: Prose
    most: float = Field(ge=0)
    """The most points it may earn."""


class Exercise(Model):
    """An exercise folder as its author wrote it."""

    package: ExercisePackage
    wrong: tuple[WrongSolution, ...] = ()
    wrong_files: dict[str, bytes] = Field(default_factory=dict)
    reference: bytes
    folder: str


class Bank(Model):
    """One bank, fully read."""

    manifest: BankManifest
    items: tuple[SerializeAsAny[Item], ...] = ()
    """Items of the item files; exercises stand apart."""
    exercises: tuple[Exercise, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    folder: str
    digest: str
    """SHA-256 over all files that were read."""

    @property
    def id(self) -> str:
        """Return the bank's id."""
        return self.manifest.id

    def domain_of(self, objective: str) -> str:
        """Return the domain of an objective."""
        return objective.split(".", 1)[0]

    def item_named(self, item_id: str) -> Item | None:
        """Return an item or the item of an exercise by its id."""
        for item in self.items:
            if item.id == item_id:
                return item
        return next((e.package.item for e in self.exercises if e.package.item.id == item_id), None)
