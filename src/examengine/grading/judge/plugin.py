# ruff: noqa: ARG002 - pytest calls its hooks with arguments by name
"""The pytest plug-in of the judge: what runs, what is reported, and in which words."""

import re
import time
from collections.abc import Callable, Generator
from typing import Any, Final

import pytest

from examengine.grading.contract import JudgeSpec
from examengine.grading.judge.imports import SubmissionNotImported
from examengine.grading.judge.messages import (
    Comparison,
    LastCall,
    Messages,
    came_from_candidate,
    clean_text,
)
from examengine.grading.judge.trust import Trust, is_remote
from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.frames import WireClosed

_PROTOCOL_SENTENCE: Final = "The submission interfered with the connection to the tests."
_CLOSED_SENTENCE: Final = "The submission's process ended."


class JudgePlugin:
    """Reports each test as it ends; a verdict is made elsewhere, from these reports alone."""

    def __init__(
        self,
        spec: JudgeSpec,
        endpoint: Endpoint,
        trust: Trust,
        call: LastCall,
        messages: Messages,
        report: Callable[[dict[str, object]], None],
        take_output: Callable[[], str],
        before_test: Callable[[], None],
    ) -> None:
        self._spec = spec
        self._endpoint = endpoint
        self._trust = trust
        self._call = call
        self._messages = messages
        self._report = report
        self._take_output = take_output
        self._before_test = before_test
        self._comparison = Comparison()
        self._current: str | None = None
        self._outcome = "passed"
        self._message = ""
        self._phase = "call"
        self._has_called = False
        self._start = 0.0
        self.has_died = False

    # Collection ------------------------------------------------------------------------------

    def pytest_pycollect_makeitem(self, collector: Any, name: str, obj: object) -> Any:
        """Collect nothing of the submission's own: its functions are no tests."""
        return [] if is_remote(obj) else None

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Any:
        """Keep what failed: pytest takes it off the report before the hook below."""
        report = yield
        if report.failed:
            report.cause = report.call.excinfo.value
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectreport(self, report: Any) -> None:
        """Report a test file that cannot be collected, and whose fault that is."""
        if not report.failed:
            return
        if self._endpoint.broken is not None:
            self.report_death()
            return
        error = report.cause
        found = from_submission(error)
        self._report(
            {
                "kind": "collection_failed",
                "file": report.nodeid,
                "cause": "tests" if found is None else "submission",
                "message": self._messages.clean(
                    f"{type(error).__name__}: {error}" if found is None else _import_text(found)
                ),
            }
        )

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Report what was collected; keep what is expected and not yet decided."""
        self._trust.is_collecting = False
        self._report({"kind": "collected", "ids": [item.nodeid for item in items]})
        decided = set(self._spec.decided)
        items[:] = [
            item for item in items if item.nodeid not in decided and is_wanted(item.nodeid, self._spec.expected)
        ]

    # Tests -----------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str, location: Any) -> None:
        """Begin a test."""
        self._current = nodeid
        self._outcome = "passed"
        self._message = ""
        self._phase = "call"
        self._has_called = False
        self._comparison = Comparison()
        self._call.clear()
        self._trust.reset()
        self._before_test()
        self._report({"kind": "started", "id": nodeid})
        self._start = time.perf_counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, config: Any, op: str, left: Any, right: Any) -> None:
        """Keep the two sides of a failed comparison for the message."""
        self._comparison.note(op, left, right)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Generator[None, Any, Any]:
        """Note how a phase ended."""
        report = yield
        self._has_called = self._has_called or call.when == "call"
        if call.excinfo is None:
            if report.outcome == "failed":
                self._note(call.when, "failed", report_text(report))
            elif report.outcome == "skipped" or hasattr(report, "wasxfail"):
                self._note(call.when, "skipped", "")
            return report
        error = call.excinfo.value
        if report.outcome == "skipped" or hasattr(report, "wasxfail"):
            self._note(call.when, "skipped", self._messages.clean(str(error)))
            return report
        message = self._messages.of(error, self._call, self._comparison, self._trust.compared_with_plain)
        if isinstance(error, MemoryError) and came_from_candidate(error):
            self._note(call.when, "memory", message)
        else:
            self._note(call.when, "failed" if call.when == "call" else "error", message)
        return report

    def _note(self, phase: str, outcome: str, message: str) -> None:
        """Keep the worst of what the phases (and subtests) came to."""
        if _RANK[outcome] > _RANK[self._outcome]:
            self._outcome, self._message, self._phase = outcome, message, phase

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self, nodeid: str, location: Any) -> None:
        """End a test: exactly one report, or word of the candidate's end."""
        seconds = time.perf_counter() - self._start
        self.report_output()
        if self._endpoint.broken is not None:
            self.report_death()
            return
        if self._trust.refusals and self._outcome == "passed":
            # Swallowed by the test (an `except`, a `raises`): it must not pass all the same.
            self._note("call", "failed", self._messages.clean(self._trust.refusals[0]))
        if self._outcome == "passed" and not self._has_called:
            self._note("setup", "error", "The test was not run.")
        self._current = None
        self._report(
            {
                "kind": "finished",
                "id": nodeid,
                "outcome": self._outcome,
                "message": self._message,
                "seconds": seconds,
                "phase": self._phase,
            }
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: Any, nextitem: Any) -> Any:
        """Run nothing more once the candidate is gone."""
        if self.has_died:
            item.session.shouldstop = "the candidate is gone"
            return True
        return None

    # What else there is to say ---------------------------------------------------------------

    def report_output(self) -> None:
        """Pass on what the submission printed."""
        text = self._take_output()
        if text:
            self._report({"kind": "output", "text": clean_text(text)})

    def report_death(self) -> None:
        """Say once that the candidate is gone."""
        if self.has_died:
            return
        self.has_died = True
        closed = isinstance(self._endpoint.broken, WireClosed)
        self._report(
            {
                "kind": "candidate_died",
                "id": self._current,
                "reason": "closed" if closed else "protocol",
                "message": _CLOSED_SENTENCE if closed else _PROTOCOL_SENTENCE,
            }
        )


_CANNOT_IMPORT: Final = re.compile(r"cannot import name '(\w+)'")
_RANK: Final = {"passed": 0, "skipped": 1, "failed": 2, "memory": 3, "error": 4}


def is_wanted(nodeid: str, expected: tuple[str, ...] | None) -> bool:
    """Tell whether an id is expected itself or lies below an expected function, class or file."""
    if expected is None:
        return True
    return any(nodeid == wanted or nodeid.startswith((f"{wanted}[", f"{wanted}::")) for wanted in expected)


def report_text(report: Any) -> str:
    """Return the short text of a report that has no exception."""
    text = getattr(report, "longreprtext", "")
    return text.splitlines()[-1] if text else ""


def from_submission(error: BaseException) -> BaseException | None:
    """Return the exception behind a failed collection that the submission caused, if it did."""
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            return None
        if isinstance(seen, SubmissionNotImported) or came_from_candidate(seen):
            return seen
        if isinstance(seen, ImportError) and _names_submission(seen):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _names_submission(error: ImportError) -> bool:
    import sys

    from examengine.grading.judge.imports import RemoteModule

    return isinstance(sys.modules.get(error.name or ""), RemoteModule)


def _import_text(error: BaseException) -> str:
    if isinstance(error, SubmissionNotImported):
        return str(error)
    if isinstance(error, ImportError):
        missing = _CANNOT_IMPORT.match(str(error))
        if missing:
            return f"{missing[1]!r} is not defined in {error.name!r}"
    return f"{type(error).__name__}: {error}"
