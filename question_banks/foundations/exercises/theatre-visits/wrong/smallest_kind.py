"""Visits to a theatre's ticket shop, from its log of clicks."""

import pandas as pd

ROBOTS = "bot|crawler|spider"
LONGEST_PAUSE = pd.Timedelta(minutes=30)


def mark_visits(clicks: pd.DataFrame) -> pd.DataFrame:
    """Return visitor, visit, clicked_at and page of people's clicks, sorted, one row per click."""
    people = clicks[~clicks["agent"].str.contains(ROBOTS, case=False, na=False)]
    pages = people["page"].str.replace(r"[?#].*", "", regex=True).str.lower().str.rstrip("/")
    tidy = pd.DataFrame(
        {
            "visitor": people["visitor"],
            "clicked_at": pd.to_datetime(people["clicked_at"]),
            "page": pages.mask(pages == "", "/"),
        }
    )
    tidy = tidy.drop_duplicates().sort_values(["visitor", "clicked_at"]).reset_index(drop=True)
    pause = tidy.groupby("visitor")["clicked_at"].diff()
    begins = pause.isna() | (pause > LONGEST_PAUSE)
    tidy.insert(1, "visit", begins.groupby(tidy["visitor"]).cumsum())
    return tidy


def visit_report(clicks: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """Return landing, visits, bounces, orders and median_minutes by kind of the first page."""
    kinds = pages.drop_duplicates("page", keep="last").set_index("page")["kind"]
    tidy = mark_visits(clicks)
    tidy = tidy.assign(kind=tidy["page"].map(kinds).fillna("other"))
    tidy = tidy.assign(thanks=tidy["kind"] == "thanks")
    visits = tidy.groupby(["visitor", "visit"]).agg(
        landing=("kind", "min"),
        clicks=("page", "size"),
        order=("thanks", "any"),
        start=("clicked_at", "min"),
        end=("clicked_at", "max"),
    )
    visits = visits.assign(
        bounce=visits["clicks"] == 1,
        minutes=(visits["end"] - visits["start"]).dt.total_seconds() / 60,
    )
    report = visits.groupby("landing", as_index=False).agg(
        visits=("clicks", "size"),
        bounces=("bounce", "sum"),
        orders=("order", "sum"),
        median_minutes=("minutes", "median"),
    )
    return report.sort_values(["visits", "landing"], ascending=[False, True], ignore_index=True)
