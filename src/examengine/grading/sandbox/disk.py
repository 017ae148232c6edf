"""The files of one child: their size together for the warm parent's watch, and their removal.

Needed where a child's folder is on the machine's own file system; a file system of its own has a
size and goes with its mount.
"""

import contextlib
import errno
import os
from collections.abc import Iterable


def entries_allowed(bound_bytes: int) -> int:
    """Return how many files and folders go with a limit on their size."""
    return max(4096, (bound_bytes >> 20) * 64)


def exceeds(folders: Iterable[str], bound_bytes: int) -> bool:
    """Tell whether the files below `folders` take more than `bound_bytes` together, or are too many."""
    total = entries = 0
    most = entries_allowed(bound_bytes)
    waiting = list(folders)
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    entries += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
                    if total > bound_bytes or entries > most:
                        return True
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return True  # deeper than can be looked at
            # Else the child removes files while we look.
    return False


def remove(folder: str) -> None:
    """Remove a folder with all that a submission left in it, however deep, as far as is possible.

    Nothing may write there any more. Folders are emptied into the top one by one: a tree can be
    deeper than a path is long or a stack is high.
    """
    top = _open_folder(folder)
    if top is None:
        return
    try:
        waiting, lifted = _clear(top), 0
        while waiting:
            name = waiting.pop()
            with contextlib.suppress(OSError):
                os.chmod(name, 0o700, dir_fd=top)
            inner = _open_folder(name, top)
            if inner is None:
                continue
            try:
                for below in _clear(inner):
                    lifted += 1
                    place = f".lifted-{lifted}"
                    with contextlib.suppress(OSError):
                        os.rename(below, place, src_dir_fd=inner, dst_dir_fd=top)
                        waiting.append(place)
            finally:
                os.close(inner)
            with contextlib.suppress(OSError):
                os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    with contextlib.suppress(OSError):
        os.rmdir(folder)


def _open_folder(name: str, within: int | None = None) -> int | None:
    try:
        return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=within)
    except OSError:
        return None


def _clear(folder: int) -> list[str]:
    """Remove what is no folder from an open one; return the names of the folders."""
    with os.scandir(folder) as found:
        entries = list(found)
    folders = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.name)
        else:
            with contextlib.suppress(OSError):
                os.unlink(entry.name, dir_fd=folder)
    return folders
