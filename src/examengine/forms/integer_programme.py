"""A small integer programme over named variables, solved to the proven optimum by HiGHS."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V", bound=Hashable)

_MAX_NODES = 200_000
"""Of the search tree: a bound that, unlike seconds, is the same on every machine."""


class Undecided(Exception):  # noqa: N818
    """The search ended before an optimum was proven."""


@dataclass
class Programme(Generic[V]):
    """Minimise the costs of integer variables from 0 to their upper bounds, under linear constraints."""

    costs: dict[V, int] = field(default_factory=dict)
    upper: dict[V, int] = field(default_factory=dict)
    constraints: list[tuple[dict[V, int], int | None, int | None]] = field(default_factory=list)
    """Factors of variables, least and greatest sum; None: no bound."""

    def add_variable(self, name: V, cost: int = 0, upper: int = 1) -> None:
        """Add a whole-number variable from 0 to `upper`."""
        self.costs[name] = cost
        self.upper[name] = upper

    def constrain(self, factors: Mapping[V, int], least: int | None, greatest: int | None) -> None:
        """Hold a weighted sum between bounds."""
        self.constraints.append((dict(factors), least, greatest))

    def solve(self) -> dict[V, int] | None:
        """Return the values above nothing at the least cost; None where no values satisfy the constraints.

        Raises:
            Undecided: the search grew too large.
        """
        if any(
            not factors and ((least or 0) > 0 or (greatest is not None and greatest < 0))
            for factors, least, greatest in self.constraints
        ):
            return None
        if not self.costs:
            return {}
        # Imported here: 0.2 s that a program which assembles no form need not pay.
        import highspy

        names = list(self.costs)
        index = {name: number for number, name in enumerate(names)}
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
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
        model = highspy.HighsLp()
        model.num_col_ = len(names)
        model.num_row_ = len(self.constraints)
        model.col_cost_ = [float(self.costs[name]) for name in names]
        model.col_lower_ = [0.0] * len(names)
        model.col_upper_ = [float(self.upper[name]) for name in names]
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(names)
        infinity = solver.getInfinity()
        model.row_lower_ = [-infinity if least is None else float(least) for _, least, _ in self.constraints]
        model.row_upper_ = [infinity if greatest is None else float(greatest) for *_, greatest in self.constraints]
        starts, columns, values = [0], [], []
        for factors, _, _ in self.constraints:
            for name, factor in factors.items():
                columns.append(index[name])
                values.append(float(factor))
            starts.append(len(columns))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = columns
        model.a_matrix_.value_ = values
        solver.passModel(model)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Undecided(str(status))
        solution = solver.getSolution().col_value
        return {name: round(value) for name, value in zip(names, solution, strict=True) if round(value) > 0}
