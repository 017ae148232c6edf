"""The judge process: runs the tests of one submission and reports each to the supervisor."""

import builtins
import contextlib
import logging
import os
import socket
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from examengine.grading.contract import JudgeSpec
from examengine.grading.judge import session
from examengine.grading.judge.ambient import Ambient
from examengine.grading.judge.imports import SubmissionFinder
from examengine.grading.judge.messages import LastCall, Messages, name_of
from examengine.grading.judge.metric_plugin import MeasuringPlugin
from examengine.grading.judge.plugin import JudgePlugin
from examengine.grading.judge.policy import JudgePolicy
from examengine.grading.judge.submitted_text import SubmittedText
from examengine.grading.judge.trust import EQUALITY_METHODS, Trust, is_remote
from examengine.grading.judge.vacuous import refuse_vacuous_approximations
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.operations import ASK, LOG, READ_INPUT, SOURCE, WARN
from examengine.grading.wire.own_builtins import keep_builtins
from examengine.grading.wire.proxies import RemoteMethod

_KEPT_OUTPUT: Final = 256 * 1024
_SEARCH_PROGRESS: Final = "_parent_callback_ctx"
"""By this name a search hands its progress to the estimators it fits; in the candidate nobody could read it."""
_OUR_FOLDER: Final = str(Path(__file__).parents[2])
_prepared: Final[list[session.PreparedSession]] = []
"""What `prepare` made for the judge that this process is to become."""


