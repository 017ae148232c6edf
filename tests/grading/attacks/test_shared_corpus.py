"""The corpus that lies beside the checkout, where there is one: the outcome its manifest states."""

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from examengine.core.evidence import TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

sys.path.append(str(Path(__file__).parent))
from corpus import Canaries

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "attacks"
ENTRIES = (
    {entry["id"]: entry for entry in json.loads((FOLDER / "manifest.json").read_text())} if FOLDER.exists() else {}
)
pytestmark = pytest.mark.skipif(not ENTRIES, reason="the shared corpus is not here")

POSSIBLE = 6
DESERVED = {"a033": 2, "a037": 1, "a045": 1, "a071": 1}
"""Points that a wrong submission earns honestly: it gives the right value or refuses rightly."""
CAUSES = {
    "a011": "exit code 0",
    "a075": "RecursionError",
    "a077": "SIGSEGV",
    "a079": "line",
    "a081": "mean_std",
    "a083": "mean_std",
    "a085": "tensorflow_not_here",
    "a087": "UTF-8",
    "a089": "line 7",
}


def job(entry):
    endless = entry["goal"] == "dos"
    return GradingJob(
        submission={"solution.py": (FOLDER / "submissions" / entry["file"]).read_bytes()},
        tests={"test_solution.py": (FOLDER / "exercise" / "test_solution.py").read_bytes()},
        support={"reference.py": (FOLDER / "exercise" / "reference.py").read_bytes()},
        limits=Limits(seconds=2 if endless else 10, memory_mib=512),
    )


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("", id="everything"),
        pytest.param("namespaces", id="without_namespaces", marks=pytest.mark.slow),
        pytest.param("user mount", id="bubblewrap", marks=pytest.mark.slow),
        pytest.param("landlock", id="without_landlock", marks=pytest.mark.slow),
    ],
)
def graded(request, tmp_path_factory):
    if request.param == "user mount" and shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    home = tmp_path_factory.mktemp("home")
    canaries = Canaries(home)
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    patch.setenv("EXAMENGINE_TEST_SECRET", Canaries.VALUE)
    patch.setenv("CANARY_PORT", str(canaries.listener.port))
    try:
        with GradingService(without=request.param.split()) as service, ThreadPoolExecutor(2) as pool:
            found = pool.map(lambda entry: service.grade(job(entry)), ENTRIES.values())
            evidence = dict(zip(ENTRIES, found, strict=True))
        yield evidence, canaries.harm()
    finally:
        canaries.listener.close()
        patch.undo()


@pytest.mark.parametrize("name", ENTRIES)
def test_points_are_those_deserved(graded, name):
    evidence = graded[0][name]
    earned = sum(one.outcome is TestStatus.PASSED for one in evidence.tests)

    assert evidence.verdict is not Verdict.UNAVAILABLE, evidence.message
    if "full score" in ENTRIES[name]["expect"] or name == "a063":
        assert earned == POSSIBLE, evidence
    else:
        assert earned <= DESERVED.get(name, 0), evidence


@pytest.mark.parametrize("name", [name for name in CAUSES if name in ENTRIES])
def test_the_cause_is_told(graded, name):
    evidence = graded[0][name]

    assert CAUSES[name] in evidence.message + "".join(one.message for one in evidence.tests)


def test_nothing_is_leaked_and_nothing_touched(graded):
    shown = "".join(one.model_dump_json() for one in graded[0].values())

    assert "CANARY" not in shown
    assert "\\u001b" not in shown
    assert graded[1] == []
