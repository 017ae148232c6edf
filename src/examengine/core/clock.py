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
    asleep: float = 0.0
    """Seconds that the machine has slept since it was started."""
    boot: str
    """Which start of the machine this is; readings of two boots share no monotonic scale."""

    def wall_time(self) -> datetime:
        """Return the wall clock as a UTC time."""
        return datetime.fromtimestamp(self.wall, UTC)


def seconds_between(earlier: Reading, later: Reading) -> float:
    """Return the real time between two readings, sleep included, in seconds and never negative.

    Within one boot nobody can change it; across boots only the wall clock tells.
    """
    if earlier.boot == later.boot:
        passed = later.monotonic - earlier.monotonic + later.asleep - earlier.asleep
    else:
        passed = later.wall - earlier.wall
    return max(0.0, passed)


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