class JudgeEndpoint(Endpoint):
    """The judge's end of the wire: notes the calls that tests make."""

    def __init__(self, channel: socket.socket, policy: JudgePolicy, frame_bytes: int) -> None:
        super().__init__(channel, policy, parity=0, frame_bytes=frame_bytes)
        self.last_call = LastCall()
        self._rules = policy
        self._nested = 0

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an object of the candidate and note it."""
        self.last_call.begin(name_of(target) or target, args, kwargs)
        try:
            result = super().call(target, args, kwargs)
        except (StopIteration, SystemExit) as error:
            raise self._rules.raised(error) from None
        self.last_call.end(result)
        return result

    def get_attribute(self, target: Any, name: str) -> Any:
        """Return an attribute; methods that claim equality are kept in sight."""
        found = super().get_attribute(target, name)
        if name in EQUALITY_METHODS and is_remote(found):
            return RemoteMethod(target, name)
        return found

    def set_attribute(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute; where a search of scikit-learn keeps its own progress stays on this side."""
        if name != _SEARCH_PROGRESS:
            super().set_attribute(target, name, value)

    def delete_attribute(self, target: Any, name: str) -> None:
        """Delete an attribute that was set across."""
        if name != _SEARCH_PROGRESS:
            super().delete_attribute(target, name)

    def call_method(self, target: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a method of an object of the candidate and note it."""
        self.last_call.begin(name, args, kwargs)
        try:
            result = super().call_method(target, name, args, kwargs)
        except (StopIteration, SystemExit) as error:
            raise self._rules.raised(error) from None
        self.last_call.end(result)
        return result


class Printed:
    """What the submission printed: shown to the test's capture and kept for the candidate."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self.after: Callable[[], None] | None = None
        """Called when text has come, where somebody watches."""

    def show(self, stream: int, text: str) -> None:
        """Print text where the running test captures it."""
        if self._size < _KEPT_OUTPUT:
            self._parts.append(text[: _KEPT_OUTPUT - self._size])
            self._size += len(text)
        target = sys.stdout if stream == 1 else sys.stderr
        with contextlib.suppress(Exception):
            target.write(text)
        if self.after is not None:
            self.after()

    def take(self) -> str:
        """Return what has come since the last time."""
        parts, self._parts = self._parts, []
        return "".join(parts)


def prepare() -> None:
    """Do, before the fork, what is the same for every judge; opens no file, starts no thread."""
    made = session.prepare()
    _prepared[:] = [] if made is None else [made]


def run_judge(
    channel: socket.socket,
    report: Callable[[dict[str, object]], None],
    folder: str,
    spec: JudgeSpec,
) -> None:
    """Run the tests in `folder` against the candidate at the other end of `channel`."""
    start = time.perf_counter()
    try:
        _run(channel, report, folder, spec)
    except WireError:
        report(
            {
                "kind": "candidate_died",
                "id": None,
                "reason": "closed",
                "message": "The submission's process ended.",
            }
        )
    except BaseException as error:  # noqa: BLE001 - whatever breaks here is never the candidate's fault
        report({"kind": "broken", "message": f"{type(error).__name__} in the judge"})
    report({"kind": "done", "seconds": time.perf_counter() - start})


def _run(
    channel: socket.socket,
    report: Callable[[dict[str, object]], None],
    folder: str,
    spec: JudgeSpec,
) -> None:
    keep_builtins()
    os.chdir(folder)
    sys.dont_write_bytecode = True
    trust = Trust()
    printed = Printed()
    policy = JudgePolicy(folder, trust, printed.show)
    endpoint = JudgeEndpoint(channel, policy, spec.frame_bytes)
    ambient = Ambient(endpoint, spec.exchange)
    policy.before_request = ambient.bring_up_to_date
    endpoint.handlers |= {ASK: _ask, READ_INPUT: _read_input, WARN: _warn, LOG: _log}
    finder = SubmissionFinder(endpoint, spec.module, spec.submission_modules, folder)
    sys.meta_path.insert(0, finder)
    texts = SubmittedText(endpoint, finder, folder)
    _teach_inspect(endpoint)
    messages = Messages(
        show_values=spec.show_values,
        private_paths=[folder, os.path.realpath(folder), spec.scratch or "", spec.exchange or "", _OUR_FOLDER],
    )
    plugin = (MeasuringPlugin if spec.metrics else JudgePlugin)(
        spec,
        endpoint,
        trust,
        endpoint.last_call,
        messages,
        report,
        printed.take,
        ambient.notice_libraries,
    )
    if spec.live:
        printed.after = plugin.report_output
    ambient.install(texts)
    texts.install()
    refuse_vacuous_approximations()
    room = spec.exchange or spec.scratch
    code = (_prepared[-1].run if _prepared else session.run_from_scratch)(folder, spec.test_files, room, plugin)
    plugin.report_output()
    if endpoint.broken is not None:
        plugin.report_death()
    elif code not in {0, 1, 2, 5}:
        report({"kind": "broken", "message": f"pytest ended with code {int(code)}"})


def _ask(prompt: Any) -> str:
    """Answer the submission's `input()` with the test's."""
    return builtins.input(prompt)


def _read_input(how: Any, size: Any) -> str:
    """Read from the test's standard input for the submission."""
    if how == "readline":
        return sys.stdin.readline(size)
    return sys.stdin.read(size)


_WARNED: Final[dict[str, dict[Any, Any]]] = {}
"""Per file of the submission what filters that tell each place once have seen, as its module would hold it."""


def _warn(message: Any, category: Any, file: Any, line: Any) -> None:
    """Let the test's filters decide about a warning of the submission."""
    if not isinstance(category, type) or not issubclass(category, Warning):
        category = UserWarning
    told = message if isinstance(message, Warning) else str(message)
    warnings.warn_explicit(told, category, str(file), int(line), registry=_WARNED.setdefault(str(file), {}))


def _log(name: Any, level: Any, text: Any, args: Any, error: Any, place: Any, more: Any) -> None:
    """Pass a log record of the submission to the test's handlers."""
    logger = logging.getLogger(str(name))
    if not logger.isEnabledFor(int(level)):
        return
    function, file, line = place
    raised = (type(error), error, error.__traceback__) if isinstance(error, BaseException) else None
    record = logger.makeRecord(
        str(name), int(level), str(file), int(line), str(text), args, raised, str(function), extra=dict(more)
    )
    logger.handle(record)


def _teach_inspect(endpoint: Endpoint) -> None:
    """Let `inspect.getsource` answer for stand-ins: the submission's text is the candidate's."""
    import inspect

    of_this_side = inspect.getsource

    def getsource(target: Any) -> str:
        if is_remote(target) or hasattr(type(target), "_wire_module"):
            return str(endpoint.request(SOURCE, target))
        return of_this_side(target)

    inspect.getsource = getsource  # type: ignore[assignment]
