import pandas as pd
import pytest
from solution import mark_visits, visit_report

REPORT_COLUMNS = ["landing", "visits", "bounces", "orders", "median_minutes"]
BROWSER = "Mozilla/5.0"


def a_log(*rows):
    """Clicks from (visitor, clicked_at, page) or (visitor, clicked_at, page, agent)."""
    full = [row if len(row) == 4 else (*row, BROWSER) for row in rows]
    return pd.DataFrame(full, columns=["visitor", "clicked_at", "page", "agent"])


def some_pages(*rows):
    """Pages from (page, kind)."""
    return pd.DataFrame(list(rows), columns=["page", "kind"])


def marked(tidy):
    """The rows of marked clicks as plain tuples."""
    assert list(tidy.columns) == ["visitor", "visit", "clicked_at", "page"]
    assert tidy.index.tolist() == list(range(len(tidy)))
    times = pd.to_datetime(tidy["clicked_at"]).dt.strftime("%d %H:%M:%S").tolist()
    return list(
        zip(
            tidy["visitor"].tolist(),
            tidy["visit"].tolist(),
            times,
            tidy["page"].tolist(),
            strict=True,
        )
    )


def visits_of(tidy):
    """The pairs of visitor and number of the visit, row by row."""
    return [row[:2] for row in marked(tidy)]


def lines(report):
    """The rows of a report as plain tuples."""
    assert list(report.columns) == REPORT_COLUMNS
    assert report.index.tolist() == list(range(len(report)))
    return [
        (str(landing), int(visits), int(bounces), int(orders), pytest.approx(minutes))
        for landing, visits, bounces, orders, minutes in zip(
            *(report[name].tolist() for name in REPORT_COLUMNS), strict=True
        )
    ]


PAGES = some_pages(
    ("/", "start"),
    ("/plays/lear", "play"),
    ("/basket", "basket"),
    ("/thanks", "thanks"),
)


def test_robots_are_dropped_and_missing_agents_kept():
    tidy = mark_visits(
        a_log(
            ("v1", "2025-03-01 10:00:00", "/a", "Googlebot/2.1"),
            ("v1", "2025-03-01 10:01:00", "/b", None),
            ("v2", "2025-03-01 10:02:00", "/c", "The CRAWLER of a library"),
            ("v3", "2025-03-01 10:03:00", "/d", "Bot"),
            ("v4", "2025-03-01 10:04:00", "/e", "Mozilla/5.0 (Macintosh)"),
            ("v5", "2025-03-01 10:05:00", "/f", "baiduSpider"),
        )
    )
    assert marked(tidy) == [
        ("v1", 1, "01 10:01:00", "/b"),
        ("v4", 1, "01 10:04:00", "/e"),
    ]


def test_pages_are_uniform():
    tidy = mark_visits(
        a_log(
            ("v1", "2025-03-01 10:00:00", "/"),
            ("v1", "2025-03-01 10:01:00", "/Plays/Hamlet/"),
            ("v1", "2025-03-01 10:02:00", "/plays/?sort=Date&from=/"),
            ("v1", "2025-03-01 10:03:00", "/?mail=7"),
            ("v1", "2025-03-01 10:04:00", "/basket#top"),
            ("v1", "2025-03-01 10:05:00", "/seats#row?free"),
            ("v1", "2025-03-01 10:06:00", "/seats?row=3#free"),
        )
    )
    assert [row[3] for row in marked(tidy)] == [
        "/",
        "/plays/hamlet",
        "/plays",
        "/",
        "/basket",
        "/seats",
        "/seats",
    ]


def test_repeated_clicks_count_once():
    tidy = mark_visits(
        a_log(
            ("v1", "2025-03-01 10:00:00", "/basket?n=1"),
            ("v2", "2025-03-01 10:00:00", "/basket"),
            ("v1", "2025-03-01 10:00:00", "/Basket/"),
            ("v1", "2025-03-01 10:00:00", "/basket", None),
            ("v1", "2025-03-01 10:00:01", "/basket"),
        )
    )
    assert marked(tidy) == [
        ("v1", 1, "01 10:00:00", "/basket"),
        ("v1", 1, "01 10:00:01", "/basket"),
        ("v2", 1, "01 10:00:00", "/basket"),
    ]


