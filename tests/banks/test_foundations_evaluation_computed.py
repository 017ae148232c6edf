"""Evaluation items of the shipped foundations bank, computed again from the theory."""

import math
import runpy
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    d2_log_loss_score,
    fbeta_score,
    log_loss,
    mean_absolute_error,
    mean_absolute_percentage_error,
    median_absolute_error,
    precision_score,
    recall_score,
    root_mean_squared_error,
)
from sklearn.model_selection import StratifiedGroupKFold, TimeSeriesSplit, cross_val_predict
from tests.banks.instances import BANKS, bank_named, instances

from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import spec_of

pytestmark = pytest.mark.ml
NAME = "foundations.evaluation."
DRAWN = runpy.run_path(str(BANKS / "foundations" / "figure_scripts" / "draw_evaluation.py"))


def drawn(slug: str) -> list[tuple[dict[str, float], Item]]:
    """Return the instances of 50 seeds, their values as numbers."""
    return [
        ({name: float(Fraction(text)) for name, text in values.items()}, item)
        for values, item in instances("foundations", NAME + slug)
    ]


def item(slug: str) -> Item:
    return bank_named("foundations").item_named(NAME + slug)


def texts(one: Item) -> dict[str, str]:
    return {option.id: option.text for option in one.options}


def test_the_board_s_detector_is_the_one_with_the_largest_f2():
    for values, one in drawn("leak-detectors"):
        scores: dict[str, dict[str, float]] = {}
        for name in ("ash", "elm", "fir", "oak"):
            found, alarms = int(values[f"tp_{name}"]), int(values[f"fp_{name}"])
            assert f"| {name.title()}      | {found}   | {alarms}   |" in one.stem
            true = np.repeat([1, 0], [200, alarms])
            said = np.repeat([1, 0, 1], [found, 200 - found, alarms])
            scores[name.title()] = {
                "f2": fbeta_score(true, said, beta=2),
                "f1": fbeta_score(true, said, beta=1),
                "half": fbeta_score(true, said, beta=0.5),
                "recall": recall_score(true, said),
                "precision": precision_score(true, said),
            }

        best = {measure: max((told[measure], name) for name, told in scores.items())[1] for measure in scores["Ash"]}
        assert texts(one)[one.key] == best["f2"]
        assert best == {"f2": "Elm", "f1": "Fir", "half": "Oak", "recall": "Ash", "precision": "Oak"}


def test_the_night_shift_can_do_the_alerts_of_q_alone_with_those_of_p():
    points = DRAWN["ROC_POINTS"]
    one = item("alerts-for-the-night-shift")
    alerts = {name: x * 19_800 + y * 200 for name, (x, y) in points.items()}
    assert {name: round(number) for name, number in alerts.items()} == {"P": 179, "Q": 302, "R": 744, "S": 1764}
    allowed = [name for name in points if alerts[name] <= 700]
    assert texts(one)[one.key] == max(allowed, key=lambda name: points[name][1])
    assert points["R"][0] * 19_800 < 700
    assert max(points, key=lambda name: points[name][1] - points[name][0]) == "S"


def test_dividing_by_less_than_one_brings_the_curve_to_the_diagonal():
    bins = np.array(DRAWN["UNDERCONFIDENT"])
    logits, shares = np.log(bins[:, 0] / (1 - bins[:, 0])), bins[:, 1]

    def gap(scale: float, shift: float) -> float:
        return float(np.abs(1 / (1 + np.exp(-(logits / scale + shift))) - shares).sum())

    best = {
        "b": min(gap(t, 0) for t in np.linspace(1.01, 4, 300)),
        "a": min(gap(t, 0) for t in np.linspace(0.2, 0.99, 300)),
        "d": min(gap(1, s) for s in np.linspace(0.01, 3, 300)),
        "c": min(gap(1, s) for s in np.linspace(-3, -0.01, 300)),
    }
    assert min(best, key=best.__getitem__) == item("one-number-on-the-logits").key
    assert best["a"] < 0.3 * min(best["b"], best["c"], best["d"])


