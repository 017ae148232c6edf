import pandas as pd
import pytest
from solution import clean_readings, daily_by_site

REPORT_COLUMNS = ["site", "day", "devices", "mean_c", "max_c"]


def a_log(*rows):
    """Readings from (device, read_at, value, unit)."""
    frame = pd.DataFrame(list(rows), columns=["device", "read_at", "value", "unit"])
    return frame.astype({"value": "float64"})


def some_moves(*rows):
    """Moves from (device, site, valid_from)."""
    return pd.DataFrame(list(rows), columns=["device", "site", "valid_from"])


def cleaned(tidy):
    """The rows of cleaned readings as plain tuples."""
    assert list(tidy.columns) == ["device", "read_at", "celsius"]
    times = pd.to_datetime(tidy["read_at"]).dt.strftime("%Y-%m-%dT%H:%M:%S").tolist()
    values = [pytest.approx(value, abs=1e-9) for value in tidy["celsius"].tolist()]
    return list(zip(tidy["device"].tolist(), times, values, strict=True))


def lines(report):
    """The rows of a report as plain tuples."""
    assert list(report.columns) == REPORT_COLUMNS
    return [
        (str(site), str(day), int(devices), pytest.approx(mean), pytest.approx(high))
        for site, day, devices, mean, high in zip(
            *(report[name].tolist() for name in REPORT_COLUMNS), strict=True
        )
    ]


AT_THE_BARN = some_moves(
    ("t1", "barn", "2025-01-01T00:00:00Z"),
    ("t2", "barn", "2025-01-01T00:00:00Z"),
    ("t3", "barn", "2025-01-01T00:00:00Z"),
)


def test_rows_without_a_measurement_are_dropped():
    tidy = clean_readings(
        a_log(
            ("t1", "2025-03-01T10:00:00Z", -999.0, "F"),
            ("t1", "2025-03-01T11:00:00Z", None, "C"),
            ("t1", "2025-03-01T12:00:00Z", -9.5, "C"),
            ("t1", "2025-03-01T13:00:00Z", -999.0, "C"),
            ("t1", "2025-03-01T14:00:00Z", 0.0, "C"),
        )
    )
    assert cleaned(tidy) == [
        ("t1", "2025-03-01T12:00:00", -9.5),
        ("t1", "2025-03-01T14:00:00", 0.0),
    ]
    assert tidy.index.tolist() == [0, 1]


def test_fahrenheit_becomes_celsius():
    tidy = clean_readings(
        a_log(
            ("t1", "2025-03-01T10:00:00Z", 212.0, "F"),
            ("t1", "2025-03-01T11:00:00Z", 32.0, "F"),
            ("t1", "2025-03-01T12:00:00Z", -40.0, "F"),
            ("t1", "2025-03-01T13:00:00Z", 25.0, "C"),
            ("t1", "2025-03-01T14:00:00Z", 50.0, "F"),
        )
    )
    assert str(tidy["celsius"].dtype) == "float64"
    assert tidy["celsius"].tolist() == pytest.approx([100.0, 0.0, -40.0, 25.0, 10.0])


def test_times_are_in_utc_without_a_zone():
    tidy = clean_readings(
        a_log(
            ("t1", "2025-03-01T23:30:00-02:00", 1.0, "C"),
            ("t1", "2025-03-01T00:15:00+05:30", 2.0, "C"),
            ("t1", "2025-03-01T12:00:00Z", 3.0, "C"),
        )
    )
    assert cleaned(tidy) == [
        ("t1", "2025-02-28T18:45:00", 2.0),
        ("t1", "2025-03-01T12:00:00", 3.0),
        ("t1", "2025-03-02T01:30:00", 1.0),
    ]
    assert str(tidy["read_at"].dtype) in {f"datetime64[{unit}]" for unit in ("s", "ms", "us", "ns")}


def test_the_first_row_of_an_instant_is_kept():
    tidy = clean_readings(
        a_log(
            ("t2", "2025-03-01T10:00:00Z", 9.0, "C"),
            ("t1", "2025-03-01T10:00:00Z", -999.0, "C"),
            ("t1", "2025-03-01T12:00:00+02:00", 5.0, "C"),
            ("t1", "2025-03-01T10:00:00Z", 6.0, "C"),
            ("t1", "2025-03-01T11:00:00+01:00", 4.0, "C"),
            ("t1", "2025-03-01T09:00:00Z", 7.0, "C"),
        )
    )
    assert cleaned(tidy) == [
        ("t1", "2025-03-01T09:00:00", 7.0),
        ("t1", "2025-03-01T10:00:00", 5.0),
        ("t2", "2025-03-01T10:00:00", 9.0),
    ]


