"""Builds several forms together: of like difficulty and expected time, with the least in common."""

from collections.abc import Mapping
from dataclasses import dataclass

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Section
from examengine.core.keyed_order import keyed_number
from examengine.forms.ask import Ask, Key
from examengine.forms.assemble import TOO_LARGE, ask_of, assemble, form_of
from examengine.forms.certificate import ParallelCertificate
from examengine.forms.draw import Drawn, cost_of, goals_of, is_drawn_item, ranking, settle_ties
from examengine.forms.form import Form
from examengine.forms.history import NO_HISTORY, History
from examengine.forms.integer_programme import Programme, Undecided
from examengine.forms.interchangeable import needed_places
from examengine.forms.shortfall import Shortfall
from examengine.forms.why_none import explain
from examengine.itemtypes.item import Difficulty

MOST_FORMS = 20
_SEEDS = 2**31
_LIKE_TIME = (1, 2, 5, 10, 25)
"""How far the expected times may lie apart, in per cent of the section's time: the first that can be held is."""


@dataclass(frozen=True)
class _Joint:
    """The programmes of all forms as one; a form's variables begin with its number."""

    programme: Programme[Key]
    mutual: dict[Key, int]
    """What counts the uses of an item beyond the first."""
    spreads: dict[Key, int]
    """Of difficulties: most less least."""
    times: dict[str, list[dict[Key, int]]]
    """Expected seconds of each section, by form."""


def assemble_parallel(
    blueprint: Blueprint, banks: Mapping[str, Bank], seed: int, forms: int, history: History = NO_HISTORY
) -> tuple[Form, ...] | Shortfall:
    """Return forms that were built together, or what the banks lack for a single one.

    They have as little in common as can be (proven), then difficulties as like as can be (proven), then as little of
    the earlier forms as can be (proven, over all of them), then expected times within the closest rung of a ladder.
    Among those, one form after another takes the items that were used least, and then those that its seed prefers.
    The first has the seed that was given.

    Args:
        blueprint: what each form is made of.
        banks: every bank that the blueprint draws on, by id.
        seed: any whole number.
        forms: how many, from 1 to `MOST_FORMS`.
        history: the candidate's earlier forms.

    Raises:
        UsageError: a bank that the blueprint draws on is not among `banks`.
    """
    if forms == 1:
        alone = assemble(blueprint, banks, seed, history)
        return alone if isinstance(alone, Shortfall) else (alone,)
    ask = ask_of(blueprint, banks)
    if isinstance(ask, Shortfall):
        return ask
    try:
        for may_split in (False, True) if ask.may_split_pretest else (False,):
            made = _assemble(ask, seed, forms, history, may_split=may_split)
            if made is not None:
                return made
        return explain(ask)
    except Undecided:
        return TOO_LARGE


def seed_of(seed: int, number: int) -> int:
    """Return the seed of one of several forms, by its number from 0."""
    return seed if number == 0 else keyed_number(seed, "parallel", str(number)) % _SEEDS


def _assemble(ask: Ask, seed: int, forms: int, history: History, *, may_split: bool) -> tuple[Form, ...] | None:
    joint = _join(ask, seed, forms, history, may_split=may_split)
    overlap, exposure = _goals_of(joint, history)
    goals = (joint.mutual, joint.spreads, overlap)
    # Only how alike the forms are is looked at first: without costs that is found fast.
    first = joint.programme.solve(goals, costs={})
    if first is None:
        return None
    for goal, bound in zip(goals, first.least, strict=True):
        joint.programme.constrain(goal, None, bound)
    whole, percent = _with_like_times(joint)
    made = []
    for number in range(forms):
        own_seed = seed_of(seed, number)
        whole, values = _draw_next(whole, number, exposure, own_seed, may_share=first.least[0] > 0)
        made.append(form_of(ask, Drawn(values, None, None), own_seed, history))
    return _certified(ask, made, seed, first.least, percent)


