"""Seatbelt, the sandbox of macOS: a profile that allows what a child needs and nothing else.

It closes off files, network and new processes, not memory, which the warm parent watches. Written
from Apple's documents and the profiles of other tools; `works` tries it before it is relied on.
"""

import ctypes
import os
import sys
from collections.abc import Iterable

_ALWAYS = """\
(version 1)
(deny default)
(allow signal (target self))
(allow process-info* (target self))
(allow sysctl-read)
(allow file-read-metadata)
(allow file-read* (literal "/") (literal "/dev/urandom") (literal "/dev/random"))
(allow file-read* file-write-data (literal "/dev/null") (literal "/dev/zero"))
"""
_NO_LINKS = """\
(deny file-link)
(deny file-write-create (vnode-type SYMLINK))
(deny file-write-create (vnode-type FIFO))
"""


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def profile(*, readable: Iterable[str], writable: Iterable[str], links: bool) -> str:
    """Return the profile of one child.

    `readable` trees may be read and mapped for execution, `writable` ones changed. `links`: whether
    it may make links, which the other child would follow.
    """
    lines = [_ALWAYS]
    for path in readable:
        place = _quoted(os.path.realpath(path))
        lines.append(f"(allow file-read* file-map-executable (subpath {place}))\n")
    for path in writable:
        place = _quoted(os.path.realpath(path))
        lines.append(f"(allow file-read* file-write* (subpath {place}))\n")
    if not links:
        lines.append(_NO_LINKS)
    return "".join(lines)


def enter(text: str) -> None:
    """Put this process under a profile, for good.

    Raises:
        OSError: the system refused, or is not macOS.
    """
    if sys.platform != "darwin":
        raise OSError(78, "Seatbelt is part of macOS")
    library = ctypes.CDLL("/usr/lib/libSystem.B.dylib")
    reason = ctypes.c_char_p()
    if library.sandbox_init(text.encode(), ctypes.c_uint64(0), ctypes.byref(reason)) != 0:
        told = (reason.value or b"").decode("utf-8", "replace")
        raise OSError(1, f"sandbox_init: {told}")


def resident_bytes(pid: int) -> int:
    """Return the memory that a process holds, as macOS counts it for its own limits; 0 if gone."""
    if sys.platform != "darwin":
        return 0
    library = ctypes.CDLL("/usr/lib/libSystem.B.dylib")
    # struct rusage_info_v0: an identifier of 16 bytes, then counters of 8 bytes each; the eighth
    # is the physical footprint.
    buffer = ctypes.create_string_buffer(256)
    if library.proc_pid_rusage(ctypes.c_int(pid), ctypes.c_int(0), buffer) != 0:
        return 0
    return int.from_bytes(buffer.raw[72:80], "little")
