"""From what was observed to evidence: pure rules, no process and no clock.

Only an expected test that the judge reports passed in its call phase earns anything. What is
skipped, missing, reported twice or never expected earns nothing.
"""

import re
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from examengine.core.evidence import Measure, TestOutcome, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.grading.attempt import ExitFacts, Observed
from examengine.grading.contract import CHANNEL_LOST_EXIT_CODE
from examengine.grading.exit_codes import FAILED_TO_RUN, OUT_OF_MEMORY
from examengine.grading.sandbox.enclosure import ENDED_BY_US

_MESSAGE_CHARACTERS = 4000
_HIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Controls, and marks that turn or hide text: what a terminal would obey instead of showing."""

_RAISED = re.compile(r"^E {3}([A-Za-z_][\w.]*(?:: .*)?)$", re.MULTILINE)
"""An exception as pytest writes it; what it says of code stands deeper."""

STOPPED = "The run was stopped before its end; nothing was decided."
"""What evidence says that the caller cut short."""

_STATUSES = {
    "passed": TestStatus.PASSED,
    "failed": TestStatus.FAILED,
    "error": TestStatus.ERROR,
    "skipped": TestStatus.SKIPPED,
    "memory": TestStatus.MEMORY,
}
_FATAL = {
    TestStatus.TIMEOUT: Verdict.TIMEOUT,
    TestStatus.MEMORY: Verdict.MEMORY,
    TestStatus.CRASHED: Verdict.CRASHED,
}
"""Ends of the process; the first in the tests' order names the whole, for later ones depend on it."""


def visible_text(text: str, characters: int = _MESSAGE_CHARACTERS) -> str:
    """Return text that is safe to show anywhere: controls replaced, length bounded."""
    # Cut first: the rest of a long text costs time and is thrown away.
    clean = _HIDDEN_CHARACTERS.sub("\ufffd", text[: characters + 1].replace("\r\n", "\n"))
    return clean if len(clean) <= characters else clean[: characters - 2].rstrip() + " …"


def uncollected_text(file: str, text: str) -> str:
    """Return where a file of tests broke and on what: the rest of pytest's text shows the tests and this machine."""
    error = next((one[1] for one in reversed(list(_RAISED.finditer(text)))), text.strip().partition("\n")[0])
    lines = re.findall(rf"\b{re.escape(file)}(?:\", line |:)(\d+)", text) if file else []
    return f"{file}{f', line {lines[-1]}' if lines else ''}: {error}." if file else f"{error}."


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def describe_end(facts: ExitFacts | None, limits: Limits) -> tuple[TestStatus, str]:
    """Say how a candidate process ended while it should have gone on."""
    if facts is None:
        return TestStatus.CRASHED, "The program stopped answering and was ended."
    if facts.killed_for == "memory":
        return (
            TestStatus.MEMORY,
            (f"The program and the processes it started used more than {limits.memory_mib} MiB of memory."),
        )
    if facts.killed_for == "processes":
        return TestStatus.CRASHED, f"The program started more than {limits.processes} processes."
    if facts.killed_for == "files":
        return (
            TestStatus.CRASHED,
            f"The program wrote more than {limits.file_mib} MiB of files, or too many of them.",
        )
    code = facts.exit_code
    if code < 0:
        name = _signal_name(-code)
        if name == "SIGXCPU":
            return TestStatus.TIMEOUT, "The program used up its processor time."
        if name == "SIGSYS":
            return TestStatus.CRASHED, "The program made a system call that is not allowed."
        hints = {
            "SIGSEGV": ", reaching for memory that is not its own",
            "SIGABRT": ", giving up inside a library",
            "SIGKILL": ", ended by itself or by the system, most often for lack of memory",
            "SIGFPE": ", by arithmetic that the processor refuses",
            "SIGBUS": ", reaching for memory that is not there",
        }
        return TestStatus.CRASHED, f"The program crashed ({name}{hints.get(name, '')})."
    if code == OUT_OF_MEMORY:
        return TestStatus.MEMORY, f"The program used all of its {limits.memory_mib} MiB of memory."
    if code == FAILED_TO_RUN:
        return (
            TestStatus.CRASHED,
            "The program broke what Python itself needs, such as a built-in function.",
        )
    if code == CHANNEL_LOST_EXIT_CODE:
        return (
            TestStatus.CRASHED,
            ("The program closed the connection through which the tests call it; close only files that you opened."),
        )
    return (
        TestStatus.CRASHED,
        (
            f"The program ended early (exit code {code}) instead of returning; "
            "remove calls that leave Python, such as os._exit."
        ),
    )