def _draw_next(
    whole: Programme[Key], number: int, exposure: Mapping[Key, int], seed: int, *, may_share: bool
) -> tuple[Programme[Key], dict[Key, int]]:
    """Return the whole with the form of a number held fast, and that form: the best that leaves the others possible.

    What is best without a thought for the later forms is best in the whole, too, where the whole still goes with it;
    only where it does not, the whole has to be searched.

    Args:
        whole: all forms, those with lower numbers held fast.
        number: of the form.
        exposure: how often the items were used before.
        seed: of the form.
        may_share: whether forms have items in common.
    """
    mark = str(number)
    goals = [{key: weight for key, weight in exposure.items() if key[0] == mark}]
    costs = {key: weight for key, weight in whole.costs.items() if key[0] == mark}
    early = _without_later(whole, number, costs)
    found = early.solve(goals)
    if found is not None:
        values = settle_ties(early, goals, found.least, found.values, seed, lambda key: _is_drawn_for(key, mark))
        held = _held(whole, mark, values, may_share=may_share)
        if held.solve(costs={}) is not None:
            return held, _of_form(values, mark)
    own = Programme({key: costs.get(key, 0) for key in whole.costs}, whole.upper, whole.constraints)
    best = own.solve(goals)
    if best is None:
        raise Undecided("forms that were found cannot be found again")
    values = settle_ties(own, goals, best.least, best.values, seed, lambda key: _is_drawn_for(key, mark))
    return _held(whole, mark, values, may_share=may_share), _of_form(values, mark)


def _of_form(values: Mapping[Key, int], mark: str) -> dict[Key, int]:
    return {key[1:]: value for key, value in values.items() if key[0] == mark}


def _without_later(whole: Programme[Key], number: int, costs: Mapping[Key, int]) -> Programme[Key]:
    """Return what the whole asks of the forms up to a number: everything it holds holds in the whole."""
    later = {key for key in whole.costs if key[0].isdigit() and int(key[0]) > number}
    early: Programme[Key] = Programme()
    for key in whole.costs:
        if key not in later:
            early.add_variable(key, costs.get(key, 0), whole.upper[key])
    for one in whole.constraints:
        own = {key: factor for key, factor in one.factors.items() if key not in later}
        is_same = len(own) == len(one.factors)
        only_adds = one.least is None and all(factor >= 0 for key, factor in one.factors.items() if key in later)
        if is_same or (own and only_adds):
            early.constrain(own, one.least, one.greatest)
    return early


def _held(whole: Programme[Key], mark: str, values: Mapping[Key, int], *, may_share: bool) -> Programme[Key]:
    """Return the whole with the items of one form held fast; where none may be shared, no other form has them."""
    drawn = {key for key in values if _is_drawn_for(key, mark)}
    taken = frozenset() if may_share else frozenset(key[2] for key in drawn)
    gone = {key for key in whole.costs if _is_drawn(key) and key not in drawn and (key[0] == mark or key[2] in taken)}
    held: Programme[Key] = Programme()
    for key, weight in whole.costs.items():
        if key not in gone:
            held.add_variable(key, weight, whole.upper[key])
    for one in whole.constraints:
        factors = {key: factor for key, factor in one.factors.items() if key not in gone}
        held.constrain(factors, one.least, one.greatest)
    held.constrain(dict.fromkeys(drawn, 1), len(drawn), len(drawn))
    return held


def _is_drawn(key: Key) -> bool:
    return key[0].isdigit() and is_drawn_item(key[1:])


def _is_drawn_for(key: Key, mark: str) -> bool:
    return key[0] == mark and is_drawn_item(key[1:])


def _join(ask: Ask, seed: int, forms: int, history: History, *, may_split: bool) -> _Joint:
    joint: Programme[Key] = Programme()
    uses: dict[str, list[Key]] = {}
    counted: dict[tuple[str, Difficulty], list[dict[Key, int]]] = {}
    times: dict[str, list[dict[Key, int]]] = {}
    items = {one.item.id: one.item for one in ask.candidates}
    for number in range(forms):
        cost = cost_of(ask, seed_of(seed, number))
        places = needed_places(ask, ranking(cost, history), forms, is_full=True)
        own = ask.programme(cost, places=places, may_split=may_split)
        for key, weight in own.costs.items():
            joint.add_variable((str(number), *key), weight, own.upper[key])
            if key[0] in {"item", "exercise"}:
                uses.setdefault(key[1], []).append((str(number), *key))
        for one in own.constraints:
            joint.constrain(
                {(str(number), *key): factor for key, factor in one.factors.items()}, one.least, one.greatest, one.group
            )
        for section in ask.item_sections:
            drawn = [key for key in own.costs if key[0] == "item" and key[2] == section.id]
            times.setdefault(section.id, []).append({(str(number), *key): items[key[1]].seconds for key in drawn})
            for level in Difficulty:
                alike = {(str(number), *key): 1 for key in drawn if items[key[1]].difficulty is level}
                counted.setdefault((section.id, level), []).append(alike)
    mutual: dict[Key, int] = {}
    for name, keys in uses.items():
        again: Key = ("again", name)
        joint.add_variable(again, 0, forms - 1)
        joint.constrain({**dict.fromkeys(keys, 1), again: -1}, None, 1)
        mutual[again] = 1
    spreads: dict[Key, int] = {}
    for (section_id, level), forms_counted in counted.items():
        size = sum(s.items + s.pretest for s in ask.item_sections if s.id == section_id)
        low: Key = ("fewest", section_id, level)
        spread: Key = ("spread", section_id, level)
        joint.add_variable(low, 0, size)
        joint.add_variable(spread, 0, size)
        spreads[spread] = 1
        for alike in forms_counted:
            joint.constrain({**alike, low: -1}, 0, None)
            joint.constrain({**alike, low: -1, spread: -1}, None, 0)
    return _Joint(joint, mutual, spreads, times)


