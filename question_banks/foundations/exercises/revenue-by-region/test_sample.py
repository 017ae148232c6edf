import pandas as pd
import pytest
from solution import clean_orders, monthly_revenue

ORDERS = pd.DataFrame(
    {
        "order_id": ["A1", "A2", "A3", "A2"],
        "customer_id": ["C1", " c2", "C1", "C2"],
        "ordered_on": ["2025-03-30", "2025-03-31", "15/04/2025", "2025-03-31"],
        "amount": ["100.00", "40", "1,250.00", "45.50"],
        "status": ["paid", "paid", "PAID", "paid"],
    }
)
CUSTOMERS = pd.DataFrame({"customer_id": ["C1", "C2"], "region": ["north", "south"]})


def test_orders_are_cleaned():
    tidy = clean_orders(ORDERS)
    assert list(tidy.columns) == ["order_id", "customer_id", "ordered_on", "amount", "status"]
    assert tidy["order_id"].tolist() == ["A1", "A3", "A2"]
    assert tidy["customer_id"].tolist() == ["C1", "C1", "C2"]
    assert tidy["amount"].tolist() == pytest.approx([100.0, 1250.0, 45.5])
    days = tidy["ordered_on"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2025-03-30", "2025-04-15", "2025-03-31"]


def test_revenue_is_summed_by_region_and_month():
    report = monthly_revenue(ORDERS, CUSTOMERS)
    assert list(report.columns) == ["region", "month", "orders", "revenue"]
    assert report["region"].tolist() == ["north", "north", "south"]
    assert report["month"].tolist() == ["2025-03", "2025-04", "2025-03"]
    assert report["orders"].tolist() == [1, 1, 1]
    assert report["revenue"].tolist() == pytest.approx([100.0, 1250.0, 45.5])
