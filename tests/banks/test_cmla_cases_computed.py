"""Three cases of the shipped CMLA bank: what their items say follows from their tables, computed again."""

import csv
import runpy

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from tests.banks.instances import BANKS, bank_named

from examengine.itemtypes.item import Item

pytestmark = pytest.mark.ml
FOLDER = BANKS / "cmla"


def item(name: str) -> Item:
    return bank_named("cmla").item_named(f"cmla.{name}")


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / "data" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def slips(one: Item) -> list[float]:
    return [float(slip.value) for slip in one.slips]


@pytest.mark.parametrize("case", ["weld-seams", "bread-orders", "water-arrears"])
def test_a_case_has_four_items_of_several_types_and_domains(case: str):
    bank = bank_named("cmla")
    testlet = bank.testlet(f"cmla.{case}")
    assert len(testlet) == 4
    assert len({one.type for one in testlet}) == 3
    assert len({bank.domain_of(one.objective) for one in testlet}) >= 2


def weld_costs(looks_at_faulty: bool = True) -> dict[str, float]:
    costs = {}
    for row in table("weld-thresholds"):
        faulty, sound = int(row["faulty welds sent"]), int(row["sound welds sent"])
        looks = faulty + sound if looks_at_faulty else sound
        costs[row["threshold"]] = 1.5 * looks + 90 * (120 - faulty)
    return costs


def test_what_a_bench_of_any_size_would_save():
    one = item("evaluation.weld-seams-bench")
    sent = {r["threshold"]: int(r["faulty welds sent"]) + int(r["sound welds sent"]) for r in table("weld-thresholds")}

    def extra(costs: dict[str, float]) -> float:
        return min(cost for name, cost in costs.items() if sent[name] <= 900) - min(costs.values())

    costs = weld_costs()
    assert float(one.answer) == pytest.approx(extra(costs))
    assert min(costs, key=costs.__getitem__) == "0.3" and sent["0.3"] > 900
    assert slips(one) == pytest.approx([extra(weld_costs(False)), 90 * (112 - 103), costs["0.7"] - costs["0.3"]])


def test_two_variants_keep_the_time_the_place_and_the_recall():
    left = 250 - 60 - 25 - 55
    meets = {
        row["variant"]
        for row in table("weld-variants")
        if float(row["slowest of 1000 ms"]) <= left and "network" not in row["runs on"] and float(row["recall"]) >= 0.84
    }
    one = item("mlops.weld-seams-variants")
    assert {option.text for option in one.options if option.id in one.keys} == meets
    assert {option.text for option in one.options} <= {row["variant"] for row in table("weld-variants")}


def test_line_three_is_told_by_the_split_by_lines():
    recalls = {row["held out"]: float(row["recall"]) for row in table("weld-splits")}
    one = item("data.weld-seams-line-three")
    shown = {option.id: float(option.text) for option in one.options}
    assert shown[one.key] == recalls["one line at a time"]
    assert sorted(shown.values()) == sorted(recalls.values()) == list(shown.values())


def test_the_words_of_the_losses_are_the_figure():
    script = runpy.run_path(str(FOLDER / "figure_scripts" / "draw_cases.py"))
    (stimulus,) = [one for one in bank_named("cmla").stimuli if one.id == "cmla.weld-seams"]
    words = next(exhibit.alt for exhibit in stimulus.exhibits if exhibit.title == "Losses")
    for series in ("LOGGED", "AS_THEY_ARE", "HELD_OUT"):
        assert ", ".join(f"{value:.2f}" for value in script[series]) in words
    assert script["HELD_OUT"][4:] == [0.22] * 3
    assert all(
        plain < held < logged
        for plain, held, logged in zip(script["AS_THEY_ARE"], script["HELD_OUT"], script["LOGGED"], strict=True)
    )


