"""One process per session: a lock that the operating system lets go when the process dies, however it dies."""

import fcntl
import os
from pathlib import Path
from typing import Self


class SessionLock:
    """An exclusive lock on a file; held until `release` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, folder: Path, session: str) -> Self | None:
        """Return the lock, or None while another process (or another sitting of this one) holds it."""
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / f"{session}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return cls(descriptor)

    def release(self) -> None:
        """Let the lock go; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
