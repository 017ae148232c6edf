"""Every submission of the project's corpus gives what its first lines state, and does no harm."""

import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from examengine.core.evidence import TestStatus
from examengine.grading.grade import GradingService

sys.path.append(str(Path(__file__).parent))
from corpus import LIMITS, POSSIBLE, SHORT, Canaries, cases, job

CASES = {case.name: case for case in cases()}
SECRETS = (
    "HIDDEN-TEST-CANARY",
    "HIDDEN-VALUE-CANARY",
    "REFERENCE-CANARY",
    "EXPECTED-VALUE-CANARY",
    "HOME-CANARY",
    Canaries.VALUE,
)


BUBBLEWRAP = ("user", "mount")
"""Without these we make no namespaces ourselves, and bubblewrap does where it is installed."""
WITHOUT_NAMESPACES = {"forge", "leak", "damage", "honest"}
"""What the run without namespaces looks at; the rest comes with the slow tests."""


def job_of(case):
    endless = "timeout" in case.verdicts
    return job(case.content, known_ids=case.kind == "broken", limits=SHORT if endless else LIMITS)


class Graded:
    """The whole corpus graded once, on two threads, in one service."""

    def __init__(self, canaries, without=(), kinds=None):
        self.canaries = canaries
        self.kinds = kinds
        with GradingService(without=without) as service, ThreadPoolExecutor(2) as pool:
            service.grade(job(CASES["right"].content))
            chosen = [one for one in CASES.values() if kinds is None or one.kind in kinds]
            found = pool.map(lambda case: service.grade(job_of(case)), chosen)
            self.evidence = {case.name: one for case, one in zip(chosen, found, strict=True)}
            self.after = service.grade(job(CASES["right"].content))
        self.harm = canaries.harm()

    def of(self, name):
        if name not in self.evidence:
            pytest.skip("graded with the slow tests in this way of isolating")
        return self.evidence[name]


RUNS = {
    "everything": ((), None),
    "without_namespaces": (("namespaces",), WITHOUT_NAMESPACES),
    "bubblewrap": (BUBBLEWRAP, {"leak", "damage", "honest"}),
    "all_without_namespaces": (("namespaces",), None),
    "all_bubblewrap": (BUBBLEWRAP, None),
    "all_without_landlock": (("landlock",), None),
}


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=[pytest.mark.slow] if name.startswith("all_") else []) for name in RUNS],
)
def graded(request, tmp_path_factory):
    if "bubblewrap" in request.param and shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    home = tmp_path_factory.mktemp("home")
    canaries = Canaries(home)
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    patch.setenv("EXAMENGINE_TEST_SECRET", Canaries.VALUE)
    patch.setenv("CANARY_PORT", str(canaries.listener.port))
    try:
        yield Graded(canaries, *RUNS[request.param])
    finally:
        canaries.listener.close()
        patch.undo()


def earned(evidence):
    return sum(one.outcome is TestStatus.PASSED for one in evidence.tests)


@pytest.mark.parametrize("name", CASES)
def test_verdict_and_points_are_as_stated(graded, name):
    case, evidence = CASES[name], graded.of(name)

    assert evidence.verdict.value in case.verdicts, evidence.message
    assert earned(evidence) <= case.earns_at_most, evidence.tests
    if case.kind == "honest":
        assert (earned(evidence), len(evidence.tests)) == (POSSIBLE, POSSIBLE)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.says])
def test_the_cause_is_told_in_words(graded, name):
    evidence = graded.of(name)
    told = evidence.message + "".join(one.message for one in evidence.tests)

    assert CASES[name].says in told


def test_no_secret_is_shown(graded):
    shown = {name: one.model_dump_json() for name, one in graded.evidence.items()}

    assert not {name: text for name, text in shown.items() if any(x in text for x in SECRETS)}


def test_nothing_shown_obeys_a_terminal(graded):
    for evidence in graded.evidence.values():
        for text in (evidence.message, evidence.output, *(one.message for one in evidence.tests)):
            assert not set(text) & {chr(code) for code in range(32) if chr(code) not in "\n\t"}
            assert not set(text) & set("\x7f\x9b\u202e\u2066")


def test_what_is_shown_is_bounded(graded):
    for evidence in graded.evidence.values():
        assert len(evidence.output) <= 17 * 1024
        assert all(len(one.message) <= 4500 for one in evidence.tests)


def test_the_judge_never_shows_its_folder_or_a_traceback(graded):
    for name, evidence in graded.evidence.items():
        for one in evidence.tests:
            assert "Traceback" not in one.message, name
            assert "/box/work/test_" not in one.message, name


def test_nothing_was_touched_and_nobody_called(graded):
    assert graded.harm == []


def test_the_next_submission_is_graded_as_before(graded):
    assert earned(graded.after) == POSSIBLE


def orphaned_warm_parents() -> list[bytes]:
    """Return the command lines of warm parents whose owner is gone."""
    left = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().partition("(")[2].rpartition(")")
            parent, session = rest.split()[1], rest.split()[3]
            if name.startswith("python") and parent == "1" and int(session) != os.getsid(0):
                command = path.with_name("cmdline").read_bytes()
                if b"examengine.grading.zygote" in command:
                    left.append(command)
        except OSError:
            continue  # it ended while it was looked at
    return left


def test_no_process_is_left(graded):
    # One whose owner was killed while it imports a large library ends as soon as the import has.
    for _ in range(60):
        if not orphaned_warm_parents():
            return
        time.sleep(0.5)
    assert orphaned_warm_parents() == []


def test_the_corpus_covers_every_kind_with_a_reason():
    kinds = {case.kind for case in CASES.values()}

    assert kinds == {"forge", "leak", "damage", "exhaust", "broken", "honest"}
    assert all(case.tries for case in CASES.values())
    assert len(CASES) > 104