def test_the_saving_on_bread_and_its_slips():
    one = item("evaluation.bread-orders-saving")

    def costs(over: float, under: float) -> dict[str, float]:
        return {
            row["orders by"]: over * int(row["pieces left over a day"]) + under * int(row["pieces missed a day"])
            for row in table("bread-backtest")
        }

    real, swapped = costs(0.6, 1.2), costs(1.2, 0.6)
    assert float(one.answer) == pytest.approx(real["shop managers"] - min(real.values()))
    assert min(real, key=real.__getitem__) == "model plus 8 %"
    pieces = costs(1, 1)
    fewest = min(pieces, key=pieces.__getitem__)
    assert slips(one) == pytest.approx(
        [
            real["shop managers"] - real[fewest],
            costs(0, 1.2)["shop managers"] - min(costs(0, 1.2).values()),
            swapped["shop managers"] - min(swapped.values()),
        ]
    )


def test_the_least_expected_cost_of_bread_stands_at_two_thirds():
    demand = np.random.default_rng(0).gamma(2.0, 20.0, 40_000)
    orders = np.quantile(demand, np.arange(0.05, 1, 0.01))
    cost = [(0.6 * np.clip(q - demand, 0, None) + 1.2 * np.clip(demand - q, 0, None)).mean() for q in orders]
    best = 0.05 + 0.01 * int(np.argmin(cost))
    assert best == pytest.approx(2 / 3, abs=0.02)
    one = item("classical.bread-orders-loss")
    assert next(option.text for option in one.options if option.id == one.key) == "Quantile loss at 2/3"


def test_only_one_start_is_in_time_and_has_nearly_all_sales():
    deadline, job, last_sales = 20 * 60 + 30, 12 + 2, 20 * 60 + 10
    starts = {"a": 19 * 60 + 50, "b": 20 * 60 + 10, "c": 20 * 60 + 20}
    good = [name for name, start in starts.items() if start + job <= deadline and start >= last_sales]
    assert good == [item("mlops.bread-orders-start").key]


def bands() -> list[tuple[str, float, int, int, str]]:
    """Return group, lower end of the band, households and those in arrears."""
    found = []
    for row in table("water-bands"):
        for group in ("A", "B"):
            low = float(row["score"].split()[0])
            found.append((group, low, int(row[f"households {group}"]), int(row[f"in arrears {group}"]), row["score"]))
    return found


def test_group_b_has_more_arrears_in_every_band_and_is_ranked_as_well():
    share = {(group, low): arrears / households for group, low, households, arrears, _ in bands()}
    assert all(share["B", low] > share["A", low] * 1.1 for group, low in share if group == "A")
    area = {}
    for group in ("A", "B"):
        rows = [(low, n, k) for g, low, n, k, _ in bands() if g == group]
        true = np.concatenate([np.repeat([1, 0], [k, n - k]) for _, n, k in rows])
        score = np.concatenate([np.full(n, low) for low, n, _ in rows])
        area[group] = roc_auc_score(true, score)
    assert area["B"] > area["A"] - 0.005
    assert item("responsible.water-arrears-bands").key == "a"


def test_letters_by_observed_shares_reach_fifteen_more():
    by_cut = [row for row in bands() if row[1] >= 0.6]
    assert sum(row[2] for row in by_cut) == 470
    by_share: list[tuple[str, float, int, int, str]] = []
    for row in sorted(bands(), key=lambda row: -row[3] / row[2]):
        if sum(one[2] for one in by_share) + row[2] > 470:
            break
        by_share.append(row)
    assert sum(row[2] for row in by_share) == 470
    one = item("responsible.water-arrears-letters")
    assert float(one.answer) == sum(row[3] for row in by_share) - sum(row[3] for row in by_cut)
    gained = sum(row[3] for row in by_share if row not in by_cut)
    lost = sum(row[3] for row in by_cut if row not in by_share)
    assert slips(one) == [gained, lost, 0]


def test_without_a_letter_precision_is_what_it_was():
    sent, none = table("water-year")
    share = {
        name: int(row["in arrears within six months"]) / int(row["number"])
        for name, row in (("sent", sent), ("none", none))
    }
    assert int(sent["number"]) + int(none["number"]) == 4 * 470
    assert int(none["number"]) * 10 == 4 * 470
    before = sum(row[3] for row in bands() if row[1] >= 0.6) / 470
    assert before == pytest.approx(322 / 470)
    assert share["none"] == pytest.approx(before, abs=0.005)
    assert share["sent"] == pytest.approx(0.39, abs=0.001)
