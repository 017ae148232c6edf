"""The only place that knows HiGHS: the least cost of whole numbers under linear constraints, proven.

A large programme is first solved as a linear one. Its reduced costs say by how much the whole gets dearer at least
where a variable is taken, so most variables are ruled out before the search for whole numbers begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from examengine.forms.undecided import Undecided

Numbers = NDArray[np.float64]

_MAX_NODES = 200_000
"""Of the search tree: a bound that, unlike seconds, is the same on every machine."""
_SMALL = 1_500
"""Variables that need no ruling out."""
_FIRST_TRY = 600
"""Variables that are likely enough to be needed, beside those that the linear programme takes."""
_FIRST_SHARE = 8
"""One of so many of them, where that is more."""


@dataclass(frozen=True, slots=True)
class _Model:
    costs: Numbers
    upper: Numbers
    lower_sums: Numbers
    upper_sums: Numbers
    rows: NDArray[np.int64]
    """Of each factor."""
    columns: NDArray[np.int64]
    factors: Numbers

    def among(self, kept: NDArray[np.int64]) -> "_Model":
        """Return the programme in which all other variables are nothing."""
        renamed = np.full(len(self.costs), -1, dtype=np.int64)
        renamed[kept] = np.arange(len(kept))
        columns = renamed[self.columns]
        stays = columns >= 0
        return _Model(
            self.costs[kept],
            self.upper[kept],
            self.lower_sums,
            self.upper_sums,
            self.rows[stays],
            columns[stays],
            self.factors[stays],
        )


def minimum(
    costs: Sequence[int],
    upper: Sequence[int],
    factors: Sequence[Sequence[tuple[int, int]]],
    bounds: Sequence[tuple[int | None, int | None]],
    tie_breakers: Sequence[int],
    start: Sequence[int] | None = None,
) -> dict[int, int] | None:
    """Return the variables above nothing, by number, at the least cost; None where nothing satisfies the constraints.

    Args:
        costs: of each variable, whole numbers.
        upper: of each variable; the lower bound is 0.
        factors: variable and factor, for each constraint.
        bounds: least and greatest sum of each constraint; None: no bound.
        tie_breakers: which of the variables that look alike are tried first; the smaller ones.
        start: values that may be feasible.

    Raises:
        Undecided: the search grew too large.
    """
    model = _Model(
        np.array(costs, dtype=np.float64),
        np.array(upper, dtype=np.float64),
        np.array([-highspy.kHighsInf if least is None else least for least, _ in bounds], dtype=np.float64),
        np.array([highspy.kHighsInf if most is None else most for _, most in bounds], dtype=np.float64),
        np.repeat(np.arange(len(factors)), [len(row) for row in factors]),
        np.array([column for row in factors for column, _ in row], dtype=np.int64),
        np.array([factor for row in factors for _, factor in row], dtype=np.float64),
    )
    if len(costs) <= _SMALL:
        return _values(_solve(model, start=None if start is None else np.array(start, dtype=np.float64)))
    linear = _solve(model, is_linear=True)
    if linear is None:
        return None
    reduced = linear.reduced
    order = np.lexsort((np.array(tie_breakers), np.round(reduced, 6)))
    count = max(_FIRST_TRY, len(costs) // _FIRST_SHARE)
    while True:
        kept = np.union1d(order[:count], np.flatnonzero(linear.values > 0))
        if len(kept) == len(costs):
            return _values(_solve(model))
        found = _solve_if_easy(model.among(kept))
        if found is not None:
            # Whole costs lie at or above the linear bound rounded up.
            if found.cost <= ceil(linear.cost - _doubt(linear.cost)):
                return _values(found, kept)
            needed = np.flatnonzero(reduced <= found.cost - linear.cost + _doubt(found.cost))
            if np.isin(needed, kept).all():
                return _values(found, kept)
            kept = np.union1d(kept, needed)
            return _values(_solve(model.among(kept)), kept)
        count *= 4


def _solve_if_easy(model: _Model) -> "_Solution | None":
    try:
        return _solve(model)
    except Undecided:
        return None


@dataclass(frozen=True, slots=True)
class _Solution:
    cost: float
    values: Numbers
    reduced: Numbers


def _doubt(cost: float) -> float:
    """Return what floating point may have cost in precision, and a good deal more."""
    return 1e-3 + 1e-7 * abs(cost)


def _values(solution: _Solution | None, kept: NDArray[np.int64] | None = None) -> dict[int, int] | None:
    if solution is None:
        return None
    found = np.rint(solution.values).astype(np.int64)
    places = np.flatnonzero(found)
    return {int(place if kept is None else kept[place]): int(found[place]) for place in places}


def _solve(model: _Model, *, is_linear: bool = False, start: Numbers | None = None) -> _Solution | None:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("log_to_console", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 1),
        ("mip_rel_gap", 0.0),
        # Costs are whole numbers: nothing lies between the optimum and the next best.
        ("mip_abs_gap", 0.5),
        ("mip_max_nodes", _MAX_NODES),
    ):
        solver.setOptionValue(option, value)
    lp: Any = highspy.HighsLp()
    lp.num_col_ = len(model.costs)
    lp.num_row_ = len(model.lower_sums)
    lp.col_cost_ = model.costs
    lp.col_lower_ = np.zeros(len(model.costs))
    lp.col_upper_ = model.upper
    if not is_linear:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(model.costs)
    lp.row_lower_ = model.lower_sums
    lp.row_upper_ = model.upper_sums
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.searchsorted(model.rows, np.arange(lp.num_row_ + 1)).astype(np.int32)
    lp.a_matrix_.index_ = model.columns.astype(np.int32)
    lp.a_matrix_.value_ = model.factors
    solver.passModel(lp)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = list(start)
        solver.setSolution(known)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise Undecided(str(status))
    solution = solver.getSolution()
    values = np.array(solution.col_value)
    if not is_linear:
        values = np.rint(values)
    reduced = np.array(solution.col_dual) if is_linear else np.zeros(0)
    return _Solution(float(model.costs @ values), values, reduced)
