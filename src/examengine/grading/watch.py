"""Following a grading while it runs: printed text, outcomes as they come, and a way to stop it."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from examengine.core.evidence import TestOutcome
from examengine.grading.verdicts import Tally, visible_text


@dataclass(slots=True)
class Watch:
    """Who looks on. Callbacks run on the thread that grades, in order; what they raise ends it."""

    tally: Tally
    cancel: threading.Event | None = None
    on_output: Callable[[str], None] | None = None
    on_progress: Callable[[TestOutcome], None] | None = None
    _told: set[str] = field(default_factory=set)
    _room: int = 0

    def __post_init__(self) -> None:
        self._room = self.tally.limits.output_kib * 1024

    @property
    def is_live(self) -> bool:
        """Whether printed text is wanted as it comes."""
        return self.on_output is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether the grading is to stop."""
        return self.cancel is not None and self.cancel.is_set()

    def take(self, message: dict[str, object]) -> None:
        """Pass on one report of the judge."""
        kind = message.get("kind")
        if kind == "output" and self.on_output is not None and self._room > 0:
            text = visible_text(str(message.get("text", "")), self._room)
            self._room -= len(text)
            self.on_output(text)
        elif kind == "finished" and self.on_progress is not None:
            outcome = self.tally.preview(message)
            if outcome is not None and outcome.id not in self._told:
                self._told.add(outcome.id)
                self.on_progress(outcome)

    def settle(self, outcomes: Iterable[TestOutcome]) -> None:
        """Pass on outcomes that no report told: of tests that ran out of time, or never ran."""
        for one in outcomes:
            if self.on_progress is not None and one.id not in self._told:
                self._told.add(one.id)
                self.on_progress(one)
