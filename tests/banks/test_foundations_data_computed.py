"""Items on Python and data of the shipped foundations bank, run or computed again."""

import ast
import copy
import time
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from tests.banks.instances import bank_named, instances

from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import spec_of

pytestmark = pytest.mark.ml
NAME = "foundations.data."


def drawn(slug: str) -> list[tuple[dict[str, int], Item]]:
    """Return the instances of 50 seeds, their values as whole numbers."""
    return [
        ({name: int(Fraction(text)) for name, text in values.items()}, item)
        for values, item in instances("foundations", NAME + slug)
    ]


def item(slug: str) -> Item:
    return bank_named("foundations").item_named(NAME + slug)


def texts(one: Item) -> dict[str, str]:
    return {option.id: option.text for option in one.options}


def code_of(one: Item) -> str:
    """Return what stands in the first Python block of the stem."""
    return one.stem.split("```python\n", 1)[1].split("```", 1)[0]


def filled(one: Item, **other: str) -> str:
    """Return the code of the gaps with the keys, or with the options that are named."""
    code = one.code
    for gap in one.gaps:
        (text,) = [o.text for o in gap.options if o.id == other.get(gap.id, gap.key)]
        code = code.replace(f"[[{gap.id}]]", text)
    return code


def test_the_sum_after_a_merge_is_what_pandas_gives():
    for values, one in drawn("sum-after-merge"):
        north, south, west, copies = (values[name] for name in ("north", "south", "west", "copies"))
        orders = pd.DataFrame({"region": ["North", "South", "South", "West"], "amount": [north, south - 7, 7, west]})
        managers = pd.DataFrame({"region": ["North"] + ["South"] * copies, "name": ["n"] + ["s"] * copies})
        space = {"orders": orders, "managers": managers}
        exec(code_of(one), space)
        told = texts(one)
        assert told[one.key] == str(space["total"])
        once = managers.drop_duplicates("region")
        sums = {
            "a": orders.merge(once, on="region")["amount"].sum(),
            "b": orders.merge(once, on="region", how="left")["amount"].sum(),
            "c": orders.merge(managers, on="region")["amount"].sum(),
        }
        assert {name: told[name] for name in "abc"} == {name: str(value) for name, value in sums.items()}
        assert len(set(told.values())) == 4


def test_the_missing_cells_are_those_of_the_unstacked_sums():
    for values, one in drawn("empty-cells-of-a-pivot"):
        regions, products = values["regions"], values["products"]
        seen = [regions - values["unused_regions"], products - values["unused_products"]]
        grid = [(r, p) for r in range(seen[0]) for p in range(seen[1])]
        # Every region and product occurs: the pairs on a diagonal walk are kept, others dropped as many as needed.
        needed = {(k % seen[0], k % seen[1]) for k in range(max(seen))}
        spare = [pair for pair in grid if pair not in needed]
        pairs = sorted(needed | set(spare[values["gap"] :]))
        frame = pd.DataFrame(
            {
                "region": pd.Categorical([r for r, _ in pairs], categories=range(regions)),
                "product": pd.Categorical([p for _, p in pairs], categories=range(products)),
                "amount": 1.0,
            }
        )
        space = {"df": frame}
        exec(code_of(one), space)
        table = space["table"]
        assert f"{len(pairs)} different pairs" in one.stem
        told = texts(one)
        assert told[one.key] == str(int(table.isna().sum().sum())) == told["a"]
        wide = frame.groupby(["region", "product"], observed=False)["amount"].sum().unstack()  # noqa: PD010
        assert int(wide.isna().sum().sum()) == 0
        assert [told["b"], told["c"], told["d"]] == [str(len(pairs)), str(wide.size - len(pairs)), str(table.size)]


def test_the_lagged_mean_sees_the_three_days_before_and_nothing_else():
    one = item("mean-of-earlier-days")

    def sales_of(store: int, day: int) -> float:
        return 10.0 * store + (day * 7) % 5 + day / 8

    rows = [(store, day, sales_of(store, day)) for day in (3, 1, 5, 2, 4) for store in (2, 1)]
    frame = pd.DataFrame(rows, columns=["store", "day", "sales"])

    def wanted(store: int, day: int) -> float:
        return float("nan") if day < 4 else sum(sales_of(store, d) for d in range(day - 3, day)) / 3

    def good(**other: str) -> bool:
        space = {"df": frame.copy()}
        try:
            exec(filled(one, **other), space)
        except (TypeError, ValueError):
            return False
        df = space["df"]
        if len(df) != len(frame):
            return False
        expected = np.array([wanted(s, d) for s, d in zip(df["store"], df["day"], strict=True)])
        try:
            return bool(np.allclose(df["mean_3"].to_numpy(dtype=float), expected, equal_nan=True))
        except (TypeError, ValueError):
            return False

    assert good()
    for gap in one.gaps:
        for option in gap.options:
            assert good(**{gap.id: option.id}) == (option.id == gap.key), (gap.id, option.id)


