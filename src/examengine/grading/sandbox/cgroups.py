"""Control groups (version 2): the kernel's own count of all memory and processes of one candidate.

Used where a folder of the tree is ours to use: delegated by systemd to this user, or the top of a
container's own tree. Elsewhere limits of single processes and the warm parent's watch do the work.
"""

import contextlib
import os
import time
from dataclasses import dataclass

NAME = "control-group"
_WANTED = ("memory", "pids")
PREFIX = "examengine-"
_REMOVE_SECONDS = 2.0
_OLD_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of the tree below which groups of our own can be made."""

    descriptor: int
    """Open: it stays usable when the tree is out of view."""
    controllers: tuple[str, ...]


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def _mount_point(mountinfo: str) -> tuple[str, str] | None:
    """Return where the tree is mounted and which folder of it is, or None."""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        if after.startswith("cgroup2 "):
            fields = before.split()
            return fields[4], fields[3]
    return None


def _is_delegated(folder: str, top: str) -> bool:
    """Tell whether a folder is given to us: root may write everywhere, which is no permission."""
    if os.geteuid() != 0 or folder == top:
        return True
    path = folder
    while path.startswith(top):
        for name in ("user.delegate", "trusted.delegate"):
            with contextlib.suppress(OSError):
                if os.getxattr(path, name) == b"1":
                    return True
        path = os.path.dirname(path)
    return False


def _is_ours(folder: str) -> bool:
    return all(
        os.access(path, os.W_OK) for path in (folder, f"{folder}/cgroup.procs", f"{folder}/cgroup.subtree_control")
    )


def _enabled(folder: str) -> tuple[str, ...]:
    """Return the wanted controllers that groups below a folder have, enabled now where possible."""
    path = f"{folder}/cgroup.subtree_control"
    offered = _text(f"{folder}/cgroup.controllers").split()
    for name in _WANTED:
        if name in offered and name not in _text(path).split():
            with contextlib.suppress(OSError), open(path, "w", encoding="ascii") as file:
                file.write(f"+{name}")  # refused while processes sit in the folder itself
    return tuple(name for name in _WANTED if name in _text(path).split())


def find(mountinfo: str | None = None, own: str | None = None) -> tuple[Place | None, str]:
    """Return a place for groups, or None and the reason; never moves a process that is not ours.

    `mountinfo`, `own`: what /proc says of mounts and of this process's group.
    """
    mounted = _mount_point(_text("/proc/self/mountinfo") if mountinfo is None else mountinfo)
    lines = (_text("/proc/self/cgroup") if own is None else own).splitlines()
    name = next((line[3:] for line in lines if line.startswith("0::")), None)
    if mounted is None or name is None:
        return None, "no control groups of version 2 here"
    top, root = mounted
    inside = os.path.relpath(name, root)
    if inside.startswith(".."):
        return None, "this process's control group is out of view"
    folder = os.path.normpath(os.path.join(top, inside))
    seen = False
    while folder == top or folder.startswith(top.rstrip("/") + "/"):
        if _is_ours(folder) and _is_delegated(folder, top):
            seen = True
            controllers = _enabled(folder)
            if controllers:
                return Place(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC), controllers), ""
        if folder == top:
            break
        folder = os.path.dirname(folder)
    return None, "without control over memory and processes" if seen else "not delegated to this user"


def sweep(place: Place) -> None:
    """Remove groups that a killed warm parent left behind: empty and old."""
    for name in os.listdir(place.descriptor):
        if name.startswith(PREFIX):
            with contextlib.suppress(OSError):
                if time.time() - os.stat(name, dir_fd=place.descriptor).st_mtime > _OLD_SECONDS:
                    os.rmdir(name, dir_fd=place.descriptor)


class Group:
    """One candidate's group."""

    def __init__(self, place: Place, name: str) -> None:
        """Make it.

        Raises:
            OSError: the system refused.
        """
        self._place = place
        self._name = name
        os.mkdir(name, dir_fd=place.descriptor)
        self._folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=place.descriptor)

    def _write(self, name: str, text: str) -> None:
        descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=self._folder)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)

    def _read(self, name: str) -> str:
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._folder)
        except OSError:
            return ""
        try:
            return os.read(descriptor, 1 << 16).decode("ascii", "replace")
        finally:
            os.close(descriptor)

    def take_in(self, pid: int) -> None:
        """Move a process here; what it starts from now on is born here."""
        self._write("cgroup.procs", str(pid))

    def bound(self, *, memory_bytes: int, processes: int) -> None:
        """Set the limits of all its processes together.

        Raises:
            OSError: a limit could not be set.
        """
        if "memory" in self._place.controllers:
            self._write("memory.max", str(memory_bytes))
            for name, value in (("memory.swap.max", "0"), ("memory.oom.group", "1")):
                with contextlib.suppress(OSError):  # not on every kernel
                    self._write(name, value)
        if "pids" in self._place.controllers:
            self._write("pids.max", str(processes))

    def ran_out_of_memory(self) -> bool:
        """Tell whether the kernel ended a process here for lack of memory."""
        words = self._read("memory.events").split()
        counts = dict(zip(words[::2], words[1::2], strict=False))
        return counts.get("oom_kill", "0") != "0"

    def kill(self) -> None:
        """End every process of the group at once."""
        with contextlib.suppress(OSError):  # before Linux 5.14
            self._write("cgroup.kill", "1")

    def remove(self) -> None:
        """Forget the group; its processes must have been ended."""
        with contextlib.suppress(OSError):
            os.close(self._folder)
        give_up = time.monotonic() + _REMOVE_SECONDS
        while time.monotonic() < give_up:
            try:
                os.rmdir(self._name, dir_fd=self._place.descriptor)
            except FileNotFoundError:
                return
            except OSError:
                time.sleep(0.005)  # the last process is still leaving
            else:
                return
