"""The blueprint: what a form is made of, how it is timed and how it is scored."""

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from examengine.bank.figures_published import Basis, Figure, FigureName, Source, Span
from examengine.core.model import Exact, Model
from examengine.itemtypes.item import Difficulty, ItemId, Prose, Slug

__all__ = ["Basis", "Blueprint", "Figure", "Source", "Span"]


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$")]
"""A day, a month or a year."""


class Slot(Model):
    """A place for one exercise; an exercise fits when minutes and points by domain are these."""

    id: Slug
    title: Prose
    minutes: int = Field(ge=1)
    points: dict[Slug, Exact] = Field(min_length=1)


class CountBounds(Model):
    """How many items there may be."""

    at_least: int | None = Field(default=None, ge=0)
    at_most: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        _check_bounds(self.at_least, self.at_most)
        return self


class MinuteBounds(Model):
    """How many minutes there may be."""

    at_least: Exact | None = None
    at_most: Exact | None = None

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        _check_bounds(self.at_least, self.at_most)
        return self

    @property
    def seconds(self) -> tuple[int | None, int | None]:
        """Return the least and the greatest whole number of seconds within the bounds."""
        return (
            None if self.at_least is None else ceil(self.at_least * 60),
            None if self.at_most is None else floor(self.at_most * 60),
        )


def _check_bounds(at_least: int | Fraction | None, at_most: int | Fraction | None) -> None:
    if at_least is None and at_most is None:
        raise ValueError("give at_least, at_most or both")
    if at_least is not None and at_most is not None and at_least > at_most:
        raise ValueError("at_least is at most at_most")
    if at_most is not None and at_most < 0:
        raise ValueError("at_most is at least 0")


class Section(Model):
    """A part of the exam with a clock of its own: items by number, or exercises by slot."""

    id: Slug
    title: Prose
    minutes: float = Field(gt=0, le=24 * 60)
    items: int = Field(default=0, ge=0)
    """Scored items."""
    pretest: int = Field(default=0, ge=0)
    """Unscored items on top."""
    points_each: Exact = Fraction(1)
    types: dict[Slug, int] | tuple[Slug, ...] = ()
    """Exact counts by type (pretest included), or the types allowed; empty: all but coding."""
    difficulty: dict[Difficulty, Annotated[int, Field(ge=0)] | CountBounds] = Field(default_factory=dict)
    """Items of each difficulty (pretest included), as a number or as bounds; a difficulty that is not named is free."""
    expected_minutes: MinuteBounds | None = None
    """Bounds of the sum of the items' expected times (pretest included)."""
    slots: tuple[Slot, ...] = ()
    navigation: Literal["free", "linear"] = "free"
    leave: Literal["locks", "returns"] = "locks"
    materials: str = ""
    """What a candidate may use."""
    calculator: bool = False
    """Whether the program offers one."""
    cases: Literal["only", "never"] | Annotated[int, Field(ge=0)] | CountBounds | None = None
    """Whether its items stand on cases, or how many cases there are; none: some may."""

    @model_validator(mode="after")
    def _has_content_that_adds_up(self) -> Self:
        if bool(self.items) == bool(self.slots):
            raise ValueError("a section has either items or slots")
        if self.slots and (self.pretest or self.types):
            raise ValueError("pretest and types go with items, not with slots")
        if self.slots and (self.difficulty or self.expected_minutes is not None):
            raise ValueError("difficulty and expected_minutes go with items, not with slots")
        if self.slots and self.cases is not None:
            raise ValueError("cases go with items, not with slots")
        if (self.case_bounds[0] or 0) > self.items + self.pretest:
            raise ValueError(f"at least {self.case_bounds[0]} cases do not go into {self.items + self.pretest} items")
        if isinstance(self.types, dict) and self.types:
            total = sum(self.types.values())
            if total != self.items + self.pretest:
                raise ValueError(
                    f"types add up to {total}, but there are {self.items + self.pretest} items and pretest items"
                )
        self._check_difficulty()
        return self

    def _check_difficulty(self) -> None:
        size = self.items + self.pretest
        bounds = [self.difficulty_bounds(level) for level in self.difficulty]
        least = sum(low or 0 for low, _ in bounds)
        if least > size:
            raise ValueError(f"difficulty asks for at least {least} items, but there are {size}")
        most = [high for _, high in bounds if high is not None]
        if len(most) == len(Difficulty) and sum(most) < size:
            raise ValueError(f"difficulty allows at most {sum(most)} items, but there are {size}")

    def difficulty_bounds(self, level: Difficulty) -> tuple[int | None, int | None]:
        """Return the least and the greatest number of items of a difficulty; None: no bound."""
        wanted = self.difficulty.get(level)
        if isinstance(wanted, CountBounds):
            return wanted.at_least, wanted.at_most
        return wanted, wanted

    @property
    def case_bounds(self) -> tuple[int | None, int | None]:
        """Return the least and the greatest number of cases; None: no bound."""
        if isinstance(self.cases, CountBounds):
            return self.cases.at_least, self.cases.at_most
        return (self.cases, self.cases) if isinstance(self.cases, int) else (None, None)


