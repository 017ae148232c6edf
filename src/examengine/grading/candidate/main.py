"""The candidate process: loads the submission and answers the judge until the wire closes."""

import builtins
import fcntl
import logging
import os
import resource
import socket
import sys
import warnings
from typing import Any

from examengine.grading.candidate.children import keep_off_the_wire
from examengine.grading.candidate.descriptors import DirectOutput
from examengine.grading.candidate.policy import CandidatePolicy
from examengine.grading.candidate.service import Service
from examengine.grading.candidate.streams import FedInput, PrintBudget, PrintedText, input_for
from examengine.grading.contract import CHANNEL_LOST_EXIT_CODE, CandidateSpec
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.operations import LOG, WARN
from examengine.grading.wire.own_builtins import keep_builtins

_HIGH_DESCRIPTOR = 1000
_LOG_RECORDS = 2000


def run_candidate(channel: socket.socket, folder: str, spec: CandidateSpec) -> None:
    """Serve the judge with the submission in `folder`; return when the judge is gone."""
    keep_builtins()
    channel = out_of_the_way(channel)
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    sys.argv[:] = [f"{spec.module}.py"]

    def flush() -> None:
        direct.collect()
        output.send()
        errors.send()

    policy = CandidatePolicy(spec.submission_modules, flush)
    endpoint = Endpoint(channel, policy, parity=1, frame_bytes=spec.frame_bytes)
    budget = PrintBudget(spec.output_bytes)
    output = PrintedText(endpoint, 1, budget, live=spec.live)
    errors = PrintedText(endpoint, 2, budget, live=spec.live)
    direct = DirectOutput(folder, (output, errors))
    streams: dict[str, Any] = {"stdout": output, "stderr": errors, "stdin": FedInput(endpoint)}
    for name, stream in streams.items():
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    builtins.input = input_for(endpoint)
    _forward_warnings(endpoint)
    _forward_logs(endpoint)
    keep_off_the_wire(endpoint, (output, errors))
    Service(endpoint, policy, spec.submission_modules, folder)
    try:
        endpoint.serve()
    except WireError:
        if not _is_open(channel):
            os._exit(CHANNEL_LOST_EXIT_CODE)


def out_of_the_way(channel: socket.socket) -> socket.socket:
    """Move the wire to a high descriptor: submissions that close "all" rarely go that far."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = min(_HIGH_DESCRIPTOR, soft - 8) if soft != resource.RLIM_INFINITY else _HIGH_DESCRIPTOR
    if channel.fileno() >= highest or highest < 3:
        return channel
    moved = fcntl.fcntl(channel.fileno(), fcntl.F_DUPFD_CLOEXEC, highest)
    channel.close()
    return socket.socket(fileno=moved)


def _is_open(channel: socket.socket) -> bool:
    try:
        os.fstat(channel.fileno())
    except OSError:
        return False
    return True


def _forward_warnings(endpoint: Endpoint) -> None:
    """Let the tests' own filters decide what becomes of the submission's warnings."""
    warnings.resetwarnings()
    warnings.simplefilter("always")

    def show(message: Any, category: Any, filename: str, lineno: int, *_: Any) -> None:
        endpoint.request(WARN, message, category, filename.rpartition("/")[2], lineno)

    warnings.showwarning = show  # type: ignore[assignment]


class _ForwardedLogs(logging.Handler):
    """Hands log records to the tests' own handlers."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(1)
        self._endpoint = endpoint
        self._left = _LOG_RECORDS

    def emit(self, record: logging.LogRecord) -> None:
        if not self._left:
            return
        self._left -= 1
        given = record.args if isinstance(record.args, tuple) else (record.args,)
        are_plain = all(type(one) in _PLAIN or type(one) is dict for one in given)
        text, args = (str(record.msg), given) if are_plain and record.args else (record.getMessage(), ())
        error = record.exc_info[1] if record.exc_info else None
        more = {name: one for name, one in vars(record).items() if name not in _RECORD and type(one) in _PLAIN}
        place = (record.funcName, record.pathname.rpartition("/")[2], record.lineno)
        self._endpoint.request(LOG, record.name, record.levelno, text, args, error, place, more)


_PLAIN = (str, int, float, bool, bytes, type(None))
_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
"""What every record has; the rest was given as `extra`."""


def _forward_logs(endpoint: Endpoint) -> None:
    """Send every log record across: which of them count, the tests' loggers decide."""
    root = logging.getLogger()
    root.handlers[:] = [_ForwardedLogs(endpoint)]
    root.setLevel(1)