def _goals_of(joint: _Joint, history: History) -> list[dict[Key, int]]:
    """Return what is counted over all forms: items of earlier forms, and how often the items were used."""
    plain: Programme[Key] = Programme({key[1:]: 0 for key in joint.programme.costs if key[0].isdigit()})
    by_key = goals_of(plain, history)
    return [
        {key: goal[key[1:]] for key in joint.programme.costs if key[0].isdigit() and key[1:] in goal} for goal in by_key
    ]


def _with_like_times(joint: _Joint) -> tuple[Programme[Key], int | None]:
    """Return the programme with expected times as close as a rung of the ladder, and that rung in per cent."""
    for percent in _LIKE_TIME:
        closer = Programme(dict(joint.programme.costs), dict(joint.programme.upper), list(joint.programme.constraints))
        for section, by_form in joint.times.items():
            _hold_times(closer, section, by_form, percent)
        try:
            if closer.solve(costs={}) is not None:
                return closer, percent
        except Undecided:
            continue
    return joint.programme, None


def _hold_times(programme: Programme[Key], section: str, by_form: list[dict[Key, int]], percent: int) -> None:
    """Keep the expected times within a window whose width is in per cent of its lower end."""
    low: Key = ("shortest", section)
    programme.add_variable(low, 0, max(sum(seconds.values()) for seconds in by_form))
    for seconds in by_form:
        programme.constrain({**seconds, low: -1}, 0, None)
        programme.constrain({**{key: 100 * value for key, value in seconds.items()}, low: -100 - percent}, None, 0)


def _certified(ask: Ask, made: list[Form], seed: int, least: tuple[int, ...], percent: int | None) -> tuple[Form, ...]:
    """Return the forms, each with the certificate of all of them; what was reached is read off the forms."""
    ids = [{entry.item.id for entry in form.entries} for form in made]
    own = [form.certificate for form in made if form.certificate is not None]
    spreads = [_spread(made, section, level) for section in ask.item_sections for level in Difficulty]
    whole = ParallelCertificate(
        number=1,
        forms=len(made),
        seed=seed,
        mutual_overlap=sum(map(len, ids)) - len(set().union(*ids)),
        least_mutual_overlap=least[0],
        difficulty_spread=sum(spreads),
        least_difficulty_spread=least[1],
        seconds_spread=max((_seconds_spread(made, section) for section in ask.item_sections), default=0),
        seconds_percent=percent,
        overlap=sum(one.overlap for one in own),
        least_overlap=least[2],
        exposure=sum(one.exposure for one in own),
    )
    return tuple(
        form.model_copy(
            update={
                "certificate": certificate.model_copy(update={"parallel": whole.model_copy(update={"number": number})})
            }
        )
        for number, (form, certificate) in enumerate(zip(made, own, strict=True), 1)
    )


def _spread(made: list[Form], section: Section, level: Difficulty) -> int:
    counts = [sum(entry.item.difficulty is level for entry in form.entries_of(section.id)) for form in made]
    return max(counts) - min(counts)


def _seconds_spread(made: list[Form], section: Section) -> int:
    sums = [sum(entry.item.seconds for entry in form.entries_of(section.id)) for form in made]
    return max(sums) - min(sums)