class BlueprintDomain(Model):
    """A domain's weight and where its items come from."""

    id: Slug
    title: str = ""
    """Empty: the bank's title."""
    weight: Exact | None = None
    """Per cent of the points; none where no weight is published, or a range."""
    weight_range: Span | None = None
    """Per cent of the points; `weight: {from: 15, to: 20}` in the file."""
    items: int | None = Field(default=None, ge=0)
    """Scored items over all item sections; none: by weight, largest remainder."""
    draws: tuple[ItemId | Slug, ...] = ()
    """`<bank>.<domain>` or `<bank>.<objective>`; empty: the domain of this name in the blueprint's bank."""

    @model_validator(mode="before")
    @classmethod
    def _weight_may_be_a_range(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("weight"), dict) and "weight_range" not in value:
            return {**value, "weight": None, "weight_range": value["weight"]}
        return value


class Scoring(Model):
    """How points become an outcome."""

    kind: Literal["scaled", "percent", "pass_fail"]
    min: Exact = Fraction(0)
    max: Exact = Fraction(100)
    cut: Exact
    """On the scale."""
    cut_raw_percent: Exact
    """The share of the points, in per cent, that stands at the cut."""
    basis: Basis
    section_floor_percent: dict[Slug, Exact] = Field(default_factory=dict)
    hidden: bool = Field(default=False, exclude_if=lambda value: not value)
    """Whether the body tells no number, but only passed or failed; scale and cut are then ours."""

    @model_validator(mode="after")
    def _cut_lies_on_the_scale(self) -> Self:
        if not self.min < self.cut <= self.max:
            raise ValueError("the cut lies above min and is at most max")
        if not 0 < self.cut_raw_percent <= 100:
            raise ValueError("cut_raw_percent lies above 0 and is at most 100")
        return self


class CreditUpTo(Model):
    """Gaps are credited up to a bound, and charged beyond it."""

    credit_up_to: float = Field(gt=0)
    """Minutes over the whole session."""


class Breaks(Model):
    """Whether a candidate may go on breaks, and what they cost."""

    clock: Literal["stops", "runs"]
    most: int | None = Field(default=None, ge=1)
    """How many; none: as many as one likes."""
    minutes: float | None = Field(default=None, gt=0, le=240)
    """The longest break with the clock stopped; later time counts again."""
    locks: Literal["seen", "nothing"] = "seen"
    """What becomes final: the items of the open section that were seen, or nothing."""
    basis: Basis

    @model_validator(mode="after")
    def _a_stopped_clock_hides_what_was_seen(self) -> Self:
        if self.clock == "stops" and self.locks != "seen":
            raise ValueError("a break that stops the clock locks what was seen; write `locks: seen`")
        if self.clock == "stops" and self.minutes is None:
            raise ValueError("a break that stops the clock has a longest length; give `minutes`")
        return self


class Status(Model):
    """Whether the certification can be taken today."""

    state: Literal["active", "proposed", "announced", "beta", "retiring", "retired"]
    as_of: date
    replaced_by: ItemId | None = None
    replaced_basis: Basis | None = Field(default=None, exclude_if=lambda value: value is None)
    """Where the successor comes from; none: as the other facts."""
    dates: dict[Slug, Day] = Field(default_factory=dict, exclude_if=lambda value: not value)
    """What happened or will happen when: a day, a month or a year each."""
    note: str = ""

    @property
    def shown_note(self) -> str:
        """Return the successor where there is one, and the note."""
        basis = f" ({self.replaced_basis})" if self.replaced_basis else ""
        successor = f"replaced by {self.replaced_by}{basis}" if self.replaced_by else ""
        return "; ".join(part for part in (successor, self.note) if part)


