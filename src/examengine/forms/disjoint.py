"""Whether several forms exist that have no item in common, and what keeps them from it."""

from collections.abc import Mapping

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint
from examengine.forms.ask import Ask, Key
from examengine.forms.assemble import ask_of, assemble
from examengine.forms.conflict import describe, find_conflict
from examengine.forms.integer_programme import Programme
from examengine.forms.interchangeable import condensed
from examengine.forms.shortfall import Shortfall

_SEED = 1


def why_not_disjoint(blueprint: Blueprint, banks: Mapping[str, Bank], forms: int) -> tuple[str, ...]:
    """Return why there are not so many forms with no item in common; empty where there are, which is proven.

    Every demand of the blueprint is looked at, enemies, families, testlets and expected times too.

    Args:
        blueprint: what each form is made of.
        banks: every bank that the blueprint draws on, by id.
        forms: how many, from 1.

    Raises:
        UsageError: a bank that the blueprint draws on is not among `banks`.
        Undecided: the search grew too large.
    """
    made = assemble(blueprint, banks, _SEED)
    if isinstance(made, Shortfall):
        return made.lines
    ask = ask_of(blueprint, banks)
    if forms == 1 or isinstance(ask, Shortfall):
        return ()
    conflict = find_conflict(disjoint_programme(ask, forms))
    if conflict is None:
        return ()
    demands = "; ".join(describe(ask, group) for group in conflict)
    return (f"{forms} forms with no item in common cannot all have: {demands}",)


def disjoint_programme(ask: Ask, forms: int) -> Programme[Key]:
    """Return the programmes of all forms as one, in which no item stands in two; variables begin with a form's number.

    A demand of the author is one group over all forms. Items that are interchangeable are counted together.
    """
    few = condensed(ask)
    own = few.programme(lambda *_: 0, may_split=True)
    joint: Programme[Key] = Programme()
    uses: dict[str, list[Key]] = {}
    for number in map(str, range(forms)):
        for key in own.costs:
            joint.add_variable((number, *key), 0, own.upper[key])
            if key[0] in {"item", "exercise"}:
                uses.setdefault(key[1], []).append((number, *key))
        for one in own.constraints:
            factors = {(number, *key): factor for key, factor in one.factors.items()}
            joint.constrain(factors, one.least, one.greatest, one.group)
    for name, keys in uses.items():
        joint.constrain(dict.fromkeys(keys, 1), None, few.counts.get(name, 1))
    return joint
