"""What the items on classical machine learning state as computed, computed again by theory or library."""

import csv
import importlib.util
import math
import re
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
import sklearn.base
from scipy.cluster.hierarchy import linkage
from scipy.stats import norm, pearsonr
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import (
    BaggingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
)
from sklearn.linear_model import LogisticRegression, Ridge, lasso_path
from sklearn.metrics import silhouette_samples
from sklearn.model_selection import GridSearchCV, ParameterGrid, TimeSeriesSplit, cross_val_predict, cross_val_score
from sklearn.naive_bayes import BernoulliNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from tests.banks.instances import BANKS, bank_named, instances
from threadpoolctl import threadpool_limits

from examengine.itemtypes.item import Item
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.multiple_response.model import MultipleResponse
from examengine.itemtypes.numeric.model import Numeric
from examengine.itemtypes.ordering.model import Ordering
from examengine.itemtypes.registry import spec_of

TEMPLATES = [
    "one-column-ridge",
    "odds-of-a-scaled-column",
    "two-splits-of-one-node",
    "subtree-at-a-price",
    "target-of-the-second-tree",
    "two-nearest-flats",
    "one-word-present-one-absent",
    "third-start-of-k-means",
    "silhouette-of-one-row",
    "fits-of-a-nested-search",
]


def drawn(name: str) -> list[tuple[dict[str, float], Item]]:
    made = instances("foundations", f"foundations.classical.{name}")
    return [({key: _number(text) for key, text in values.items()}, item) for values, item in made]


def _number(text: str) -> float:
    try:
        return float(Fraction(text))
    except ValueError:
        return math.nan


def numbers_of(item: Item) -> tuple[float, list[float]]:
    """Return the number of the key and those of the other options, in their order."""
    assert isinstance(item, MultipleChoice)
    texts = {option.id: float(option.text) for option in item.options}
    return texts.pop(item.key), list(texts.values())


def static(name: str) -> Item:
    return bank_named("foundations").item_named(f"foundations.{name}")


def figures() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_classical", BANKS / "foundations" / "figure_scripts" / "draw_classical.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_key_of_a_template_earns_full_marks_and_numbers_stay_apart(name: str):
    for _, item in drawn(name):
        spec = spec_of(item)
        score = spec.score(item, spec.correct_response(item), None)
        assert score.earned == score.possible
        if isinstance(item, MultipleChoice):
            texts = [option.text for option in item.options]
            assert len(set(texts)) == 4
            if not item.shuffle and name != "subtree-at-a-price":
                assert [float(text) for text in texts] == sorted(float(text) for text in texts)


def test_ridge_of_one_column_is_what_the_library_fits():
    for values, item in drawn("one-column-ridge"):
        root = math.sqrt(values["sxx"] / 2)
        x, y = np.array([[root], [-root]]), np.array([root, -root]) * values["slope"]
        key, (soft, plain, turned) = numbers_of(item)
        assert float(np.sum(x[:, 0] * y)) == pytest.approx(values["sxx"] * values["slope"])
        assert key == pytest.approx(Ridge(alpha=values["alpha"]).fit(x, y).coef_[0], abs=0.0051)
        assert plain == pytest.approx(values["slope"], abs=0.0051)
        # The lasso with half the squares: the derivative of its cost is zero.
        assert values["sxx"] * (values["slope"] - soft) == pytest.approx(values["alpha"], abs=0.6)
        assert turned > plain


def test_the_odds_follow_from_the_probabilities_of_a_fitted_pipeline():
    for values, item in drawn("odds-of-a-scaled-column"):
        model = LogisticRegression()
        model.coef_, model.intercept_, model.classes_ = np.array([[values["beta"]]]), np.array([-0.7]), np.array([0, 1])
        low, high = model.predict_proba(np.array([[20.0], [20.0 + values["days"]]]) / values["sd"])[:, 1]
        key, others = numbers_of(item)
        assert key == pytest.approx((high / (1 - high)) / (low / (1 - low)), abs=0.0051)
        assert min(abs(key - other) for other in others) > 0.015


