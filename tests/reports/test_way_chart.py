"""The chart of a way: every second on the screen is drawn, and it fits any width."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from examengine.reports.session_report import ChangeReport, StayReport, WayReport
from examengine.reports.way_chart import axis, way_lines, way_rows
from examengine.reports.way_words import ranges, stay_words
from reports.canonical_reports import exam_report, rushed_report

AT = datetime(2026, 11, 21, tzinfo=UTC)


def way_of(*stays: tuple[int | None, float], changes: tuple[ChangeReport, ...] = ()) -> WayReport:
    told, start = [], 0.0
    for number, seconds in stays:
        kind = "item" if number is not None else "between"
        told.append(StayReport(kind=kind, number=number, section="a", at=AT, start_seconds=start, seconds=seconds))
        start += seconds
    return WayReport(stays=tuple(told), changes=changes)


def drawn(way: WayReport, items: int, width: int, height: int = 20) -> list[str]:
    signs = {"": ".", "stay": "#", "better": "+", "worse": "-", "other": "~"}
    return ["".join(signs[cell] for cell in row.cells) for row in way_rows(way, items, width, height)]


def test_a_stay_takes_its_share_of_the_width() -> None:
    assert drawn(way_of((1, 5), (2, 5), (None, 5), (1, 5)), 2, 8) == ["##....##", "..##...."]


def test_the_shortest_stay_is_seen() -> None:
    assert drawn(way_of((1, 150), (2, 0.1), (1, 50)), 2, 10)[1].count("#") == 1


def test_a_change_stands_over_its_stay() -> None:
    change = ChangeReport(number=1, at_seconds=5, before="A", after="B", kind="right_to_wrong")
    assert drawn(way_of((1, 10), changes=(change,)), 1, 10) == ["#####-####"]


def test_many_items_share_rows() -> None:
    rows = way_rows(way_of((1, 1), (54, 1)), 54, 10, 12)
    assert len(rows) <= 12
    assert [rows[0].label, rows[-1].label] == ["1-5", "51-54"]
    assert rows[0].last + 1 == rows[1].first


def test_no_time_gives_no_chart() -> None:
    assert way_rows(way_of((1, 0)), 3, 10, 12) == ()
    assert way_rows(WayReport(), 3, 10, 12) == ()


@given(
    st.lists(st.tuples(st.none() | st.integers(1, 9), st.floats(0.01, 1000)), min_size=1, max_size=30),
    st.integers(10, 200),
    st.integers(1, 20),
)
def test_every_stay_is_drawn_and_nothing_else(stays: list, width: int, height: int) -> None:
    rows = way_rows(way_of(*stays), 9, width, height)
    assert all(len(row.cells) == width for row in rows)
    for row in rows:
        met = any(number is not None and row.first <= number <= row.last for number, _ in stays)
        assert ("stay" in row.cells) == met
    # Where something was on the screen all the time, no column is empty.
    if all(number is not None for number, _ in stays):
        assert all(any(row.cells[place] for row in rows) for place in range(width))


@given(st.floats(1, 1e6), st.integers(40, 200))
def test_the_axis_fits_its_chart(seconds: float, width: int) -> None:
    assert len(axis(seconds, width)) == width


def test_the_chart_of_a_report_fits_80_columns() -> None:
    for report in (exam_report(), rushed_report()):
        assert max(map(len, way_lines(report, 78, 12))) <= 78


def test_the_stays_of_a_report_add_up_to_the_time_used() -> None:
    for report in (exam_report(), rushed_report()):
        assert sum(stay.seconds for stay in report.way.stays) == report.seconds_used
        for item in report.items:
            own = [stay.seconds for stay in report.way.stays if stay.number == item.number]
            assert sum(own) == item.seconds


def test_quick_passing_by_is_told_together() -> None:
    report = exam_report().model_copy(update={"way": way_of((1, 60), (2, 1), (3, 1), (4, 1), (9, 30), (None, 5))})
    assert stay_words(report) == "1 for 1:00, 2 to 4 passed by (3 items, 0:03), 9 for 0:30, 0:05 between items"


def test_numbers_are_told_as_ranges() -> None:
    assert ranges([7, 1, 2, 3, 9, 10]) == "1-3, 7, 9-10"
    assert ranges([]) == ""
