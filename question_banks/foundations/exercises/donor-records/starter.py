"""One record for each donor, from lists that grew side by side, and what donors gave by city."""

import pandas as pd


def merge_donors(records: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each donor, with the latest known value of each field."""
    raise NotImplementedError


def giving_by_city(records: pd.DataFrame, gifts: pd.DataFrame) -> pd.DataFrame:
    """Return city, donors, reachable, total and largest, the highest total first."""
    raise NotImplementedError
