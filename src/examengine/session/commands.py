"""What a candidate, or the program for them, may ask of a session."""

from dataclasses import dataclass
from typing import Any, Literal

from examengine.core.clock import Reading
from examengine.itemtypes.spec import FileEdit
from examengine.session.events import Certainty


@dataclass(frozen=True, slots=True)
class Start:
    """Begin the session."""

    form_digest: str
    time_multiplier: float = 1.0


@dataclass(frozen=True, slots=True)
class OpenRun:
    """Take the session up in this process."""

    last_alive: Reading | None
    """The last sign of life of the run before, if it was not closed."""


@dataclass(frozen=True, slots=True)
class CloseRun:
    """Leave the session; it can be resumed."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Look at the clock: time may be up, or a warning due."""


@dataclass(frozen=True, slots=True)
class NoteStall:
    """The signs of life show that the machine slept or the process stood still."""

    cause: Literal["asleep", "stopped"]
    seconds: float


@dataclass(frozen=True, slots=True)
class OpenSection:
    """Enter a section; none: the next one."""

    section: str | None = None


@dataclass(frozen=True, slots=True)
class LeaveSection:
    """Leave the open section, for good where it locks."""


@dataclass(frozen=True, slots=True)
class Show:
    """Put an item on the screen."""

    number: int


@dataclass(frozen=True, slots=True)
class Respond:
    """Give or replace the response to an item."""

    number: int
    response: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EditFile:
    """Change a file of a response."""

    number: int
    edit: FileEdit


@dataclass(frozen=True, slots=True)
class Flag:
    """Mark an item to come back to, or take the mark off."""

    number: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class StrikeOptions:
    """Strike out options that are ruled out; these replace those struck before. No response, and never scored."""

    number: int
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class RateCertainty:
    """Say how certain a response is; none: take the word back."""

    number: int
    certainty: Certainty | None


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Keep a text for oneself beside an item, or on the session's scratchpad (no number)."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class KeepScratch:
    """Keep the text of the scratch cell beside an exercise."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class StartBreak:
    """Go on a break, by the form's rule."""


@dataclass(frozen=True, slots=True)
class EndBreak:
    """Come back from a break."""


@dataclass(frozen=True, slots=True)
class NoteSamples:
    """Sample tests were run."""

    number: int
    verdict: str
    passed: int
    total: int


@dataclass(frozen=True, slots=True)
class Check:
    """Show the feedback of an item (drills)."""

    number: int


@dataclass(frozen=True, slots=True)
class Retry:
    """Answer an item anew after its feedback (drills)."""

    number: int


@dataclass(frozen=True, slots=True)
class Submit:
    """End the session and have it scored."""


Command = (
    Start
    | OpenRun
    | CloseRun
    | Tick
    | NoteStall
    | OpenSection
    | LeaveSection
    | Show
    | Respond
    | EditFile
    | Flag
    | StrikeOptions
    | RateCertainty
    | WriteNote
    | KeepScratch
    | StartBreak
    | EndBreak
    | NoteSamples
    | Check
    | Retry
    | Submit
)
