"""A small integer programme over named variables, solved to the proven optimum by HiGHS, goal after goal."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from examengine.forms.undecided import Undecided

__all__ = ["Constraint", "Group", "Optimum", "Programme", "Undecided"]

V = TypeVar("V", bound=Hashable)
Group = tuple[str, ...]
"""What an author asked for, where a constraint comes from."""


@dataclass(frozen=True, slots=True)
class Constraint(Generic[V]):
    """A weighted sum between bounds; None: no bound."""

    factors: dict[V, int]
    least: int | None
    greatest: int | None
    group: Group | None
    """None: it holds whatever is asked."""

    def is_met(self, values: Mapping[V, int]) -> bool:
        """Return whether values meet it, in whole numbers."""
        reached = sum(self.factors.get(name, 0) * value for name, value in values.items())
        return (self.least is None or self.least <= reached) and (self.greatest is None or reached <= self.greatest)


@dataclass(frozen=True, slots=True)
class Optimum(Generic[V]):
    """The values above nothing, and the proven least value of each goal given those before it."""

    values: dict[V, int]
    least: tuple[int, ...]


@dataclass
class Programme(Generic[V]):
    """Minimise the costs of integer variables from 0 to their upper bounds, under linear constraints."""

    costs: dict[V, int] = field(default_factory=dict)
    upper: dict[V, int] = field(default_factory=dict)
    constraints: list[Constraint[V]] = field(default_factory=list)

    def add_variable(self, name: V, cost: int = 0, upper: int = 1) -> None:
        """Add a whole-number variable from 0 to `upper`."""
        self.costs[name] = cost
        self.upper[name] = upper

    def constrain(
        self, factors: Mapping[V, int], least: int | None, greatest: int | None, group: Group | None = None
    ) -> None:
        """Hold a weighted sum between bounds."""
        self.constraints.append(Constraint(dict(factors), least, greatest, group))

    @property
    def groups(self) -> list[Group]:
        """Return the groups of the constraints, each once, in the order of their first one."""
        return list(dict.fromkeys(one.group for one in self.constraints if one.group is not None))

    def is_possible(self, groups: Iterable[Group]) -> bool:
        """Return whether any values satisfy the constraints of some groups, and those of none.

        Raises:
            Undecided: the search grew too large.
        """
        kept = set(groups)
        held = [one for one in self.constraints if one.group is None or one.group in kept]
        return self._minimise({}, held, {}) is not None

    def solve(self, goals: Sequence[Mapping[V, int]] = (), costs: Mapping[V, int] | None = None) -> Optimum[V] | None:
        """Return the values that are best by the first goal, then the second, and so on, then the costs.

        Args:
            goals: whole numbers from 0, by variable; each sum is made least before the next is looked at.
            costs: what is made least at last; none: the variables' own.

        Returns:
            None where no values satisfy the constraints.

        Raises:
            Undecided: the search grew too large.
        """
        costs = self.costs if costs is None else costs
        held = list(self.constraints)
        shut = {name for goal in goals for name, weight in goal.items() if weight > 0}
        if shut:
            # No sum lies below nothing: where nothing that counts needs to be taken, all goals are reached at once.
            found = self._minimise(costs, held, {}, shut)
            if found is not None:
                return Optimum(found, (0,) * len(goals))
        shut = set()
        least: list[int] = []
        values: dict[V, int] = {}
        for goal in goals:
            weights = {name: weight for name, weight in goal.items() if weight and name not in shut}
            if not weights:
                least.append(0)
                continue
            found = self._minimise(weights, held, values, shut)
            if found is None:
                return None
            values = found
            reached = sum(weight * values.get(name, 0) for name, weight in weights.items())
            least.append(reached)
            if reached:
                held.append(Constraint(weights, None, reached, None))
            else:
                # Nothing that costs anything can be taken any more: the programme shrinks.
                shut |= {name for name, weight in weights.items() if weight > 0}
        found = self._minimise(costs, held, values, shut)
        return None if found is None else Optimum(found, tuple(least))

    def _minimise(
        self,
        costs: Mapping[V, int],
        held: Sequence[Constraint[V]],
        start: Mapping[V, int],
        shut: frozenset[V] | set[V] = frozenset(),
    ) -> dict[V, int] | None:
        """Return the values above nothing at the least cost; None where no values satisfy the constraints."""
        names = [name for name in self.costs if name not in shut] if shut else list(self.costs)
        index = {name: number for number, name in enumerate(names)}
        rows: list[Constraint[V]] = []
        for one in held:
            own = {name: factor for name, factor in one.factors.items() if name in index} if shut else one.factors
            if own:
                rows.append(one if own is one.factors else Constraint(own, one.least, one.greatest, None))
            elif (one.least or 0) > 0 or (one.greatest is not None and one.greatest < 0):
                return None
        if not names:
            return {}
        # Imported here: 0.2 s that a program which assembles no form need not pay.
        from examengine.forms.solver import minimum

        numbers = [costs.get(name, 0) for name in names]
        tie_breakers = [self.costs[name] for name in names]
        given = [start.get(name, 0) for name in names] if start else None
        bounds = [(one.least, one.greatest) for one in rows]
        factors = [[(index[name], factor) for name, factor in one.factors.items()] for one in rows]
        solution = minimum(numbers, [self.upper[name] for name in names], factors, bounds, tie_breakers, given)
        if solution is None:
            return None
        values = {names[place]: value for place, value in solution.items()}
        # Floating point finds the values; whole numbers say whether they are right.
        if not all(one.is_met(values) for one in held):
            raise Undecided("the solver's values miss a constraint")
        return values
