"""Test files written for one process give the same verdicts through the wire.

Each folder of `suites_material` holds tests as other people write them, and solutions: `right*.py`
(all pass) and `wrong*.py` (something fails). An unfinished one is made of the right one: its functions
have no bodies yet. The yardstick is the same run in one process.
"""

import ast
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
WAITING = {"design_patterns", "protocols_abc"}
"""Suites that wait for a result without end: there, what is unfinished says so."""
FOLDERS = [pytest.param(folder, id=folder.name) for folder in sorted(MATERIAL.iterdir()) if folder.is_dir()]


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


class _Unfinished(ast.NodeTransformer):
    """Takes the bodies out of functions."""

    def __init__(self, body: str) -> None:
        self._body = body

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        text = ast.get_docstring(node, clean=False)
        kept = [] if text is None else [ast.Expr(ast.Constant(text))]
        node.body = [*kept, *ast.parse(self._body).body]
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - the name that ast looks for


def _unfinished(files: dict[str, bytes], body: str) -> dict[str, bytes]:
    return {
        name: ast.unparse(_Unfinished(body).visit(ast.parse(content))).encode() if name.endswith(".py") else content
        for name, content in files.items()
    }


def _read(folder: Path, solution: Path) -> tuple[dict[str, bytes], dict[str, bytes], str]:
    tests = {path.name: path.read_bytes() for path in sorted(folder.glob("*test*.py"))}
    module = _module_of(tests)
    return _files(solution) or {f"{module}.py": solution.read_bytes()}, tests, module


def test_there_are_enough_suites() -> None:
    assert len({folder for folder in MATERIAL.iterdir() if folder.is_dir()}) >= 66


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_verdicts_of_an_unfinished_solution_are_equal_too(folder: Path) -> None:
    solution = next(path for path in sorted(folder.glob("right*")))
    submission, tests, module = _read(folder, solution)
    body = "raise NotImplementedError" if folder.name in WAITING else "pass"
    wanted = _compare(folder, _unfinished(submission, body), tests, module)
    assert "failed" in wanted.values() or not wanted


@pytest.mark.parametrize(("folder", "solution"), CASES)
def test_verdicts_through_the_wire_equal_those_in_one_process(folder: Path, solution: Path) -> None:
    submission, tests, module = _read(folder, solution)
    wanted = _compare(folder, submission, tests, module)
    if solution.name.startswith("right"):
        assert set(wanted.values()) <= {"passed", "skipped"}
        assert "passed" in wanted.values()
    else:
        assert "failed" in wanted.values() or not wanted


def _compare(folder: Path, submission: dict[str, bytes], tests: dict[str, bytes], module: str) -> dict[str, str]:
    """Run the tests both ways, compare, and return the outcomes in one process."""
    support, data = _files(folder / "support"), _files(folder / "data")
    wanted = outcomes_in_process({**submission, **support, **data, **tests}, tuple(tests))
    run = grade_with_pair(submission, tests, support=support, data=data, module=module)
    got = {
        name: {"error": "failed", "memory": "failed"}.get(outcome, outcome) for name, outcome in run.outcomes.items()
    }
    assert not run.of("broken")
    assert not run.of("candidate_died")
    assert got == wanted, {k: v for k, v in run.texts.items() if got.get(k) != wanted.get(k)}
    return wanted
