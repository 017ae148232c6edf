"""Bubblewrap makes the warm parent's view where our own namespaces are refused."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from examengine.core.evidence import IsolationLevel, Verdict
from examengine.grading.doctor import examine
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

REFUSED = ("user", "mount")
"""As on a system that lets `bwrap` make namespaces and nobody else."""
JOB = GradingJob(
    submission={"solution.py": b"def double(n):\n    return 2 * n\n"},
    tests={"test_it.py": b"from solution import double\n\n\ndef test_it():\n    assert double(2) == 4\n"},
)
needs_bubblewrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


def layers(evidence):
    return {one.name: one for one in evidence.isolation.layers}


def broken_bubblewrap(folder, text):
    program = folder / "bwrap"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return str(folder)


@needs_bubblewrap
def test_it_is_used_where_no_namespaces_can_be_made_and_named():
    with GradingService(without=REFUSED) as service:
        evidence = service.grade(JOB)

    assert evidence.verdict is Verdict.PASSED
    assert layers(evidence)["bubblewrap"].active
    assert not layers(evidence)["mount"].active
    # One view for judge and candidate together is less than a view of its own.
    assert evidence.isolation.level is IsolationLevel.B


@needs_bubblewrap
def test_the_view_holds_no_home_and_no_process_of_the_machine(tmp_path):
    (tmp_path / "secret").write_text("x")
    code = f"""
import os

told = {{}}
for name, action in {{
    "home": lambda: os.listdir({str(tmp_path)!r}),
    "kill": lambda: os.kill({os.getpid()}, 0),
    "proc": lambda: os.listdir("/proc"),
    "etc": lambda: os.listdir("/etc"),
}}.items():
    try:
        print(name, action())
    except OSError as error:
        print(name, "refused")
"""
    with GradingService(without=(*REFUSED, "landlock")) as service:
        run = service.run_script({"solution.py": b""}, code)

    assert "home refused" in run.output
    assert "kill refused" in run.output
    assert str(os.getpid()) not in run.output
    assert "shadow" not in run.output


@needs_bubblewrap
def test_it_ends_with_its_owner_and_when_it_is_killed():
    with GradingService(without=REFUSED) as service:
        service.grade(JOB)
        ((_, pid),) = service.processes()
        assert "bwrap" in Path(f"/proc/{pid}/comm").read_text()
        os.kill(pid, signal.SIGKILL)
        first = service.grade(JOB)  # may still meet the parent that is about to end

        assert first.verdict in {Verdict.PASSED, Verdict.UNAVAILABLE}
        assert service.grade(JOB).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    "text", ["exit 1", "exec sleep 0", 'echo "bwrap: setting up uid map: Permission denied"; exit 1']
)
def test_one_that_does_not_work_here_is_left_out_and_said_so(text, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", broken_bubblewrap(tmp_path, text) + ":" + os.environ["PATH"])
    with GradingService(without=REFUSED) as service:
        evidence = service.grade(JOB)

    assert evidence.verdict is Verdict.PASSED
    assert not layers(evidence)["bubblewrap"].active
    assert "does not let it work" in layers(evidence)["bubblewrap"].detail


def test_where_it_is_not_installed_the_doctor_says_how_to_add_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    found = {one.layer.name: one for one in examine(REFUSED).layers}

    assert found["bubblewrap"].layer.detail == "not installed"
    assert "apt install bubblewrap" in found["bubblewrap"].remedy


def test_it_is_not_mentioned_where_our_own_namespaces_work():
    with GradingService() as service:
        evidence = service.grade(JOB)

    if layers(evidence)["mount"].active:
        assert "bubblewrap" not in layers(evidence)


def test_without_namespaces_means_without_bubblewrap():
    with GradingService(without=("namespaces",)) as service:
        evidence = service.grade(JOB)

    assert layers(evidence)["bubblewrap"].detail == "switched off"