def test_the_gains_differ_by_the_mutual_information():
    def bits(table: list[list[float]]) -> float:
        """Return the mutual information of node and class."""
        p = np.array(table) / np.sum(table)
        outer = p.sum(axis=1, keepdims=True) * p.sum(axis=0, keepdims=True)
        return float(sum(a * math.log2(a / b) for a, b in zip(p.ravel(), outer.ravel(), strict=True) if a > 0))

    for values, item in drawn("two-splits-of-one-node"):
        half = values["half"]
        right = half * values["tenths"] / 100
        pure = 2 * right - half
        first, second = [[right, half - right], [half - right, right]], [[pure, 0], [half - pure, half]]
        assert sum(map(min, first)) == sum(map(min, second))
        for row in (f"| first | {right:.0f} / {half - right:.0f} |", f"| second | {pure:.0f} / 0 |"):
            assert row in item.stem
        key, (zero, gini, nats) = numbers_of(item)
        assert key == pytest.approx(bits(second) - bits(first), abs=0.00051)
        assert nats == pytest.approx((bits(second) - bits(first)) * math.log(2), abs=0.00051)
        assert zero == 0

        def impurity(children: list[list[float]], half: float = half) -> float:
            return sum(2 * a * b / (a + b) for a, b in children) / (2 * half)

        assert gini == pytest.approx(impurity(first) - impurity(second), abs=0.00051)


def test_the_subtree_is_the_cheapest_of_the_four():
    leaves_of_option = {"a": 1, "b": 3, "c": 5, "d": 8}
    chosen = set()
    for values, item in drawn("subtree-at-a-price"):
        assert isinstance(item, MultipleChoice)
        wrong = {8: values["w8"]}
        wrong[5] = wrong[8] + values["up5"]
        wrong[3] = wrong[5] + values["up3"]
        wrong[1] = wrong[3] + values["up1"]
        cost = {leaves: count / 1000 + values["alpha"] * leaves for leaves, count in wrong.items()}
        ranked = sorted(cost, key=cost.__getitem__)
        assert cost[ranked[1]] - cost[ranked[0]] > 0.001
        assert leaves_of_option[item.key] == ranked[0]
        chosen.add(ranked[0])
        for option in item.options:
            assert f"{cost[leaves_of_option[option.id]]:.3f}" in option.rationale
        for leaves, count in wrong.items():
            assert any(
                line.split("|")[1:3] == [f" {leaves:<6} ", f" {count:.0f}     "] for line in item.stem.split("\n")
            )
    assert len(chosen) >= 3


def test_the_second_tree_gets_what_the_first_stage_leaves():
    for values, item in drawn("target-of-the-second-tree"):
        y = values["base"] + np.array([values[name] for name in ("d1", "d2", "d3", "d4")])
        x = np.array([[2.0], [4.0], [6.0], [9.0]])
        # The stump of the stem: its split lies between the second and the third row.
        halves = np.array([[0.0], [0.0], [1.0], [1.0]])
        model = GradientBoostingRegressor(n_estimators=1, max_depth=1, learning_rate=values["rate"])
        left = y - model.fit(halves, y).predict(halves)
        key, (start, turned, raw) = numbers_of(item)
        assert x[1, 0] < 5 < x[2, 0]
        assert key == pytest.approx(left[3], abs=0.0051)
        assert start == pytest.approx(y[3] - y.mean(), abs=0.0051)
        assert turned - start == pytest.approx(start - key, abs=0.011)
        assert raw == pytest.approx(y[3] - values["rate"] * y[2:].mean(), abs=0.0051)


