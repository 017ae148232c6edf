"""Daily temperatures by site, from thermometers that move."""

import pandas as pd

NO_MEASUREMENT = -999.0


def clean_readings(readings: pd.DataFrame) -> pd.DataFrame:
    """Return device, read_at (UTC, no time zone) and celsius, sorted, one row per instant."""
    measured = readings[readings["value"].notna() & (readings["value"] != NO_MEASUREMENT)]
    converted = (measured["value"] - 32.0) * 5.0 / 9.0
    tidy = pd.DataFrame(
        {
            "device": measured["device"],
            "read_at": pd.to_datetime(measured["read_at"], utc=True).dt.tz_localize(None),
            "celsius": measured["value"].where(measured["unit"] == "C", converted),
        }
    )
    tidy = tidy.drop_duplicates(["device", "read_at"], keep="first")
    return tidy.sort_values(["device", "read_at"]).reset_index(drop=True)


def daily_by_site(readings: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Return site, day, devices, mean_c and max_c, sorted by site and day."""
    tidy = clean_readings(readings).sort_values("read_at")
    starts = pd.to_datetime(moves["valid_from"], utc=True).dt.tz_localize(None)
    places = moves[["device", "site"]].assign(read_at=starts).sort_values("read_at")
    placed = pd.merge_asof(tidy, places, on="read_at", by="device", direction="backward")
    # Readings without a site yet: groupby leaves them out.
    placed = placed.assign(day=placed["read_at"].dt.strftime("%Y-%m-%d"))
    by_device = placed.groupby(["site", "day", "device"], as_index=False).agg(
        mean_c=("celsius", "mean"), max_c=("celsius", "max")
    )
    return by_device.groupby(["site", "day"], as_index=False).agg(
        devices=("device", "size"), mean_c=("mean_c", "mean"), max_c=("max_c", "max")
    )
