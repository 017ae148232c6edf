"""Monthly revenue by region, from orders as a till exports them."""

import pandas as pd

COLUMNS = ["order_id", "customer_id", "ordered_on", "amount", "status"]


def clean_orders(orders: pd.DataFrame) -> pd.DataFrame:
    """Return the usable orders, one row each, with dates, numbers and uniform texts."""
    latest = orders.drop_duplicates("order_id", keep="last")
    dates = latest["ordered_on"]
    iso = pd.to_datetime(dates, format="%Y-%m-%d", errors="coerce")
    day_first = pd.to_datetime(dates, format="%d/%m/%Y", errors="coerce")
    amounts = latest["amount"].str.replace(r"[€,\s]", "", regex=True)
    tidy = pd.DataFrame(
        {
            "order_id": latest["order_id"],
            "customer_id": latest["customer_id"].str.strip().str.upper(),
            "ordered_on": iso.fillna(day_first),
            "amount": pd.to_numeric(amounts, errors="coerce").astype("float64"),
            "status": latest["status"].str.strip().str.lower(),
        }
    )
    return tidy.dropna(subset=["ordered_on", "amount"])[COLUMNS].reset_index(drop=True)


def monthly_revenue(orders: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return region, month, orders and revenue, sorted by region and month."""
    tidy = clean_orders(orders)
    tidy = tidy[tidy["status"] != "cancelled"]
    regions = customers.drop_duplicates("customer_id", keep="first")[["customer_id", "region"]]
    joined = tidy.merge(regions, on="customer_id", how="left")
    paid = joined["status"] == "paid"
    rows = pd.DataFrame(
        {
            "region": joined["region"].fillna("unknown"),
            "month": joined["ordered_on"].dt.strftime("%Y-%m"),
            "orders": paid.astype("int64"),
            "revenue": joined["amount"].where(paid, -joined["amount"]),
        }
    )
    records = []
    for (region, month), group in rows.groupby(["region", "month"], sort=True):
        records.append(
            {
                "region": region,
                "month": month,
                "orders": group["orders"].sum(),
                "revenue": group["revenue"].sum(),
            }
        )
    return pd.DataFrame(records)
