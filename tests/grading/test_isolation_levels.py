"""Levels say no more than their layers hold."""

from itertools import combinations

import pytest

from examengine.core.evidence import IsolationLevel
from examengine.grading.isolation import isolation, level, meets

VIEW = ("mount", "pid", "network", "ipc")
ALL = (*VIEW, "user", "uts", "landlock", "seccomp", "limits")


def test_a_needs_namespaces_landlock_and_seccomp():
    assert level(ALL) is IsolationLevel.A
    for missing in (*VIEW, "landlock", "seccomp"):
        assert level(set(ALL) - {missing}) is not IsolationLevel.A


def test_b_is_landlock_and_seccomp_or_a_view_of_its_own_and_seccomp():
    assert level(["landlock", "seccomp", "limits"]) is IsolationLevel.B
    assert level([*VIEW, "seccomp"]) is IsolationLevel.B


def test_without_seccomp_it_is_no_better_than_d():
    assert level([*VIEW, "landlock", "limits"]) is IsolationLevel.D


def test_seatbelt_is_c():
    assert level(["seatbelt", "limits"]) is IsolationLevel.C


def test_adding_a_layer_never_lowers_the_level():
    order = list(IsolationLevel)
    for size in range(len(ALL)):
        for chosen in combinations(ALL, size):
            for one in ALL:
                assert order.index(level((*chosen, one))) <= order.index(level(chosen))


@pytest.mark.parametrize(
    ("found", "required", "enough"),
    [("A", "A", True), ("A", "D", True), ("B", "A", False), ("D", "C", False), ("C", "C", True)],
)
def test_what_is_required_is_the_least(found, required, enough):
    layers = {
        "A": ALL,
        "B": ("landlock", "seccomp"),
        "C": ("seatbelt",),
        "D": ("limits",),
    }[found]

    made = isolation([(name, True, "") for name in layers] + [("nothing", False, "why")])

    assert meets(made, IsolationLevel(required)) is enough
