"""Says why no form exists: what is short by itself, and the least that would have to be written."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from examengine.bank.blueprint import Section, Slot
from examengine.core.keyed_order import keyed_number
from examengine.forms.ask import ANY_TYPE, Ask, Key
from examengine.forms.conflict import describe, find_conflict
from examengine.forms.eligible import draws_of
from examengine.forms.interchangeable import condensed
from examengine.forms.shortfall import Shortfall

_MISSING = ("missing", "missing-exercise")


def explain(ask: Ask) -> Shortfall:
    """Return the reasons in an author's words.

    Raises:
        Undecided: the search for the least that is missing grew too large.
    """
    few = condensed(ask)
    least = few.programme(_tie_breaker, with_missing=True).solve()
    missing = {} if least is None else {key: n for key, n in least.values.items() if key[0] in _MISSING}
    lines = [*_unknown_draws(ask), *_short_domains(ask), *_short_types(ask), *_short_difficulties(ask)]
    lines += [*_short_times(ask), *_short_cases(ask), *_short_slots(ask)]
    if not lines and few.programme(_no_cost, with_enemies=False, may_split=True).solve() is not None:
        lines.append("enemy items keep each other out: without them there would be a form")
    elif not lines and ask.testlets and few.programme(_no_cost, with_testlets=False).solve() is not None:
        lines.append("testlets are drawn whole: if they could be taken apart there would be a form")
    elif not lines:
        lines.append("each count can be met by itself, but not all of them together")
    lines.extend(_undrawable_testlets(ask))
    if least is None:
        lines.append("no bank could meet the blueprint: its counts, types, difficulties and times exclude each other")
    lines.extend(_what_to_write(ask, missing, {} if least is None else least.values))
    conflict = find_conflict(few.programme(_no_cost, may_split=True)) or []
    return Shortfall(
        lines=tuple(lines),
        missing=sum(missing.values()),
        conflict=tuple(describe(ask, group) for group in conflict),
    )


def _tie_breaker(*labels: str) -> int:
    """Prefer nothing in particular, but the same on every machine; an item that exists costs nothing."""
    return keyed_number(0, *labels) % 1000 if labels[0].startswith("missing") else 0


def _no_cost(*_labels: str) -> int:
    return 0


def _unknown_draws(ask: Ask) -> list[str]:
    lines = []
    for domain in ask.blueprint.domains:
        for draw in draws_of(ask.blueprint, domain):
            bank_id, _, name = draw.partition(".")
            manifest = ask.banks[bank_id].manifest
            known = {one.id for one in manifest.domains} | {o.id for one in manifest.domains for o in one.objectives}
            if name not in known:
                lines.append(f"domain {domain.id} draws on '{draw}', which bank {bank_id} does not have")
    return lines


def _short_domains(ask: Ask) -> list[str]:
    lines = []
    for domain, needed in (ask.quotas or {}).items():
        count = sum(
            domain in candidate.domains and any(ask.may_stand(candidate, s) for s in ask.item_sections)
            for candidate in ask.candidates
        )
        if count < needed:
            lines.append(f"domain {domain} has {_count(count, 'eligible item')}, {needed} are needed")
    return lines


def _short_types(ask: Ask) -> list[str]:
    lines = []
    for section in ask.item_sections:
        fitting = [candidate for candidate in ask.candidates if ask.may_stand(candidate, section)]
        size = section.items + section.pretest
        if len(fitting) < size:
            lines.append(f"section {section.id} has {_count(len(fitting), 'eligible item')}, {size} are needed")
        if isinstance(section.types, dict):
            for kind, needed in section.types.items():
                count = sum(candidate.item.type == kind for candidate in fitting)
                if count < needed:
                    lines.append(
                        f"section {section.id} has {_count(count, f'eligible {kind} item')}, {needed} are needed"
                    )
    return lines


def _short_difficulties(ask: Ask) -> list[str]:
    lines = []
    for section in ask.item_sections:
        levels = Counter(one.item.difficulty for one in ask.candidates if ask.may_stand(one, section))
        for level in section.difficulty:
            needed = section.difficulty_bounds(level)[0] or 0
            if levels[level] < needed:
                lines.append(
                    f"section {section.id} has {_count(levels[level], f'eligible {level} item')}, {needed} are needed"
                )
    return lines


def _short_times(ask: Ask) -> list[str]:
    """Return where even the quickest items take too long, or the slowest are too quick."""
    lines = []
    for section in ask.item_sections:
        size = section.items + section.pretest
        seconds = sorted(one.item.seconds for one in ask.candidates if ask.may_stand(one, section))
        if section.expected_minutes is None or len(seconds) < size:
            continue
        least, most = section.expected_minutes.seconds
        if most is not None and sum(seconds[:size]) > most:
            lines.append(
                f"section {section.id} has at most {most} seconds, "
                f"and its {size} quickest items take {sum(seconds[:size])}"
            )
        if least is not None and sum(seconds[-size:]) < least:
            lines.append(
                f"section {section.id} has at least {least} seconds, "
                f"and its {size} slowest items take {sum(seconds[-size:])}"
            )
    return lines


def _short_cases(ask: Ask) -> list[str]:
    lines = []
    for section in ask.item_sections:
        needed = section.case_bounds[0] or 0
        count = sum(ask.has_whole(stimulus, section) for stimulus in ask.testlets)
        if count < needed:
            lines.append(f"section {section.id} has {_count(count, 'eligible case')}, {needed} are needed")
    return lines


def _undrawable_testlets(ask: Ask) -> list[str]:
    """Return which testlets no section can take, and why."""
    lines = []
    for stimulus, items in ask.testlets.items():
        if not any(candidate.item.stimulus == stimulus for candidate in ask.candidates):
            continue  # of no concern to this exam
        reasons = [ask.why_not_whole(stimulus, section) for section in ask.item_sections]
        if reasons and all(reasons):
            lines.append(f"testlet {stimulus} ({_count(len(items), 'item')}) is never drawn: {reasons[0]}")
    return lines


def _short_slots(ask: Ask) -> list[str]:
    alike: dict[tuple[int, tuple[tuple[str, Fraction], ...]], list[Slot]] = {}
    for section in ask.blueprint.sections:
        for slot in section.slots:
            alike.setdefault((slot.minutes, tuple(sorted(slot.points.items()))), []).append(slot)
    lines = []
    for slots in alike.values():
        count = sum(candidate.fits(slots[0]) for candidate in ask.exercises)
        if count < len(slots):
            names = ", ".join(slot.id for slot in slots)
            if len(slots) == 1:
                lines.append(f"slot {names} has no exercise worth {_wanted(slots[0])}")
            else:
                lines.append(
                    f"slots {names} each want an exercise worth {_wanted(slots[0])}: "
                    f"there {'is' if count == 1 else 'are'} {count}, {len(slots)} are needed"
                )
    return lines


def _wanted(slot: Slot) -> str:
    points = ", ".join(f"{domain} {_number(points)}" for domain, points in slot.points.items())
    return f"{points} points in {slot.minutes} minutes"


def _what_to_write(ask: Ask, missing: Mapping[Key, int], values: Mapping[Key, int]) -> list[str]:
    sections = {section.id: section for section in ask.blueprint.sections}
    wanted = []
    for key, count in sorted(missing.items()):
        if key[0] == "missing":
            level = f"{key[4]} " if len(key) > 4 else ""
            kind = level + _kind_wanted(sections[key[1]], key[3])
            where = f" (section {key[1]})" if len(ask.item_sections) > 1 else ""
            wanted.append(f"{_count(count, f'more {kind}item')} in domain {key[2]}{where}")
        else:
            wanted.append(f"an exercise for slot {key[2]}")
    for section in ask.item_sections:
        seconds = values.get(("missing-seconds", section.id), 0)
        if seconds:
            wanted.append(f"all new items of section {section.id} of {seconds} seconds together")
        cases = values.get(("missing-cases", section.id), 0)
        if cases:
            wanted.append(f"among them the items of {_count(cases, 'new case')} for section {section.id}")
    return [f"least to write: {'; '.join(wanted)}"] if wanted else []


def _kind_wanted(section: Section, kind: str) -> str:
    if kind != ANY_TYPE:
        return f"{kind} "
    return f"{' or '.join(section.types)} " if section.types else ""


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