def test_clicks_are_sorted_and_those_of_one_instant_stay_in_order():
    tidy = mark_visits(
        a_log(
            ("v2", "2025-03-02 08:00:00", "/x"),
            ("v1", "2025-03-02 09:00:00", "/z"),
            ("v1", "2025-03-02 09:00:00", "/a"),
            ("v1", "2025-03-02 09:00:00", "/m"),
            ("v1", "2025-03-02 08:59:59", "/y"),
        )
    )
    assert marked(tidy) == [
        ("v1", 1, "02 08:59:59", "/y"),
        ("v1", 1, "02 09:00:00", "/z"),
        ("v1", 1, "02 09:00:00", "/a"),
        ("v1", 1, "02 09:00:00", "/m"),
        ("v2", 1, "02 08:00:00", "/x"),
    ]
    units = {f"datetime64[{unit}]" for unit in ("s", "ms", "us", "ns")}
    assert str(tidy["clicked_at"].dtype) in units
    assert str(tidy["visit"].dtype) == "int64"


def test_only_a_pause_of_more_than_thirty_minutes_ends_a_visit():
    tidy = mark_visits(
        a_log(
            ("v1", "2025-03-01 10:00:00", "/a"),
            ("v1", "2025-03-01 10:30:00", "/b"),
            ("v1", "2025-03-01 11:00:00", "/c"),
            ("v1", "2025-03-01 11:30:01", "/d"),
            ("v1", "2025-03-01 11:40:00", "/e"),
        )
    )
    assert [row[1] for row in marked(tidy)] == [1, 1, 1, 2, 2]


def test_midnight_ends_no_visit_and_whole_days_do():
    tidy = mark_visits(
        a_log(
            ("v1", "2025-03-01 23:50:00", "/a"),
            ("v1", "2025-03-02 00:10:00", "/b"),
            ("v1", "2025-03-03 00:15:00", "/c"),
            ("v1", "2025-03-03 00:20:00", "/d"),
        )
    )
    assert [row[1] for row in marked(tidy)] == [1, 1, 2, 2]


def test_visits_are_counted_for_each_visitor():
    tidy = mark_visits(
        a_log(
            ("v2", "2025-03-01 10:10:00", "/a"),
            ("v1", "2025-03-01 10:00:00", "/a"),
            ("v1", "2025-03-01 11:00:00", "/b"),
            ("v1", "2025-03-01 12:00:00", "/b"),
            ("v2", "2025-03-01 10:50:00", "/b"),
            ("v3", "2025-03-01 10:51:00", "/b"),
        )
    )
    assert visits_of(tidy) == [
        ("v1", 1),
        ("v1", 2),
        ("v1", 3),
        ("v2", 1),
        ("v2", 2),
        ("v3", 1),
    ]


def test_robots_do_not_bridge_a_pause():
    tidy = mark_visits(
        a_log(
            ("v1", "2025-03-01 10:00:00", "/a"),
            ("v1", "2025-03-01 10:20:00", "/b", "a Spider"),
            ("v1", "2025-03-01 10:40:00", "/c"),
        )
    )
    assert visits_of(tidy) == [("v1", 1), ("v1", 2)]