def flats(values: dict[str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return area and distance of five flats, their rents, and the flat that is asked for."""
    steps = np.array([[10, 0], [-1, 2], [-8, 0.5], [40, 0.1], [2, -1.5]])
    asked = np.array([values["area"], values["km"]])
    return asked + steps, np.array([values[f"r{row}"] for row in range(1, 6)]), asked


def test_the_rent_is_that_of_two_neighbours_after_scaling():
    for values, item in drawn("two-nearest-flats"):
        table, rents, asked = flats(values)
        for (area, km), rent in zip(table, rents, strict=True):
            assert f"| {area:g} m² | {km:g} km | {rent:g} |" in item.stem

        def predict(scale: list[float], k: int = 2, table=table, rents=rents, asked=asked) -> float:
            far = np.hypot(*((table - asked) * scale).T)
            return float(rents[np.argsort(far)[:k]].mean())

        key, others = numbers_of(item)
        assert key == pytest.approx(predict([1 / 20, 1]), abs=0.051)
        wrong = [predict([1, 1]), predict([0, 1]), predict([1, 1], 5)]
        assert sorted(others) == pytest.approx(sorted(wrong), abs=0.051)


def test_the_posterior_is_that_of_the_library():
    for values, item in drawn("one-word-present-one-absent"):
        assert isinstance(item, Numeric)
        rows, labels = [], []
        for label, (size, first, second) in enumerate((("ham", "b1", "b2"), ("spam", "a1", "a2"))):
            count = round(values[size])
            one, two = (round(count * values[name] / 100) for name in (first, second))
            assert f"| {size}" in item.stem
            assert f"| {count} | {one} | {two} |" in item.stem
            rows += [[i < one, i < two] for i in range(count)]
            labels += [label] * count
        model = BernoulliNB(alpha=1e-12, force_alpha=True).fit(rows, labels)
        assert float(item.answer) == pytest.approx(model.predict_proba([[True, False]])[0, 1], abs=1e-6)
        without_priors = clone(model).set_params(fit_prior=False).fit(rows, labels)
        one_word = clone(model).fit([row[:1] for row in rows], labels)
        expected = [
            without_priors.predict_proba([[True, False]])[0, 1],
            one_word.predict_proba([[True]])[0, 1],
            model.predict_proba([[True, True]])[0, 1],
        ]
        assert [float(slip.value) for slip in item.slips] == pytest.approx(expected, abs=1e-6)


def test_the_third_centroid_is_drawn_by_squared_distance_to_the_nearer_one():
    for values, item in drawn("third-start-of-k-means"):
        places = np.array([0, values["b"], values["c"], values["d"], values["d"] + values["beyond"]])
        chosen = places[[0, 3]]

        def chance(to: np.ndarray, power: int, places=places) -> float:
            weight = np.abs(places[:, None] - to).min(axis=1) ** power
            return float(weight[2] / weight[[1, 2, 4]].sum())

        key, others = numbers_of(item)
        assert key == pytest.approx(chance(chosen, 2), abs=0.0051)
        wrong = [chance(chosen, 1), chance(chosen[:1], 2), chance(chosen[1:], 2)]
        assert sorted(others) == pytest.approx(sorted(wrong), abs=0.0051)


def test_the_silhouette_is_that_of_the_library():
    for values, item in drawn("silhouette-of-one-row"):
        p, m, g = (values[name] for name in ("p", "m", "g"))
        own, second, third = [p, p + 1, p + 2], [m, m + 2, m + 4], [m + g - 1, m + g + 1]
        for row in (own, second, third):
            assert f"| {', '.join(f'{one:g}' for one in row)} |" in item.stem
        distances = np.zeros((9, 9))
        distances[0, 1:] = distances[1:, 0] = [*own, *second, *third]
        labels = [1] * 4 + [2] * 3 + [3] * 2
        key, others = numbers_of(item)
        assert key == pytest.approx(silhouette_samples(distances, labels, metric="precomputed")[0], abs=0.0051)
        merged = silhouette_samples(distances, [1] * 4 + [2] * 5, metric="precomputed")[0]
        assert min(abs(other - merged) for other in others) < 0.0051
        without = [0, 1, 2, 3, 7, 8]
        far = silhouette_samples(distances[np.ix_(without, without)], [1] * 4 + [3] * 2, metric="precomputed")[0]
        assert min(abs(other - far) for other in others) < 0.0051


class CountedSVC(SVC):
    fits = 0

    def fit(self, *arguments, **options):
        CountedSVC.fits += 1
        return super().fit(*arguments, **options)


def test_the_fits_and_scores_of_a_nested_search_are_those_that_are_run():
    made = drawn("fits-of-a-nested-search")
    cheap: dict[str, tuple[dict[str, float], Item]] = {}
    for pair in made:
        found = re.search(r"grid = ([\[{].*?)\nsearch", pair[1].stem, re.DOTALL)
        assert found is not None
        a, g, f, o = (round(pair[0][name]) for name in "agfo")
        grid = eval(found[1], {"c": np.logspace(-2, 2, a), "gamma": np.logspace(-3, 0, g)})
        scores = len(ParameterGrid(grid)) * f * o
        asks_for_fits = "`fit` of an `SVC` called" in pair[1].stem
        assert numbers_of(pair[1])[0] == (scores + o if asks_for_fits else scores)
        assert isinstance(pair[1], MultipleChoice)
        key = pair[1].key
        if key not in cheap or numbers_of(pair[1])[0] < numbers_of(cheap[key][1])[0]:
            cheap[key] = pair
    assert set(cheap) == set("abcd")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(60, 2)), np.arange(60) % 2
    for values, item in (cheap["b"], cheap["d"]):
        a, g, f, o = (round(values[name]) for name in "agfo")
        alone = {"C": np.logspace(-2, 2, a)}
        both = {**alone, "gamma": np.logspace(-3, 0, g)}
        grids = {
            "b": [alone | {"kernel": ["linear"]}, both | {"kernel": ["rbf"]}],
            "d": both | {"kernel": ["linear", "rbf"]},
        }
        assert isinstance(item, MultipleChoice)
        CountedSVC.fits = 0
        cross_val_score(GridSearchCV(CountedSVC(), grids[item.key], cv=f), x, y, cv=o)
        assert numbers_of(item)[0] == CountedSVC.fits


def test_the_merges_are_those_of_average_linkage_and_the_others_those_of_single_linkage():
    item = static("classical.merges-of-five-wells")
    assert isinstance(item, Ordering)
    names, places = list("PQRST"), np.array([[0.0], [2], [7], [10], [15.5]])
    table = [line.strip("| ").split("|") for line in item.stem.splitlines() if line.startswith("|")][2:]
    for row, cells in enumerate(table):
        told = [float(cell) for cell in cells[1:] if cell.strip()]
        assert told == [float(places[column, 0] - places[row, 0]) for column in range(row + 1, 5)]

    def merges(method: str) -> list[frozenset[frozenset[str]]]:
        groups = [frozenset(name) for name in names]
        made = []
        for left, right, *_ in linkage(places, method):
            pair = groups[int(left)], groups[int(right)]
            made.append(frozenset(pair))
            groups.append(pair[0] | pair[1])
        return made

    def read(text: str) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(part.replace(" ", "").split(",")) for part in text.split(" with "))

    texts = {option.id: read(option.text) for option in item.options}
    assert [texts[name] for name in item.order] == merges("average")
    surplus = {name: pair for name, pair in texts.items() if name not in item.order}
    assert set(surplus.values()) == set(merges("single")) - set(merges("average"))


def test_the_nearest_raters_are_those_by_pearson_and_not_by_distance_or_cosine():
    item = static("classical.raters-like-ann")
    assert isinstance(item, MultipleResponse)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in item.stem.splitlines() if "|" in line][2:]
    ratings = {name: np.array(cells, dtype=float) for name, *cells in rows}
    ann = ratings.pop("Ann")
    texts = {option.text: option for option in item.options}
    by = {
        "pearson": {name: -pearsonr(ann, row)[0] for name, row in ratings.items()},
        "distance": {name: float(np.linalg.norm(ann - row)) for name, row in ratings.items()},
        "cosine": {
            name: -float(ann @ row / np.linalg.norm(ann) / np.linalg.norm(row)) for name, row in ratings.items()
        },
    }
    nearest = {measure: sorted(values, key=values.__getitem__)[:2] for measure, values in by.items()}
    assert {texts[name].id for name in nearest["pearson"]} == set(item.keys)
    assert nearest["distance"] == ["Fay", "Dan"]
    assert nearest["cosine"] == ["Bea", "Fay"]
    for name, told in {"Bea": 0.95, "Cem": 0.94, "Dan": 0.89, "Eva": -1, "Fay": 0.87}.items():
        assert -by["pearson"][name] == pytest.approx(told, abs=0.0051)


def test_the_weights_belong_to_a_correlation_matrix_and_the_two_keys_hold():
    correlation = np.array(
        [
            [1, 0.75, 0.6, -0.35, -0.1],
            [0.75, 1, 0.5, -0.25, 0.05],
            [0.6, 0.5, 1, -0.1, -0.45],
            [-0.35, -0.25, -0.1, 1, -0.2],
            [-0.1, 0.05, -0.45, -0.2, 1],
        ]
    )
    values, vectors = np.linalg.eigh(correlation)
    values, vectors = values[::-1], vectors[:, ::-1]
    vectors = vectors * np.where(vectors[0] < 0, -1, 1)
    stem = static("classical.weights-of-five-columns").stem.replace("\N{MINUS SIGN}", "-")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in stem.splitlines() if "|" in line][2:]
    told = np.array([[float(cell) for cell in cells[1:]] for cells in rows])
    assert told[:5] == pytest.approx(vectors[:, :2], abs=0.0051)
    assert told[5] == pytest.approx(values[:2], abs=0.0051)
    assert values[:2].sum() / values.sum() == pytest.approx(0.75, abs=0.005)
    assert vectors[2, 1] == pytest.approx(-0.36, abs=0.0051)
    assert vectors[0, 0] * math.sqrt(values[0]) == pytest.approx(0.91, abs=0.0051)


def test_only_two_of_the_changes_leave_the_count_and_the_depth_and_move_the_scores():
    x = np.random.default_rng(0).normal(size=(10_000, 6))
    x[:, 2] = x[:, 2] * 0.3 + 5
    in_pascal = x * [1, 1, 1e5, 1, 1, 1]

    def told(rows: np.ndarray, **changed: float) -> tuple[np.ndarray, int, int, float]:
        model = IsolationForest(**{"contamination": 0.01, "random_state": 0, **changed}).fit(rows)
        scores = model.score_samples(rows)
        below = int((scores < model.offset_).sum())
        return scores, below, max(tree.get_depth() for tree in model.estimators_), model.offset_

    before = told(x)
    assert before[1:3] == (100, 8)
    assert before[0][16] == pytest.approx(-0.457, abs=0.01)
    changes = {
        "a": told(x, contamination=0.05),
        "b": told(x, random_state=1),
        "c": told(x, max_samples=64),
        "d": told(x, max_features=0.5),
        "e": told(in_pascal),
    }
    moved = {name for name, after in changes.items() if abs(after[0] - before[0]).max() > 0.005}
    assert moved == {"b", "c", "d"}
    assert changes["a"][1] == 500
    assert changes["c"][2] == 6
    item = static("classical.isolation-forest-share")
    assert isinstance(item, MultipleResponse)
    explaining = [name for name in sorted(moved) if changes[name][1:3] == before[1:3]]
    assert explaining == list(item.keys)


def test_the_humidity_sensors_that_cost_least_are_one_of_the_copies_and_the_weaker_of_the_others():
    rng = np.random.default_rng(2)
    a, own, c, spare, draught = rng.normal(size=(5, 3000))
    b = 0.97 * a + math.sqrt(1 - 0.97**2) * own
    d = rng.choice([-1.0, 1.0], 3000)
    x = np.column_stack([a, b, c, d, spare, draught])
    y = 0.25 * (a + b) + 0.33 * c + 0.38 * d + 0.8 * spare + 0.3 * draught + 0.5 * rng.normal(size=3000)
    correlations = np.abs(np.corrcoef(x.T) - np.eye(6))
    assert correlations[0, 1] == pytest.approx(0.97, abs=0.005)
    assert np.sort(correlations.ravel())[-3] < 0.05

    def forest(columns: list[int]) -> RandomForestRegressor:
        return RandomForestRegressor(60, max_features=0.5, random_state=0).fit(x[:2000, columns], y[:2000])

    def loss(columns: list[int]) -> float:
        shuffled = x[2000:].copy()
        shuffled[:, columns] = shuffled[order.permutation(1000)][:, columns]
        return whole - full.score(shuffled, y[2000:])

    order = np.random.default_rng(1)
    full = forest(list(range(6)))
    whole = full.score(x[2000:], y[2000:])
    assert whole == pytest.approx(0.79, abs=0.01)
    item = static("classical.humidity-sensors")
    assert isinstance(item, MultipleChoice)
    table = [line.strip("| ").split("|") for line in item.stem.splitlines() if line.startswith("| ")][1:]
    for names, lost, importance in table:
        columns = ["KLMN".index(letter) for letter in re.findall(r"\b[K-N]\b", names)]
        assert np.mean([loss(columns) for _ in range(5)]) == pytest.approx(float(lost), abs=0.015)
        if len(columns) == 1:
            assert full.feature_importances_[columns[0]] == pytest.approx(float(importance), abs=0.01)
    left = {}
    for option in item.options:
        gone = ["KLMN".index(letter) for letter in option.text.split(" and ")]
        kept = [column for column in range(6) if column not in gone]
        left[option.id] = forest(kept).score(x[2000:, kept], y[2000:])
    assert all(left[item.key] - score > 0.015 for name, score in left.items() if name != item.key)


def test_rows_beyond_the_margin_leave_the_boundary_alone():
    rng = np.random.default_rng(1)
    y = np.where(np.arange(80) % 2 == 0, 1, -1)
    x = rng.normal(size=(80, 2)) + 1.1 * y[:, None]
    model = SVC(kernel="linear", C=1, tol=1e-8).fit(x, y)
    beyond = y * model.decision_function(x) > 1.01
    assert 0 < beyond.sum() < 80
    again = SVC(kernel="linear", C=1, tol=1e-8).fit(x[~beyond], y[~beyond])
    assert again.coef_ == pytest.approx(model.coef_, abs=1e-4)
    # Dropping one row within the margin moves it.
    within = np.flatnonzero(y * model.decision_function(x) < 0.5)[0]
    moved = SVC(kernel="linear", C=1, tol=1e-8).fit(np.delete(x, within, axis=0), np.delete(y, within))
    assert np.abs(moved.coef_ - model.coef_).max() > 1e-3
    item = static("classical.rows-behind-a-margin")
    assert isinstance(item, MultipleResponse)
    table = [
        line.replace("\N{MINUS SIGN}", "-").strip("|").split("|")
        for line in item.stem.splitlines()
        if line.startswith("|")
    ]
    margins = {name.strip(): float(label) * float(value) for name, label, value in table[2:]}
    keys = {option.text.removeprefix("Row ") for option in item.options if option.id in item.keys}
    assert keys == {name for name, margin in margins.items() if margin > 1}


def test_only_out_of_fold_and_out_of_bag_predictions_are_blind_to_their_row():
    rng = np.random.default_rng(0)
    # Labels without any relation: who predicts them better than chance has seen them.
    x, y = rng.normal(size=(200, 3)), rng.integers(0, 2, 200)
    model = RandomForestClassifier(20, random_state=0)

    def auc(probability: np.ndarray) -> float:
        return float((probability[y == 1][:, None] > probability[y == 0]).mean())

    blind = [
        cross_val_predict(model, x, y, method="predict_proba")[:, 1],
        clone(model).set_params(oob_score=True, n_estimators=60).fit(x, y).oob_decision_function_[:, 1],
    ]
    seen = [
        GridSearchCV(model, {"max_depth": [None]}).fit(x, y).predict_proba(x)[:, 1],
        StackingClassifier([("m", model)]).fit(x, y).transform(x)[:, 0],
        BaggingClassifier(model, n_estimators=5, random_state=0).fit(x, y).predict_proba(x)[:, 1],
    ]
    assert all(abs(auc(one) - 0.5) < 0.12 for one in blind)
    assert all(auc(one) > 0.9 for one in seen)
    calibrated = CalibratedClassifierCV(model).fit(x, y)
    for member in calibrated.calibrated_classifiers_:
        assert (member.estimator.predict(x) == y).mean() > 0.85


def test_the_boosting_model_takes_categories_and_keeps_the_direction():
    rng = np.random.default_rng(0)
    x = pd.DataFrame({"shop": rng.choice(list("abc"), 400), "price": rng.normal(size=400)})
    x["gaps"] = np.where(rng.random(400) < 0.1, np.nan, rng.normal(size=400))
    y = -x["price"] + rng.normal(size=400)

    def fit(dtype: str) -> HistGradientBoostingRegressor:
        table = x.assign(shop=x["shop"].astype(dtype))
        model = HistGradientBoostingRegressor(
            categorical_features="from_dtype",
            monotonic_cst={"price": -1},
            max_iter=2000,
            early_stopping=True,
            n_iter_no_change=20,
            max_leaf_nodes=4,
            learning_rate=0.3,
        )
        return model.fit(table, y)

    model = fit("category")
    assert model.n_iter_ < 2000
    line = pd.DataFrame({"shop": pd.Categorical(["a"] * 50, list("abc")), "price": np.linspace(-3, 3, 50), "gaps": 0.0})
    assert (np.diff(model.predict(line)) <= 0).all()
    for dtype in ("string", "object", "float64"):
        with pytest.raises(ValueError, match="could not convert"):
            fit(dtype)


TRANSFORMER = """
class Bound({bases}):
    def __init__(self, share=0.01):
        {store}

    def fit(self, X, y=None):
        ends = [self.share, 1 - self.share]
        self.low_, self.high_ = np.quantile(X, ends, {axis})
        return {back}

    def transform(self, X):
        return np.clip(X, self.low_, self.high_)
"""


def test_the_transformer_works_with_the_keys_and_with_no_other_word():
    item = static("classical.transformer-of-ones-own")
    keys = {gap.id: gap.key for gap in item.gaps}
    texts = {gap.id: {option.id: option.text.strip("`") for option in gap.options} for gap in item.gaps}
    shape = {name: f"[[{name}]]" for name in keys}
    assert TRANSFORMER.format(**shape).strip() == item.code.strip()
    x = np.random.default_rng(0).normal(size=(80, 3)) * [1, 10, 100]

    def works(chosen: dict[str, str]) -> bool:
        names = {"np": np, **vars(sklearn.base)}
        try:
            exec(TRANSFORMER.format(**chosen), names)
            bounded = names["Bound"](0.05).fit_transform(x)
            search = GridSearchCV(make_pipeline(names["Bound"](), Ridge()), {"bound__share": [0.01, 0.2]}, cv=3)
            search.fit(x, x[:, 0])
        except (AttributeError, TypeError, ValueError, RuntimeError):
            return False
        return bool(np.allclose(bounded.max(axis=0), np.quantile(x, 0.95, axis=0)))

    right = {name: texts[name][key] for name, key in keys.items()}
    assert works(right)
    for name, options in texts.items():
        for option, text in options.items():
            if option != keys[name]:
                assert not works({**right, name: text}), (name, text)


def test_the_folds_leave_three_days_and_test_four_weeks():
    folds = list(TimeSeriesSplit(n_splits=8, test_size=28, gap=3).split(np.zeros((600, 1))))
    assert len(folds) == 8
    for train, test in folds:
        assert len(test) == 28
        assert test[0] - train[-1] == 4
        assert train[0] == 0


def test_the_text_of_the_silhouette_figure_tells_what_is_drawn():
    told = static("classical.two-peaks-over-k").stem
    # Threads cost more than they gain on so few rows.
    with threadpool_limits(1):
        means = figures().silhouettes_by_k()
    for k, value in means.items():
        assert f"{value:.2f} at {k}" in told


def test_the_misses_of_the_intervals_are_those_of_the_key_panel_alone():
    item = static("classical.energy-cost-residuals")
    assert isinstance(item, MultipleChoice)
    table = [line.strip("| ").split("|") for line in item.stem.splitlines() if " third " in line]
    told = [[float(cell.strip(" %")) for cell in cells[1:]] for cells in table]
    fitted = np.linspace(12, 110, 60_000)
    noise = np.random.default_rng(0).permutation(norm.ppf((np.arange(fitted.size) + 0.5) / fitted.size))
    near = []
    for option, (centre, spread) in zip(item.options, figures().residual_laws(fitted), strict=True):
        residual = centre + spread * noise
        half = 1.96 * residual.std()
        thirds = np.array_split(residual, 3)
        missed = [[100 * (third < -half).mean(), 100 * (third > half).mean()] for third in thirds]
        if np.abs(np.array(missed) - told).max() < 0.6:
            near.append(option.id)
    assert near == [item.key]


def test_the_path_enters_and_ends_as_its_text_says():
    module = figures()
    x, y = module.path_rows()
    alphas, coefficients, *_ = lasso_path(x, y, alphas=np.geomspace(6, 0.01, 200), tol=1e-10)
    enters = {
        name: alphas[np.flatnonzero(np.abs(row) > 1e-6)[0]] if (np.abs(row) > 0.01).any() else None
        for name, row in zip(module.PATH_NAMES, coefficients, strict=True)
    }
    ends = dict(zip(module.PATH_NAMES, coefficients[:, -1], strict=True))
    assert enters["traffic"] is None
    assert [enters[name] for name in ("area", "age", "floor", "rooms")] == pytest.approx([4, 2.3, 1.1, 0.4], rel=0.05)
    assert [ends[name] for name in ("area", "age", "floor", "rooms")] == pytest.approx([5.9, -2.3, 1.0, -2.4], abs=0.06)
    item = static("classical.path-of-five-features")
    assert isinstance(item, MultipleResponse)
    names, correlations = ([cell.strip() for cell in line.strip("| ").split("|")] for line in _table_lines(item.stem))
    told = dict(zip(names, (float(cell.replace("\u2212", "-")) for cell in correlations), strict=True))
    found = dict(zip(module.PATH_NAMES, np.corrcoef(np.column_stack([x, y]).T)[5, :5], strict=True))
    assert told == pytest.approx(found, abs=0.0051)
    contradicted = [name for name in told if enters[name] is None or told[name] * ends[name] < 0]
    assert contradicted == list(item.keys)


def _table_lines(stem: str) -> list[str]:
    return [line for line in stem.splitlines() if line.startswith("| ")]


def test_the_scree_and_the_merges_are_told_as_drawn():
    module = figures()
    stem = static("classical.components-above-chance").stem
    for values in (module.OBSERVED, module.PERMUTED):
        assert sum(values) == pytest.approx(8)
        assert ", ".join(f"{value:.2f}" for value in values) in stem
    above = [a > b for a, b in zip(module.OBSERVED, module.PERMUTED, strict=True)]
    assert above == [True] * 3 + [False] * 5
    share = np.cumsum(module.OBSERVED) / 8
    assert [int((np.array(module.OBSERVED) > 1).sum()), int(np.argmax(share >= 0.9)) + 1] == [4, 6]
    item = static("classical.components-above-chance")
    assert numbers_of(item)[0] == 3
    heights = module.MERGES[:, 2]
    assert sum(heights > 5) + 1 == 3
    assert sorted(heights)[-2:] == [5.4, 7.5]


def test_the_four_panels_are_fitted_in_the_order_of_the_key():
    item = static("classical.four-borders")
    assert item.key == {"one": "neighbour", "two": "logistic", "three": "kernel", "four": "tree"}
    source = (BANKS / "foundations" / "figure_scripts" / "draw_classical.py").read_text(encoding="utf-8")
    start = source.index("def boundaries")
    kinds = (KNeighborsClassifier, LogisticRegression, SVC, DecisionTreeClassifier)
    places = [source.index(f"{kind.__name__}(", start) for kind in kinds]
    assert places == sorted(places)


def test_the_boxes_bear_out_the_statements():
    module = figures()
    boxes = dict(zip(module.WEEKDAYS, module.BOXES, strict=True))
    stem = static("classical.errors-by-weekday").stem
    for numbers in module.BOXES:
        assert ", ".join(map(str, numbers)) in stem
    assert boxes["Mon"][3] < 0
    assert boxes["Sat"][2] == 9
    assert (boxes["Sun"][3] - boxes["Sun"][1], boxes["Tue"][3] - boxes["Tue"][1]) == (22, 8)
    assert boxes["Sun"][2] == boxes["Thu"][2] == 0


def tenths() -> list[tuple[int, int]]:
    with Path(BANKS / "foundations" / "data" / "gym-members-tenths.csv").open(encoding="utf-8") as file:
        return [(int(row["members"]), int(row["left"])) for row in csv.DictReader(file)]


def test_the_lift_of_the_case_and_its_slips_follow_from_the_table():
    rows = tenths()
    members, left = sum(a for a, _ in rows), sum(b for _, b in rows)
    top = sum(b for _, b in rows[:2]) / sum(a for a, _ in rows[:2])
    below = sum(b for _, b in rows[2:]) / sum(a for a, _ in rows[2:])
    item = static("evaluation.gym-members-lift")
    assert isinstance(item, Numeric)
    assert float(item.answer) == pytest.approx(top / (left / members), abs=0.0051)
    wrong = [top / below, top, sum(b for _, b in rows[:2]) / left, rows[0][1] / rows[0][0] / (left / members)]
    assert [float(slip.value) for slip in item.slips] == pytest.approx(wrong, abs=0.0051)


def test_letters_pay_down_to_the_third_tenth():
    rows = tenths()
    gains = [left * 0.25 * 180 - members * 9 for members, left in rows]
    pays = max(range(11), key=lambda count: sum(gains[:count]))
    item = static("evaluation.gym-members-letters")
    key, others = numbers_of(item)
    assert key == pays == 3
    members, left = np.cumsum(rows, axis=0).T
    above_mean = sum(b / a > left[-1] / members[-1] for a, b in rows)
    cumulative = int((left / members > 0.2).sum())
    without_share = sum(b / a > 9 / 180 for a, b in rows)
    assert others == [above_mean, cumulative, without_share]


def test_the_statements_on_the_coefficients_hold():
    with Path(BANKS / "foundations" / "data" / "gym-members-coefficients.csv").open(encoding="utf-8") as file:
        rows = {row["column"]: row for row in csv.DictReader(file)}
    weight = {name: float(row["coefficient"]) for name, row in rows.items()}
    assert math.exp(weight["app_user"]) == pytest.approx(2 / 3, abs=0.01)
    assert math.exp(weight["joined by promotion"] - weight["joined by friend"]) == pytest.approx(2.1, abs=0.05)
    assert math.exp(weight["price"] / float(rows["price"]["sd"])) == pytest.approx(1.04, abs=0.005)
    assert math.exp(weight["price"]) == pytest.approx(1.3, abs=0.03)
    assert 2 / float(rows["visits_30d"]["sd"]) * weight["visits_30d"] == pytest.approx(-0.31)


def test_each_loss_is_least_at_the_property_that_the_key_names():
    rng = np.random.default_rng(3)
    y = rng.gamma(1.3, 8, 4001)
    guesses = np.linspace(0.5, 60, 2381)

    def least(loss) -> float:
        return float(guesses[np.argmin([loss(y, guess).mean() for guess in guesses])])

    assert least(lambda y, g: (y - g) ** 2) == pytest.approx(y.mean(), abs=0.03)
    assert least(lambda y, g: abs(y - g)) == pytest.approx(np.median(y), abs=0.03)
    assert least(lambda y, g: np.maximum(0.9 * (y - g), 0.1 * (g - y))) == pytest.approx(np.quantile(y, 0.9), abs=0.05)
    assert least(lambda y, g: g - y * np.log(g)) == pytest.approx(y.mean(), abs=0.03)
