"""Hidden tests of the claim letters: tidy columns, desks for any row, a confusion matrix."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import balanced_accuracy_score
from solution import cv_confusion, fit_predict, tidy

HERE = Path(__file__).parent


def read(name):
    """Return a table that lies beside the tests or in a folder there."""
    return pd.read_csv(next(HERE.rglob(name)))


@pytest.fixture(scope="module")
def train():
    return read("train.csv")


@pytest.fixture(scope="module")
def features():
    return read("letters.csv").drop(columns="desk")


@pytest.fixture(scope="module")
def desks():
    return read("letters.csv")["desk"].tolist()


@pytest.fixture(scope="module")
def assigned(train, features):
    """Return the submission's desks of all new letters, asked once."""
    return np.asarray(fit_predict(train.copy(), features.copy(), seed=3)).tolist()


@pytest.fixture
def raw():
    """Return four small raw rows under an index of their own."""
    return pd.DataFrame(
        {
            "text": ["LATE #1, late #20733!", None, "Room 12 is hot", "# and #7x"],
            "tariff": ["AUTO-17", None, "LAW", "PART-3-B"],
            "amount": ["1,234,567.50", "12.00", None, "3,000.25"],
            "desk": ["motor", "home", "travel", "legal"],
        },
        index=[11, 3, 8, 20],
    )


def is_useful(given, desks):
    """Tell whether the desks have the right form and a balanced accuracy of at least 0.4."""
    values = np.asarray(given)
    return (
        values.shape == (len(desks),)
        and set(values.tolist()) <= set(desks)
        and balanced_accuracy_score(desks, values.tolist()) >= 0.4
    )


def is_same(left, right):
    """Tell whether two frames agree in columns, index and every value, gaps included."""
    return (
        list(left.columns) == list(right.columns)
        and left.index.tolist() == right.index.tolist()
        and all(
            (a == b) or (pd.isna(a) and pd.isna(b))
            for name in right.columns
            for a, b in zip(left[name].tolist(), right[name].tolist(), strict=True)
        )
    )


def test_claim_numbers_are_made_alike_and_texts_lower(raw):
    expected = ["late #, late #!", "", "room 12 is hot", "# and #x"]
    assert tidy(raw)["text"].tolist() == expected
    assert tidy(raw.assign(text=None))["text"].tolist() == [""] * 4


def test_families_and_amounts(raw):
    table = tidy(raw)
    assert table["family"].tolist() == ["AUTO", "NONE", "LAW", "PART"]
    assert table["amount"].tolist() == pytest.approx([1234567.5, 12.0, np.nan, 3000.25], nan_ok=True)
    empty = tidy(raw.assign(amount=np.nan, tariff=None))
    assert str(empty["amount"].dtype) == "float64"
    assert bool(empty["amount"].isna().all())
    assert empty["family"].tolist() == ["NONE"] * 4


def test_tidy_returns_a_new_frame_with_the_same_rows(raw):
    before = raw.copy(deep=True)
    table = tidy(raw)
    assert is_same(raw, before)
    assert list(table.columns) == ["text", "family", "amount", "desk"]
    assert list(tidy(raw.drop(columns="desk")).columns) == ["text", "family", "amount"]
    assert table.index.tolist() == [11, 3, 8, 20]
    assert table["desk"].tolist() == raw["desk"].tolist()


def test_a_row_gets_the_same_desk_alone_and_in_any_company(train, features, assigned, desks):
    assert is_useful(assigned, desks)
    alone = np.asarray(fit_predict(train.copy(), features.iloc[[25]], seed=3))
    assert alone.tolist() == assigned[25:26]
    company = features.copy()
    others = ["roof court bumper flight", "LAW-1", "9,000,000.00"]
    company.loc[company.index >= 200, ["text", "tariff", "amount"]] = others
    again = np.asarray(fit_predict(train.copy(), company, seed=3)).tolist()
    assert again[:200] == assigned[:200]


def test_order_and_index_carry_no_meaning_and_tables_stay(train, features, assigned, desks):
    assert is_useful(assigned, desks)
    turned = features[features.columns[::-1]].iloc[::-1]
    train_given, turned_given = train.copy(deep=True), turned.copy(deep=True)
    again = np.asarray(fit_predict(train_given, turned_given, seed=3)).tolist()
    assert again[::-1] == assigned
    assert is_same(train_given, train)
    assert is_same(turned_given, turned)


def test_numbers_of_tariffs_and_claims_do_not_matter(train, features, assigned, desks):
    assert is_useful(assigned, desks)
    other = features.copy()
    other["tariff"] = other["tariff"].str.replace(r"-\d+", "-31", regex=True)
    other["text"] = other["text"].str.replace(r"#\d+", "#5", regex=True)
    assert np.asarray(fit_predict(train.copy(), other, seed=3)).tolist() == assigned


def test_gaps_and_unknown_words_get_a_desk(train, features, desks):
    odd = features.astype(object)
    odd.loc[odd.index % 20 == 0, ["text", "tariff", "amount"]] = [None, None, None]
    odd.loc[odd.index % 20 == 1, ["text", "tariff"]] = ["zzz qqq", "BIKE-2"]
    assert is_useful(fit_predict(train.copy(), odd, seed=3), desks)
    unsaid = np.asarray(fit_predict(train.copy(), odd)).tolist()
    assert unsaid == np.asarray(fit_predict(train.copy(), odd, seed=0)).tolist()


def balanced(counts):
    """Return the mean of the recalls of a confusion matrix whose rows are the true desks."""
    values = np.asarray(counts, dtype=float)
    return float((np.diag(values) / values.sum(axis=1)).mean())


def test_rows_are_true_desks_in_alphabetical_order(train):
    given = train.set_index(train.index[::-1] + 500)
    before = given.copy(deep=True)
    counts = np.asarray(cv_confusion(given, folds=3, seed=1))
    assert is_same(given, before)
    assert counts.shape == (4, 4)
    assert counts.dtype.kind == "i"
    sizes = train["desk"].value_counts().sort_index().tolist()
    assert counts.sum(axis=1).tolist() == sizes
    assert balanced(counts) >= 0.4
    assert counts.tolist() == np.asarray(cv_confusion(train, folds=3, seed=1)).tolist()


def test_folds_are_drawn_from_the_seed_and_small_desks_refused(train):
    part = train[:150]
    unsaid = np.asarray(cv_confusion(part)).tolist()
    assert unsaid == np.asarray(cv_confusion(part, folds=5, seed=0)).tolist()
    drawn = (np.asarray(cv_confusion(part, seed=seed)).tolist() for seed in (1, 2, 3))
    assert any(counts != unsaid for counts in drawn)
    few = train.groupby("desk").head(4)
    few = few[(few["desk"] != "legal") | (few.groupby("desk").cumcount() < 3)]
    assert np.asarray(cv_confusion(few, folds=3)).sum() == 15
    with pytest.raises(ValueError):
        cv_confusion(few, folds=4)


def test_estimate_agrees_with_new_letters_and_finds_nothing_in_chance(train, assigned, desks):
    assert len(assigned) == len(desks)
    reached = balanced_accuracy_score(desks, assigned)
    estimate = balanced(cv_confusion(train.copy(), folds=5, seed=3))
    assert abs(estimate - reached) <= 0.08
    assert estimate >= 0.5
    chance = train.assign(desk=np.random.default_rng(1).permutation(train["desk"]))
    assert balanced(cv_confusion(chance[:400], folds=3, seed=3)) <= 0.35