class Fact(Model):
    """A sentence about the exam, with where it comes from."""

    text: Prose
    basis: Basis


class Blueprint(Model):
    """One exam: its sections, domains, scoring and rules."""

    id: ItemId
    title: Prose
    duration_minutes: float = Field(gt=0, le=24 * 60)
    sections: tuple[Section, ...] = Field(min_length=1)
    domains: tuple[BlueprintDomain, ...] = Field(min_length=1)
    scoring: Scoring
    feedback: Literal["after_submission", "immediate"] = "after_submission"
    interruptions: Literal["credit", "charge"] | CreditUpTo = "credit"
    breaks: Breaks | None = None
    """None: no breaks."""
    vendor: str = ""
    version: str = ""
    """Which edition of the exam this is."""
    confidence: Literal["high", "medium", "low"] | None = None
    """How sure the figures are."""
    status: Status
    figures: tuple[Figure, ...] = ()
    """What is published of the certification, and what is assumed; checked against the rest of the blueprint."""
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        sections = [section.id for section in self.sections]
        domains = [domain.id for domain in self.domains]
        for kind, names in (("section", sections), ("domain", domains)):
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                raise ValueError(f"{kind} {repeated[0]!r} stands twice")
        if sum(section.minutes for section in self.sections) > self.duration_minutes:
            raise ValueError("the sections take longer than the exam")
        for section in self.sections:
            for slot in section.slots:
                unknown = sorted(set(slot.points) - set(domains))
                if unknown:
                    raise ValueError(f"slot {slot.id!r} names domain {unknown[0]!r}, which the blueprint lacks")
        for name in self.scoring.section_floor_percent:
            if name not in sections:
                raise ValueError(f"section_floor_percent names section {name!r}, which does not exist")
        wanted = sum(section.items for section in self.sections)
        counted = [domain.items for domain in self.domains if domain.items is not None]
        if len(counted) == len(domains) and sum(counted) != wanted:
            raise ValueError(f"domains hold {sum(counted)} items, but the sections want {wanted}")
        return self

    @model_validator(mode="after")
    def _figures_agree(self) -> Self:
        known = {source.id: source for source in self.sources if source.id is not None}
        names = [figure.name for figure in self.figures]
        for figure in self.figures:
            if names.count(figure.name) > 1:
                raise ValueError(f"figure {figure.name} stands twice")
            if figure.source is not None and figure.source not in known:
                raise ValueError(f"figure {figure.name} names source {figure.source!r}, which does not exist")
            if figure.basis == "official" and figure.source is not None and known[figure.source].url is None:
                raise ValueError(f"figure {figure.name} is official, but its source {figure.source!r} has no url")
            own = self._own_figures().get(figure.name)
            if own is None or figure.value is None:
                continue
            agrees = figure.value.holds(own) if isinstance(figure.value, Span) else figure.value == own
            if figure.name == "scale":
                agrees = isinstance(figure.value, Span) and (figure.value.low, figure.value.high) == (
                    self.scoring.min,
                    self.scoring.max,
                )
            if not agrees:
                raise ValueError(f"figure {figure.name} does not agree with the blueprint's {float(own):g}")
        return self

    def _own_figures(self) -> dict[FigureName, Fraction]:
        scored = sum(section.items + len(section.slots) for section in self.sections)
        unscored = sum(section.pretest for section in self.sections)
        return {
            "duration_minutes": Fraction(str(self.duration_minutes)),
            "items": Fraction(scored + unscored),
            "scored_items": Fraction(scored),
            "unscored_items": Fraction(unscored),
            "scale": self.scoring.max,
            "cut_score": self.scoring.cut,
            "cut_percent": self.scoring.cut_raw_percent,
        }

    @model_validator(mode="after")
    def _counts_lie_within_ranges(self) -> Self:
        total = sum(domain.items or 0 for domain in self.domains)
        for domain in self.domains:
            if domain.weight_range is None or domain.items is None:
                continue
            share = Fraction(100 * domain.items, total) if total else Fraction(0)
            if not domain.weight_range.holds(share):
                raise ValueError(
                    f"domain {domain.id} has {float(share):.3g} % of the items, but weighs {domain.weight_range} %"
                )
        return self

    @property
    def shown_facts(self) -> tuple[Fact, ...]:
        """Return the figures as sentences, and the facts: what a candidate is shown."""
        return (*(Fact(text=str(figure), basis=figure.basis) for figure in self.figures), *self.facts)
