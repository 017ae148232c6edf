"""What the screens are opened with."""

from dataclasses import dataclass


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


Opening = HomeOpening | SessionOpening | ResultsOpening | HistoryOpening | ExamStartOpening
