import pandas as pd


def monthly(frame):
    month = frame["day"].dt.to_period("M").astype(str)
    return frame.groupby([month.rename("month"), "shop"])["amount"].sum().unstack(fill_value=0)


def fill(series):
    return series.interpolate().bfill().ffill()


def top(frame, count):
    totals = frame.groupby("shop", as_index=False)["amount"].sum()
    return totals.nlargest(count, "amount").reset_index(drop=True)


assert pd is not None