def test_the_join_as_of_gives_what_the_rationales_say():
    one = item("inspection-of-a-run")
    runs = pd.DataFrame({"t": pd.to_datetime(["07:30", "10:00", "12:10"], format="%H:%M")})
    inspections = pd.DataFrame(
        {"t": pd.to_datetime(["08:00", "10:00", "14:00"], format="%H:%M"), "state": ["fine", "worn", "fine"]}
    )
    states = {}
    for option in one.options:
        call = f"pd.merge_asof(runs, inspections, on='t', {option.text.strip('`')})"
        space = {"pd": pd, "runs": runs, "inspections": inspections}
        states[option.id] = [None if pd.isna(s) else s for s in eval(call, space)["state"]]
    assert states["a"] == [None, "worn", "worn"]
    assert states["b"] == [None, "fine", "worn"]
    assert states["c"] == ["fine", "worn", "fine"]
    assert states[one.key] == ["fine", "fine", "fine"]


@pytest.mark.filterwarnings("ignore")
def test_the_frame_changes_by_the_keyed_statements_alone():
    one = item("writes-that-stick")
    for option in one.options:
        df = pd.DataFrame({"a": [1.0, None, 3.0]})
        exec(option.text.strip("`"), {"df": df})
        assert (not df["a"].isna().any()) == (option.id in one.keys), option.id


def test_the_hours_are_those_of_utc():
    one = item("hour-of-the-meter")
    df = pd.DataFrame({"t": pd.to_datetime(["2026-01-15 06:30", "2026-07-15 06:30"])})
    hours = {o.id: list(eval(o.text.strip("`"), {"t": df["t"].dt})) for o in one.options}
    assert hours == {"a": [7, 8], "b": [5, 4], "c": [5, 5], "d": [7, 7]}
    assert one.key == "c"


@pytest.mark.parametrize(
    ("text", "earned"),
    [
        ('validate="many_to_one"', 1),
        ("validate = 'm:1'", 1),
        ("validate='many_to_one',", 1),
        ("validate", Fraction(1, 2)),
        ('validate="one_to_many"', 0),
        ('validate="1:1"', 0),
        ("indicator=True", 0),
        ("unique", 0),
    ],
)
def test_the_argument_that_checks_a_merge(text: str, earned: Fraction | int):
    one = item("one-row-for-a-shop")
    spec = spec_of(one)
    score = spec.score(one, type(spec.correct_response(one))(text=text), None)
    assert score.earned == earned


def test_merge_raises_for_the_keyed_value_alone():
    orders = pd.DataFrame({"shop_id": [1, 1, 2]})
    doubled = pd.DataFrame({"shop_id": [1, 2, 2]})
    with pytest.raises(pd.errors.MergeError):
        orders.merge(doubled, on="shop_id", how="left", validate="many_to_one")
    unique = doubled.drop_duplicates()
    assert len(orders.merge(unique, on="shop_id", how="left", validate="m:1")) == 3
    for value in ("one_to_many", "one_to_one"):
        with pytest.raises(pd.errors.MergeError):
            orders.merge(unique, on="shop_id", how="left", validate=value)


def test_the_shape_is_that_of_the_array():
    for values, one in drawn("shape-of-a-distance"):
        a, b = np.zeros((values["queries"], values["columns"])), np.zeros((values["stored"], values["columns"]))
        space = {"np": np, "a": a, "b": b}
        exec(code_of(one), space)
        told = {name: ast.literal_eval(text) for name, text in texts(one).items()}
        assert told[one.key] == space["d"].shape
        assert len(set(told.values())) == 4
        assert told["swapped"] == np.abs(b[:, None] - a).sum(axis=2).shape


def test_the_loss_of_the_gaps_is_the_cross_entropy_and_stays_finite():
    one = item("log-loss-in-arrays")
    random = np.random.default_rng(1)
    small, y = random.normal(0, 2, (6, 4)), random.integers(0, 4, 6)
    large = small.copy()
    large[:, 0] += 5000
    p = np.exp(small) / np.exp(small).sum(axis=1, keepdims=True)
    wanted = float(np.mean([-np.log(p[i, c]) for i, c in enumerate(y)]))

    def right(**other: str) -> bool:
        space: dict[str, object] = {"np": np}
        exec(filled(one, **other), space)
        with np.errstate(all="ignore"):
            try:
                got, far = space["mean_loss"](small, y), space["mean_loss"](large, y)
            except (ValueError, IndexError):
                return False
        return bool(np.ndim(got) == 0 and np.isclose(got, wanted) and np.isfinite(far))

    assert right()
    for gap in one.gaps:
        for option in gap.options:
            assert right(**{gap.id: option.id}) == (option.id == gap.key), (gap.id, option.id)


def test_the_difference_of_bytes_is_exact_without_wider_arrays():
    one = item("bytes-of-a-difference")
    a, b = (grid.astype(np.uint8) for grid in np.meshgrid(np.arange(256), np.arange(256)))
    true = np.abs(a.astype(int) - b.astype(int))
    found = {o.id: eval(o.text.strip("`"), {"np": np, "a": a, "b": b}) for o in one.options}
    assert {name: bool((got == true).all()) for name, got in found.items()} == {
        "a": False,
        "b": True,
        "c": True,
        "d": False,
    }
    assert (found["b"].dtype, found["c"].dtype) == (np.uint8, np.int16)
    low = (a < 128) & (b < 128)
    assert (found["d"] == true)[low].all()
    assert one.key == "b"