_EXPLANATIONS = (
    (
        re.compile(r"PermissionError: \[Errno (?:1|13)\]"),
        ("Refused: a submission may not use the network, touch other processes or files outside its folder."),
    ),
    (re.compile(r"\[Errno (?:27|28|122)\]"), "The limit on the size of files was reached."),
    (
        re.compile(r"BlockingIOError: \[Errno 11\]|can't start new thread"),
        "The limit on the number of processes and threads was reached.",
    ),
    (
        re.compile(r"\bRecursionError\b"),
        "A function calls itself without end: check what stops it.",
    ),
    (
        re.compile(r"could not be imported: MemoryError"),
        "The source is nested too deeply for Python to compile.",
    ),
    (re.compile(r"\bMemoryError\b"), "The limit on memory was reached."),
)


def explain(message: str) -> str:
    """Add a sentence for a learner where the message alone is hard to understand."""
    for pattern, sentence in _EXPLANATIONS:
        if pattern.search(message) and sentence not in message:
            return f"{message}\n{sentence}"
    return message


def is_expected(test: str, expected: Iterable[str] | None) -> bool:
    """Tell whether a test id counts; a bare function or class id stands for all below it."""
    return expected is None or any(test == one or test.startswith((one + "[", one + "::")) for one in expected)


@dataclass(slots=True)
class Tally:
    """The outcomes gathered over one or more pairs that ran parts of one job."""

    expected: tuple[str, ...] | None
    limits: Limits
    files: tuple[str, ...] = ()
    """The test files: they stand for their tests where those never came to light."""
    order: list[str] = field(default_factory=list)
    outcomes: dict[str, TestOutcome] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    """By part: what was measured, as far as it came."""
    output: str = ""
    unavailable: str = ""
    """Why nothing can be said, where that is so."""
    remark: str = ""
    """What is true of the submission as a whole, such as a syntax error."""
    _reported: set[str] = field(default_factory=set)
    _last_death: tuple[TestStatus, str] | None = None

    @property
    def decided(self) -> tuple[str, ...]:
        """Ids that need no further run."""
        return tuple(self.outcomes)

    def _open(self) -> list[str]:
        return [one for one in self.order if one not in self.outcomes]

    def _decide(self, test: str, status: TestStatus, message: str, seconds: float = 0.0) -> None:
        if test not in self.outcomes and is_expected(test, self.expected):
            shown = visible_text(explain(message)) if status is not TestStatus.PASSED else ""
            self.outcomes[test] = TestOutcome(id=test, outcome=status, message=shown, seconds=max(0.0, seconds))

    def _decide_rest(self, status: TestStatus, message: str) -> None:
        for test in self._open():
            self._decide(test, status, message)

    def absorb(self, observed: Observed) -> bool:
        """Take in one pair's run; tell whether the rest is worth another pair."""
        died: dict[str, Any] | None = None
        self._reported.clear()
        for message in observed.messages:
            kind = message.get("kind")
            if kind == "collected":
                self._take_collected(message)
            elif kind == "collection_failed":
                self._take_collection_failure(message)
            elif kind == "finished":
                self._take_finished(message)
            elif kind == "measured":
                self._take_measured(message)
            elif kind == "output":
                self._take_output(str(message.get("text", "")))
            elif kind == "candidate_died":
                died = message
            elif kind == "broken":
                self.unavailable = self.unavailable or f"The judge broke: {message.get('message', '')}"
        if observed.is_cancelled:
            self.unavailable = STOPPED
            return False
        if observed.trouble:
            self.unavailable = f"Grading did not work: {observed.trouble}."
        if self.unavailable:
            return False
        if observed.expired is not None:
            return self._take_expiry(observed)
        if died is not None:
            return self._take_death(died, observed)
        if not observed.is_done:
            self.unavailable = "The process that runs the tests ended early."
            return False
        self._decide_rest(TestStatus.MISSING, "The test was not run.")
        return False

    def _take_collected(self, message: dict[str, Any]) -> None:
        for one in message.get("ids", ()):
            test = str(one)
            if test not in self.order and is_expected(test, self.expected):
                self.order.append(test)

    def _take_collection_failure(self, message: dict[str, Any]) -> None:
        text = str(message.get("message", ""))
        if message.get("cause") != "submission":
            why = visible_text(uncollected_text(str(message.get("file", "")), text))
            self.unavailable = f"The tests themselves cannot be run: {why}"
            return
        file = str(message.get("file", ""))
        self.remark = self.remark or visible_text(explain(text))
        # Without a line the compiler gave up, which is the source's fault and not a limit.
        ran_out = "MemoryError" in text and "imported: MemoryError" not in text
        status = TestStatus.MEMORY if ran_out else TestStatus.ERROR
        hit = [one for one in self.expected or () if one.partition("::")[0] == file and one not in self.order]
        for test in hit or ([file] if self.expected is None else []):
            self.order.append(test)
            self._decide(test, status, text)

    def _name_the_unseen(self) -> None:
        """List what should have run although it was never collected."""
        if self.expected is None:
            seen = {one.partition("::")[0] for one in self.order}
            self.order += [one for one in self.files if one not in seen]
            return
        for one in self.expected:
            if not any(is_expected(test, (one,)) for test in self.order):
                self.order.append(one)

    def _take_finished(self, message: dict[str, Any]) -> None:
        test = str(message.get("id"))
        if test not in self.order or not is_expected(test, self.expected):
            return
        if test in self._reported:
            # Nothing honest reports twice.
            self.outcomes[test] = TestOutcome(id=test, outcome=TestStatus.ERROR, message="The test was reported twice.")
            return
        self._reported.add(test)
        self._decide(test, *self._read_finished(message))

    def preview(self, message: dict[str, Any]) -> TestOutcome | None:
        """Return what one report says of a test, before the run has ended; None if it counts not."""
        test = str(message.get("id"))
        if not is_expected(test, self.expected):
            return None
        status, text, seconds = self._read_finished(message)
        shown = visible_text(explain(text)) if status is not TestStatus.PASSED else ""
        return TestOutcome(id=test, outcome=status, message=shown, seconds=max(0.0, seconds))

    @staticmethod
    def _read_finished(message: dict[str, Any]) -> tuple[TestStatus, str, float]:
        status = _STATUSES.get(str(message.get("outcome")), TestStatus.ERROR)
        text = str(message.get("message", ""))
        if status is TestStatus.PASSED and message.get("phase") != "call":
            status, text = TestStatus.ERROR, "The test did not run to its end."
        seconds = message.get("seconds", 0.0)
        return status, text, seconds if isinstance(seconds, int | float) else 0.0

    def _take_measured(self, message: dict[str, Any]) -> None:
        try:
            found = Measure.model_validate({name: value for name, value in message.items() if name != "kind"})
        except ValidationError:
            self.unavailable = "The judge reported a measurement that is none."
            return
        # A judge that began again knows less than the one before it.
        known = self.measures.get(found.part)
        if known is None or len(found.values) + len(found.checks) >= len(known.values) + len(known.checks):
            self.measures[found.part] = found

    def _take_output(self, text: str) -> None:
        room = self.limits.output_kib * 1024 - len(self.output)
        if room > 0:
            self.output += visible_text(text, max(room, 2))

    def _take_expiry(self, observed: Observed) -> bool:
        seconds = self.limits.seconds
        if not observed.is_collected and self.order:
            self.expire_rest()  # an earlier pair got further: the time went into starting again
            return False
        if not observed.is_collected:
            self.remark = (
                f"Importing the submission took longer than the {seconds:g} s allowed; "
                "keep code that runs long, or waits for input, under "
                "'if __name__ == \"__main__\":'."
            )
            self._name_the_unseen()
            self._decide_rest(TestStatus.TIMEOUT, self.remark)
            return False
        if observed.expired == "test":
            if observed.running is not None:
                self._decide(
                    observed.running,
                    TestStatus.TIMEOUT,
                    f"The test took longer than the {self.limits.test_seconds:g} s allowed.",
                    self.limits.test_seconds or 0.0,
                )
            return bool(self._open())
        if observed.running is not None:
            self._decide(
                observed.running,
                TestStatus.TIMEOUT,
                f"The time limit of {seconds:g} s for the whole submission ran out in this test.",
            )
        self.expire_rest()
        return False

    def give_up_rest(self, restarts: int) -> None:
        """Mark what is left after a submission has ended its process too often."""
        status, text = self._last_death or (TestStatus.TIMEOUT, "")
        self._decide_rest(
            status, f"The program had to be started again {restarts} times; this test was not tried. {text}".strip()
        )

    def expire_rest(self) -> None:
        """Mark what is left as not reached in time, for the reason that took the time."""
        status, text = self._last_death or (TestStatus.TIMEOUT, "")
        self._decide_rest(
            status,
            f"The time limit of {self.limits.seconds:g} s ran out before this test. {text}".strip(),
        )

    def _take_death(self, died: dict[str, Any], observed: Observed) -> bool:
        facts = observed.exits.get("candidate")
        status, text = describe_end(facts, self.limits)
        still_ran = facts is None or facts.killed_for == ENDED_BY_US
        if died.get("reason") == "protocol" or still_ran:
            status = TestStatus.CRASHED
            text = (
                "The program sent what no submission sends, and was ended."
                if died.get("reason") == "protocol"
                else "The program cut its connection to the tests, or replaced itself by another."
            )
        running = died.get("id")
        if running is None:
            self.remark = f"While the submission was being loaded: {text}"
            self._name_the_unseen()
            self._decide_rest(status, self.remark)
            return False
        self._decide(str(running), status, text)
        self._last_death = (status, text)
        return bool(self._open())

    def tests(self) -> tuple[TestOutcome, ...]:
        """Return one outcome for each test that counts, in the tests' order."""
        order = [one for one in self.order if one in self.outcomes]
        missing = [
            TestOutcome(id=one, outcome=TestStatus.MISSING, message="The test was not found.")
            for one in self.expected or ()
            if not any(is_expected(test, (one,)) for test in order)
        ]
        return (*(self.outcomes[one] for one in order), *missing)

    def verdict(self) -> Verdict:
        """Return how the grading ended as a whole."""
        if self.unavailable:
            return Verdict.UNAVAILABLE
        found = [one.outcome for one in self.tests()]
        for outcome in found:
            if outcome in _FATAL:
                return _FATAL[outcome]
        if set(found) == {TestStatus.PASSED}:
            return Verdict.PASSED
        failing = {TestStatus.FAILED, TestStatus.MISSING, TestStatus.SKIPPED}
        return Verdict.FAILED if failing & set(found) else Verdict.ERROR

    def message(self) -> str:
        """Return the sentence about the whole."""
        if self.unavailable:
            return visible_text(self.unavailable)
        if self.remark:
            return visible_text(self.remark)
        tests = self.tests()
        if not tests:
            return "No test was found."
        passed = sum(one.outcome is TestStatus.PASSED for one in tests)
        if passed == len(tests):
            return f"All {passed} tests passed." if passed > 1 else "The test passed."
        start = f"{passed} of {len(tests)} tests passed."
        fatal = next((one for one in tests if one.outcome in _FATAL), None)
        if fatal is None or not fatal.message:
            return start
        return f"{start} {fatal.message.strip().splitlines()[0]}"
