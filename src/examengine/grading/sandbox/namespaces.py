"""Namespaces: the warm parent's own view of the machine, and a narrower one for each child.

The warm parent enters a user namespace (unless it is root already) and a root folder made of
read-only binds. Its children start from that view and take away more: /proc, our own package, the
folders of other children, the network; then they give up the rights that made it possible.
"""

import contextlib
import ctypes
import os
import signal
from collections.abc import Iterable

from examengine.grading.sandbox import capabilities, disk, kernel
from examengine.grading.sandbox.trees import Trees

FLAGS = {
    "mount": kernel.CLONE_NEWNS,
    "network": kernel.CLONE_NEWNET,
    "ipc": kernel.CLONE_NEWIPC,
    "uts": kernel.CLONE_NEWUTS,
    "cgroup": kernel.CLONE_NEWCGROUP,
}
"""What a child unshares for itself; user and pid namespaces are made apart from these."""

PAIRS = "/box/pairs"
WORK = "/box/work"
SHARED_MEMORY = "/dev/shm"  # noqa: S108 - the same
_OLD = "/.old"
_DEVICES = ("null", "zero", "full", "random", "urandom")
_UNPRIVILEGED_IDS = (1610612737, 65534)
"""A user id that no account has, and `nobody` where a container maps only a few."""

_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
_AT_RECURSIVE = 0x8000
_AT_FDCWD = -100


def exchange_place(trees: Trees) -> str:
    """Return where a child finds the folder it shares: /tmp, unless a visible tree lies there."""
    usual = "/tmp"  # noqa: S108 - inside a fresh root
    taken = any(path.startswith(usual + "/") for path in (*trees.visible, *dict(trees.links)))
    return "/box/shared" if taken else usual


def _write(path: str, text: str, directory: int | None = None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC, dir_fd=directory)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _map_ids(user: tuple[int, int], group: tuple[int, int], directory: int) -> None:
    """Map one user and one group, each (inside, outside), into the user namespace just made."""
    with contextlib.suppress(OSError):  # not there before Linux 3.19
        _write("setgroups", "deny", directory)
    _write("uid_map", f"{user[0]} {user[1]} 1", directory)
    _write("gid_map", f"{group[0]} {group[1]} 1", directory)


def own_user_namespace() -> bool:
    """Give this process the rights to make the other namespaces; tell whether it has them now.

    Root has them already; anyone else gets them inside a user namespace, where the system allows.
    """
    if capabilities.holds(capabilities.CAP_SYS_ADMIN):
        return True
    user, group = os.geteuid(), os.getegid()
    directory = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        kernel.unshare(kernel.CLONE_NEWUSER)
        _map_ids((user, user), (group, group), directory)
    except OSError:
        return False
    finally:
        os.close(directory)
    return capabilities.holds(capabilities.CAP_SYS_ADMIN)


def own_process_namespace() -> None:
    """Go on as the first process of a process namespace; the process that called stays to wait.

    Only what a process namespace of one's own owns can be entered and left again, and with its
    first process everything below ends.

    Raises:
        OSError: the system refuses.
    """
    kernel.unshare(kernel.CLONE_NEWPID)
    child = os.fork()
    if child == 0:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    os.closerange(0, 4096)
    while True:
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            os._exit(0)


def _make_place(path: str, source: str) -> None:
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    if os.path.isdir(source):
        os.makedirs(path, mode=0o755, exist_ok=True)
    else:
        os.close(os.open(path, os.O_CREAT | os.O_CLOEXEC, 0o644))


def _freeze(path: str) -> None:
    """Make a mount and all below it read-only, without devices and setuid."""
    attributes = _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV
    value = attributes.to_bytes(8, "little") + bytes(24)
    kernel.syscall(
        "mount_setattr",
        _AT_FDCWD,
        ctypes.create_string_buffer(os.fsencode(path)),
        _AT_RECURSIVE,
        ctypes.create_string_buffer(value, len(value)),
        len(value),
    )


