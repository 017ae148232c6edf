"""Daily temperatures by site, from thermometers that move."""

import pandas as pd


def clean_readings(readings: pd.DataFrame) -> pd.DataFrame:
    """Return device, read_at (UTC, no time zone) and celsius, sorted, one row per instant."""
    raise NotImplementedError


def daily_by_site(readings: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Return site, day, devices, mean_c and max_c, sorted by site and day."""
    raise NotImplementedError
