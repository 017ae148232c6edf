"""One pair's run under the supervisor's clock: orders out, reports and exit facts in.

Nothing here trusts a child: sizes are bounded, the clock is ours, and what the candidate did is
told by the warm parent and the judge alone.
"""

import contextlib
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from examengine.grading import framing
from examengine.grading.contract import CandidateSpec, JudgeSpec
from examengine.grading.sandbox.limits import ChildLimits
from examengine.grading.warm import PairEnds

_SEAL_SECONDS = 60.0
_END_SECONDS = 5.0
_OWN_END_SECONDS = 1.0
_CANCEL_POLL_SECONDS = 0.02
"""How often a run that may be stopped looks whether it was."""
_REPORT_BYTES = 256 * 1024 * 1024

Expiry = Literal["test", "submission"]


@dataclass(frozen=True, slots=True)
class Orders:
    """What both children are told."""

    judge: JudgeSpec
    candidate: CandidateSpec
    judge_files: dict[str, bytes]
    candidate_files: dict[str, bytes]
    judge_limits: ChildLimits
    candidate_limits: ChildLimits


@dataclass(frozen=True, slots=True)
class ExitFacts:
    """How one child ended, as the warm parent saw it."""

    exit_code: int
    """Negative: the number of the signal that ended it."""
    killed_for: str | None
    resident_kib: int
    processor_seconds: float


@dataclass(slots=True)
class Observed:
    """What one pair's run came to."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    """The judge's reports, in order."""
    layers: list[tuple[str, bool, str]] = field(default_factory=list)
    """The candidate's sandbox."""
    exits: dict[str, ExitFacts] = field(default_factory=dict)
    expired: Expiry | None = None
    """Which clock ran out, if one did."""
    running: str | None = None
    """The test that had begun and not ended when the run stopped."""
    collect_seconds: float = 0.0
    """Time until the tests were collected, the submission's import in it."""
    test_seconds: float = 0.0
    """Time in the tests."""
    is_collected: bool = False
    is_done: bool = False
    is_cancelled: bool = False
    """Whether the caller stopped it."""
    trouble: str = ""
    """Trouble on our side; empty where there was none."""


def _send_orders(channel: socket.socket, spec: object, files: dict[str, bytes], limits: ChildLimits) -> None:
    framing.send(
        channel,
        {
            "spec": asdict(spec),  # type: ignore[call-overload]
            "limits": asdict(limits),
            "files": [[name, len(content)] for name, content in files.items()],
        },
        list(files.values()),
    )


