"""Monthly revenue by region, from orders as a till exports them."""

import pandas as pd


def clean_orders(orders: pd.DataFrame) -> pd.DataFrame:
    """Return the usable orders, one row each, with dates, numbers and uniform texts."""
    raise NotImplementedError


def monthly_revenue(orders: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return region, month, orders and revenue, sorted by region and month."""
    raise NotImplementedError
