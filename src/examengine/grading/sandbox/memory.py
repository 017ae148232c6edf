"""The memory of a tree of processes, for the warm parent's watch.

One process is bounded by its address space; this bounds the sum over the processes it starts.
"""

import contextlib
import resource
import sys

from examengine.grading.sandbox import seatbelt

_PAGE = resource.getpagesize()


def own_children() -> list[int]:
    """Return the children of this process, by their numbers in /proc."""
    try:
        with open("/proc/thread-self/children", encoding="ascii") as file:
            return [int(one) for one in file.read().split()]
    except (OSError, ValueError):
        return []


def newest_child() -> int:
    """Return the process that this one forked last, by its number in /proc; 0 where unknown.

    /proc may be another process namespace's, in which a fork's result means nothing.
    """
    found = own_children()
    return found[-1] if found else 0


def _children(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(one) for one in file.read().split()]
    except (OSError, ValueError):
        return []


def tree(roots: list[int]) -> set[int]:
    """Return these processes and all that they started, as far as they are still linked."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += _children(pid)
    return found


def count(roots: list[int], enough: int) -> int:
    """Return how many processes are below `roots`, these among them; counts little beyond `enough`."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting and len(found) <= enough:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += _children(pid)
    return len(found)


def _resident_bytes(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            fields = file.read().split()
    except OSError:
        return 0
    return int(fields[1]) * _PAGE


def _private_bytes(pid: int) -> int:
    """Return what a process holds alone, with its share of what it holds with others."""
    with (
        contextlib.suppress(OSError, ValueError, IndexError),
        open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file,
    ):
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _resident_bytes(pid)


def exceeds(roots: list[int], main: int, bound_bytes: int) -> bool:
    """Tell whether the processes below `roots` hold more than `bound_bytes` together.

    A process alone (`main` without children) is left to its own limit.
    """
    if sys.platform == "darwin":
        return seatbelt.resident_bytes(main) > bound_bytes  # no limit of its own works there
    if not any(child != main for root in roots for child in _children(root)):
        return False
    found = tree(roots)
    if sum(map(_resident_bytes, found)) <= bound_bytes:
        return False  # counts shared pages for each: never less than the truth
    return sum(map(_private_bytes, found)) > bound_bytes
