import pandas as pd
import pytest
from solution import clean_orders, monthly_revenue

ORDER_COLUMNS = ["order_id", "customer_id", "ordered_on", "amount", "status"]
REPORT_COLUMNS = ["region", "month", "orders", "revenue"]
CUSTOMERS = pd.DataFrame({"customer_id": ["C1", "C2", "C3"], "region": ["north", "south", "north"]})


def an_export(*rows):
    """Orders from (order_id, customer_id, ordered_on, amount, status)."""
    return pd.DataFrame(list(rows), columns=ORDER_COLUMNS)


def lines(report):
    """The rows of a report as plain tuples."""
    assert list(report.columns) == REPORT_COLUMNS
    return [
        (str(region), str(month), int(orders), pytest.approx(float(revenue), abs=1e-9))
        for region, month, orders, revenue in zip(
            report["region"].tolist(),
            report["month"].tolist(),
            report["orders"].tolist(),
            report["revenue"].tolist(),
            strict=True,
        )
    ]


def test_amounts_become_numbers():
    amounts = ["12", "12.50", "1,234.50", "€ 7.25", "€1,000", "2,345,678.90"]
    rows = [(f"A{k}", "C1", "2025-03-01", text, "paid") for k, text in enumerate(amounts)]
    tidy = clean_orders(an_export(*rows))
    assert str(tidy["amount"].dtype) == "float64"
    assert tidy["amount"].tolist() == pytest.approx([12, 12.5, 1234.5, 7.25, 1000, 2345678.9])
    whole = clean_orders(an_export(("A1", "C1", "2025-03-01", "1,200", "paid")))
    assert str(whole["amount"].dtype) == "float64"
    assert whole["amount"].tolist() == [1200.0]


def test_both_ways_of_writing_a_date_are_read():
    dates = ["2025-03-09", "09/03/2025", "25/12/2024", "2025-01-31", "02/11/2025"]
    rows = [(f"A{k}", "C1", text, "5", "paid") for k, text in enumerate(dates)]
    tidy = clean_orders(an_export(*rows))
    days = pd.to_datetime(tidy["ordered_on"]).dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2025-03-09", "2025-03-09", "2024-12-25", "2025-01-31", "2025-11-02"]
    assert str(tidy["ordered_on"].dtype).startswith("datetime64[")


def test_customer_and_status_are_uniform():
    tidy = clean_orders(
        an_export(
            ("A1", " c042", "2025-03-01", "5", "Paid "),
            ("A2", "C042 ", "2025-03-01", "5", " REFUNDED"),
            ("A3", "c7", "2025-03-01", "5", "cancelled"),
        )
    )
    assert tidy["customer_id"].tolist() == ["C042", "C042", "C7"]
    assert tidy["status"].tolist() == ["paid", "refunded", "cancelled"]


def test_the_last_row_of_an_order_counts():
    tidy = clean_orders(
        an_export(
            ("A1", "C1", "2025-03-01", "10", "paid"),
            ("A2", "C2", "2025-03-02", "20", "paid"),
            ("A1", "C1", "2025-03-01", "11", "paid"),
            ("A3", "C3", "2025-03-03", "30", "paid"),
            ("A1", "C1", "2025-03-01", "12", "refunded"),
        )
    )
    assert tidy["order_id"].tolist() == ["A2", "A3", "A1"]
    assert tidy["amount"].tolist() == pytest.approx([20, 30, 12])
    assert tidy["status"].tolist() == ["paid", "paid", "refunded"]


def test_an_unusable_correction_removes_the_order():
    tidy = clean_orders(
        an_export(
            ("A1", "C1", "2025-03-01", "10", "paid"),
            ("A2", "C2", "2025-03-02", "20", "paid"),
            ("A3", "C3", "2025-03-03", "30", "paid"),
            ("A1", "C1", "2025-03-01", "n/a", "paid"),
            ("A2", "C2", "unclear", "20", "paid"),
        )
    )
    assert tidy["order_id"].tolist() == ["A3"]


