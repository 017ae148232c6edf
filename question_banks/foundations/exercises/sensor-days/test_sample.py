import pandas as pd
import pytest
from solution import clean_readings, daily_by_site


def some_readings():
    return pd.DataFrame(
        {
            "device": ["t2", "t1", "t1", "t2"],
            "read_at": [
                "2025-03-01T12:00:00Z",
                "2025-03-01T08:00:00+01:00",
                "2025-03-02T09:00:00+02:00",
                "2025-03-01T13:00:00Z",
            ],
            "value": [68.0, 10.0, 12.5, -999.0],
            "unit": ["F", "C", "C", "F"],
        }
    )


def some_moves():
    return pd.DataFrame(
        {
            "device": ["t1", "t2"],
            "site": ["barn", "barn"],
            "valid_from": ["2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"],
        }
    )


def test_readings_are_cleaned():
    tidy = clean_readings(some_readings())
    assert list(tidy.columns) == ["device", "read_at", "celsius"]
    assert tidy["device"].tolist() == ["t1", "t1", "t2"]
    assert tidy["celsius"].tolist() == pytest.approx([10.0, 12.5, 20.0])
    times = tidy["read_at"].dt.strftime("%Y-%m-%d %H:%M").tolist()
    assert times == ["2025-03-01 07:00", "2025-03-02 07:00", "2025-03-01 12:00"]


def test_days_are_summed_up_by_site():
    report = daily_by_site(some_readings(), some_moves())
    assert list(report.columns) == ["site", "day", "devices", "mean_c", "max_c"]
    assert report["site"].tolist() == ["barn", "barn"]
    assert report["day"].tolist() == ["2025-03-01", "2025-03-02"]
    assert report["devices"].tolist() == [2, 1]
    assert report["mean_c"].tolist() == pytest.approx([15.0, 12.5])
    assert report["max_c"].tolist() == pytest.approx([20.0, 12.5])
