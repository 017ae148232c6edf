"""Hidden tests of the canteen meals: preparation, forecasts, blocks of time, validation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from solution import cv_mae, fit_predict, prepare, time_blocks

HERE = Path(__file__).parent
FORMAT = "%d.%m.%Y"


def read(name):
    """Return a table that lies beside the tests or in a folder there."""
    return pd.read_csv(next(HERE.rglob(name)))


@pytest.fixture(scope="module")
def train():
    return read("train.csv")


@pytest.fixture(scope="module")
def features():
    return read("days.csv").drop(columns="meals")


@pytest.fixture(scope="module")
def meals():
    return read("days.csv")["meals"].to_numpy()


@pytest.fixture(scope="module")
def forecast(train, features):
    """Return the submission's forecasts of the days to come, asked once."""
    return np.asarray(fit_predict(train.copy(), features.copy(), seed=3))


@pytest.fixture
def raw():
    """Return four small raw rows under an index of their own."""
    return pd.DataFrame(
        {
            "date": ["12.03.2024", "31.12.2023", "07.07.2024", "02.01.2025"],
            "canteen": ["North", "Tower", "North", "Harbour"],
            "menu": ["soup", "fish", "pasta", "curry"],
            "rain": [2.0, 2.1, 0.0, 11.5],
            "closed": [0, 0, 1, 0],
            "meals": [71, 130, 0, 244],
        },
        index=[5, 2, 9, 0],
    )


def is_useful(given, meals):
    """Tell whether forecasts have the right form and go with the meals."""
    values = np.asarray(given)
    return (
        values.shape == meals.shape
        and values.dtype.kind == "f"
        and bool(np.isfinite(values).all())
        and bool((values > 0).all())
        and np.corrcoef(values, meals)[0, 1] >= 0.5
    )


def is_same(left, right):
    """Tell whether two raw frames agree in columns, index and every value."""
    return (
        list(left.columns) == list(right.columns)
        and left.index.tolist() == right.index.tolist()
        and all(left[name].tolist() == right[name].tolist() for name in right.columns)
    )


def test_dates_are_read_day_first(raw):
    table = prepare(raw)
    assert table["days"].tolist() == [71, -1, 188, 367]
    assert table["weekday"].tolist() == [1, 6, 6, 3]


def test_wet_is_more_than_two_millimetres(raw):
    wet = prepare(raw)["wet"]
    assert wet.tolist() == [0, 1, 0, 1]
    assert wet.dtype.kind == "i"


def test_prepare_returns_a_new_frame_with_the_same_rows(raw):
    before = raw.copy(deep=True)
    table = prepare(raw)
    assert is_same(raw, before)
    columns = ["canteen", "menu", "days", "weekday", "wet"]
    assert list(table.columns) == columns
    assert list(prepare(raw.drop(columns=["closed", "meals"])).columns) == columns
    assert table.index.tolist() == [5, 2, 9, 0]
    assert table["canteen"].tolist() == ["North", "Tower", "North", "Harbour"]
    assert table["menu"].tolist() == ["soup", "fish", "pasta", "curry"]


def test_a_row_alone_gets_the_same_forecast_as_in_company(train, features, forecast, meals):
    assert is_useful(forecast, meals)
    for row in (0, 100):
        alone = fit_predict(train.copy(), features.iloc[[row]], seed=3)
        assert np.asarray(alone) == pytest.approx([forecast[row]], rel=1e-5)


def test_order_and_index_carry_no_meaning_and_tables_stay(train, features, forecast, meals):
    assert is_useful(forecast, meals)
    turned = features[features.columns[::-1]].iloc[::-1]
    train_given, turned_given = train.copy(deep=True), turned.copy(deep=True)
    again = np.asarray(fit_predict(train_given, turned_given, seed=3))
    assert again[::-1] == pytest.approx(forecast, rel=1e-5)
    assert is_same(train_given, train)
    assert is_same(turned_given, turned)


def test_unknown_menus_and_canteens_get_a_forecast(train, features, meals):
    odd = features.copy()
    odd.loc[odd.index % 20 == 0, "menu"] = "ramen"
    odd.loc[odd.index % 20 == 1, "canteen"] = "Atlantis"
    assert is_useful(fit_predict(train.copy(), odd, seed=3), meals)


def test_closed_days_teach_nothing(train, features, forecast, meals):
    assert is_useful(forecast, meals)
    opened = train[train["closed"] == 0]
    again = np.asarray(fit_predict(opened.copy(), features.copy(), seed=3))
    assert again == pytest.approx(forecast, rel=1e-5)


def test_growth_goes_on(train):
    now = train.drop(columns="meals").assign(closed=0)
    dates = pd.to_datetime(now["date"], format=FORMAT)
    soon, later = (now.assign(date=(dates + pd.Timedelta(days=days)).dt.strftime(FORMAT)) for days in (364, 560))
    unsaid = np.asarray(fit_predict(train.copy(), later))
    assert unsaid.mean() >= 1.2 * np.asarray(fit_predict(train.copy(), soon)).mean()
    assert unsaid == pytest.approx(np.asarray(fit_predict(train.copy(), later, seed=0)))


def test_blocks_are_runs_of_dates():
    dates = ["02.02.2024", "28.01.2024", "01.03.2024", "02.02.2024", "15.01.2023", "03.01.2024"]
    dates += ["28.01.2024", "30.01.2024", "29.01.2024"]
    expected = [2, 0, 2, 2, 0, 0, 0, 1, 1]
    expected[1] = expected[6] = 2 * 3 // 7
    assert np.asarray(time_blocks(dates, 3)).tolist() == expected
    assert np.asarray(time_blocks(np.array(dates), 7)).tolist() == [5, 2, 6, 5, 0, 1, 2, 4, 3]
    series = pd.Series(dates, index=range(40, 31, -1))
    assert np.asarray(time_blocks(series, 1)).tolist() == [0] * 9
    assert np.asarray(time_blocks(series, 3)).tolist() == expected
    with pytest.raises(ValueError):
        time_blocks(dates, 8)


def test_each_block_is_forecast_from_the_earlier_ones(train):
    given = train.set_index(train.index[::-1] + 900)
    before = given.copy(deep=True)
    errors = np.asarray(cv_mae(given, folds=2, seed=1))
    assert is_same(given, before)
    assert errors.shape == (2,)
    order = pd.to_datetime(train["date"], format=FORMAT).rank(method="dense").to_numpy() - 1
    block = (order * 3 // (order.max() + 1)).astype(int)
    for number in (1, 2):
        part = train[(block == number) & (train["closed"] == 0).to_numpy()]
        earlier = train[block < number].copy()
        expected = np.asarray(fit_predict(earlier, part.drop(columns="meals"), seed=1))
        assert expected.shape == (len(part),)
        assert errors[number - 1] == pytest.approx(np.abs(expected - part["meals"].to_numpy()).mean(), rel=1e-5)


def test_later_meals_change_no_earlier_error(train):
    errors = np.asarray(cv_mae(train.copy()))
    assert errors.shape == (4,)
    order = pd.to_datetime(train["date"], format=FORMAT).rank(method="dense").to_numpy() - 1
    last = order * 5 // (order.max() + 1) == 4
    changed = train.assign(meals=train["meals"].where(~last, train["meals"] * 3 + 50))
    again = np.asarray(cv_mae(changed, folds=4, seed=0))
    assert again[:3] == pytest.approx(errors[:3], rel=1e-5)
    assert again[3] > 2 * errors[3]
