"""The coding exercise as the candidate meets it, and its response. Hidden tests are no part of it."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from examengine.core.limits import Limits
from examengine.core.model import Exact, Model
from examengine.itemtypes.item import Cognitive, Item, Prose, Slug

SOLUTION = "solution.py"
TestId = Annotated[str, StringConstraints(pattern=r"^([\w./-]+::)?[\w\[\]:.+ -]+$", max_length=300)]
Package = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][\w.]*$", max_length=100)]


class Part(Model):
    """A share of an exercise with points of its own."""

    id: Slug
    title: Prose
    """May be shown after the submission."""
    points: Exact = Field(gt=0)
    domain: Slug
    tests: tuple[TestId, ...] = Field(min_length=1)
    """Hidden tests that decide the points, as pytest names them."""
    credit: Literal["each", "all"] = "each"
    """each: every test has an equal share; all: all tests or nothing."""

    @model_validator(mode="after")
    def _tests_are_told_apart(self) -> Self:
        if len(set(self.tests)) != len(self.tests):
            raise ValueError("a test stands twice; list each test once")
        return self


class Coding(Item):
    """An exercise: statement, starter and sample tests, and what its hidden tests are worth."""

    type: Literal["coding"]
    title: Prose
    cognitive: Cognitive = Cognitive.APPLY
    minutes: int = Field(ge=1, le=240)
    parts: tuple[Part, ...] = Field(min_length=1)
    requires: tuple[Package, ...] = ()
    limits: Limits = Limits()
    starter: dict[str, str]
    """File name to text: what the editor holds at first."""
    sample_tests: dict[str, str] = Field(default_factory=dict)
    """File name to text: tests that the candidate sees and may run."""
    data_files: tuple[str, ...] = ()
    """Names of the files that lie beside the solution."""
    package_digest: str = ""
    """Which version of the exercise folder this is."""

    @model_validator(mode="after")
    def _parts_are_told_apart(self) -> Self:
        ids = [part.id for part in self.parts]
        if len(set(ids)) != len(ids):
            raise ValueError("two parts have the same id")
        tests = [test for part in self.parts for test in part.tests]
        repeated = sorted({test for test in tests if tests.count(test) > 1})
        if repeated:
            raise ValueError(f"test {repeated[0]!r} belongs to two parts; each test counts once")
        return self

    def points_by_domain(self) -> dict[str, Fraction]:
        """Return the points that each domain gets from this exercise."""
        points: dict[str, Fraction] = {}
        for part in self.parts:
            points[part.domain] = points.get(part.domain, Fraction(0)) + part.points
        return points


class CodingResponse(Model):
    """The candidate's files, name to text."""

    files: dict[str, str] = Field(default_factory=dict)
