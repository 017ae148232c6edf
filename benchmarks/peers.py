"""The same exercise for nbgrader and otter-grader, from an environment of their own.

They are run as their manuals say: `nbgrader autograde` over a folder of submissions, `otter run` on
one notebook. The solution is one cell, each test another. Whoever runs the benchmark installs them
(benchmarks/requirements.txt); where they are missing, the caller says so.
"""

import json
import os
import subprocess
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

ASSIGNMENT = "exercise"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class PeerFailed(Exception):  # noqa: N818 - a fact about the peer
    """A peer could not be run, or graded a right solution wrong."""


@dataclass(frozen=True)
class Timing:
    """What a peer took."""

    submissions: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Submissions graded in a second."""
        return self.submissions / self.seconds


def installed(python: Path, package: str) -> str | None:
    """Return the version of a package in the environment of `python`; None: it is not there."""
    program = f"import importlib.metadata as m; print(m.version({package!r}))"
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def _run(python: Path, folder: Path, *arguments: str) -> None:
    variables = {
        **os.environ,
        **_ONE_THREAD,
        "PATH": f"{python.parent}:{os.environ.get('PATH', '')}",
        "HOME": str(folder),
        "JUPYTER_PLATFORM_DIRS": "1",
        "IPYTHONDIR": str(folder / ".ipython"),
    }
    # Both would compile all they import at each start.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [python, "-m", *arguments], cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PeerFailed(f"{' '.join(arguments[:2])} ended with {done.returncode}: {done.stderr[-600:]}")


def _cell(source: str, metadata: dict[str, object], name: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": name,
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def _notebook(cells: list[dict[str, object]]) -> str:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )


def _tests(path: Path) -> tuple[str, list[str]]:
    """Return what stands before the first test of a file, and each test with its call."""
    head, *parts = path.read_text().split("\n\ndef test_")
    lines = [line for line in head.splitlines() if not line.startswith("from solution ")]
    tests = [f"def test_{part.rstrip()}\n\n\ntest_{part.partition('(')[0]}()" for part in parts]
    return "\n".join(lines), tests


def nbgrader(python: Path, solution: Path, tests: Path, folder: Path, count: int) -> Timing:
    """Time `nbgrader autograde` over `count` equal submissions.

    Raises:
        PeerFailed: it did not run, or did not give full marks.
    """
    head, bodies = _tests(tests)

    def grade_cell(name: str, source: str, *, is_solution: bool) -> dict[str, object]:
        mark = {
            "schema_version": 3,
            "grade_id": name,
            "grade": not is_solution,
            "solution": is_solution,
            "locked": not is_solution,
            "task": False,
            **({} if is_solution else {"points": 1}),
        }
        return _cell(source, {"nbgrader": mark}, name)

    text = _notebook(
        [
            grade_cell("answer", solution.read_text(), is_solution=True),
            *(
                grade_cell(f"test{number}", f"{head}\n\n\n{body}", is_solution=False)
                for number, body in enumerate(bodies)
            ),
        ]
    )
    (folder / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.root = {str(folder)!r}\nc.CourseDirectory.course_id = 'course'\n"
    )
    for place in ("source", *(f"submitted/s{number:03}" for number in range(count))):
        target = folder / place / ASSIGNMENT / "notebook.ipynb"
        target.parent.mkdir(parents=True)
        target.write_text(text)
    _run(python, folder, "nbgrader", "generate_assignment", ASSIGNMENT, "--create")
    began = time.perf_counter()
    _run(python, folder, "nbgrader", "autograde", ASSIGNMENT, "--create")
    took = time.perf_counter() - began
    _run(python, folder, "nbgrader", "export", "--to", "grades.csv")
    rows = (folder / "grades.csv").read_text().splitlines()
    column = rows[0].split(",").index("raw_score")
    full = sum(float(row.split(",")[column]) == len(bodies) for row in rows[1:])
    if full != count:
        raise PeerFailed(f"nbgrader gave {full} of {count} right solutions full marks")
    return Timing(count, took)


def otter(python: Path, solution: Path, tests: Path, folder: Path, count: int) -> Timing:
    """Time `otter run` on `count` equal submissions, one after the other.

    Raises:
        PeerFailed: it did not run, or did not give full marks.
    """
    head, bodies = _tests(tests)
    (folder / "notebook.ipynb").write_text(_notebook([_cell(solution.read_text(), {}, "answer")]))
    cases = [{"code": _prompted(f"{head}\n\n\n{body}"), "hidden": False, "locked": False} for body in bodies]
    test = {
        "name": "q1",
        "points": len(bodies),
        "suites": [{"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}],
    }
    with zipfile.ZipFile(folder / "autograder.zip", "w") as archive:
        archive.writestr("tests/q1.py", f"OK_FORMAT = True\n\ntest = {test!r}\n")
        archive.writestr("otter_config.json", json.dumps({"lang": "python", "show_stdout": False}))
    began = time.perf_counter()
    for _ in range(count):
        _run(python, folder, "otter", "run", "-a", "autograder.zip", "-o", str(folder), "notebook.ipynb")
        found = json.loads((folder / "results.json").read_text())
        score = sum(float(one.get("score", 0)) for one in found["tests"])
        if score < len(bodies):
            raise PeerFailed(f"otter gave {score} of {len(bodies)} points to a right solution")
    return Timing(count, time.perf_counter() - began)


def _prompted(source: str) -> str:
    """Return a piece of code as a doctest."""
    lines: list[str] = []
    for line in source.splitlines():
        if line.strip():
            lines.append(f"{'... ' if line[0] in ' )]}' else '>>> '}{line}")
        elif lines and lines[-1].startswith("... "):
            lines.append("...")
    return "\n".join(lines)