def test_landings_bounces_and_orders():
    report = visit_report(
        a_log(
            ("v1", "2025-03-01 10:00:00", "/plays/lear"),
            ("v1", "2025-03-01 10:05:00", "/basket"),
            ("v1", "2025-03-01 10:06:00", "/thanks?no=1"),
            ("v1", "2025-03-01 10:16:00", "/basket"),
            ("v1", "2025-03-01 10:20:00", "/thanks?no=2"),
            ("v1", "2025-03-01 12:00:00", "/plays/lear"),
            ("v1", "2025-03-01 12:00:00", "/Plays/Lear"),
            ("v2", "2025-03-01 10:00:00", "/thanks"),
            ("v3", "2025-03-01 10:00:00", "/plays/lear"),
            ("v3", "2025-03-01 10:00:00", "/basket"),
            ("v4", "2025-03-01 10:00:00", "/"),
            ("v4", "2025-03-01 10:04:30", "/"),
        ),
        PAGES,
    )
    assert lines(report) == [
        ("play", 3, 1, 1, 0.0),
        ("start", 1, 0, 0, 4.5),
        ("thanks", 1, 1, 1, 0.0),
    ]
    for name in ("visits", "bounces", "orders"):
        assert str(report[name].dtype) == "int64"


def test_the_median_takes_in_all_visits():
    starts = ["2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04", "2025-03-05"]
    lasts = ["08:01:00", "08:02:00", "08:27:00", "08:00:00", "08:10:30"]
    rows = []
    for start, last in zip(starts, lasts, strict=True):
        rows += [("v1", f"{start} 08:00:00", "/"), ("v1", f"{start} {last}", "/basket")]
    rows += [("v2", "2025-03-01 08:00:00", "/"), ("v3", "2025-03-01 08:00:00", "/")]
    rows += [("v4", "2025-03-01 23:40:00", "/basket"), ("v4", "2025-03-02 00:00:00", "/")]
    rows += [("v4", "2025-03-02 00:25:00", "/")]
    report = visit_report(a_log(*rows), PAGES)
    assert lines(report) == [("start", 7, 2, 0, 1.0), ("basket", 1, 0, 0, 45.0)]


def test_pages_without_a_kind_are_other():
    clicks = a_log(
        ("v1", "2025-03-01 10:00:00", "/about"),
        ("v1", "2025-03-01 10:02:00", "/"),
        ("v2", "2025-03-01 10:00:00", "/press"),
        ("v2", "2025-03-01 10:01:00", "/thanks"),
        ("v3", "2025-03-01 10:00:00", "/gifts"),
        ("v3", "2025-03-01 10:03:00", "/"),
    )
    pages = some_pages(
        ("/", "start"),
        ("/press", "news"),
        ("/gifts", None),
        ("/thanks", "thanks"),
        ("/press", None),
        ("/gifts", "play"),
    )
    assert lines(visit_report(clicks, pages)) == [
        ("other", 2, 0, 1, 1.5),
        ("play", 1, 0, 0, 3.0),
    ]


def test_most_visits_stand_first_and_arguments_are_unchanged():
    clicks = a_log(
        ("v3", "2025-03-01 10:00:00", "/Thanks/"),
        ("v1", "2025-03-01 10:00:00", "/basket"),
        ("v4", "2025-03-01 10:00:00", "/plays/lear"),
        ("v2", "2025-03-01 10:00:00", "/"),
        ("v5", "2025-03-01 10:00:00", "/", "bot"),
        ("v4", "2025-03-01 12:00:00", "/plays/lear"),
        ("v1", "2025-03-01 12:00:00", "/"),
    )
    pages = PAGES.copy()
    clicks_before, pages_before = clicks.copy(deep=True), pages.copy(deep=True)
    report = visit_report(clicks, pages)
    assert report["landing"].tolist() == ["play", "start", "basket", "thanks"]
    assert report.index.tolist() == [0, 1, 2, 3]
    pd.testing.assert_frame_equal(clicks, clicks_before)
    pd.testing.assert_frame_equal(pages, pages_before)


def test_no_visits_give_no_rows():
    clicks = a_log(("v1", "2025-03-01 10:00:00", "/", "bot"))
    report = visit_report(clicks, PAGES)
    assert list(report.columns) == REPORT_COLUMNS
    assert len(report) == 0
