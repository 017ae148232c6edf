"""The smallest sets of what an author asked for that cannot be had together."""

from collections.abc import Callable, Sequence

from examengine.bank.blueprint import Section
from examengine.forms.ask import Ask, Key
from examengine.forms.eligible import Candidate
from examengine.forms.integer_programme import Group, Programme

Test = Callable[[Sequence[Group]], bool]
"""Whether some groups can be met together."""


def find_conflict(programme: Programme[Key]) -> list[Group] | None:
    """Return groups of constraints that cannot be met together, though any of them could be left out to meet the rest.

    Groups that are asked for first (counts of the blueprint) are kept before those that come later.

    Returns:
        None where all of them can be met.

    Raises:
        Undecided: a search grew too large.
    """
    groups = sorted(programme.groups, key=_weight)
    if programme.is_possible(groups):
        return None
    if not programme.is_possible([]):
        return []
    return irreducible(groups, programme.is_possible)


def irreducible(groups: Sequence[Group], is_possible: Test) -> list[Group]:
    """Return some of the groups that are impossible together, and possible without any one of them.

    Halves what is looked at as long as whole halves can be left out (Junker's QuickXplain, 2004), so that among
    thousands of pairs of enemies the few that matter are found in some dozens of searches.

    Args:
        groups: impossible together.
        is_possible: whether some of them can be met; of the empty list it is true.
    """

    def least(kept: list[Group], is_changed: bool, open_groups: list[Group]) -> list[Group]:
        if is_changed and not is_possible(kept):
            return []
        if len(open_groups) == 1:
            return open_groups
        middle = len(open_groups) // 2
        first, second = open_groups[:middle], open_groups[middle:]
        of_second = least([*kept, *first], bool(first), second)
        of_first = least([*kept, *of_second], bool(of_second), first)
        return [*of_first, *of_second]

    return least([], False, list(groups))


_ORDER = ("slot", "domain", "size", "type", "difficulty", "time", "cases", "testlet", "family", "enemies")


def _weight(group: Group) -> int:
    return _ORDER.index(group[0])


def describe(ask: Ask, group: Group) -> str:
    """Return what a group asks for, and what the banks have for it, in an author's words."""
    sections = {section.id: section for section in ask.blueprint.sections}
    match group:
        case ("domain", domain):
            count = sum(_stands_anywhere(ask, one) for one in ask.candidates if domain in one.domains)
            return f"domain {domain}: {(ask.quotas or {})[domain]} scored items (eligible: {count})"
        case ("size", name):
            section = sections[name]
            count = sum(ask.may_stand(one, section) for one in ask.candidates)
            pretest = f" and {section.pretest} pretest items" if section.pretest else ""
            return f"section {name}: {section.items} scored items{pretest} (eligible: {count})"
        case ("type", name, kind):
            section = sections[name]
            count = sum(one.item.type == kind and ask.may_stand(one, section) for one in ask.candidates)
            wanted = section.types.get(kind, 0) if isinstance(section.types, dict) else 0
            return f"section {name}: {wanted} {kind} items (eligible: {count})"
        case ("difficulty", name, level):
            section = sections[name]
            count = sum(one.item.difficulty == level and ask.may_stand(one, section) for one in ask.candidates)
            bounds = next(section.difficulty_bounds(known) for known in section.difficulty if known == level)
            return f"section {name}: {bounds_words(*bounds)} {level} items (eligible: {count})"
        case ("time", name):
            return f"section {name}: expected time {_time_words(ask, sections[name])}"
        case ("cases", name):
            section = sections[name]
            count = sum(ask.has_whole(stimulus, section) for stimulus in ask.testlets)
            return f"section {name}: {bounds_words(*section.case_bounds)} cases (eligible: {count})"
        case ("slot", name, slot):
            section = sections[name]
            place = next(one for one in section.slots if one.id == slot)
            count = sum(one.fits(place) for one in ask.exercises)
            return f"slot {slot}: one exercise (fitting: {count})"
        case ("testlet", stimulus):
            count = len(ask.testlets.get(stimulus, ()))
            return f"testlet {stimulus} is drawn whole ({count} items)"
        case ("enemies", one, other):
            return f"{one} and {other} are enemies"
        case ("family", family):
            return f"at most one item of family {family} (it has {len(ask.families[family])})"
        case _:
            return " ".join(group)


def bounds_words(least: int | None, most: int | None) -> str:
    """Return bounds in words."""
    if least == most:
        return str(least)
    if least is None:
        return f"at most {most}"
    return f"at least {least}" if most is None else f"{least} to {most}"


def _time_words(ask: Ask, section: Section) -> str:
    least, most = section.expected_minutes.seconds if section.expected_minutes is not None else (None, None)
    size = section.items + section.pretest
    seconds = sorted(one.item.seconds for one in ask.candidates if ask.may_stand(one, section))
    words = f"of {bounds_words(least, most)} seconds"
    if len(seconds) < size:
        return words
    return f"{words} (any {size} eligible items take {sum(seconds[:size])} to {sum(seconds[-size:])})"


def _stands_anywhere(ask: Ask, candidate: Candidate) -> bool:
    return any(ask.may_stand(candidate, section) for section in ask.item_sections)
