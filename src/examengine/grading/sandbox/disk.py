"""The files of one child together, for the warm parent's watch.

Needed where a child's folder is on the machine's own file system; a file system of its own has a
size.
"""

import os
from collections.abc import Iterable

_ENTRIES = 20_000
"""More files than this are too many, whatever their size."""


def exceeds(folders: Iterable[str], bound_bytes: int) -> bool:
    """Tell whether the files below `folders` take more than `bound_bytes` on disk together."""
    total = entries = 0
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
                    if total > bound_bytes or entries > _ENTRIES:
                        return True
        except OSError:
            continue  # the child removes files while we look
    return False
