"""Boxes for the sandbox's tests: real warm parents with probes instead of submissions."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import examengine
from examengine.grading.attempt import Attempt, Orders
from examengine.grading.contract import CandidateSpec, JudgeSpec
from examengine.grading.isolation import isolation
from examengine.grading.sandbox.limits import ChildLimits
from examengine.grading.warm import Warm

_FAKE = Path(__file__).with_name("fake_children.py")
_SOURCE = str(Path(examengine.__file__).resolve().parents[1])
_ORDINARY_USER = 45678


def _as_root(control: int) -> list[str]:
    return [sys.executable, "-s", "-P", str(_FAKE), str(control), _SOURCE]


def _python_for_everyone() -> str | None:
    """Return a Python that an ordinary user can start, 3.11 or later, or None."""
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        path = Path("/usr/bin") / name
        if path.exists():
            version = subprocess.run(
                [path, "-c", "import sys; print(sys.version_info >= (3, 11))"],
                capture_output=True,
                text=True,
                check=False,
            )
            if version.stdout.strip() == "True":
                return str(path)
    return None


def _as_ordinary_user(control: int) -> list[str]:
    if os.geteuid() != 0:
        return _as_root(control)
    python, changer = _python_for_everyone(), shutil.which("setpriv")
    readable = all(os.stat(part).st_mode & 0o005 == 0o005 for part in [Path(_SOURCE), *Path(_SOURCE).parents])
    if python is None or changer is None or not readable:
        pytest.skip("no interpreter here that an ordinary user could start")
    user = str(_ORDINARY_USER)
    change = [changer, "--reuid", user, "--regid", user, "--clear-groups"]
    return [*change, python, "-s", "-P", str(_FAKE), str(control), _SOURCE]


class Box:
    """A warm parent and a way to run a probe in its candidate or judge."""

    def __init__(self, name: str, warm: Warm) -> None:
        self.name = name
        self.warm = warm
        self.isolation = isolation(warm.layers)

    @property
    def has_own_root(self) -> bool:
        return any(one.name == "root" and one.active for one in self.isolation.layers)

    def has(self, layer: str) -> bool:
        return any(one.name == layer and one.active for one in self.isolation.layers)

    def observe(self, probe: str, *, role="candidate", seconds=20.0, files=None, **limits):
        bounds = ChildLimits(
            **{
                "memory_mib": 512,
                "file_mib": 8,
                "processes": 32,
                "processor_seconds": 30,
                **limits,
            }
        )
        own = {"probe.py": probe.encode(), **(files or {})}
        orders = Orders(
            judge=JudgeSpec("solution", ("solution",), ()),
            candidate=CandidateSpec("solution", ("solution",)),
            judge_files=own if role == "judge" else {"hidden.py": b"HIDDEN"},
            candidate_files=own if role == "candidate" else {},
            judge_limits=bounds,
            candidate_limits=bounds,
        )
        ends = self.warm.pair(bounds.memory_mib, bounds.file_mib)
        return Attempt(ends, orders, seconds=seconds, test_seconds=None).run()

    def run(self, probe: str, **keywords):
        """Run a probe and return what it told."""
        observed = self.observe(probe, **keywords)
        assert not observed.trouble, observed.trouble
        texts = [one["text"] for one in observed.messages if one["kind"] == "output"]
        assert texts and texts[0], (observed.exits, observed.messages)
        return json.loads(texts[0])


_BOXES = {
    "root_everything": (_as_root, ()),
    "root_without_namespaces": (_as_root, ("namespaces",)),
    "root_without_landlock": (_as_root, ("landlock",)),
    "user_everything": (_as_ordinary_user, ()),
    "user_without_namespaces": (_as_ordinary_user, ("namespaces",)),
    "user_with_limits_alone": (_as_ordinary_user, ("namespaces", "landlock", "seccomp")),
}


@pytest.fixture(scope="session", params=[name for name in _BOXES if not name.endswith("alone")])
def box(request):
    """Each way in which this machine can isolate: with all layers, and with some left out."""
    yield from _boxed(request.param)


@pytest.fixture(scope="session")
def bare_box():
    """An ordinary user's machine that offers limits and nothing else."""
    yield from _boxed("user_with_limits_alone")


def _boxed(name):
    if sys.platform != "linux":
        pytest.skip("Linux layers")
    command, without = _BOXES[name]
    if name.startswith("root") and os.geteuid() != 0:
        pytest.skip("needs root")
    warm = Warm((), without, command)
    warm.start()
    yield Box(name, warm)
    warm.close()