def test_a_reading_belongs_to_the_site_of_its_time():
    readings = a_log(
        ("t1", "2025-03-01T10:00:00Z", 10.0, "C"),
        ("t1", "2025-03-05T10:00:00Z", 20.0, "C"),
        ("t1", "2025-03-09T10:00:00Z", 30.0, "C"),
    )
    moves = some_moves(
        ("t1", "mill", "2025-03-03T00:00:00Z"),
        ("t1", "barn", "2025-03-08T00:00:00Z"),
        ("t1", "barn", "2025-02-01T00:00:00Z"),
    )
    assert lines(daily_by_site(readings, moves)) == [
        ("barn", "2025-03-01", 1, 10.0, 10.0),
        ("barn", "2025-03-09", 1, 30.0, 30.0),
        ("mill", "2025-03-05", 1, 20.0, 20.0),
    ]


def test_the_instant_of_a_move_belongs_to_the_new_site():
    readings = a_log(
        ("t1", "2025-03-03T11:59:59Z", 1.0, "C"),
        ("t1", "2025-03-03T12:00:00Z", 2.0, "C"),
        ("t1", "2025-03-03T12:00:01Z", 4.0, "C"),
    )
    moves = some_moves(
        ("t1", "barn", "2025-03-01T00:00:00Z"),
        ("t1", "mill", "2025-03-03T13:00:00+01:00"),
    )
    assert lines(daily_by_site(readings, moves)) == [
        ("barn", "2025-03-03", 1, 1.0, 1.0),
        ("mill", "2025-03-03", 1, 3.0, 4.0),
    ]


def test_readings_before_the_first_move_are_left_out():
    readings = a_log(
        ("t1", "2025-02-28T10:00:00Z", 90.0, "C"),
        ("t1", "2025-03-02T10:00:00Z", 10.0, "C"),
        ("t9", "2025-03-02T10:00:00Z", 80.0, "C"),
        ("t2", "2025-03-02T11:00:00Z", 70.0, "C"),
    )
    moves = some_moves(
        ("t1", "barn", "2025-03-01T00:00:00Z"),
        ("t2", "barn", "2025-03-02T12:00:00Z"),
    )
    assert lines(daily_by_site(readings, moves)) == [("barn", "2025-03-02", 1, 10.0, 10.0)]


def test_moves_of_other_devices_do_not_matter():
    readings = a_log(
        ("t1", "2025-03-05T10:00:00Z", 10.0, "C"),
        ("t2", "2025-03-05T11:00:00Z", 20.0, "C"),
    )
    moves = some_moves(
        ("t2", "mill", "2025-03-04T00:00:00Z"),
        ("t1", "barn", "2025-03-01T00:00:00Z"),
        ("t2", "barn", "2025-03-06T00:00:00Z"),
    )
    assert lines(daily_by_site(readings, moves)) == [
        ("barn", "2025-03-05", 1, 10.0, 10.0),
        ("mill", "2025-03-05", 1, 20.0, 20.0),
    ]


def test_each_device_has_the_same_weight():
    readings = a_log(
        ("t1", "2025-03-05T01:00:00Z", 10.0, "C"),
        ("t1", "2025-03-05T02:00:00Z", 12.0, "C"),
        ("t1", "2025-03-05T03:00:00Z", 14.0, "C"),
        ("t2", "2025-03-05T01:00:00Z", 68.0, "F"),
        ("t3", "2025-03-05T01:00:00Z", 1.0, "C"),
        ("t3", "2025-03-05T02:00:00Z", 3.0, "C"),
        ("t3", "2025-03-06T02:00:00Z", 5.0, "C"),
    )
    report = daily_by_site(readings, AT_THE_BARN)
    assert lines(report) == [
        ("barn", "2025-03-05", 3, 34.0 / 3.0, 20.0),
        ("barn", "2025-03-06", 1, 5.0, 5.0),
    ]
    assert str(report["devices"].dtype) == "int64"


def test_days_are_utc_days_and_arguments_are_unchanged():
    readings = a_log(
        ("t2", "2025-03-06T01:00:00+03:00", 8.0, "C"),
        ("t1", "2025-03-05T23:30:00-01:00", 50.0, "F"),
        ("t1", "2025-03-05T12:00:00Z", 2.0, "C"),
        ("t1", "2025-03-05T13:00:00+01:00", 4.0, "C"),
        ("t1", "2025-03-04T12:00:00Z", -999.0, "C"),
    )
    moves = AT_THE_BARN.copy()
    readings_before = readings.copy(deep=True)
    moves_before = moves.copy(deep=True)
    report = daily_by_site(readings, moves)
    assert lines(report) == [
        ("barn", "2025-03-05", 2, 5.0, 8.0),
        ("barn", "2025-03-06", 1, 10.0, 10.0),
    ]
    assert report.index.tolist() == [0, 1]
    pd.testing.assert_frame_equal(readings, readings_before)
    pd.testing.assert_frame_equal(moves, moves_before)


def test_nothing_left_gives_no_rows():
    readings = a_log(
        ("t1", "2025-03-05T12:00:00Z", -999.0, "C"),
        ("t8", "2025-03-05T12:00:00Z", 4.0, "C"),
    )
    report = daily_by_site(readings, AT_THE_BARN)
    assert list(report.columns) == REPORT_COLUMNS
    assert len(report) == 0