class Attempt:
    """Runs one pair to its end."""

    def __init__(
        self,
        ends: PairEnds,
        orders: Orders,
        *,
        seconds: float,
        test_seconds: float | None,
        collect_seconds: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        on_message: Callable[[dict[str, Any]], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """`seconds`: for all tests; `collect_seconds`: apart, until they are collected.

        `on_message` gets the judge's reports as they come; `is_cancelled` is asked again and again.
        """
        self.on_message = on_message
        self.is_cancelled = is_cancelled
        self.collect_seconds = collect_seconds
        self.ends = ends
        self.orders = orders
        self.seconds = seconds
        self.test_seconds = test_seconds
        self.clock = clock
        self.observed = Observed()
        self._sealed: set[str] = set()
        self._received = 0
        self._judge_gone = False
        self._facts = framing.Decoder()

    def run(self) -> Observed:
        """Give the orders, follow the run, end both children, and return what was observed."""
        try:
            self._start()
            if not self.observed.trouble:
                self._follow()
        except (OSError, EOFError) as error:
            self.observed.trouble = f"the connection to the sandbox broke: {error}"
        except framing.FrameError as error:
            self.observed.trouble = f"the judge sent what is no report: {error}"
        finally:
            self._end()
        return self.observed

    def _start(self) -> None:
        orders = self.orders
        # A child that died while it waited shows when the orders are sent: our side's trouble.
        _send_orders(self.ends.candidate, orders.candidate, orders.candidate_files, orders.candidate_limits)
        _send_orders(self.ends.judge, orders.judge, orders.judge_files, orders.judge_limits)
        for role, channel in (("candidate", self.ends.candidate), ("judge", self.ends.judge)):
            channel.settimeout(_SEAL_SECONDS)
            try:
                first = framing.receive(channel, header_bytes=1 << 20, blob_bytes=0).header
            except (EOFError, TimeoutError, framing.FrameError) as error:
                self.observed.trouble = f"the {role}'s sandbox was not ready: {error}"
                return
            if first.get("kind") != "sealed":
                self.observed.trouble = f"the {role}'s sandbox could not be set up: {first.get('message', '')}"
                return
            if role == "candidate":
                self.observed.layers = [
                    (str(name), bool(active), str(detail)) for name, active, detail in first["layers"]
                ]

    def _follow(self) -> None:
        began = self.clock()
        overall = began + (self.seconds if self.collect_seconds is None else self.collect_seconds)
        deadline, expiry = overall, "submission"
        decoders = {"judge": framing.Decoder(), "facts": self._facts}
        observed = self.observed
        with selectors.DefaultSelector() as selector:
            for name, channel in (("judge", self.ends.judge), ("facts", self.ends.facts)):
                channel.setblocking(False)
                selector.register(channel, selectors.EVENT_READ, name)
            while not self._is_over():
                if self.is_cancelled is not None and self.is_cancelled():
                    observed.is_cancelled = True
                    return
                now = self.clock()
                if now >= deadline:
                    self._note_time(began, now)
                    self.observed.expired = "test" if expiry == "test" else "submission"
                    return
                wait = deadline - now
                if self.is_cancelled is not None:
                    wait = min(wait, _CANCEL_POLL_SECONDS)
                for key, _events in selector.select(wait):
                    name = str(key.data)
                    data = self._read(key.fileobj)
                    if data is None:
                        continue
                    if not data:
                        selector.unregister(key.fileobj)
                        if name == "judge":
                            self._judge_gone = True
                        else:
                            self.observed.trouble = "the process that runs submissions has ended"
                        continue
                    for message in decoders[name].feed(data):
                        if name == "facts":
                            self._take_fact(message)
                        elif message.get("kind") == "collected":
                            self._take_report(message)
                            observed.collect_seconds = self.clock() - began
                            if self.collect_seconds is not None:
                                overall = deadline = self.clock() + self.seconds
                        elif self._take_report(message):
                            deadline, expiry = overall, "submission"
                            if self.observed.running is not None and self.test_seconds is not None:
                                limit = self.clock() + self.test_seconds
                                if limit < overall:
                                    deadline, expiry = limit, "test"
            self._note_time(began, self.clock())

    def _note_time(self, began: float, now: float) -> None:
        """Split the time that passed into collecting and testing."""
        passed = now - began
        if not self.observed.is_collected:
            self.observed.collect_seconds = passed
        self.observed.test_seconds = passed - self.observed.collect_seconds

    @staticmethod
    def _read(channel: Any) -> bytes | None:
        try:
            data: bytes = channel.recv(1 << 18)
        except (BlockingIOError, InterruptedError):
            return None
        except ConnectionResetError:
            return b""
        return data

    def _is_over(self) -> bool:
        observed = self.observed
        if observed.trouble or observed.is_done:
            return True
        # A judge that is gone can report no more; its exit facts say why.
        return self._judge_gone and "judge" in observed.exits

    def _take_report(self, message: dict[str, Any]) -> bool:
        """Keep one message; tell whether it began or ended a test."""
        observed = self.observed
        kind = message.get("kind")
        self._received += 256 + len(str(message.get("message", "")))
        if self._received > _REPORT_BYTES:
            raise OSError(27, "the judge reports more than it may")
        observed.messages.append(message)
        if self.on_message is not None:
            self.on_message(message)
        if kind == "started":
            observed.running = str(message.get("id"))
            return True
        if kind == "finished":
            observed.running = None
            return True
        if kind == "collected":
            observed.is_collected = True
        elif kind == "done":
            observed.is_done = True
        elif kind == "unable":
            observed.trouble = f"the judge broke: {message.get('message', '')}"
        return False

    def _take_fact(self, message: dict[str, Any]) -> None:
        if message.get("kind") == "ended":
            self.observed.exits[str(message["role"])] = ExitFacts(
                exit_code=int(message["exit_code"]),
                killed_for=message.get("killed_for"),
                resident_kib=int(message["resident_kib"]),
                processor_seconds=float(message["processor_seconds"]),
            )

    def _end(self) -> None:
        """End both trees and wait until the warm parent says that nothing is left of them."""
        facts = self.ends.facts
        if any(one.get("kind") == "candidate_died" for one in self.observed.messages):
            # Before the kill, so that the candidate's own end is what is told.
            with contextlib.suppress(OSError, framing.FrameError):
                self._read_facts(_OWN_END_SECONDS, until="candidate")
        with contextlib.suppress(OSError, framing.FrameError):
            facts.shutdown(socket.SHUT_WR)
            self._read_facts(_END_SECONDS)
        self.ends.close()

    def _read_facts(self, seconds: float, until: str | None = None) -> None:
        """Read exit facts until one child's came, or the warm parent has no more to tell."""
        self.ends.facts.settimeout(seconds)
        while until not in self.observed.exits:
            data = self.ends.facts.recv(1 << 16)
            if not data:
                return
            for message in self._facts.feed(data):
                self._take_fact(message)
