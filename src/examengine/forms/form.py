"""The form as a value: everything a sitting needs to know, frozen and hashed."""

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SerializeAsAny

from examengine.bank.blueprint import Breaks, CreditUpTo, Fact, Scoring, Source, Status
from examengine.bank.figure import Figure
from examengine.bank.stimulus import Stimulus
from examengine.core.digest import digest_json
from examengine.core.model import Exact, Model
from examengine.forms.certificate import Certificate
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import read_item


def _as_item(value: Any) -> Item:
    return value if isinstance(value, Item) else read_item(value)


AnyItem = Annotated[SerializeAsAny[Item], BeforeValidator(_as_item)]
"""An item of any type, read by the registry."""


class FormEntry(Model):
    """One item on its place in the form."""

    number: int
    """From 1, through the whole form."""
    section: str
    domain: str
    pretest: bool = False
    points: Exact
    """What the item is worth here; pretest items are worth nothing."""
    order: tuple[str, ...] = ()
    """Option ids in the order shown."""
    digest: str
    """SHA-256 of the item's content; of the template where the item comes from one."""
    item: AnyItem
    template: str = Field(default="", exclude_if=lambda value: not value)
    """Id of the template that the item is an instance of."""
    parameters: dict[str, str] = Field(default_factory=dict, exclude_if=lambda value: not value)
    """The values drawn for it, written exactly."""


class FormSection(Model):
    """One section of the form."""

    id: str
    title: str
    seconds: float
    """Its own clock."""
    navigation: Literal["free", "linear"]
    leave: Literal["locks", "returns"]
    materials: str = ""
    calculator: bool = False


class FormDomain(Model):
    """One domain of the form."""

    id: str
    title: str
    weight: Exact | None = None


class Form(Model):
    """What one candidate sits."""

    blueprint: str
    title: str
    kind: Literal["exam", "drill"]
    seed: int
    bank_digest: str
    """SHA-256 over the digests of the banks drawn from."""
    seconds: float | None
    """The exam's clock; none for an untimed drill."""
    sections: tuple[FormSection, ...] = Field(min_length=1)
    domains: tuple[FormDomain, ...]
    entries: tuple[FormEntry, ...] = Field(min_length=1)
    scoring: Scoring
    feedback: Literal["after_submission", "immediate"] = "after_submission"
    interruptions: Literal["credit", "charge"] | CreditUpTo = "credit"
    breaks: Breaks | None = None
    status: Status | None = None
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    stimuli: tuple[Stimulus, ...] = Field(default=(), exclude_if=lambda value: not value)
    """The cases that items of the form stand on, by value."""
    figures: tuple[Figure, ...] = Field(default=(), exclude_if=lambda value: not value)
    """The pictures that items and cases of the form refer to, by value."""

    bank_versions: dict[str, str] = Field(default_factory=dict, exclude_if=lambda value: not value)
    """The version of each bank drawn from, as its manifest says it; sessions from before lack it."""
    certificate: Certificate | None = Field(default=None, exclude_if=lambda value: value is None)
    """What the assembler vouches for; drills, and sessions from before, lack it."""

    def digest(self) -> str:
        """Return the SHA-256 of the whole form."""
        return digest_json(self.model_dump(mode="json"))

    def entry(self, number: int) -> FormEntry:
        """Return the entry with a number.

        Raises:
            KeyError: there is none.
        """
        if not 1 <= number <= len(self.entries):
            raise KeyError(number)
        return self.entries[number - 1]

    def stimulus_of(self, entry: FormEntry) -> Stimulus | None:
        """Return the case that an entry's item stands on."""
        return next((one for one in self.stimuli if one.id == entry.item.stimulus), None)

    def figures_of(self, owner: str) -> dict[str, Figure]:
        """Return the figures of the bank that an item or a case comes from, by the names that its texts use."""
        bank = owner.split(".", 1)[0]
        return {one.name: one for one in self.figures if one.bank == bank}

    def entries_of(self, section: str) -> tuple[FormEntry, ...]:
        """Return the entries of a section, in order."""
        return tuple(entry for entry in self.entries if entry.section == section)

    def points_possible(self) -> Fraction:
        """Return the points of all scored entries."""
        return sum((entry.points for entry in self.entries if not entry.pretest), Fraction(0))
