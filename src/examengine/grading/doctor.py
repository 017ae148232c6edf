"""What this machine offers for isolating submissions, layer by layer, and what would add the rest."""

import platform
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from examengine.core.evidence import IsolationLevel, Layer, Verdict
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob
from examengine.grading.sandbox import bubblewrap, cgroups

_NAMESPACES = frozenset({"user", "mount", "pid", "network", "ipc", "uts", "cgroup", "root"})
_PURPOSES = {
    "user": "rights inside the box are none outside; its processes are counted apart",
    "pid": "sees and signals no other process; everything it started ends with it",
    "mount": "sees only the interpreter, libraries and its own folder",
    "root": "sees only the interpreter, libraries and its own folder",
    "network": "no network, not even the machine's own",
    "ipc": "no shared memory with other programs",
    "uts": "cannot rename the machine",
    "cgroup": "does not see how the machine's resources are shared out",
    "bubblewrap": "a view of the machine without its files, network and processes",
    "landlock": "opens only the files it was given, whatever else goes wrong",
    "seccomp": "makes only the system calls that exercises need",
    "seatbelt": "reads and writes only what its profile names; no network",
    "privileges": "no capabilities, and none to gain by running another program",
    "account": "another account than the caller's",
    "control-group": "the kernel counts memory and processes of the whole submission together",
    "limits": "memory, processor time, file size, processes, descriptors",
    "session": "no terminal, no input, a process group of its own",
    "environment": "no variable of the caller's, such as passwords and keys",
}

_SELF_TEST = GradingJob(
    submission={"solution.py": b"def double(number):\n    return 2 * number\n"},
    tests={"test_self.py": b"from solution import double\n\n\ndef test_double():\n    assert double(21) == 42\n"},
    limits=Limits(seconds=30),
)


@dataclass(frozen=True, slots=True)
class LayerReport:
    """One layer: what it is for, whether it is active, and what would make it so."""

    layer: Layer
    purpose: str
    remedy: str = ""
    """A command or a setting; empty where the layer is active or nothing is known to help."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What grading has to work with on this machine."""

    system: str
    level: IsolationLevel | None
    """None: submissions cannot be run at all."""
    layers: tuple[LayerReport, ...]
    works: bool
    """Whether a small exercise was graded correctly just now."""
    message: str
    warm_seconds: float = 0.0
    """Time until the first grading, with the warm parent's start."""
    grading_seconds: float = 0.0
    """Time of a grading once warm."""
    resident_mib: float = 0.0
    """Memory of a warm parent without any package."""


def _setting(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _in_container() -> bool:
    return (
        Path("/.dockerenv").exists()
        or Path("/run/.containerenv").exists()
        or "container" in _setting("/proc/1/environ")
    )


def namespace_remedy() -> str:
    """Return what lets an ordinary user make namespaces here; empty where nothing forbids it."""
    if _setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    if _setting("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "sudo sysctl -w kernel.unprivileged_userns_clone=1"
    if _setting("/proc/sys/user/max_user_namespaces") == "0":
        return "sudo sysctl -w user.max_user_namespaces=15000"
    if _in_container():
        return "start the container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
    return ""


def _remedy(name: str) -> str:
    if sys.platform != "linux":
        return ""
    if name in _NAMESPACES:
        return namespace_remedy()
    if name == cgroups.NAME:
        return "systemd-run --user --scope examengine"
    if name == bubblewrap.NAME:
        return "sudo apt install bubblewrap (or your system's package of that name)" if not bubblewrap.find() else ""
    if name == "landlock":
        modules = _setting("/sys/kernel/security/lsm")
        if modules and "landlock" not in modules:
            return f"boot with the kernel option lsm=landlock,{modules}"
        return "a Linux kernel of version 5.13 or later with Landlock"
    if name == "seccomp":
        return "a kernel with CONFIG_SECCOMP_FILTER, on x86-64 or 64-bit Arm"
    return ""


def examine(without: Iterable[str] = ()) -> Diagnosis:
    """Start the sandbox, grade a small exercise in it twice, and tell how it is made.

    `without`: layers to leave out, to see what remains.
    """
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    began = time.perf_counter()
    with GradingService(without=without) as service:
        first = service.grade(_SELF_TEST)
        warm_seconds = time.perf_counter() - began
        again = service.grade(_SELF_TEST)
        resident_kib = service.resident_kib()
    found = first.isolation
    reports = tuple(
        LayerReport(
            layer=one,
            purpose=_PURPOSES.get(one.name, ""),
            remedy="" if one.active else _remedy(one.name),
        )
        for one in (found.layers if found else ())
    )
    works = first.verdict is Verdict.PASSED and again.verdict is Verdict.PASSED
    return Diagnosis(
        system=system,
        level=found.level if found else None,
        layers=reports,
        works=works,
        message="A small exercise was graded correctly." if works else first.message,
        warm_seconds=warm_seconds,
        grading_seconds=again.seconds,
        resident_mib=resident_kib / 1024,
    )