def test_the_share_is_that_of_scikit_learn_s_d2():
    for values, one in drawn("log-loss-against-the-rate"):
        positives = int(values["percent"])
        true = np.repeat([1, 0], [positives, 100 - positives])
        constant = log_loss(true, np.full(100, positives / 100))
        loss = round(constant * (100 - values["saved"]) / 100, 3)
        shown = {name: float(text.rstrip("%\u202f\u00a0 ")) for name, text in texts(one).items()}
        assert f"{loss:.3f}" in one.stem
        assert shown[one.key] == pytest.approx(100 * (1 - loss / constant), abs=0.051)
        # The definition agrees with the library's on a forecast whose loss is known.
        some = np.where(true == 1, 0.6, 0.1)
        assert d2_log_loss_score(true, some) == pytest.approx(1 - log_loss(true, some) / constant)
        assert shown["d"] == pytest.approx(100 * (1 - loss / log_loss(true, np.full(100, 0.5))), abs=0.051)
        assert shown["c"] == pytest.approx(
            100 * (1 - loss / (stats.entropy([positives, 100 - positives], base=2))), abs=0.051
        )
        assert list(shown.values()) == sorted(shown.values())


def test_the_reach_is_that_of_the_variance_of_correlated_cases():
    for values, one in drawn("frames-of-few-videos"):
        videos, frames, rho = int(values["videos"]), int(values["frames"]), values["rho"]
        p = values["accuracy"] / 100
        block = p * (1 - p) * (np.full((frames, frames), rho) + (1 - rho) * np.eye(frames))
        of_one_video = block.sum() / frames**2
        error = math.sqrt(of_one_video / videos)
        shown = {name: float(text) for name, text in texts(one).items()}
        assert shown[one.key] == pytest.approx(196 * error, abs=0.0051)
        assert shown["b"] == pytest.approx(100 * error, abs=0.0051)
        assert shown["a"] == pytest.approx(196 * math.sqrt(p * (1 - p) / (videos * frames)), abs=0.0051)
        assert shown["d"] == pytest.approx(196 * math.sqrt(p * (1 - p) / videos), abs=0.0051)
        assert list(shown.values()) == sorted(set(shown.values()))
        assert f"{videos * frames} test frames" in one.stem


def test_the_rule_of_one_standard_error_takes_the_smallest_tree_below_the_limit():
    means, error = DRAWN["LEAVES"], DRAWN["STANDARD_ERROR"]
    best = min(means, key=means.__getitem__)
    chosen = min(leaves for leaves, mean in means.items() if mean <= means[best] + error)
    one = item("smallest-tree-near-the-best")
    assert texts(one)[one.key] == f"{chosen} leaves"
    assert texts(one)["d"] == f"{best} leaves"
    assert means[8] - error < means[best] + error < means[8]


def test_truck_has_the_lowest_recall_and_bus_the_lowest_precision():
    counts, names = DRAWN["CONFUSION"], DRAWN["VEHICLES"]
    pairs = [(r, c) for r in range(4) for c in range(4) for _ in range(counts[r][c])]
    true, said = zip(*pairs, strict=True)
    assert confusion_matrix(true, said).tolist() == counts
    recall, precision = recall_score(true, said, average=None), precision_score(true, said, average=None)
    one = item("rows-and-columns-of-traffic")
    assert {texts(one)[key] for key in one.keys} == {
        f"Recall is lowest for {names[int(np.argmin(recall))]}",
        f"Precision is lowest for {names[int(np.argmin(precision))]}",
    }


