"""What this machine offers: the sandbox as a real grading finds it, the packages exercises need, disk and terminal."""

import os
import platform
import shutil
import sys

from examengine import __version__
from examengine.core.errors import ExamEngineError
from examengine.core.model import Model
from examengine.delivery.missing_packages import is_installed
from examengine.delivery.open_banks import list_places, open_named_bank
from examengine.delivery.services import Services
from examengine.grading.doctor import examine

LEVELS = {
    "A": "namespaces, Landlock and seccomp",
    "B": "seccomp with either namespaces or Landlock",
    "C": "macOS Seatbelt and a memory watch",
    "D": "limits and the clock only: your own code alone",
}


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
    warm_seconds: float
    """Time of the first grading, the start of the warm parent included."""
    grading_seconds: float
    """Time of a grading once warm."""
    resident_mib: float
    """Memory of a warm parent without any package."""
    layers: tuple[LayerLine, ...]
    packages: tuple[PackageLine, ...]
    terminal: str


def examine_machine(services: Services) -> MachineReport:
    """Grade a small exercise and report what was found on the way."""
    found = examine()
    services.home.mkdir(parents=True, exist_ok=True)
    return MachineReport(
        version=__version__,
        python=platform.python_version(),
        system=found.system,
        home=str(services.home),
        free_mib=shutil.disk_usage(services.home).free // 2**20,
        level=found.level.value if found.level else "",
        trouble="" if found.works else found.message,
        warm_seconds=found.warm_seconds,
        grading_seconds=found.grading_seconds,
        resident_mib=found.resident_mib,
        layers=tuple(
            LayerLine(
                name=one.layer.name,
                active=one.layer.active,
                detail=one.layer.detail or one.purpose,
                remedy=one.remedy,
            )
            for one in found.layers
        ),
        packages=_packages(services),
        terminal=_terminal(),
    )


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
        PackageLine(name=name, installed=is_installed(name), exercises=count) for name, count in sorted(needed.items())
    )


def _terminal() -> str:
    if not sys.stdout.isatty():
        return "none: use --plain"
    size = shutil.get_terminal_size()
    small = "; at least 80 by 24 is meant" if size.columns < 80 or size.lines < 24 else ""
    return f"{os.environ.get('TERM', 'unknown')}, {size.columns} by {size.lines}{small}"
