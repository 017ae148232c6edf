"""The bank as a value: its domains, items, exercises and blueprints."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    SerializeAsAny,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)

from examengine.bank.blueprint import Blueprint
from examengine.bank.item_list import ItemList
from examengine.bank.quarantine import Quarantine
from examengine.bank.stated_survivors import StatedSurvivor
from examengine.bank.stimulus import Stimulus
from examengine.bank.template.item_template import ItemTemplate
from examengine.core.limits import Limits
from examengine.core.model import Model
from examengine.itemtypes.coding.model import AnyPart, Coding, Package
from examengine.itemtypes.item import Cognitive, Difficulty, Item, ItemId, Prose, Reference, Slug

BankId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]


class Objective(Model):
    """What an item tests: the smallest unit that a drill can ask for."""

    id: ItemId
    title: Prose
    keywords: tuple[Prose, ...] = ()
    """What its items may be about."""


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

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    item: Coding
    tests: dict[str, bytes]
    """Hidden test files."""
    support: dict[str, bytes] = Field(default_factory=dict)
    """Reference and hold-out files: beside the hidden tests alone (`holdout/` files keep their plain names)."""
    data: dict[str, bytes] = Field(default_factory=dict)
    """Beside both the solution and the tests, under their plain names."""


class WrongSolution(Model):
    """A solution with a mistake that people make: a Python file, or a notebook where the exercise is one."""

    file: Annotated[str, StringConstraints(pattern=r"^wrong/[\w-]+\.(py|ipynb)$")]
    mistake: Prose
    most: float = Field(ge=0)
    """The most points it may earn."""


class Exercise(Model):
    """An exercise folder as its author wrote it."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    package: ExercisePackage
    wrong: tuple[WrongSolution, ...] = ()
    wrong_files: dict[str, bytes] = Field(default_factory=dict)
    reference: bytes
    folder: str
    survivors: tuple[StatedSurvivor, ...] = ()
    quarantined: Quarantine | None = None


class ExerciseFile(Model):
    """`exercise.yaml`: what the folder's other files do not say."""

    id: ItemId
    title: Prose
    objective: ItemId
    difficulty: Difficulty
    cognitive: Cognitive = Cognitive.APPLY
    minutes: int = Field(ge=1, le=240)
    parts: tuple[AnyPart, ...] = Field(min_length=1)
    requires: tuple[Package, ...] = ()
    limits: Limits = Limits()
    wrong: tuple[WrongSolution, ...] = ()
    survivors: tuple[StatedSurvivor, ...] = ()
    quarantined: Quarantine | None = None
    rationale: Prose
    references: tuple[Reference, ...] = Field(min_length=1)
    verified: date
    enemies: tuple[ItemId, ...] = ()
    tags: tuple[Slug, ...] = ()

    @field_validator("wrong")
    @classmethod
    def _wrong_are_python_files(cls, wrong: tuple[WrongSolution, ...]) -> tuple[WrongSolution, ...]:
        for one in wrong:
            if not one.file.endswith(".py"):
                raise ValueError(f"{one.file}: the wrong solutions of a folder are .py files, such as wrong/axis.py")
        return wrong


class Place(Model):
    """Where something stands in the bank's files; line and column from 1."""

    file: str
    """Relative to the bank's folder."""
    line: int
    column: int


def _items(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Take a list of items from the cache as it is: its items are validated when they are made."""
    return value if isinstance(value, ItemList) else tuple(handler(value))


class Bank(Model):
    """One bank, fully read."""

    manifest: BankManifest
    items: Annotated[Sequence[SerializeAsAny[Item]], WrapValidator(_items)] = ()
    """Items of the item files; exercises stand apart, and one instance stands for each template."""
    templates: dict[str, ItemTemplate] = Field(default_factory=dict)
    """By the id of their items."""
    stimuli: tuple[Stimulus, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    folder: str
    digest: str
    """SHA-256 over all files that were read."""
    figures: dict[str, bytes] = Field(default_factory=dict, repr=False)
    """The files below `figures/`, by their names relative to the bank."""
    places: dict[str, Place] = Field(default_factory=dict)
    """Where each item, exercise and blueprint stands, by its id."""

    @property
    def id(self) -> str:
        """Return the bank's id."""
        return self.manifest.id

    def domain_of(self, objective: str) -> str:
        """Return the domain of an objective."""
        return objective.split(".", 1)[0]

    def testlet(self, stimulus: str) -> tuple[Item, ...]:
        """Return the items that stand on a stimulus, in the order of the files."""
        return tuple(item for item in self.items if item.stimulus == stimulus)

    def item_named(self, item_id: str) -> Item | None:
        """Return an item or the item of an exercise by its id."""
        if isinstance(self.items, ItemList):
            found = self.items.named(item_id)
        else:
            found = next((item for item in self.items if item.id == item_id), None)
        if found is not None:
            return found
        return next((e.package.item for e in self.exercises if e.package.item.id == item_id), None)
