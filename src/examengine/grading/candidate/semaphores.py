"""Semaphores for `multiprocessing` where named ones cannot be made.

Named semaphores need links in /dev/shm, which a submission may not make. An event descriptor counts
as well and is inherited by forks, the only way in which processes start here.
"""

import contextlib
import mmap
import os
import select
import threading
import time
from collections.abc import Iterator
from types import TracebackType

_RECURSIVE = 0
_MAX = 2**31 - 1


class Semaphore:
    """Has the face of `_multiprocessing.SemLock`."""

    SEM_VALUE_MAX = _MAX

    def __init__(self, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> None:
        """`kind`: 0 is a lock that its holder may take again, 1 a semaphore."""
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = None if unlink else name
        flags = os.EFD_CLOEXEC | os.EFD_NONBLOCK | os.EFD_SEMAPHORE
        self.handle = os.eventfd(value, flags)
        self._guard = os.eventfd(1, flags)
        self._shown = mmap.mmap(-1, 8)
        self._shown[:] = value.to_bytes(8, "little")
        self._held = 0
        self._holder = 0

    @staticmethod
    def _take(descriptor: int, deadline: float | None) -> bool:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while True:
            with contextlib.suppress(BlockingIOError):
                os.eventfd_read(descriptor)
                return True
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return False
            poll.poll(None if left is None else left * 1000)

    @contextlib.contextmanager
    def _counting(self) -> Iterator[None]:
        self._take(self._guard, None)
        try:
            yield
        finally:
            os.eventfd_write(self._guard, 1)

    def _add(self, change: int) -> None:
        with self._counting():
            self._shown[:] = (self._get_value() + change).to_bytes(8, "little", signed=True)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Take one; wait for it where `block` is true, at most `timeout` seconds."""
        if self.kind == _RECURSIVE and self._is_mine():
            self._held += 1
            return True
        if not block:
            timeout = 0.0
        deadline = None if timeout is None else time.monotonic() + max(0.0, timeout)
        if not self._take(self.handle, deadline):
            return False
        self._add(-1)
        self._held += 1
        self._holder = threading.get_ident()
        return True

    def release(self) -> None:
        """Give one back.

        Raises:
            AssertionError: a lock that this thread does not hold.
            ValueError: more were given back than taken.
        """
        if self.kind == _RECURSIVE:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._held > 1:
                self._held -= 1
                return
        elif self._get_value() >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        self._held -= 1
        self._add(1)
        os.eventfd_write(self.handle, 1)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.release()

    def __del__(self) -> None:
        for descriptor in (getattr(self, "handle", -1), getattr(self, "_guard", -1)):
            if descriptor >= 0:
                with contextlib.suppress(OSError):
                    os.close(descriptor)

    def _count(self) -> int:
        return self._held

    def _is_mine(self) -> bool:
        return self._held > 0 and self._holder == threading.get_ident()

    def _get_value(self) -> int:
        return max(0, int.from_bytes(self._shown[:], "little", signed=True))

    def _is_zero(self) -> bool:
        return self._get_value() == 0

    def _after_fork(self) -> None:
        self._held = 0
