"""What the screens are opened with."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class HomeOpening:
    """The home screen."""


@dataclass(frozen=True, slots=True)
class SessionOpening:
    """A stored session: just started, to be resumed, or over."""

    session_id: str


@dataclass(frozen=True, slots=True)
class ResultsOpening:
    """The results of a session that is over."""

    session_id: str


@dataclass(frozen=True, slots=True)
class HistoryOpening:
    """The list of sessions."""


@dataclass(frozen=True, slots=True)
class ExamStartOpening:
    """The start page of an exam; its clock runs only once the candidate begins."""

    blueprint_id: str
    seed: int | None = None
    time_multiplier: float = 1.0


@dataclass(frozen=True, slots=True)
class PreviewOpening:
    """An item of a bank that is being written."""

    folder: Path
    """Of the bank."""
    item_id: str
    seed: int = 1
    is_watched: bool = False
    """Whether it is read again when a file is saved."""


Opening = HomeOpening | SessionOpening | ResultsOpening | HistoryOpening | ExamStartOpening | PreviewOpening
