"""Processes that a submission starts: kept off the wire, and given locks that need no shared folder."""

import contextlib
import importlib
import multiprocessing
import multiprocessing.heap
import os
from collections.abc import Iterable
from typing import Any, NoReturn

from examengine.grading.candidate.semaphores import Semaphore
from examengine.grading.candidate.streams import PrintedText
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.frames import WireClosed


class _Parted:
    """Stands for the wire in a process that the submission forked."""

    @staticmethod
    def fileno() -> int:
        return -1

    @staticmethod
    def send(*_: Any) -> NoReturn:
        raise WireClosed("only the submission's own process speaks to the tests")

    @staticmethod
    def receive() -> NoReturn:
        raise WireClosed("only the submission's own process speaks to the tests")


def keep_off_the_wire(endpoint: Endpoint, streams: Iterable[PrintedText]) -> None:
    """Let forks of this process neither speak on the wire nor print what was printed before."""
    printed = tuple(streams)

    def part() -> None:
        endpoint._frames = _Parted()  # type: ignore[assignment]  # noqa: SLF001 - ends this copy
        for stream in printed:
            stream.part()

    os.register_at_fork(after_in_child=part)


def prepare_multiprocessing() -> None:
    """Make `multiprocessing` work without /dev/shm, sockets and links.

    Locks become event descriptors, which forks inherit; new processes are forks.
    """
    if hasattr(os, "eventfd"):
        vars(importlib.import_module("_multiprocessing"))["SemLock"] = Semaphore
    multiprocessing.heap.Arena._dir_candidates = []  # type: ignore[attr-defined]  # noqa: SLF001
    with contextlib.suppress(RuntimeError, ValueError):
        multiprocessing.set_start_method("fork", force=True)
