import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal

import solution


@pytest.fixture
def sales():
    return pd.DataFrame(
        {
            "city": ["A", "B", "A", "C"],
            "amount": [10, 20, 30, np.nan],
            "day": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-02-01", "2024-02-03"]),
        }
    )


def test_totals(sales):
    got = solution.totals(sales)
    want = pd.Series({"A": 40.0, "B": 20.0, "C": 0.0}, name="amount")
    want.index.name = "city"
    assert_series_equal(got, want)


def test_does_not_change_input(sales):
    before = sales.copy()
    solution.fill_missing(sales)
    assert_frame_equal(sales, before)


def test_fill(sales):
    got = solution.fill_missing(sales)
    assert got["amount"].isna().sum() == 0
    assert got.shape == (4, 3)
    assert list(got.columns) == ["city", "amount", "day"]


def test_add_column_in_place(sales):
    solution.add_month(sales)
    assert sales["month"].tolist() == [1, 1, 2, 2]


def test_pivot(sales):
    got = solution.by_month(sales)
    assert got.loc["A", 1] == 10
    assert got.columns.tolist() == [1, 2]


def test_round_trips():
    frames = [
        pd.DataFrame(),
        pd.DataFrame({"a": pd.Categorical(["x", "y"], categories=["y", "x"], ordered=True)}),
        pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": pd.array([True, None], dtype="boolean")}),
        pd.DataFrame({"a": ["x", None]}, dtype="string"),
        pd.DataFrame(np.arange(4).reshape(2, 2), index=pd.MultiIndex.from_product([["a"], [1, 2]], names=["p", "q"])),
        pd.DataFrame({"t": pd.date_range("2024", periods=3, tz="Europe/Paris"), "d": pd.to_timedelta([1, 2, 3], unit="s")}),
        pd.DataFrame({"p": pd.period_range("2024-01", periods=2, freq="M")}),
        pd.DataFrame({"i": pd.interval_range(0, 2)}),
        pd.DataFrame({"o": [[1], {"a": 2}]}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({("a", "x"): [1], ("a", "y"): [2]}),
    ]
    for frame in frames:
        assert_frame_equal(solution.echo(frame), frame)


def test_series_and_index():
    for s in [pd.Series([1.5, 2], name="s"), pd.Series(["a"], index=["k"]), pd.Series(dtype="float64")]:
        assert_series_equal(solution.echo(s), s)
    for i in [pd.Index([1, 2], name="n"), pd.RangeIndex(3), pd.DatetimeIndex(["2024-01-01"]), pd.CategoricalIndex(["a"])]:
        assert_index_equal(solution.echo(i), i)


def test_scalars():
    assert solution.echo(pd.Timestamp("2024-01-01", tz="UTC")) == pd.Timestamp("2024-01-01", tz="UTC")
    assert solution.echo(pd.NaT) is pd.NaT
    assert solution.echo(pd.NA) is pd.NA
    assert solution.echo(pd.Timedelta("1D")) == pd.Timedelta("1D")


def test_missing_column(sales):
    with pytest.raises(KeyError, match="nothing"):
        solution.column(sales, "nothing")


def test_merge():
    a = pd.DataFrame({"k": [1, 2], "x": ["a", "b"]})
    b = pd.DataFrame({"k": [2, 3], "y": [True, False]})
    assert solution.join(a, b).to_dict("records") == [{"k": 2, "x": "b", "y": True}]


def test_apply_function(sales):
    got = solution.apply_rows(sales, lambda row: row["city"] + "!")
    assert got.tolist() == ["A!", "B!", "A!", "C!"]


def test_reads_csv(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    assert solution.read(path)["b"].sum() == 6


def test_equals(sales):
    assert solution.echo(sales).equals(sales)


def test_groupby_object(sales):
    groups = solution.groups(sales)
    assert len(groups) == 3
    assert sorted(name for name, _ in groups) == ["A", "B", "C"]