def test_the_statements_on_the_two_curves():
    a, b = ({r: p[which] for r, *p in DRAWN["PRECISION_RECALL"]} for which in (0, 1))
    answers = {one.id: one.answer for one in item("crossing-precision-curves").statements}

    def flagged(curve: dict[float, float], recall: float) -> float:
        return 200 * recall / curve[recall]

    def false(curve: dict[float, float], recall: float) -> float:
        return flagged(curve, recall) - 200 * recall

    assert (flagged(a, 1.0) == flagged(b, 1.0) == pytest.approx(2000)) and answers["size"] == "yes"
    # At 50 alerts A has passed 40 positives, B has not reached them.
    assert flagged(a, 0.2) < 50 < flagged(b, 0.2) and answers["budget"] == "yes"
    assert false(a, 0.8) / false(b, 0.8) == pytest.approx(1.86, abs=0.01) and answers["alarms"] == "no"
    assert false(a, 0.9) > 2 * false(b, 0.9) and answers["roc"] == "no"
    halved = 100 * 0.8 / (100 * 0.8 + false(a, 0.8))
    assert halved < a[0.8] - 0.1 and answers["prevalence"] == "no"


def test_the_counts_give_back_the_rates():
    for values, one in drawn("counts-from-two-rates"):
        told = {gap.id: next(o.text for o in gap.options if o.id == gap.key) for gap in one.gaps}
        tp, fp, fn, tn = (int(told[name].replace(",", "")) for name in ("tp", "fp", "fn", "tn"))
        true = np.repeat([1, 0, 1, 0], [tp, fp, fn, tn])
        said = np.repeat([1, 1, 0, 0], [tp, fp, fn, tn])
        assert true.size == 2000 and true.sum() == values["positives"]
        assert recall_score(true, said) == pytest.approx(values["recall"])
        assert precision_score(true, said) == pytest.approx(values["precision"])
        for gap in one.gaps:
            assert len({option.text for option in gap.options}) == len(gap.options)


def test_the_expected_calibration_error_of_single_cases():
    for values, one in drawn("gap-of-four-bins"):
        cases = [int(values[f"n{i}"]) for i in (1, 2, 3)]
        cases.append(1000 - sum(cases))
        scores, shares = [0.08, 0.31, 0.57, 0.86], [values[f"o{i}"] for i in (1, 2, 3, 4)]
        gaps = np.abs(np.repeat(scores, cases) - np.repeat(shares, cases))
        assert float(one.answer) == pytest.approx(gaps.mean(), abs=1e-9)
        slips = [float(slip.value) for slip in one.slips]
        signed = np.repeat(np.array(scores) - shares, cases).mean()
        by_bin = np.abs(np.array(scores) - shares)
        assert slips == pytest.approx([by_bin.mean(), by_bin.max(), abs(signed)], abs=1e-9)
        assert all(abs(slip - gaps.mean()) > 0.004 for slip in slips)


def test_z_of_the_taggers_is_the_root_of_mcnemar_s_statistic():
    for values, one in drawn("two-taggers-one-test-set"):
        new, old, n = values["new"], values["old"], values["cases"]
        half = (new + old) / 2
        chi2 = stats.chisquare([new, old], [half, half]).statistic
        shown = {name: float(text) for name, text in texts(one).items()}
        assert shown[one.key] == pytest.approx(math.sqrt(chi2), abs=0.0051)
        assert shown["d"] == pytest.approx(chi2, abs=0.0051)
        both = n - new - old - values["neither"]
        first = np.repeat([1, 0], [int(both + new), int(n - both - new)])
        second = np.repeat([1, 0], [int(both + old), int(n - both - old)])
        apart = (first.mean() - second.mean()) / math.sqrt(first.var() / n + second.var() / n)
        assert shown["b"] == pytest.approx(apart, abs=0.0051)
        assert list(shown.values()) == sorted(set(shown.values()))


def holm(ps: dict[str, float]) -> set[str]:
    claimed: set[str] = set()
    for done, name in enumerate(sorted(ps, key=ps.__getitem__)):
        if ps[name] > 0.05 / (len(ps) - done):
            break
        claimed.add(name)
    return claimed


def test_holm_claims_two_lines_where_others_claim_one_or_four():
    for values, one in drawn("five-subject-lines"):
        ps = {
            "Amber": values["fourth"] / 1000,
            "Birch": values["least"] / 1000,
            "Cobalt": values["largest"] / 1000,
            "Dune": values["second"] / 1000,
            "Ember": values["third"] / 1000,
        }
        assert {texts(one)[key] for key in one.keys} == holm(ps) == {"Birch", "Dune"}
        assert {name for name, p in ps.items() if p <= 0.01} == {"Birch"}
        adjusted = dict(zip(ps, stats.false_discovery_control(list(ps.values())), strict=True))
        assert {name for name, p in adjusted.items() if p <= 0.05} == set(ps) - {"Cobalt"}
        assert all(f"{p:.4f}" in one.stem for p in ps.values())


