"""Which items a programme can do without: those that stand behind enough others just like them.

Two items that nothing ties to other items (no enemies, no family, no case) are interchangeable where they serve the
same domains and have the same type, difficulty and expected time: every constraint counts them alike. Then an item
that stands behind as many of them as a form can hold is never needed; docs/adr/0006 has the proof.
"""

from collections.abc import Callable
from heapq import nsmallest

from examengine.bank.blueprint import Section
from examengine.forms.ask import Ask, Place, Rank
from examengine.forms.eligible import Candidate

Likeness = tuple[object, ...]


def likeness_of(ask: Ask, candidate: Candidate, *, is_full: bool = False) -> Likeness:
    """Return what the constraints of a blueprint see of an item that stands alone; in full, its difficulty and time."""
    item = candidate.item
    return (
        candidate.domains,
        item.type,
        item.difficulty if is_full or ask.tells_difficulty else None,
        item.seconds if is_full or ask.tells_time else None,
    )


def needed_places(
    ask: Ask, rank: Callable[[Candidate, Section, str], Rank], forms: int = 1, *, is_full: bool = False
) -> frozenset[Place]:
    """Return the places (item, section, domain) that the best forms can be found among.

    Args:
        ask: the blueprint with everything that may serve it.
        rank: what an item costs at a place, goal after goal; no two items have the same.
        forms: how many forms are drawn together.
        is_full: whether difficulty and time matter whatever the blueprint asks.
    """
    alike: dict[Likeness, list[Candidate]] = {}
    needed: set[Place] = set()
    for candidate in ask.candidates:
        if candidate.item.stimulus is None:
            alike.setdefault(likeness_of(ask, candidate, is_full=is_full), []).append(candidate)
            continue
        needed.update(
            (candidate.item.id, section.id, domain)
            for section in ask.item_sections
            if ask.may_stand(candidate, section)
            for domain in candidate.domains
        )
    for members in alike.values():
        sections = [section for section in ask.item_sections if ask.may_stand(members[0], section)]
        bound = forms * most_drawn(ask, members[0], sections)
        free = [one for one in members if one.item.id not in ask.tied]
        tied = [one for one in members if one.item.id in ask.tied]
        for section in sections:
            for domain in members[0].domains:
                ranked = [(rank(one, section, domain), one.item.id) for one in free]
                first = nsmallest(bound, ranked) if bound < len(ranked) else ranked
                needed.update((name, section.id, domain) for _, name in first)
                last = max(first)[0] if first and len(first) == bound else None
                needed.update(
                    (one.item.id, section.id, domain)
                    for one in tied
                    if bound and (last is None or rank(one, section, domain) < last)
                )
    return frozenset(needed)


def most_drawn(ask: Ask, candidate: Candidate, sections: list[Section]) -> int:
    """Return a bound on how many items like a candidate one form can hold."""
    by_section = 0
    for section in sections:
        bounds = [section.items + section.pretest]
        if isinstance(section.types, dict) and section.types:
            bounds.append(section.types.get(candidate.item.type, 0))
        most = section.difficulty_bounds(candidate.item.difficulty)[1]
        if most is not None:
            bounds.append(most)
        by_section += min(bounds)
    if ask.quotas is None:
        return by_section
    scored = sum(ask.quotas.get(domain, 0) for domain in candidate.domains)
    return min(by_section, scored + sum(section.pretest for section in sections))


def condensed(ask: Ask) -> Ask:
    """Return the same ask with one item standing for all that are interchangeable; only counts can be read off it."""
    standing: dict[Likeness, Candidate] = {}
    counts: dict[str, int] = {}
    kept: list[Candidate] = []
    for candidate in ask.candidates:
        if candidate.item.stimulus is not None or candidate.item.id in ask.tied:
            kept.append(candidate)
            continue
        first = standing.setdefault(likeness_of(ask, candidate), candidate)
        if first is candidate:
            kept.append(candidate)
        counts[first.item.id] = counts.get(first.item.id, 0) + 1
    return Ask(ask.blueprint, ask.banks, ask.quotas, kept, ask.exercises, ask.testlets, counts, ask.served)
