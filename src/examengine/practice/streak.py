"""The streak: on how many days in a row somebody practised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row, up to today or yesterday."""

    days: int
    """Nothing once a whole day went by without practice."""
    longest: int
    is_today_done: bool


def local_days(times: Iterable[float], zone: tzinfo | None) -> frozenset[date]:
    """Return the days on which the times lie in a zone; none: the machine's own.

    Args:
        times: seconds since 1970, UTC.
        zone: where the candidate's days begin.
    """
    return frozenset(datetime.fromtimestamp(seconds, UTC).astimezone(zone).date() for seconds in times)


def streak(days: Iterable[date], today: date) -> Streak:
    """Return the streak as of a day; days that lie after it, from a clock that was wrong, do not count."""
    known = {day for day in days if day <= today}
    last = today if today in known else today - _DAY
    return Streak(
        days=_run_up_to(known, last),
        longest=max((_run_up_to(known, day) for day in known if day + _DAY not in known), default=0),
        is_today_done=today in known,
    )


def _run_up_to(days: set[date], last: date) -> int:
    count = 0
    while last in days:
        count += 1
        last -= _DAY
    return count
