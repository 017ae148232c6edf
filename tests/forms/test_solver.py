"""What is ruled out before the search for whole numbers is never part of the optimum."""

import random

import pytest

from examengine.forms import solver
from examengine.forms.integer_programme import Programme, Undecided


def a_programme(seed: int, variables: int):
    source = random.Random(seed)
    groups = [source.randrange(6) for _ in range(variables)]
    weights = [source.randrange(30, 180, 5) for _ in range(variables)]
    costs = [source.randrange(2**20) for _ in range(variables)]
    rows = [[(n, 1) for n in range(variables) if groups[n] == g] for g in range(6)]
    rows.append(list(enumerate(weights)))
    bounds = [(3, 3)] * 6 + [(1500, 1510)]
    return costs, rows, bounds


@pytest.mark.parametrize("seed", range(8))
def test_a_large_programme_has_the_same_optimum_as_without_ruling_out(seed, monkeypatch):
    costs, rows, bounds = a_programme(seed, 2000)
    upper = [1] * len(costs)
    fast = solver.minimum(costs, upper, rows, bounds, costs)
    monkeypatch.setattr(solver, "_SMALL", 10**9)
    whole = solver.minimum(costs, upper, rows, bounds, costs)
    assert sum(costs[n] for n in fast) == sum(costs[n] for n in whole)


def test_a_first_try_without_solution_is_widened(monkeypatch):
    monkeypatch.setattr(solver, "_SMALL", 10)
    monkeypatch.setattr(solver, "_FIRST_TRY", 1)
    # The linear optimum takes halves; whole numbers need variables that look dear to it.
    weights = [3] * 40 + [5]
    costs = [1] * 40 + [1000]
    rows = [list(enumerate(weights))]
    found = solver.minimum(costs, [1] * 41, rows, [(14, 14)], costs)
    assert sum(weights[n] for n in found) == 14
    assert 40 in found


def test_a_large_programme_without_solution_has_none():
    costs, rows, bounds = a_programme(1, 2000)
    assert solver.minimum(costs, [1] * 2000, rows, [*bounds[:6], (9000, 9000)], costs) is None


def test_goals_are_reached_one_after_another_before_the_costs():
    programme: Programme[str] = Programme()
    for name, cost in (("a", 1), ("b", 5), ("c", 9), ("d", 2)):
        programme.add_variable(name, cost)
    programme.constrain(dict.fromkeys("abcd", 1), 2, 2)
    best = programme.solve([{"a": 1, "b": 1, "d": 1}, {"a": 2, "d": 3, "b": 2}])
    assert best.values == {"a": 1, "c": 1}
    assert best.least == (1, 2)
    assert programme.solve([{"a": 1}, {"d": 1}]).least == (0, 0)


def test_a_search_that_grows_too_large_is_no_answer(monkeypatch):
    monkeypatch.setattr(solver, "_MAX_NODES", 1)
    source = random.Random(1)
    # A market split: its linear relaxation tells nothing, so that all depends on the search.
    rows = [[(n, source.randrange(100)) for n in range(30)] for _ in range(4)]
    halves = [sum(factor for _, factor in row) // 2 for row in rows]
    with pytest.raises(Undecided):
        solver.minimum([0] * 30, [1] * 30, rows, [(half, half) for half in halves], [0] * 30)
