"""Mutants: which small mistakes are made, how they are named, and which of them an exercise may state."""

import ast

import pytest

from examengine.bank.mutant import Mutant
from examengine.bank.mutants import find_mutants
from examengine.bank.stated_survivors import StatedSurvivor, reason_for


def changes_of(line):
    """Return the mutants of one line within a function: what changed, to the line as it then reads."""
    program = f"import numpy as np\n\n\ndef f(a, b, xs):\n    {line}\n"
    return {one.change: one.text.split("\n")[4].strip() for one in find_mutants(program, {5})}


@pytest.mark.parametrize(
    ("line", "change", "mutated"),
    [
        ("a = a < b", "`<` became `<=`", "a = a <= b"),
        ("a = a < b", "`<` became `>=`", "a = a >= b"),
        ("a = a not in xs", "`not in` became `in`", "a = a in xs"),
        ("a = a is not b", "`is not` became `is`", "a = a is b"),
        ("a = b - 1", "`-` became `+`", "a = b + 1"),
        ("a = b - 1", "`1` became `0`", "a = b - 0"),
        ("a = b - 0", "`0` became `-1`", "a = b - (-1)"),
        ("a = 0.9", "`0.9` became `-0.1`", "a = (-0.1)"),
        ("a = 1e3", "`1e3` became `1001.0`", "a = 1001.0"),
        ("a += b", "`+=` became `-=`", "a -= b"),
        ("a = a and b", "`and` became `or`", "a = a or b"),
        ("a = not b", "`not b` became `b`", "a = b"),
        ("a = -b", "`-b` became `b`", "a = b"),
        ("a = xs[a:b]", "`b` became `b - 1`", "a = xs[a:b - 1]"),
        ("a = xs[a + b:]", "`a + b` became `a + b + 1`", "a = xs[(a + b) + 1:]"),
        ("a = xs[b]", "`b` became `b - 1`", "a = xs[b - 1]"),
        ("a = range(b)", "`b` became `b - 1`", "a = range(b - 1)"),
        ("a = np.sum(xs, axis=0)", "`axis=0` became `axis=1`", "a = np.sum(xs, axis=1)"),
        ("a = np.std(xs, ddof=1)", "`ddof=1` became `ddof=0`", "a = np.std(xs, ddof=0)"),
        ("a = sorted(xs, key=len)", "`key=len` was left out", "a = sorted(xs, )"),
        ("a = f(b, key=len, xs=xs)", "`key=len` was left out", "a = f(b, xs=xs)"),
        ("a = f(b, flag=True)", "`flag=True` became `flag=False`", "a = f(b, flag=False)"),
        ("a = xs.min()", "`min` became `max`", "a = xs.max()"),
        ("a = xs.copy().sum()", "`.copy()` was left out", "a = xs.sum()"),
        ("return a", "`return a` became `return None`", "return None"),
        ("xs.sort()", "`xs.sort()` was left out", "pass"),
        ("xs[a] = b", "`xs[a] = b` was left out", "pass"),
        ("xs = sorted(xs)", "`xs = sorted(xs)` was left out", "pass"),
        ("raise ValueError(a)", "`raise ValueError(a)` was left out", "pass"),
        ("a = b if a else xs", "`a` became `not (a)`", "a = b if not (a) else xs"),
    ],
)
def test_a_small_mistake_is_made_and_told(line, change, mutated):
    assert changes_of(line)[change] == mutated


@pytest.mark.parametrize(
    "line",
    [
        "a: Literal[1] = b",  # a type
        'raise_ = "no 1 and 2"',  # a text
        "pass",
        "return None",
        "a = np.sum(b)",  # a step of a chain, but of a module
        "import json",
        "a = b",  # what follows would not find its name
    ],
)
def test_what_decides_no_result_is_left_alone(line):
    assert changes_of(line) == {}


def test_what_an_exception_says_is_left_alone():
    assert list(changes_of('raise ValueError(f"{a + 1} is too much")')) == [
        '`raise ValueError(f"{a + 1} is too much")` was left out'
    ]


def test_a_main_block_is_left_alone():
    program = 'A = 1\n\nif __name__ == "__main__":\n    print(A + 1)\n'
    assert {one.line for one in find_mutants(program)} == {1}


def test_equal_changes_of_a_line_are_told_apart():
    assert changes_of("b = a - b - 3") == {
        "`b = a - b - 3` was left out": "pass",
        "`-` became `+`": "b = a + b - 3",
        "`-` became `+` (2nd)": "b = a - b + 3",
        "`3` became `4`": "b = a - b - 4",
        "`3` became `2`": "b = a - b - 2",
    }


def test_two_changes_that_give_one_text_are_one_mutant():
    assert list(changes_of("f(b, flag=True)")) == ["`f(b, flag=True)` was left out", "`flag=True` became `flag=False`"]


def test_each_mutant_is_python_and_a_text_of_its_own():
    program = (
        "def f(xs, k=3, *, flag=False):\n    total = 0\n    for i in range(len(xs)):\n"
        "        if xs[i] > k and not flag:\n            continue\n        total += xs[i] ** 2\n"
        "    return {'ä': total, 'b': [x for x in xs if x]}\n"
    )
    mutants = find_mutants(program)
    assert len({one.text for one in mutants}) == len(mutants) > 15
    assert len({one.name for one in mutants}) == len(mutants)
    assert program not in {one.text for one in mutants}
    for one in mutants:
        ast.parse(one.text)


def test_mutants_are_the_same_every_time_and_in_the_order_of_lines():
    program = "def f(a, b):\n    if a < b:\n        return a + 1\n    return b\n"
    first, second = find_mutants(program), find_mutants(program)
    assert first == second
    assert [one.line for one in first] == sorted(one.line for one in first)


def test_only_the_lines_asked_for_are_changed():
    program = "def f(a, b):\n    if a < b:\n        return a + 1\n    return b\n"
    assert {one.line for one in find_mutants(program, {3})} == {3}


def test_what_is_no_python_has_no_mutants():
    with pytest.raises(SyntaxError):
        find_mutants("def f(:\n")


def test_a_statement_fits_by_the_text_of_the_line_and_the_change():
    mutant = Mutant(14, "if values.ndim != 1:", "`1` became `2`", "")
    assert reason_for(mutant, [StatedSurvivor(line_has="values.ndim", reason="r")]) == "r"
    assert reason_for(mutant, [StatedSurvivor(line_has="values.ndim", change="`1` became `2`", reason="r")]) == "r"
    assert reason_for(mutant, [StatedSurvivor(line_has="values.ndim", change="`1` became `0`", reason="r")]) is None
    assert reason_for(mutant, [StatedSurvivor(line_has="scores.ndim", reason="r")]) is None
