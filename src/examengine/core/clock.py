"""Readings of time, and the protocols by which the rim hands out time and ids."""

from datetime import UTC, datetime
from typing import Protocol

from examengine.core.model import Model


class Reading(Model):
    """One look at the clocks of the machine."""

    monotonic: float
    """Seconds of a clock that nobody can set; stands still while the machine sleeps; comparable within one boot."""
    wall: float
    """Seconds since 1970 in UTC; may jump when somebody sets the clock."""
    boot: str
    """Which start of the machine this is; readings of two boots share no monotonic scale."""

    def wall_time(self) -> datetime:
        """Return the wall clock as a UTC time."""
        return datetime.fromtimestamp(self.wall, UTC)


class Clock(Protocol):
    """Gives readings of time."""

    def read(self) -> Reading:
        """Return the time now."""
        ...


class IdSource(Protocol):
    """Gives ids that were never given before."""

    def new_id(self) -> str:
        """Return a fresh id."""
        ...
