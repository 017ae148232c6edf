"""Calls that go back and forth without end are a RecursionError, wherever in a message the levels run out."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from pair import grade_with_pair

T = TypeVar("T")
SUBMISSION = "def call(function):\n    return function()\n"
TESTS = """
import pytest
import solution

def test_without_end():
    def forever():
        return solution.call(forever)
    with pytest.raises(RecursionError):
        forever()

def test_afterwards():
    assert solution.call(lambda: 3) == 3
"""


def _levels_deeper(levels: int, work: Callable[[], T]) -> T:
    return _levels_deeper(levels - 1, work) if levels else work()


@pytest.mark.parametrize("levels", range(12))
def test_a_recursion_across_the_wire_ends_at_any_depth(levels: int) -> None:
    # The judge is forked below here: one level more moves the place where its levels run out.
    run = _levels_deeper(
        levels, lambda: grade_with_pair({"solution.py": SUBMISSION}, {"test_deep.py": TESTS}, seconds=60)
    )
    assert run.of("candidate_died") == []
    assert set(run.outcomes.values()) == {"passed"}
    assert len(run.outcomes) == 2
