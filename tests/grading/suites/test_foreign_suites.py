"""Test files written for one process give the same verdicts through the wire.

Each folder of `suites_material` holds tests as other people write them, and solutions: `right*.py`
(all pass) and `wrong*.py` (something fails). The yardstick is the same run in one process.
"""

import re
import sys
from pathlib import Path

import pytest

MATERIAL = Path(__file__).parent.parent / "suites_material"
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "wire")]

from in_process import outcomes_in_process  # noqa: E402
from pair import grade_with_pair  # noqa: E402

CASES = [
    pytest.param(folder, solution, id=f"{folder.name}-{solution.name.removesuffix('.py')}")
    for folder in sorted(MATERIAL.iterdir())
    if folder.is_dir()
    for solution in sorted([*folder.glob("right*"), *folder.glob("wrong*")])
]


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _module_of(tests: dict[str, bytes]) -> str:
    for content in tests.values():
        named = re.search(rb"^# submission: (\w+)", content, re.MULTILINE)
        if named:
            return named[1].decode()
    return "solution"


@pytest.mark.parametrize(("folder", "solution"), CASES)
def test_verdicts_through_the_wire_equal_those_in_one_process(folder: Path, solution: Path) -> None:
    tests = {path.name: path.read_bytes() for path in sorted(folder.glob("*test*.py"))}
    module = _module_of(tests)
    submission = _files(solution) or {f"{module}.py": solution.read_bytes()}
    support, data = _files(folder / "support"), _files(folder / "data")
    wanted = outcomes_in_process({**submission, **support, **data, **tests}, tuple(tests))
    run = grade_with_pair(submission, tests, support=support, data=data, module=module)
    got = {
        name: {"error": "failed", "memory": "failed"}.get(outcome, outcome) for name, outcome in run.outcomes.items()
    }
    assert not run.of("broken")
    assert not run.of("candidate_died")
    assert got == wanted, {k: v for k, v in run.texts.items() if got.get(k) != wanted.get(k)}
    if solution.name.startswith("right"):
        assert set(wanted.values()) <= {"passed", "skipped"}
        assert "passed" in wanted.values()
    else:
        assert "failed" in wanted.values() or not wanted
