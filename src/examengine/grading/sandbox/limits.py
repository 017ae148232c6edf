"""Resource limits of one child: memory, processor time, files, processes, descriptors."""

import contextlib
import resource
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """Bounds on one child, apart from wall time, which the supervisor watches."""

    memory_mib: int
    """Address space on top of what the warm parent's libraries already take."""
    file_mib: int
    """Size of one file, and of all files together where a file system of its own can be made."""
    processes: int
    """Processes and threads."""
    processor_seconds: int
    descriptors: int = 512


def address_space_bytes() -> int:
    """Return the address space of this process; 0 where /proc does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


def _tasks_here() -> int:
    """Return how many threads the machine runs: never less than the user's own."""
    try:
        with open("/proc/loadavg", encoding="ascii") as file:
            return int(file.read().split()[3].partition("/")[2])
    except (OSError, ValueError, IndexError):
        return 1 << 16


def _lower(kind: int, value: int) -> None:
    """Set soft and hard limit; a hard limit that is lower already stays."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def apply(limits: ChildLimits, *, base_bytes: int, counts_alone: bool) -> None:
    """Lower this process's limits for good.

    `base_bytes`: its address space before any of the submission's code ran. `counts_alone`: its
    user namespace counts no foreign process, so that a limit on processes means what it says.

    Raises:
        OSError: a limit could not be set.
    """
    mebibyte = 1024 * 1024
    if base_bytes:
        # Where the libraries' share is unknown a limit would strike at random.
        _lower(resource.RLIMIT_AS, base_bytes + limits.memory_mib * mebibyte)
    _lower(resource.RLIMIT_FSIZE, limits.file_mib * mebibyte)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, limits.descriptors)
    # Where others of the same user are counted too, this only stops an avalanche; the warm
    # parent's watch holds the number itself.
    others = 0 if counts_alone else _tasks_here() + 4 * limits.processes
    _lower(resource.RLIMIT_NPROC, limits.processes + others)
    soft = limits.processor_seconds
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 1))
    with contextlib.suppress(OSError, ValueError):
        _lower(resource.RLIMIT_MEMLOCK, mebibyte)
    with contextlib.suppress(AttributeError, OSError, ValueError):
        _lower(resource.RLIMIT_MSGQUEUE, 0)