def test_unusable_rows_are_dropped_and_the_index_is_new():
    tidy = clean_orders(
        an_export(
            ("A1", "C1", "2025-03-01", "", "paid"),
            ("A2", "C1", "2025-02-30", "20", "paid"),
            ("A3", "C1", "2025-03-03", "30", "paid"),
            ("A4", "C1", None, "40", "paid"),
            ("A5", "C1", "31/04/2025", "50", "paid"),
            ("A6", "C1", "06/03/2025", "60", "paid"),
            ("A7", "C1", "2025-03-07", None, "paid"),
        )
    )
    assert list(tidy.columns) == ORDER_COLUMNS
    assert tidy["order_id"].tolist() == ["A3", "A6"]
    assert tidy.index.tolist() == [0, 1]


def test_a_customer_listed_twice_counts_once():
    orders = an_export(
        ("A1", "C1", "2025-03-01", "10", "paid"),
        ("A2", "C2", "2025-03-02", "20", "paid"),
    )
    customers = pd.DataFrame(
        {
            "customer_id": ["C1", "C2", "C1", "C2"],
            "region": ["north", None, "west", "south"],
        }
    )
    assert lines(monthly_revenue(orders, customers)) == [
        ("north", "2025-03", 1, 10.0),
        ("unknown", "2025-03", 1, 20.0),
    ]


def test_orders_without_a_region_are_kept_as_unknown():
    orders = an_export(
        ("A1", "C1", "2025-03-01", "10", "paid"),
        ("A2", " c9", "2025-03-02", "20", "paid"),
        ("A3", "C2", "2025-03-03", "40", "paid"),
    )
    customers = pd.DataFrame({"customer_id": ["C2", "C1", "C5"], "region": [None, "west", "east"]})
    assert lines(monthly_revenue(orders, customers)) == [
        ("unknown", "2025-03", 2, 60.0),
        ("west", "2025-03", 1, 10.0),
    ]


def test_refunds_are_taken_off_and_cancelled_orders_ignored():
    orders = an_export(
        ("A1", "C1", "2025-03-01", "100", "paid"),
        ("A2", "C3", "2025-03-02", "30.50", " Refunded"),
        ("A3", "C1", "2025-03-03", "500", "Cancelled "),
        ("A4", "C2", "2025-03-04", "70", "REFUNDED"),
        ("A5", "C2", "2025-04-05", "80", "CANCELLED"),
        ("A6", "C3", "2025-03-06", "1,000", "PAID"),
    )
    assert lines(monthly_revenue(orders, CUSTOMERS)) == [
        ("north", "2025-03", 2, 1069.5),
        ("south", "2025-03", 0, -70.0),
    ]


def test_rows_are_sorted_and_arguments_unchanged():
    orders = an_export(
        ("A1", "c2", "03/02/2025", "1", "paid"),
        ("A2", "C1", "2025-02-01", "2", "paid"),
        ("A3", "C3", "2024-12-24", "4", "paid"),
        ("A4", "C1 ", "2025-02-28", "8", "Paid"),
        ("A5", "C2", "11/01/2025", "€ 16", "paid"),
        ("A5", "C2", "11/01/2025", "€ 32", "paid"),
    )
    customers = CUSTOMERS.copy()
    orders_before = orders.copy(deep=True)
    customers_before = customers.copy(deep=True)
    report = monthly_revenue(orders, customers)
    assert lines(report) == [
        ("north", "2024-12", 1, 4.0),
        ("north", "2025-02", 2, 10.0),
        ("south", "2025-01", 1, 32.0),
        ("south", "2025-02", 1, 1.0),
    ]
    assert report.index.tolist() == [0, 1, 2, 3]
    assert str(report["orders"].dtype) == "int64"
    pd.testing.assert_frame_equal(orders, orders_before)
    pd.testing.assert_frame_equal(customers, customers_before)


def test_nothing_left_gives_no_rows():
    orders = an_export(
        ("A1", "C1", "2025-03-01", "10", "cancelled"),
        ("A2", "C2", "soon", "20", "paid"),
    )
    report = monthly_revenue(orders, CUSTOMERS)
    assert list(report.columns) == REPORT_COLUMNS
    assert len(report) == 0
