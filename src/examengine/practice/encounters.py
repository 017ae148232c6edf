"""Meetings of a candidate with items, and what they add up to: seen, missed, flagged."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from examengine.itemtypes.spec import Mark


@dataclass(frozen=True, slots=True)
class Encounter:
    """An item that was on the screen in one session."""

    item: str
    objective: str
    """`<bank>.<objective>`."""
    practised_for: str
    """The bank whose exam or drill it was met in."""
    at: float
    """When it was last worked on: seconds since 1970, UTC."""
    mark: Mark | None
    """Of the first attempt; none while the session may still change it."""
    share: Fraction
    """Points earned of those possible; nothing where there is no mark."""
    is_flagged: bool

    @property
    def is_decided(self) -> bool:
        """Return whether it tells something about what the candidate knows."""
        return self.mark is not None and self.mark is not Mark.UNGRADED


@dataclass(frozen=True, slots=True)
class Practised:
    """Ids of items by how they were met."""

    seen: frozenset[str]
    missed: frozenset[str]
    """Not right when last answered; left blank is missed too."""
    flagged: frozenset[str]
    """Flagged when last met."""


def practised(encounters: Iterable[Encounter]) -> Practised:
    """Return what the encounters add up to; of each item the latest decides."""
    latest: dict[str, Encounter] = {}
    decided: dict[str, Encounter] = {}
    for one in sorted(encounters, key=lambda one: one.at):
        latest[one.item] = one
        if one.is_decided:
            decided[one.item] = one
    return Practised(
        seen=frozenset(latest),
        missed=frozenset(name for name, one in decided.items() if one.mark is not Mark.RIGHT),
        flagged=frozenset(name for name, one in latest.items() if one.is_flagged),
    )