def test_the_windows_are_counted_one_by_one():
    for values, one in drawn("windows-of-a-series"):
        length, inputs, horizon, stride = (values[name] for name in ("length", "inputs", "horizon", "stride"))
        series = np.arange(length)
        views = np.lib.stride_tricks.sliding_window_view(series, inputs + horizon)[::stride]
        starts = [s for s in range(0, length, stride) if s + inputs + horizon <= length]
        assert int(one.answer) == len(starts) == len(views)
        slips = [int(slip.value) for slip in one.slips]
        assert slips[0] == len(starts) - 1
        assert slips[1] == len([s for s in range(0, length, stride) if s + inputs <= length])
        assert slips[2] == len(range(length - inputs - horizon + 1))
        assert len(starts) not in slips


def test_the_three_best_of_each_row():
    one = item("three-best-of-each-row")
    s = np.random.default_rng(3).permutation(4000).reshape(8, 500)
    best = [set(np.argsort(row)[:3]) for row in s]
    for option in one.options:
        got = np.asarray(eval(option.text.strip("`"), {"np": np, "s": s}))
        right = got.shape == (8, 3) and [set(row) for row in got] == best
        assert right == (option.id in one.keys), option.id


def test_a_seed_of_the_image_s_number_gives_its_own_repeatable_draws():
    draws = [np.random.default_rng([7, number]).random(4).tolist() for number in (0, 1, 4711, 4711)]
    assert draws[2] == draws[3]
    assert draws[0] != draws[1] != draws[2]


def test_the_wait_is_what_the_code_takes(monkeypatch: pytest.MonkeyPatch):
    clock = [0.0]

    def pause(seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr(time, "sleep", pause)
    for values, one in drawn("wait-for-a-dead-service"):

        def get(key: str, limit: int = values["limit"]) -> None:
            clock[0] += limit
            raise TimeoutError(key)

        space = {"time": time, "get": get}
        exec(code_of(one), space)
        clock[0] = 0.0
        with pytest.raises(TimeoutError):
            space["fetch"]("x")
        told = texts(one)
        assert float(told[one.key]) == clock[0]
        pauses = [values["base"] * 2**k for k in range(values["tries"])]
        waits = values["tries"] * values["limit"]
        assert float(told["b"]) == waits + 2 * sum(pauses[:-1])
        assert float(told["c"]) == waits + sum(pauses)
        assert float(told["d"]) == waits + values["limit"] + sum(pauses)


def test_the_caller_s_rows_change_where_the_key_says_so():
    one = item("rows-of-the-caller")
    for statement in one.statements:
        space: dict[str, object] = {}
        exec("def clean(rows):\n    " + statement.text.strip("`"), space)
        rows = [{"x": 3}, {"x": 1}, {"x": 2}]
        before = copy.deepcopy(rows)
        space["clean"](rows)
        assert (rows != before) == (statement.answer == "yes"), statement.id


def test_the_functions_turn_the_tables_as_the_matching_says():
    one = item("turn-the-table")
    wide = pd.DataFrame({"shop": [1, 2], "jan": [5, 6], "feb": [7, 8]})
    assert len(pd.melt(wide, id_vars="shop")) == 4
    long = pd.DataFrame({"shop": [1, 1, 2], "month": ["jan", "jan", "feb"], "sales": [5, 6, 7]})
    assert long.pivot_table(index="shop", columns="month", values="sales", aggfunc="sum").loc[1, "jan"] == 11
    with pytest.raises(ValueError, match="duplicate"):
        long.pivot(index="shop", columns="month", values="sales")  # noqa: PD010
    assert pd.crosstab(pd.Series(["cat", "cat"]), pd.Series(["dog", "cat"])).to_numpy().sum() == 2
    assert len(pd.DataFrame({"words": [["a", "b"], ["c"]]}).explode("words")) == 3
    assert pd.cut(pd.Series([3, 40, 90]), 5).nunique() == 3
    assert one.key == {
        "months": "melt",
        "shops": "pivot_table",
        "labels": "crosstab",
        "lists": "explode",
        "bands": "cut",
    }


def test_the_counts_before_a_date_need_the_four_steps_in_that_order():
    one = item("purchases-before-a-date")
    assert list(one.order) == ["keep", "count", "left", "zero"]
    customers = pd.DataFrame({"id": [1, 2, 3]})
    events = pd.DataFrame({"id": [1, 1, 2], "day": pd.to_datetime(["2026-01-20", "2026-03-05", "2025-06-01"])})
    cut = pd.Timestamp("2026-03-01")
    kept = events[(events["day"] < cut) & (events["day"] >= cut - pd.Timedelta(days=90))]
    counts = kept.groupby("id").size().rename("n")
    joined = customers.merge(counts, left_on="id", right_index=True, how="left")
    assert joined["n"].fillna(0).tolist() == [1, 0, 0]