def test_a_is_better_by_two_measures_of_the_parcels():
    actual = np.array([10, 20, 50, 100, 400])
    a, b = np.array([11, 19, 56, 88, 410]), np.array([14, 25, 55, 103, 406])
    one = item("five-parcels")
    assert all(f"{t!s:<6} | {x!s:<7} | {y!s:<7}" in one.stem for t, x, y in zip(actual, a, b, strict=True))
    measures = {
        "Mean absolute error": mean_absolute_error,
        "Mean absolute percentage error": mean_absolute_percentage_error,
        "Root mean squared error": root_mean_squared_error,
        "Median absolute error": median_absolute_error,
        "Size of the mean error": lambda true, said: abs((said - true).mean()),
    }
    better = {name for name, of in measures.items() if of(actual, a) < of(actual, b)}
    assert better == {texts(one)[key] for key in one.keys}


def test_the_statements_on_the_interval():
    for values, one in drawn("interval-of-a-gain"):
        low, high = values["gain"] - values["reach"], values["gain"] + values["reach"]
        error = values["reach"] / stats.norm.ppf(0.975)
        loss = next(s.text for s in one.statements if s.id == "loss").split()[3]
        truth = {
            "loss": low < -100 * float(loss) < 0,
            "more": values["gain"] - values["reach"] / 2 > 0,
            "equal": False,
            "worth": high > values["pays"],
            "test": 2 * stats.norm.sf(values["gain"] / error) < 0.05,
        }
        assert {s.id: s.answer == "yes" for s in one.statements} == truth


def test_the_code_of_the_scans_runs_and_keeps_patients_together():
    from sklearn.linear_model import LogisticRegression

    one = item("scans-of-known-patients")
    code = one.code
    for gap in one.gaps:
        code = code.replace(f"[[{gap.id}]]", next(o.text for o in gap.options if o.id == gap.key))
    random = np.random.default_rng(0)
    x, patient = random.normal(size=(600, 3)), np.repeat(np.arange(120), 5)
    y = (x[:, 0] + random.normal(size=600) > 2.4).astype(int)
    printed: list[float] = []
    names = {
        "StratifiedGroupKFold": StratifiedGroupKFold,
        "cross_val_predict": cross_val_predict,
        "average_precision_score": average_precision_score,
        "model": LogisticRegression(),
        "X": x,
        "y": y,
        "patient": patient,
        "print": printed.append,
    }
    exec(code, names)
    assert 0 < printed[0] <= 1
    for train, test in StratifiedGroupKFold(n_splits=5).split(x, y, patient):
        assert not set(patient[train]) & set(patient[test])
    for method in ("predict", "decision_function"):
        folds = StratifiedGroupKFold(n_splits=5)
        said = cross_val_predict(LogisticRegression(), x, y, groups=patient, cv=folds, method=method)
        assert said.ndim == 1


def test_the_gap_leaves_out_exactly_the_rows_without_a_label():
    for train, test in TimeSeriesSplit(n_splits=5, test_size=30, gap=28).split(np.zeros(400)):
        evening_before = test[0] - 1
        complete = [row for row in range(test[0]) if row + 28 <= evening_before]
        assert train.tolist() == complete


@pytest.mark.parametrize(
    ("typed", "earned"), [("gap = 28", 1), ("gap=28", 1), ("gap=27", Fraction(1, 2)), ("gap=30", 0), ("28", 0)]
)
def test_what_is_typed_for_the_gap_earns(typed: str, earned: Fraction):
    one = item("labels-that-take-four-weeks")
    spec = spec_of(one)
    score = spec.score(one, spec.response_model(text=typed), None)
    assert score.earned / score.possible == earned
