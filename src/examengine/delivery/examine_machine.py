"""What this machine offers: the sandbox as a real grading finds it, the packages exercises need, disk and terminal."""

import importlib.util
import os
import platform
import shutil
import sys

from examengine import __version__
from examengine.core.errors import ExamEngineError
from examengine.core.evidence import Evidence, Layer, Verdict
from examengine.core.model import Model
from examengine.delivery.open_banks import list_places, open_named_bank
from examengine.delivery.services import Services
from examengine.grading.job import GradingJob

LEVELS = {
    "A": "namespaces, Landlock and seccomp",
    "B": "seccomp with either namespaces or Landlock",
    "C": "macOS Seatbelt and a memory watch",
    "D": "limits and the clock only: your own code alone",
}

_REMEDIES = {
    "user": "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0   (Ubuntu 24.04 and later), or"
    " sudo sysctl -w kernel.unprivileged_userns_clone=1   (older Debian)",
    "landlock": "a Linux kernel from 5.13 on with landlock among its security modules (boot option lsm=landlock,...)",
    "seccomp": "a Linux kernel with CONFIG_SECCOMP_FILTER; a container needs a profile that allows seccomp",
    "seatbelt": "/usr/bin/sandbox-exec, which macOS brings",
}
_NAMESPACES = ("user", "pid", "mount", "network", "ipc", "uts", "cgroup")


class LayerLine(Model):
    """One layer of the sandbox, and what would bring it where it is missing."""

    name: str
    active: bool
    detail: str
    remedy: str = ""


class PackageLine(Model):
    """A package that exercises of the banks need."""

    name: str
    installed: bool
    exercises: int


class MachineReport(Model):
    """What `examengine doctor` prints."""

    version: str
    python: str
    system: str
    home: str
    free_mib: int
    level: str
    """A, B, C or D; empty where nothing could be graded."""
    trouble: str = ""
    seconds: float
    """What the first grading took, the start of the warm parent included."""
    layers: tuple[LayerLine, ...]
    packages: tuple[PackageLine, ...]
    terminal: str


def examine_machine(services: Services) -> MachineReport:
    """Grade a submission of one line and report what was found on the way."""
    evidence = services.grading.grade(
        GradingJob(
            submission={"solution.py": b"answer = 42\n"},
            tests={"test_answer.py": b"import solution\n\n\ndef test_answer():\n    assert solution.answer == 42\n"},
            expected=("test_answer.py::test_answer",),
        )
    )
    services.home.mkdir(parents=True, exist_ok=True)
    return MachineReport(
        version=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} ({platform.machine()})",
        home=str(services.home),
        free_mib=shutil.disk_usage(services.home).free // 2**20,
        level=evidence.isolation.level.value if evidence.isolation else "",
        trouble="" if evidence.verdict is Verdict.PASSED else evidence.message or str(evidence.verdict),
        seconds=evidence.seconds,
        layers=tuple(_line(layer) for layer in _layers(evidence)),
        packages=_packages(services),
        terminal=_terminal(),
    )


def _layers(evidence: Evidence) -> tuple[Layer, ...]:
    return evidence.isolation.layers if evidence.isolation else ()


def _line(layer: Layer) -> LayerLine:
    name = "user" if layer.name in _NAMESPACES else layer.name
    remedy = "" if layer.active else _REMEDIES.get(name, "")
    return LayerLine(name=layer.name, active=layer.active, detail=layer.detail, remedy=remedy)


def _packages(services: Services) -> tuple[PackageLine, ...]:
    needed: dict[str, int] = {}
    for place in list_places(services):
        try:
            bank = open_named_bank(services, place.id)
        except ExamEngineError:
            continue
        for exercise in bank.exercises:
            for name in exercise.package.item.requires:
                needed[name] = needed.get(name, 0) + 1
    return tuple(
        PackageLine(name=name, installed=importlib.util.find_spec(name.split(".")[0]) is not None, exercises=count)
        for name, count in sorted(needed.items())
    )


def _terminal() -> str:
    if not sys.stdout.isatty():
        return "none: use --plain"
    size = shutil.get_terminal_size()
    small = "; at least 80 by 24 is meant" if size.columns < 80 or size.lines < 24 else ""
    return f"{os.environ.get('TERM', 'unknown')}, {size.columns} by {size.lines}{small}"
