"""The blueprint: what a form is made of, how it is timed and how it is scored."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from examengine.core.model import Exact, Model
from examengine.itemtypes.item import ItemId, Prose, Slug

Basis = Literal["official", "published", "inferred", "assumed"]
"""Where a figure comes from; `assumed` is ours and shown as such."""


class Slot(Model):
    """A place for one exercise; an exercise fits when minutes and points by domain are these."""

    id: Slug
    title: Prose
    minutes: int = Field(ge=1)
    points: dict[Slug, Exact] = Field(min_length=1)


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
    slots: tuple[Slot, ...] = ()
    navigation: Literal["free", "linear"] = "free"
    leave: Literal["locks", "returns"] = "locks"
    materials: str = ""
    """What a candidate may use."""
    calculator: bool = False
    """Whether the program offers one."""

    @model_validator(mode="after")
    def _has_content_that_adds_up(self) -> Self:
        if bool(self.items) == bool(self.slots):
            raise ValueError("a section has either items or slots")
        if self.slots and (self.pretest or self.types):
            raise ValueError("pretest and types go with items, not with slots")
        if isinstance(self.types, dict) and self.types:
            total = sum(self.types.values())
            if total != self.items + self.pretest:
                raise ValueError(
                    f"types add up to {total}, but there are {self.items + self.pretest} items and pretest items"
                )
        return self


class BlueprintDomain(Model):
    """A domain's weight and where its items come from."""

    id: Slug
    title: str = ""
    """Empty: the bank's title."""
    weight: Exact | None = None
    """Per cent of the points; none where no weight is published."""
    items: int | None = Field(default=None, ge=0)
    """Scored items over all item sections; none: by weight, largest remainder."""
    draws: tuple[ItemId | Slug, ...] = ()
    """`<bank>.<domain>` or `<bank>.<objective>`; empty: the domain of this name in the blueprint's bank."""


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

    state: Literal["active", "proposed", "announced", "retired"]
    as_of: date
    replaced_by: ItemId | None = None
    note: str = ""


class Fact(Model):
    """A sentence about the exam, with where it comes from."""

    text: Prose
    basis: Basis


class Source(Model):
    """A page that a fact was taken from."""

    title: Prose
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    verified: date


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
    status: Status
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
