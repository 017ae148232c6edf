import pandas as pd
from solution import fill, monthly, top


def sales():
    return pd.DataFrame(
        {
            "day": pd.date_range("2026-01-20", periods=40, freq="D"),
            "shop": ["a", "b"] * 20,
            "amount": range(40),
        }
    )


def test_months_are_rows():
    got = monthly(sales())
    assert list(got.index) == ["2026-01", "2026-02"]
    assert got.loc["2026-01", "a"] == sum(range(0, 12, 2))


def test_gaps_are_filled():
    got = fill(pd.Series([None, 1.0, None, 3.0]))
    pd.testing.assert_series_equal(got, pd.Series([1.0, 1.0, 2.0, 3.0]))


def test_the_best_come_first():
    got = top(sales(), 1)
    assert got.to_dict("records") == [{"shop": "b", "amount": sum(range(1, 40, 2))}]
