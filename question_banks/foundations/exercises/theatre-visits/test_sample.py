import pandas as pd
import pytest
from solution import mark_visits, visit_report


def some_clicks():
    return pd.DataFrame(
        {
            "visitor": ["v2", "v1", "v1", "v1", "v3"],
            "clicked_at": [
                "2025-03-01 10:00:00",
                "2025-03-01 12:00:00",
                "2025-03-01 09:10:00",
                "2025-03-01 09:00:00",
                "2025-03-01 09:05:00",
            ],
            "page": ["/", "/plays/lear", "/thanks?order=7", "/Plays/Lear/", "/"],
            "agent": ["Mozilla/5.0", "Mozilla/5.0", "Mozilla/5.0", None, "Searchbot/2.1"],
        }
    )


def some_pages():
    return pd.DataFrame(
        {"page": ["/", "/plays/lear", "/thanks"], "kind": ["start", "play", "thanks"]}
    )


def test_visits_are_marked():
    tidy = mark_visits(some_clicks())
    assert list(tidy.columns) == ["visitor", "visit", "clicked_at", "page"]
    assert tidy["visitor"].tolist() == ["v1", "v1", "v1", "v2"]
    assert tidy["visit"].tolist() == [1, 1, 2, 1]
    assert tidy["page"].tolist() == ["/plays/lear", "/thanks", "/plays/lear", "/"]


def test_visits_are_summed_up_by_landing():
    report = visit_report(some_clicks(), some_pages())
    assert report["landing"].tolist() == ["play", "start"]
    assert report["visits"].tolist() == [2, 1]
    assert report["bounces"].tolist() == [1, 1]
    assert report["orders"].tolist() == [1, 0]
    assert report["median_minutes"].tolist() == pytest.approx([5.0, 0.0])
