"""What happened in a session, in the order it happened: the only record from which everything else follows."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from examengine.core.clock import Reading
from examengine.core.model import Model
from examengine.itemtypes.spec import FileEdit

Certainty = Literal["guess", "unsure", "sure"]
"""How certain a candidate is of a response; for the report, never for the score."""
NOTE_CHARACTERS = 20_000
"""A note is no longer than this."""

GapCause = Literal["closed", "killed", "asleep", "stopped"]
"""closed: the program was left. killed: it ended without a word. asleep: the machine slept. stopped: the process
stood still."""


class Started(Model):
    """The session exists."""

    kind: Literal["started"] = "started"
    form_digest: str
    time_multiplier: float = 1.0


class RunOpened(Model):
    """A process took the session up; what lay between is a gap."""

    kind: Literal["run_opened"] = "run_opened"
    last_alive: Reading | None = None
    """The last sign of life of a process that ended without closing its run."""
    gap_seconds: float = 0.0
    charged_seconds: float = 0.0
    break_seconds: float = 0.0
    """The part of the gap that was spent on a break that had begun."""
    cause: GapCause | None = None


class RunClosed(Model):
    """The process left the session in order."""

    kind: Literal["run_closed"] = "run_closed"


class Stalled(Model):
    """The machine slept or the process stood still while the run was open."""

    kind: Literal["stalled"] = "stalled"
    cause: GapCause
    gap_seconds: float
    credited_seconds: float
    """Taken off the time that the monotonic clock counted."""
    charged_seconds: float
    """Put on top of what the monotonic clock counted."""
    break_seconds: float = 0.0
    """The part that was spent on a break and that the monotonic clock did not count."""


class SectionOpened(Model):
    """The candidate entered a section; its clock runs."""

    kind: Literal["section_opened"] = "section_opened"
    section: str


class SectionLeft(Model):
    """The candidate left a section that may be entered again."""

    kind: Literal["section_left"] = "section_left"
    section: str


class SectionClosed(Model):
    """A section closed for good."""

    kind: Literal["section_closed"] = "section_closed"
    section: str
    reason: Literal["left", "time_up", "submitted"]


class ItemShown(Model):
    """An item came on the screen; time counts for it until the next one."""

    kind: Literal["item_shown"] = "item_shown"
    number: int


class ResponseGiven(Model):
    """The response to an item is now this; it replaces what was there."""

    kind: Literal["response_given"] = "response_given"
    number: int
    response: dict[str, Any]


class FileEdited(Model):
    """One change of one file of a response."""

    kind: Literal["file_edited"] = "file_edited"
    number: int
    edit: FileEdit


class Flagged(Model):
    """The candidate marked an item to come back to, or took the mark off."""

    kind: Literal["flagged"] = "flagged"
    number: int
    flagged: bool


class OptionsStruck(Model):
    """These options of an item are struck out, and no others."""

    kind: Literal["options_struck"] = "options_struck"
    number: int
    options: tuple[str, ...]


class CertaintyRated(Model):
    """The candidate said how certain a response is, or took the word back."""

    kind: Literal["certainty_rated"] = "certainty_rated"
    number: int
    certainty: Certainty | None


class NoteWritten(Model):
    """The note of an item, or the session's scratchpad, now reads so."""

    kind: Literal["note_written"] = "note_written"
    number: int | None
    text: str = Field(max_length=NOTE_CHARACTERS)


class ScratchKept(Model):
    """The scratch cell beside an exercise now reads so; never part of the response."""

    kind: Literal["scratch_kept"] = "scratch_kept"
    number: int
    text: str = Field(max_length=NOTE_CHARACTERS)


class ItemLocked(Model):
    """An item that locks on leaving was left: its response is final, and it is not shown again."""

    kind: Literal["item_locked"] = "item_locked"
    number: int


class BreakStarted(Model):
    """The candidate went on a break; what was seen of the open section is locked where the rule says so."""

    kind: Literal["break_started"] = "break_started"
    stops_clock: bool
    seconds: float | None
    """The longest it may take with the clock stopped; later time counts again."""
    locked: tuple[int, ...]


class BreakEnded(Model):
    """The candidate came back, or the break's time was over."""

    kind: Literal["break_ended"] = "break_ended"
    reason: Literal["candidate", "time_up"]


class SamplesRun(Model):
    """The candidate ran the sample tests."""

    kind: Literal["samples_run"] = "samples_run"
    number: int
    verdict: str
    passed: int
    total: int


class ItemChecked(Model):
    """Feedback on an item was shown (drills), so its response is final."""

    kind: Literal["item_checked"] = "item_checked"
    number: int


class ItemRetried(Model):
    """The candidate answers an item anew after its feedback (drills); what stood so far is kept as an attempt."""

    kind: Literal["item_retried"] = "item_retried"
    number: int


class TimeAnnounced(Model):
    """A time warning was given."""

    kind: Literal["time_announced"] = "time_announced"
    scope: str
    """A section's id, or `exam`."""
    seconds: int


class Submitted(Model):
    """The session is over."""

    kind: Literal["submitted"] = "submitted"
    reason: Literal["candidate", "time_up"]


Event = Annotated[
    Started
    | RunOpened
    | RunClosed
    | Stalled
    | SectionOpened
    | SectionLeft
    | SectionClosed
    | ItemShown
    | ResponseGiven
    | FileEdited
    | Flagged
    | OptionsStruck
    | CertaintyRated
    | NoteWritten
    | ScratchKept
    | ItemLocked
    | BreakStarted
    | BreakEnded
    | SamplesRun
    | ItemChecked
    | ItemRetried
    | TimeAnnounced
    | Submitted,
    Field(discriminator="kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads and writes any event as JSON."""


class Recorded(Model):
    """An event with when it happened."""

    at: Reading
    event: Event