def enter_parent_root(trees: Trees) -> None:
    """Move this process into a mount namespace whose root holds these trees, read-only.

    /proc stays, for the warm parent watches its children through it.

    Raises:
        OSError: a step was refused; the process must not go on in this half-made view.
    """
    kernel.unshare(kernel.CLONE_NEWNS)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    staging = "/tmp"  # noqa: S108 - any folder that exists, to mount over in our own view
    kernel.mount("examengine", staging, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755")
    os.mkdir(staging + _OLD, 0o700)
    kernel.pivot_root(staging, staging + _OLD)
    os.chdir("/")
    for path in trees.visible:
        source = _OLD + path
        _make_place(path, source)
        kernel.mount(source, path, None, kernel.MS_BIND | kernel.MS_REC)
        _freeze(path)
    for where, target in trees.links:
        os.makedirs(os.path.dirname(where), mode=0o755, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.symlink(target, where)
    os.makedirs(SHARED_MEMORY, mode=0o755, exist_ok=True)
    for name in _DEVICES:
        _make_place(f"/dev/{name}", _OLD + f"/dev/{name}")
        kernel.mount(f"{_OLD}/dev/{name}", f"/dev/{name}", None, kernel.MS_BIND)
    os.makedirs("/etc", mode=0o755, exist_ok=True)
    owner = os.geteuid() or _UNPRIVILEGED_IDS[0]
    exchange = exchange_place(trees)
    for name, line in (
        ("passwd", f"candidate:x:{owner}:{owner}::{exchange}:/nonexistent\n"),
        ("group", f"candidate:x:{owner}:\n"),
    ):
        with open(f"/etc/{name}", "w", encoding="ascii") as file:
            file.write(line)
    for folder in (PAIRS, WORK, exchange, "/proc"):
        os.makedirs(folder, mode=0o755, exist_ok=True)
    kernel.mount("examengine", PAIRS, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755")
    kernel.mount(_OLD + "/proc", "/proc", None, kernel.MS_BIND | kernel.MS_REC)
    kernel.unmount(_OLD)
    os.rmdir(_OLD)
    flags = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY
    kernel.mount("none", "/", None, flags | kernel.MS_NOSUID | kernel.MS_NODEV)


def _mount_scratch(target: str, *, mebibytes: int, owner: int, mode: str) -> None:
    inodes = disk.entries_allowed(mebibytes << 20)
    kernel.mount(
        "examengine",
        target,
        "tmpfs",
        kernel.MS_NOSUID | kernel.MS_NODEV,
        f"size={mebibytes}m,nr_inodes={inodes},mode={mode},uid={owner}",
    )


def make_exchange(pair: int, owner: int) -> str:
    """Mount the folder that one judge and one candidate share; return its path for the parent."""
    path = f"{PAIRS}/{pair}"
    os.mkdir(path, 0o755)
    _mount_scratch(path, mebibytes=16, owner=owner, mode="700")
    return path


def drop_exchange(path: str) -> None:
    """Unmount and forget a pair's shared folder."""
    with contextlib.suppress(OSError):
        kernel.unmount(path)
    with contextlib.suppress(OSError):
        os.rmdir(path)


def enter_child_root(parent_exchange: str, exchange: str, hidden: Iterable[str]) -> None:
    """Narrow the parent's view to this child's: no /proc, no other pair, nothing of our package.

    The child must be in a mount namespace of its own by now.

    Raises:
        OSError: a step was refused; the child must not go on.
    """
    kernel.mount(parent_exchange, exchange, None, kernel.MS_BIND)
    kernel.unmount(PAIRS)
    kernel.unmount("/proc")
    flags = kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    for folder in hidden:
        kernel.mount("examengine", folder, "tmpfs", flags, "size=4k,mode=755")


def size_scratch(*, mebibytes: int, owner: int, exchange: str | None) -> None:
    """Mount this child's work folder and size what it may write.

    `exchange`: the folder shared with the other child, where this one sets its size.
    """
    _mount_scratch(WORK, mebibytes=mebibytes, owner=owner, mode="700")
    _mount_scratch(SHARED_MEMORY, mebibytes=mebibytes, owner=owner, mode="700")
    if exchange is not None:
        kernel.mount("none", exchange, None, kernel.MS_REMOUNT, f"size={mebibytes}m")


def unprivileged_id(needed: Iterable[str]) -> int | None:
    """Return a user id without rights that root's children can become; None where there is none.

    Tried in a fork: the id must exist here and be able to read all of `needed`.
    """
    if os.geteuid() != 0 or not capabilities.holds(capabilities.CAP_SETUID):
        return None
    for candidate in _UNPRIVILEGED_IDS:
        child = os.fork()
        if child == 0:
            works = False
            try:
                become(candidate)
                works = all(os.access(path, os.R_OK) for path in needed if os.path.isabs(path))
            finally:
                os._exit(0 if works else 1)
        _, status = os.waitpid(child, 0)
        if status == 0:
            return candidate
    return None


def become(user: int) -> None:
    """Turn root into a user without rights and without groups, for good."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def enter_user_namespace(proc_self: int) -> None:
    """Enter a user namespace in which this process is the only user.

    Its processes are counted apart from everyone else's. `proc_self` is a descriptor of this
    process's own folder in /proc.
    """
    user, group = os.geteuid(), os.getegid()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    kernel.unshare(kernel.CLONE_NEWUSER)
    _map_ids((user or 1000, user), (group or 1000, group), proc_self)
