"""What the items on responsible AI of the shipped bank state as computed, computed again from its theory."""

import csv
import itertools
import math
from fractions import Fraction

import pytest
from tests.banks.instances import BANKS, bank_named, instances

from examengine.itemtypes.item import Item
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.numeric.model import Numeric


def drawn(name: str) -> list[tuple[dict[str, float], Item]]:
    """Return the numbers and the item of each of 50 instances."""
    return [
        ({key: float(Fraction(text)) for key, text in values.items()}, item)
        for values, item in instances("cmla", f"cmla.responsible.{name}")
    ]


def key_text(item: Item) -> str:
    assert isinstance(item, MultipleChoice)
    return next(option.text for option in item.options if option.id == item.key)


def texts(item: Item) -> list[float]:
    assert isinstance(item, MultipleChoice)
    return [float(option.text) for option in item.options]


def item(name: str) -> Item:
    return bank_named("cmla").item_named(f"cmla.responsible.{name}")


def rising(numbers: list[float]) -> bool:
    return all(one < other for one, other in itertools.pairwise(numbers))


def table_of(stem: str) -> dict[str, tuple[int, int]]:
    rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in stem.splitlines() if "|" in line]
    return {name: (int(a), int(b)) for name, a, b in rows if a.isdigit()}


@pytest.mark.ml
def test_the_equalised_odds_difference_is_the_larger_gap_of_the_two_rates():
    from sklearn.metrics import recall_score

    for _, one in drawn("odds-of-two-groups"):
        counts = table_of(one.stem)
        rates = []
        for group in (0, 1):
            truth, chosen = [], []
            for name, cells in counts.items():
                truth += [name.startswith("wrong")] * cells[group]
                chosen += [not name.endswith("not selected")] * cells[group]
            assert len(truth) == 400
            rates.append(
                (
                    recall_score(truth, chosen),
                    1 - recall_score(truth, chosen, pos_label=False),
                    sum(chosen) / len(chosen),
                )
            )
        hit, alarm, chosen_gap = (abs(a - b) for a, b in zip(*rates, strict=True))
        assert float(key_text(one)) == pytest.approx(max(hit, alarm), abs=0.0051)
        assert texts(one) == pytest.approx([chosen_gap, hit, (hit + alarm) / 2, alarm], abs=0.0051)
        assert rising(texts(one))


def test_the_invitations_are_the_fewest_that_reach_four_fifths():
    for v, one in drawn("invitations-for-four-fifths"):
        invited, rate = int(v["chosen_b"]), Fraction(int(v["rate_a"]), 100)
        more = next(n for n in range(1000) if Fraction(invited + n, int(v["all_b"])) / rate >= Fraction(4, 5))
        assert int(key_text(one)) == more
        assert f"invites {v['all_a'] * v['rate_a'] / 100:g} of {v['all_a']:g}" in one.stem
        assert rising(texts(one))


def test_epsilon_is_what_one_person_in_one_district_spends():
    for v, one in drawn("budget-of-a-yearly-report"):
        assert isinstance(one, Numeric)
        spent = 0.0
        for _ in range(int(v["months"])):
            for district in range(int(v["districts"])):
                spent += v["local"] if district == 0 else 0
            for _ in range(int(v["queries"])):
                spent += v["each"]
        assert float(one.answer) == pytest.approx(spent)
        assert all(abs(float(slip.value) - spent) > 0.01 for slip in one.slips)


def test_the_share_makes_the_yes_answers_as_frequent_as_observed():
    for v, one in drawn("coins-in-a-survey"):
        p, share = v["honest"] / 100, float(key_text(one))
        observed = p * share + (1 - p) * 0.5
        assert f"{observed * 100:g} % of the answers are yes" in one.stem
        assert rising(texts(one))


def test_the_cut_off_of_the_campus_is_read_from_the_share_to_the_score():
    import numpy as np

    score = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    share = [0.08, 0.16, 0.30, 0.50, 0.68, 0.78, 0.86]
    for one, other in zip(score, share, strict=True):
        assert f"{one:g} with" in item("campus-cut-off").stem
        assert f"{other:.2f}" in item("campus-cut-off").stem
    assert float(key_text(item("campus-cut-off"))) == pytest.approx(np.interp(0.5, share, score))
    assert texts(item("campus-cut-off")) == pytest.approx([0.5 - (0.68 - 0.5), 0.4, 0.5, 0.68])


def test_one_cell_alone_lies_more_than_ten_points_below_all_patients():
    found = {("women", 0): (180, 200), ("men", 0): (160, 200), ("women", 1): (72, 100), ("men", 1): (95, 100)}
    for a, b in found.values():
        assert f"{a} of {b}" in item("four-cells-of-recall").stem

    def recall(chosen: list[tuple[str, int]]) -> float:
        return sum(found[c][0] for c in chosen) / sum(found[c][1] for c in chosen)

    everyone = recall(list(found))
    assert everyone == pytest.approx(0.845)
    groups = {str(cell): [cell] for cell in found}
    groups |= {sex: [c for c in found if c[0] == sex] for sex in ("women", "men")}
    groups |= {str(band): [c for c in found if c[1] == band] for band in (0, 1)}
    below = [name for name, cells in groups.items() if recall(cells) < everyone - 0.10]
    assert below == ["('women', 1)"]
    assert key_text(item("four-cells-of-recall")) == "Women from 60 on"
    assert 1.96 * math.sqrt(0.72 * 0.28 / 100) == pytest.approx(0.09, abs=0.005)


def test_the_contributions_add_up_to_the_output():
    assert sum([-1.2, 1.1, 0.6, -0.4, -0.3, 0.2]) == pytest.approx(0.0)
    assert 1 / (1 + math.exp(0.0)) == 0.5


def test_the_shortlist_has_the_rates_that_its_options_tell():
    with (BANKS / "cmla" / "data" / "ops-shortlist-outcomes.csv").open(encoding="utf-8") as file:
        young, old = ({k: int(v) for k, v in row.items() if k != "age"} for row in csv.DictReader(file))
    told = {option.id: option.text for option in item("shortlist-precision").options}

    def percent(part: int, whole: int) -> str:
        return f"{100 * part / whole:.0f} %"

    for group, of_old in ((old, True), (young, False)):
        recall = percent(group["invited and suitable"], group["suitable"])
        chosen = percent(group["invited"], group["applicants"])
        false = percent(group["invited"] - group["invited and suitable"], group["applicants"] - group["suitable"])
        precision = percent(group["invited and suitable"], group["invited"])
        assert precision in item("shortlist-precision").stem
        for option, value in (("a", recall), ("b", chosen), ("c", false)):
            first, second = told[option].split(", of the younger ones ")
            assert value in (first if of_old else second)
        assert group["suitable"] / group["applicants"] == 0.4
    assert item("shortlist-precision").key == "a"
    assert young["invited"] + old["invited"] <= 300


def test_the_audit_of_the_canary_lies_above_its_limit():
    p, n = 0.095, 200
    assert p * n == 19
    half = 1.96 * math.sqrt(p * (1 - p) / n)
    assert p - half == pytest.approx(0.055, abs=0.002)
    assert p + half == pytest.approx(0.136, abs=0.004)
    assert p - half > 0.05
