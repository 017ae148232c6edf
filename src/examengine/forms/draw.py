"""Draws the items of a form: least overlap, then least exposure, then what the seed prefers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from examengine.bank.blueprint import Section
from examengine.core.digest import digest_json
from examengine.core.keyed_order import keyed_number
from examengine.forms.ask import Ask, Cost, Key, Rank
from examengine.forms.eligible import Candidate
from examengine.forms.history import History
from examengine.forms.integer_programme import Programme, Undecided
from examengine.forms.interchangeable import needed_places

_COST_RANGE = 2**20
_ITEMS_OF_RANGE = 2**10
"""Items that the range is wide enough for; a larger bank gets a wider one."""
_MOST_TIES = 100


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn, and the proven least overlap and exposure; None: proven of several forms together."""

    values: Mapping[Key, int]
    least_overlap: int | None
    least_exposure: int | None


def is_drawn_item(key: Key) -> bool:
    """Return whether a variable tells two forms apart."""
    return key[0] in {"item", "exercise"}


def draw(ask: Ask, seed: int, history: History, *, may_split: bool = False, is_reduced: bool = True) -> Drawn | None:
    """Return the one best choice of items; None where there is none.

    Args:
        ask: the blueprint with everything that may serve it.
        seed: of the form.
        history: what to avoid.
        may_split: whether a testlet may be partly pretest.
        is_reduced: whether items that cannot be needed are left out first; the form is the same.

    Raises:
        Undecided: the search grew too large.
    """
    cost = cost_of(ask, seed)
    places = needed_places(ask, ranking(cost, history)) if is_reduced else None
    programme = ask.programme(cost, places=places, may_split=may_split)
    goals = goals_of(programme, history)
    best = programme.solve(goals)
    if best is None:
        return None
    values = settle_ties(programme, goals, best.least, best.values, seed)
    return Drawn(values, *best.least)


def cost_of(ask: Ask, seed: int) -> Cost:
    """Return the seed's number for the labels of a variable.

    Its range grows with the bank, so that neighbours stay apart; sums stay exact in floating point, because what
    is drawn from a large bank is cheap.
    """
    span = _COST_RANGE * max(1, len(ask.candidates) // _ITEMS_OF_RANGE)
    return lambda *labels: keyed_number(seed, "draw", *labels) % span


def ranking(cost: Cost, history: History) -> Callable[[Candidate, Section, str], Rank]:
    """Return what an item costs at a place, goal after goal."""
    seen, uses = history.seen, history.uses

    def rank(candidate: Candidate, section: Section, domain: str) -> Rank:
        name = candidate.item.id
        return name in seen, uses.get(name, 0), cost("item", candidate.unit, section.id, domain), name

    return rank


def goals_of(programme: Programme[Key], history: History) -> list[dict[Key, int]]:
    """Return what is made least first: the items of earlier forms, then how often the items were used."""
    drawn = [key for key in programme.costs if is_drawn_item(key)]
    seen, uses = history.seen, history.uses
    return [{key: 1 for key in drawn if key[1] in seen}, {key: uses[key[1]] for key in drawn if key[1] in uses}]


def settle_ties(
    programme: Programme[Key],
    goals: list[dict[Key, int]],
    least: tuple[int, ...],
    values: Mapping[Key, int],
    seed: int,
    is_drawn: Callable[[Key], bool] = is_drawn_item,
) -> Mapping[Key, int]:
    """Return, of all choices of items that are as good, the one that the seed prefers.

    Which of them the solver meets first may depend on the machine; that there is no other one is proven here.

    Raises:
        Undecided: there are too many, or the search grew too large.
    """
    cost = sum(programme.costs[key] * value for key, value in values.items())
    rest = Programme(programme.costs, programme.upper, list(programme.constraints))
    for goal, bound in zip(goals, least, strict=True):
        rest.constrain(goal, None, bound)
    found = [values]
    while len(found) <= _MOST_TIES:
        drawn = [key for key in found[-1] if is_drawn(key)]
        rest.constrain(dict.fromkeys(drawn, 1), None, len(drawn) - 1)
        other = rest.solve()
        if other is None or sum(rest.costs[key] * value for key, value in other.values.items()) > cost:
            return min(found, key=lambda one: _preference(filter(is_drawn, one), seed))
        found.append(other.values)
    raise Undecided("too many forms are equally good")


def _preference(drawn: Iterable[Key], seed: int) -> tuple[int, str]:
    name = digest_json(sorted(drawn))
    return keyed_number(seed, "tie", name), name
