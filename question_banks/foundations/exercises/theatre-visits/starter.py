"""Visits to a theatre's ticket shop, from its log of clicks."""

import pandas as pd


def mark_visits(clicks: pd.DataFrame) -> pd.DataFrame:
    """Return visitor, visit, clicked_at and page of people's clicks, sorted, one row per click."""
    raise NotImplementedError


def visit_report(clicks: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """Return landing, visits, bounces, orders and median_minutes by kind of the first page."""
    raise NotImplementedError
