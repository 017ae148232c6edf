"""Which domain to drill next.

The rule: a domain of a bank in use that was never practised, or not for ten days, comes first, the longest
unpractised of them before the others; otherwise the weakest does, by the points of its last twenty items.
An item tells about every domain that draws its objective, wherever it was met. Ties go by the order of the bank.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from fractions import Fraction

from examengine.practice.encounters import Encounter

LONGEST_DAYS = 10
"""A domain without practice for so long is due whatever it was worth."""
LATEST_ITEMS = 20
"""How many items tell how strong a domain is."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain that a bank's exams ask, in their order."""

    bank: str
    id: str
    title: str
    objectives: frozenset[str]
    """What it draws on, as `<bank>.<objective>`."""


@dataclass(frozen=True, slots=True)
class NextDrill:
    """What is due, and why in a few words."""

    domain: Domain
    reason: str


def next_drill(
    domains: Sequence[Domain], encounters: Iterable[Encounter], today: date, zone: tzinfo | None
) -> NextDrill | None:
    """Return the drill that is due; none where nothing was practised yet.

    Args:
        domains: that can be practised, of all banks.
        encounters: in any order; those without a mark count for nothing.
        today: the day in the candidate's zone.
        zone: where the candidate's days begin; none: the machine's own.
    """
    decided = sorted((one for one in encounters if one.is_decided), key=lambda one: one.at)
    banks = {one.practised_for for one in decided}
    used = [domain for domain in domains if domain.bank in banks]
    if not used:
        return None
    met = {(domain.bank, domain.id): [one for one in decided if one.objective in domain.objectives] for domain in used}
    # Python's max and min take the first of equals: the order of the bank.
    unpractised = max(used, key=lambda domain: _days_since(met[domain.bank, domain.id], today, zone))
    days = _days_since(met[unpractised.bank, unpractised.id], today, zone)
    if days == float("inf"):
        return NextDrill(unpractised, "never practised")
    if days >= LONGEST_DAYS:
        return NextDrill(unpractised, f"not practised for {days:g} days")
    weakest = min(used, key=lambda domain: _share(met[domain.bank, domain.id]))
    own = met[weakest.bank, weakest.id][-LATEST_ITEMS:]
    items = "item" if len(own) == 1 else f"{len(own)} items"
    percent = float(100 * _share(own))
    only = "" if len(used) == 1 else ", the weakest"
    return NextDrill(weakest, f"{percent:.0f} % of the points of the last {items}{only}")


def _days_since(encounters: Sequence[Encounter], today: date, zone: tzinfo | None) -> float:
    if not encounters:
        return float("inf")
    last = datetime.fromtimestamp(encounters[-1].at, UTC).astimezone(zone).date()
    return max(0, (today - last).days)


def _share(encounters: Sequence[Encounter]) -> Fraction:
    own = encounters[-LATEST_ITEMS:]
    return sum((one.share for one in own), Fraction(0)) / len(own)
