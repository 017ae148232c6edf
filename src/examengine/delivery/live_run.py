"""A run of the candidate's code that is followed while it goes on, and can be stopped. Safe to use from two threads."""

import threading
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from examengine.core.evidence import Evidence, TestOutcome

Kind = Literal["samples", "scratch"]
WORDS: dict[Kind, str] = {"samples": "the sample tests", "scratch": "the scratch cell"}


class Progress(NamedTuple):
    """What a run has said up to now."""

    outcomes: tuple[TestOutcome, ...]
    text: str


@dataclass(slots=True)
class LiveRun:
    """One run; the thread that runs it tells, the screens' thread looks and stops."""

    kind: Kind
    began: float
    """Monotonic time."""
    cancel: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _outcomes: list[TestOutcome] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)

    def take_output(self, text: str) -> None:
        """Take printed text."""
        with self._lock:
            self._text.append(text)

    def take_outcome(self, outcome: TestOutcome) -> None:
        """Take the outcome of one test."""
        with self._lock:
            self._outcomes.append(outcome)

    def look(self) -> Progress:
        """Return what has been said up to now."""
        with self._lock:
            return Progress(tuple(self._outcomes), "".join(self._text))

    def stop(self) -> None:
        """Have the run end at once, with all its processes."""
        self.cancel.set()

    @property
    def is_stopped(self) -> bool:
        """Return whether the run was told to end."""
        return self.cancel.is_set()

    def is_end_of(self, evidence: Evidence) -> bool:
        """Return whether evidence is that of a stopped run, and not of one that ended just before."""
        return self.is_stopped and evidence.verdict.value == "unavailable"
