"""The coding exercise as the candidate meets it, and its response. Hidden tests are no part of it."""

from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from examengine.core.anchors import fault_of
from examengine.core.limits import Limits
from examengine.core.metric import METRICS, MetricName, MetricTask, Name, Seed, metric_test
from examengine.core.model import Exact, Model
from examengine.itemtypes.item import Cognitive, Item, Prose, Slug

SOLUTION = "solution.py"
TestId = Annotated[str, StringConstraints(pattern=r"^([\w./-]+::)?[\w\[\]:.+ -]+$", max_length=300)]
Package = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][\w.]*$", max_length=100)]

TableName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w-]*$", max_length=60)]


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


class MetricPart(Model):
    """A share of an exercise that is measured: predictions for rows that the candidate's code has never seen."""

    id: Slug
    title: Prose
    """May be shown after the submission."""
    points: Exact = Field(gt=0)
    domain: Slug
    metric: MetricName
    function: Name = "fit_predict"
    """Called as function(train, features, seed); returns one prediction for each row of `features`."""
    data: TableName = "holdout"
    """`holdout/<data>.csv`: the hold-out rows, features and target."""
    train: TableName = "train"
    """`data/<train>.csv` or `holdout/<train>.csv`: the training rows, with the same columns."""
    target: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    """The column to predict."""
    positive: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    """The positive one of two labels, as the files write it; none: the greater one."""
    anchors: tuple[tuple[Exact, Exact], ...] = Field(max_length=20)
    """From the worst value to the best: what value of the lower bound earns which share of the points."""
    seeds: tuple[Seed, ...] = Field(default=(1, 2, 3), min_length=1, max_length=20)

    @model_validator(mode="after")
    def _anchors_lead_from_nothing_to_everything(self) -> Self:
        rule = METRICS[self.metric]
        fault = fault_of(self.anchors, greater_is_better=rule.greater_is_better)
        if fault:
            raise ValueError(fault)
        for value, _ in self.anchors:
            if (rule.lowest is not None and value < rule.lowest) or (rule.highest is not None and value > rule.highest):
                bounds = " and ".join(
                    f"{words} {bound}"
                    for words, bound in (("at least", rule.lowest), ("at most", rule.highest))
                    if bound is not None
                )
                raise ValueError(f"anchors hold {float(value):g}, but {rule.title} is always {bounds}")
        return self

    @model_validator(mode="after")
    def _fields_fit_the_metric(self) -> Self:
        if len(set(self.seeds)) != len(self.seeds):
            raise ValueError("seeds hold a number twice; list each seed once")
        rule = METRICS[self.metric]
        if self.positive is not None and not rule.is_binary and self.metric != "log_loss":
            raise ValueError(f"positive means nothing for {rule.title}; leave it out")
        return self

    @property
    def tests(self) -> tuple[str, ...]:
        """Return the id under which evidence tells of the measurement."""
        return (metric_test(self.id),)

    def task(self) -> MetricTask:
        """Return what grading is asked to measure."""
        return MetricTask(
            part=self.id,
            metric=self.metric,
            function=self.function,
            train=f"{self.train}.csv",
            holdout=f"{self.data}.csv",
            target=self.target,
            positive=self.positive,
            anchors=self.anchors,
            seeds=self.seeds,
        )


def _kind_of_part(value: Any) -> str:
    if isinstance(value, dict):
        return "by-metric" if "metric" in value else "by-tests"
    return "by-metric" if isinstance(value, MetricPart) else "by-tests"


AnyPart = Annotated[
    Annotated[Part, Tag("by-tests")] | Annotated[MetricPart, Tag("by-metric")], Discriminator(_kind_of_part)
]


class Coding(Item):
    """An exercise: statement, starter and sample tests, and what its hidden tests are worth."""

    type: Literal["coding"]
    title: Prose
    cognitive: Cognitive = Cognitive.APPLY
    minutes: int = Field(ge=1, le=240)
    parts: tuple[AnyPart, ...] = Field(min_length=1)
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
