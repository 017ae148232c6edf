"""The life of one judge or candidate between its fork and its end.

It waits for its orders on its own socket, so that the warm parent, whose memory every candidate
inherits, never holds a hidden test. Then it writes its files, enters the sandbox and runs.
"""

import contextlib
import os
import signal
import socket
import sys
import tempfile
import threading
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from examengine.grading import framing
from examengine.grading.candidate.children import prepare_multiprocessing
from examengine.grading.candidate.main import run_candidate
from examengine.grading.contract import CandidateSpec, JudgeSpec
from examengine.grading.exit_codes import FAILED_TO_RUN, FAILED_TO_START, OUT_OF_MEMORY
from examengine.grading.judge.main import run_judge
from examengine.grading.sandbox.enclosure import WIRE_DESCRIPTOR, Enclosure
from examengine.grading.sandbox.limits import ChildLimits

_FEED_DESCRIPTOR = WIRE_DESCRIPTOR + 1


def _arrange_descriptors(feed: socket.socket, wire: socket.socket) -> tuple[Any, Any]:
    """Keep the two sockets on high descriptors, the null device on 0 to 2, and nothing else."""
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for standard in range(3):
        os.dup2(null, standard)
    feed_copy, wire_copy = feed.detach(), wire.detach()
    # Through copies above both targets: either socket may sit where the other is to go.
    spare = [os.dup(feed_copy), os.dup(wire_copy)]
    os.dup2(spare[0], _FEED_DESCRIPTOR, inheritable=False)
    os.dup2(spare[1], WIRE_DESCRIPTOR, inheritable=False)
    os.closerange(3, WIRE_DESCRIPTOR)
    os.closerange(_FEED_DESCRIPTOR + 1, _FEED_DESCRIPTOR + 4096)
    return socket.socket(fileno=_FEED_DESCRIPTOR), socket.socket(fileno=WIRE_DESCRIPTOR)


def _reset_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _reseed() -> None:
    """Give this child its own random numbers: forks of one parent would all draw the same."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _write_files(listing: list[list[Any]], blob: bytes) -> None:
    view = memoryview(blob)
    start = 0
    for name, size in listing:
        path = Path(str(name))
        if path.is_absolute() or ".." in path.parts:
            raise ValueError("a file name leaves the folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(view[start : start + size])
        start += size


def _spec(kind: type[Any], values: dict[str, Any]) -> Any:
    names = {one.name for one in fields(kind)}
    return kind(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in names}
    )


def live(enclosure: Enclosure, feed: socket.socket, wire: socket.socket) -> NoReturn:
    """Run this fork to its end; never returns and never runs exit handlers."""
    code = FAILED_TO_START
    try:
        _reset_signals()
        feed, wire = _arrange_descriptors(feed, wire)
        _live(enclosure, feed, wire)
        code = 0
    except EOFError:
        code = 0  # made ahead of time and never needed
    except BaseException as error:  # noqa: BLE001 - a fork must not return into its parent's code
        code = OUT_OF_MEMORY if type(error) is MemoryError else FAILED_TO_RUN
        with contextlib.suppress(OSError, ValueError):
            framing.send(feed, {"kind": "unable", "message": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(code)


def _live(enclosure: Enclosure, feed: socket.socket, wire: socket.socket) -> None:
    enclosure.enter()
    orders, blob, _ = framing.receive(feed)
    listing = orders["files"]
    layers = enclosure.seal(ChildLimits(**orders["limits"]), partial(_write_files, listing, blob))
    del blob
    _reseed()
    places = enclosure.places
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = places.exchange
    framing.send(feed, {"kind": "sealed", "layers": layers})
    given = {**orders["spec"], "exchange": places.exchange}
    if enclosure.role == "candidate":
        feed.close()
        if enclosure.setup.seccomp:
            prepare_multiprocessing()
        run_candidate(wire, places.work, _spec(CandidateSpec, given))
    else:
        turn = threading.Lock()

        def report(message: dict[str, object]) -> None:
            with turn:  # text of the submission may arrive on several threads
                framing.send(feed, message)

        run_judge(
            wire,
            report,
            places.work,
            _spec(JudgeSpec, given),
        )
