import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

import solution


@pytest.fixture
def sales():
    return pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-01-02", None]),
            "shop": pd.Categorical(["a", "b", "a", "b"], categories=["b", "a"], ordered=True),
            "units": pd.array([1, 2, None, 4], dtype="Int64"),
            "price": [1.5, 2.0, np.nan, 4.0],
            "note": ["x", None, "y", "z"],
        }
    )


def test_round_trip(sales):
    pdt.assert_frame_equal(solution.same(sales), sales)
    assert solution.same(sales).dtypes.tolist() == sales.dtypes.tolist()


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([1, 2, 3], name="n", index=["a", "b", "c"]),
        pd.Series(["a", None], dtype="string"),
        pd.Series([True, None], dtype="boolean"),
        pd.Series(pd.date_range("2024-01-01", periods=3, tz="Europe/Berlin")),
        pd.Series(pd.to_timedelta([1, 2], unit="D")),
        pd.Series(pd.period_range("2024-01", periods=2, freq="M")),
        pd.Series([1.5, 2.5], dtype="Float32"),
        pd.Series([], dtype=float),
        pd.Series(pd.Categorical(["x", "y"])),
        pd.Series([pd.Interval(0, 1), pd.Interval(1, 2)]),
        pd.Series([[1], {"a": 2}], dtype=object),
    ],
    ids=lambda s: str(s.dtype),
)
def test_series(values):
    pdt.assert_series_equal(solution.same(values), values)


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(3),
        pd.Index(["a", "b"], name="k"),
        pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["x", "y"]),
        pd.DatetimeIndex(["2024-01-01"], tz="UTC"),
        pd.date_range("2024", periods=3, freq="D"),
        pd.CategoricalIndex(["a", "b"]),
        pd.IntervalIndex.from_breaks([0, 1, 2]),
        pd.TimedeltaIndex(["1D"]),
        pd.PeriodIndex(["2024-01"], freq="M"),
    ],
    ids=lambda i: type(i).__name__,
)
def test_indexes(index):
    pdt.assert_index_equal(solution.same(index), index)


def test_group(sales):
    out = solution.units_per_shop(sales)
    assert out.loc["a"] == 1
    assert out["b"] == 6
    assert out.index.name == "shop"


def test_groupby_by_handle(sales):
    g = solution.grouped(sales)
    assert g.ngroups == 2
    assert sorted(g.groups) == ["a", "b"]
    assert g["price"].sum()["b"] == 6.0
    assert g.size().sum() == 4
    assert g.get_group("a").shape == (2, 5)
    names = [name for name, frame in g]
    assert sorted(names) == ["a", "b"]
    pdt.assert_series_equal(g["price"].mean(), sales.groupby("shop", observed=True)["price"].mean())


def test_multi_index():
    out = solution.pivot(pd.DataFrame({"r": ["a", "a", "b"], "c": ["x", "y", "x"], "v": [1, 2, 3]}))
    assert out.loc[("a", "x"), "v"] == 1
    assert out.index.nlevels == 2
    assert out.index.names == ["r", "c"]
    assert out.unstack().shape == (2, 2)


def test_in_place(sales):
    assert solution.add_total(sales) is None
    assert "total" in sales.columns
    assert sales["total"].iloc[0] == 1.5
    solution.drop_missing(sales)
    assert len(sales) == 1


def test_in_place_series():
    s = pd.Series([1, 2])
    solution.set_first(s, 9)
    assert s.tolist() == [9, 2]
    f = pd.DataFrame({"a": [1, 2]})
    solution.rename(f)
    assert list(f.columns) == ["A"]


def test_argument_untouched(sales):
    before = sales.copy(deep=True)
    solution.clean(sales)
    pdt.assert_frame_equal(sales, before)


def test_functions_of_the_test():
    s = pd.Series([1, 2, 3])
    assert solution.apply(s, lambda v: v * 10).tolist() == [10, 20, 30]
    f = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    assert solution.row_apply(f, lambda row: row["a"] + row["b"]).tolist() == [4, 6]
    assert f.pipe(solution.same).equals(f)
    assert s.map(solution.square).tolist() == [1, 4, 9]
    assert f.apply(solution.spread).tolist() == [1, 1]
    assert s.groupby([0, 0, 1]).agg(solution.spread).tolist() == [1, 0]


def test_values_out():
    assert solution.latest(pd.Series(pd.to_datetime(["2024-01-01", "2024-05-01"]))) == pd.Timestamp("2024-05-01")
    assert isinstance(solution.latest(pd.Series(pd.to_datetime(["2024-01-01"]))), pd.Timestamp)
    assert solution.nothing() is pd.NA
    assert pd.isna(solution.nothing())
    assert solution.no_time() is pd.NaT
    assert solution.same(pd.Timedelta("1D")) == pd.Timedelta(days=1)
    assert solution.same(pd.Period("2024-01")) == pd.Period("2024-01")
    assert solution.frame_of([1, 2]).attrs == {} or True


def test_errors():
    with pytest.raises(KeyError):
        solution.column(pd.DataFrame({"a": [1]}), "b")
    with pytest.raises(ValueError):
        solution.frame_of({"a": [1], "b": [1, 2]})


def test_time_series():
    s = pd.Series(range(48), index=pd.date_range("2024-01-01", periods=48, freq="h"))
    daily = solution.daily(s)
    assert daily.tolist() == [sum(range(24)), sum(range(24, 48))]
    assert daily.index[0] == pd.Timestamp("2024-01-01")
    r = solution.rolling(s, 2)
    assert np.isnan(r.iloc[0])
    assert r.iloc[1] == 0.5


def test_merge_and_sort():
    a = pd.DataFrame({"k": [1, 2], "x": ["a", "b"]})
    b = pd.DataFrame({"k": [2, 3], "y": ["c", "d"]})
    out = solution.join(a, b)
    pdt.assert_frame_equal(out, pd.DataFrame({"k": [2], "x": ["b"], "y": ["c"]}))
    assert solution.top(pd.DataFrame({"n": [3, 1, 2]}), 2)["n"].tolist() == [3, 2]


def test_csv(tmp_path):
    path = tmp_path / "data.csv"
    pd.DataFrame({"a": [1, 2]}).to_csv(path, index=False)
    assert solution.load(path)["a"].sum() == 3
    solution.store(pd.DataFrame({"b": [1]}), tmp_path / "out.csv")
    assert pd.read_csv(tmp_path / "out.csv")["b"].tolist() == [1]


def test_frame_attributes_of_results(sales):
    out = solution.clean(sales)
    assert out.shape[1] == 5
    assert not out.isna().any().any()
    assert out["shop"].cat.categories.tolist() == ["b", "a"]
    assert out["shop"].cat.ordered
    assert out.columns.is_unique
