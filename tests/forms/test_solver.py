"""What is ruled out before the search for whole numbers is never part of the optimum."""

import random
from itertools import combinations

import pytest

from examengine.forms import solver
from examengine.forms.draw import settle_ties
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


@pytest.mark.parametrize("first_try", [1, 600])
@pytest.mark.parametrize("seed", range(5))
def test_a_large_programme_has_the_same_optimum_as_without_ruling_out(seed, first_try, monkeypatch):
    monkeypatch.setattr(solver, "_FIRST_TRY", first_try)
    monkeypatch.setattr(solver, "_FIRST_SHARE", 10**9)
    costs, rows, bounds = a_programme(seed, 2000)
    upper = [1] * len(costs)
    fast = solver.minimum(costs, upper, rows, bounds, costs)
    monkeypatch.setattr(solver, "_SMALL", 10**9)
    whole = solver.minimum(costs, upper, rows, bounds, costs)
    assert sum(costs[n] for n in fast) == sum(costs[n] for n in whole)


def test_what_the_first_try_misses_is_let_in(monkeypatch):
    """Of small programmes, where a first try finds something dearer than the optimum now and then."""
    source = random.Random(3)
    for _ in range(60):
        weights = [source.randrange(20, 90) for _ in range(24)]
        costs = [source.randrange(1, 60) for _ in range(24)]
        whole_weight = source.randrange(150, 260)
        rows = [list(enumerate(weights)), [(n, 1) for n in range(24)]]
        bounds = [(whole_weight, whole_weight), (4, 4)]
        monkeypatch.setattr(solver, "_SMALL", 10**9)
        whole = solver.minimum(costs, [1] * 24, rows, bounds, costs)
        monkeypatch.setattr(solver, "_SMALL", 0)
        monkeypatch.setattr(solver, "_FIRST_TRY", 1)
        fast = solver.minimum(costs, [1] * 24, rows, bounds, costs)
        assert (fast is None) == (whole is None)
        if fast is not None:
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


def test_of_equally_good_choices_the_same_one_is_taken_whichever_is_found_first():
    programme: Programme[tuple[str, ...]] = Programme()
    keys = [("item", name, "s", "d") for name in "abcde"]
    for key in keys:
        programme.add_variable(key, 7)
    programme.constrain(dict.fromkeys(keys, 1), 2, 2)
    pairs = [dict.fromkeys(pair, 1) for pair in combinations(keys, 2)]
    for seed in range(2):
        settled = [settle_ties(programme, [], (), pair, seed) for pair in pairs]
        assert all(one == settled[0] for one in settled)
    chosen = {tuple(sorted(settle_ties(programme, [], (), pairs[0], seed))) for seed in range(12)}
    assert len(chosen) > 3


def test_a_tie_is_no_tie_where_an_earlier_goal_tells():
    programme: Programme[tuple[str, ...]] = Programme()
    one, other = ("item", "a", "s", "d"), ("item", "b", "s", "d")
    for key in (one, other):
        programme.add_variable(key, 7)
    programme.constrain({one: 1, other: 1}, 1, 1)
    for seed in range(10):
        assert settle_ties(programme, [{other: 1}], (0,), {one: 1}, seed) == {one: 1}


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
