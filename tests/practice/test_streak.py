"""A streak is days in a row in the candidate's own zone, up to today or yesterday."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examengine.practice.streak import local_days, streak

TODAY = date(2026, 11, 21)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("days", "length", "longest", "done"),
    [
        ([], 0, 0, False),
        (ago(0), 1, 1, True),
        (ago(1), 1, 1, False),
        (ago(2), 0, 1, False),
        (ago(0, 1, 2), 3, 3, True),
        (ago(1, 2, 3), 3, 3, False),
        (ago(0, 2, 3, 4), 1, 3, True),
        (ago(0, 0, 1), 2, 2, True),
        (ago(0, 1, -1, -2), 2, 2, True),
    ],
)
def test_days_in_a_row_count_until_a_whole_day_is_missed(days, length, longest, done) -> None:
    found = streak(days, TODAY)
    assert (found.days, found.longest, found.is_today_done) == (length, longest, done)


def test_a_streak_goes_over_the_end_of_a_year_and_a_leap_day() -> None:
    assert streak([date(2026, 12, 31), date(2027, 1, 1)], date(2027, 1, 1)).days == 2
    assert streak([date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)], date(2028, 3, 1)).days == 3


def test_a_moment_belongs_to_different_days_in_different_zones() -> None:
    moment = datetime(2026, 11, 21, 23, 30, tzinfo=UTC).timestamp()
    assert local_days([moment], UTC) == {date(2026, 11, 21)}
    assert local_days([moment], ZoneInfo("Asia/Tokyo")) == {date(2026, 11, 22)}
    assert local_days([moment], ZoneInfo("America/New_York")) == {date(2026, 11, 21)}


def test_the_days_on_which_clocks_change_are_one_day_each() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    noon = datetime(2026, 10, 23, 12, tzinfo=berlin)
    # Clocks go back in the night before 25 October 2026: that day has 25 hours.
    moments = [(noon.astimezone(UTC) + timedelta(hours=24 * n)).timestamp() for n in range(4)]
    days = local_days(moments, berlin)
    assert streak(days, date(2026, 10, 26)).days == 4


@given(st.sets(st.integers(0, 60)))
def test_a_day_more_never_shortens_a_streak_and_no_streak_is_longer_than_its_days(days: set[int]) -> None:
    known = ago(*days)
    before = streak(known, TODAY)
    assert before.days <= before.longest <= len(known)
    after = streak([*known, TODAY], TODAY)
    assert after.days == before.days + (not before.is_today_done)
