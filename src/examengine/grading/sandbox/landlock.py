"""Landlock: an allow-list of file trees for this process, and no TCP, by the kernel alone.

It needs no privilege and no namespace. What no rule grants is refused at any later open, to root
too. Signals and abstract sockets to processes outside are cut where the kernel can (ABI 6).
"""

import ctypes
import os
import stat
from collections.abc import Iterable

from examengine.grading.sandbox import kernel

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIRECTORY = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_FIRST_ABI = (1 << 13) - 1
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_RULE_PATH_BENEATH = 1
_MAKE_CHARACTER, _MAKE_SOCKET, _MAKE_FIFO, _MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
_SPECIAL = _MAKE_CHARACTER | _MAKE_SOCKET | _MAKE_FIFO | _MAKE_BLOCK

SCOPED_ABI = 6
"""From here on signals and abstract sockets stay among the confined processes."""

READ = _READ_FILE | _READ_DIRECTORY
RUN = READ | _EXECUTE


def abi() -> int:
    """Return the kernel's Landlock version; 0 where there is none (or it is switched off)."""
    try:
        return kernel.syscall("landlock_create_ruleset", None, 0, 1)
    except OSError:
        return 0


def _handled(version: int) -> int:
    rights = _FIRST_ABI
    if version >= 2:
        rights |= _REFER
    if version >= 3:
        rights |= _TRUNCATE
    if version >= 5:
        rights |= _IOCTL_DEVICE
    return rights


def _ruleset(version: int) -> int:
    files = _handled(version).to_bytes(8, "little")
    network = (3 if version >= 4 else 0).to_bytes(8, "little")
    scoped = (3 if version >= SCOPED_ABI else 0).to_bytes(8, "little")
    attributes = files + (network if version >= 4 else b"") + (scoped if version >= SCOPED_ABI else b"")
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    return kernel.syscall("landlock_create_ruleset", buffer, len(attributes), 0)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no rule
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= _FILE_RIGHTS
        rule = rights.to_bytes(8, "little") + parent.to_bytes(4, "little", signed=True)
        buffer = ctypes.create_string_buffer(rule, len(rule))
        kernel.syscall("landlock_add_rule", ruleset, _RULE_PATH_BENEATH, buffer, 0)
    finally:
        os.close(parent)


def restrict(*, readable: Iterable[str], runnable: Iterable[str], writable: Iterable[str]) -> int:
    """Confine this thread and its future children to these trees; return the ABI used.

    `readable` may be read, `runnable` also executed, `writable` changed in any way but for making
    devices, sockets and FIFOs. no_new_privs must be set. Paths that do not exist are left out.

    Raises:
        OSError: Landlock is not there or the kernel refused.
    """
    version = abi()
    if version < 1:
        raise OSError(95, "Landlock is not available")
    handled = _handled(version)
    ruleset = _ruleset(version)
    try:
        for path in readable:
            _allow(ruleset, path, READ & handled)
        for path in runnable:
            _allow(ruleset, path, RUN & handled)
        for path in writable:
            _allow(ruleset, path, handled & ~_SPECIAL & ~_EXECUTE & ~_IOCTL_DEVICE)
        kernel.syscall("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)
    return version
