"""What the MLOps items of the shipped bank state as computed, computed again from its theory."""

import csv
import itertools
import math
import random
from fractions import Fraction

import pytest
from tests.banks.instances import BANKS, bank_named, instances

from examengine.itemtypes.item import Item
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.multiple_response.model import MultipleResponse
from examengine.itemtypes.numeric.model import Numeric


def drawn(name: str) -> list[tuple[dict[str, float], Item]]:
    """Return the numbers and the item of each of 50 instances."""
    return [
        ({key: float(Fraction(text)) for key, text in values.items()}, item)
        for values, item in instances("cmla", f"cmla.mlops.{name}")
    ]


def key_text(item: Item) -> str:
    assert isinstance(item, MultipleChoice)
    return next(option.text for option in item.options if option.id == item.key)


def texts(item: Item) -> list[float]:
    assert isinstance(item, MultipleChoice)
    return [float(option.text) for option in item.options]


def item(name: str) -> Item:
    return bank_named("cmla").item_named(f"cmla.mlops.{name}")


def rising(numbers: list[float]) -> bool:
    return all(one < other for one, other in itertools.pairwise(numbers))


def test_the_model_has_the_time_that_the_longest_chain_leaves():
    for v, one in drawn("time-left-for-the-model"):
        steps = {"in": v["hop"], "store": v["store"], "embed": v["embed"], "lookup": v["lookup"]}
        after = {"in": [], "store": ["in"], "embed": ["in"], "lookup": ["embed"]}

        def done(step: str, steps: dict[str, float] = steps, after: dict[str, list[str]] = after) -> float:
            return steps[step] + max((done(other) for other in after[step]), default=0)

        start = max(done("store"), done("lookup"))
        assert float(key_text(one)) == v["limit"] - v["rules"] - v["hop"] - start
        assert rising(texts(one))


def test_the_price_of_a_million_answers_is_hours_times_price():
    for v, one in drawn("price-of-a-million-answers"):
        hours = 10**6 / (v["rate"] * v["use"] / 100) / 3600
        assert float(key_text(one)) == pytest.approx(hours * v["cents"] / 100, abs=0.0051)
        assert rising(texts(one))


def test_the_autoscaler_brings_both_metrics_to_their_targets_with_the_fewest_replicas():
    for v, one in drawn("two-metrics-one-autoscaler"):
        work = [(v["now"] * v["cpu"], v["cpu_target"]), (v["now"] * v["queue"], v["queue_target"])]
        fewest = next(n for n in range(1, 51) if all(total / n <= target + 1e-9 for total, target in work))
        assert int(key_text(one)) == fewest
        assert min(v["cpu"] / v["cpu_target"], v["queue"] / v["queue_target"]) > 1.1
        assert rising(texts(one))


def test_sequences_are_counted_until_the_memory_is_full():
    for v, one in drawn("sequences-beside-the-weights"):
        numbers = int(v["context"]) * int(v["layers"]) * int(v["heads"]) * 128 * 2
        free, fit = (v["memory"] - v["weights"]) * 1e9, 0
        while (fit + 1) * numbers * 2 <= free:
            fit += 1
        assert int(key_text(one)) == fit
        assert rising(texts(one))


def test_a_run_without_errors_excludes_the_limit_at_95_percent():
    for v, one in drawn("minutes-without-a-failure"):
        canary = v["rate"] * v["percent"] / 100 * 60
        minutes, limit = int(key_text(one)), v["per_mille"] / 1000
        assert math.exp(math.log1p(-limit) * canary * minutes) <= 0.05
        assert math.exp(math.log1p(-limit) * canary * (minutes - 1)) > 0.05
        assert rising(texts(one))


def test_the_budget_lasts_until_the_month_has_as_many_late_answers_as_allowed():
    for v, one in drawn("budget-at-the-present-pace"):
        month = 30 * 1000.0
        allowed = month * (1 - v["target"] / 100)
        rate = 1000 * (1 - v["target"] / 100) * v["times"]
        days = (allowed - allowed * v["used"] / 100) / rate
        assert float(key_text(one)) == pytest.approx(days, abs=0.051)
        assert f"{(100 - v['target']) * v['times']:g} % of the" in one.stem
        assert days < 30 - v["past"]
        assert rising(texts(one))


def test_bits_of_the_groups_are_counted_one_group_at_a_time():
    for v, one in drawn("groups-of-four-bit-weights"):
        assert isinstance(one, Numeric)
        weights = (v["billions"] - v["tables"]) * 1e9
        groups = weights / v["group"]
        total = groups * (v["group"] * 4 + 16 + 4) + v["tables"] * 1e9 * 16
        assert float(one.answer) == pytest.approx(total / 8e9)
        assert all(abs(float(slip.value) - float(one.answer)) > 0.015 for slip in one.slips)


def test_the_stability_index_is_the_sum_of_both_divergences():
    from scipy.stats import entropy

    for v, one in drawn("stability-of-three-bands"):
        old = [v["low"], v["mid"], 100 - v["low"] - v["mid"]]
        new = [v["low_now"], v["mid_now"], 100 - v["low_now"] - v["mid_now"]]
        forth, back = entropy(new, old), entropy(old, new)
        assert float(key_text(one)) == pytest.approx(forth + back, abs=0.0051)
        assert texts(one)[0] == pytest.approx(forth, abs=0.0051)
        assert texts(one)[2] == pytest.approx((forth + back) / math.log(2), abs=0.0051)
        assert rising(texts(one))


def curve(points: dict[float, float], at: float) -> float:
    import numpy as np

    return float(np.interp(at, list(points), list(points.values())))


def test_two_replicas_with_a_short_wait_are_the_fewest_below_the_limit():
    curves = {
        "No wait": {0: 18, 100: 19, 200: 26, 250: 50, 280: 80, 300: 120},
        "A wait of 10 ms": {0: 30, 200: 32, 400: 38, 460: 50, 500: 80, 520: 120},
        "A wait of 40 ms": {0: 58, 300: 60, 600: 64, 800: 70, 900: 80, 930: 120},
    }
    meets = {(setting, n): curve(points, 900 / n) <= 50 for setting, points in curves.items() for n in range(1, 7)}
    fewest = min(n for (_, n), ok in meets.items() if ok)
    assert [setting for (setting, n), ok in meets.items() if ok and n == fewest] == ["A wait of 10 ms"]
    assert key_text(item("waiting-for-a-batch")) == "A wait of 10 ms, with two replicas"
    assert fewest == 2
    assert curve(curves["No wait"], 225) <= 50 < curve(curves["No wait"], 300)
    assert curve(curves["A wait of 40 ms"], 900) == 80


def test_replicas_for_the_drafts_follow_the_percentile_and_spare_one():
    tail = {0: 0.35, 1: 0.45, 2: 0.7, 2.5: 1.0, 3: 1.4, 3.5: 2.0, 4: 3.0, 4.4: 4.0}
    fewest = next(n for n in range(2, 20) if curve(tail, 18 / (n - 1)) <= 2)
    assert int(key_text(item("drafts-replicas"))) == fewest == 7


def test_the_variant_is_the_most_accurate_within_both_limits():
    variants = {"A": (92, 0.912, 88), "B": (55, 0.910, 44), "C": (37, 0.903, 23), "D": (31, 0.894, 18)}
    variants["E"] = (13, 0.871, 6)
    fits = {name: v[1] for name, v in variants.items() if v[0] <= 40 and v[2] <= 20}
    assert key_text(item("variants-for-a-phone")) == f"The one of {variants[max(fits, key=fits.__getitem__)][2]} MB"
    for name, (latency, accuracy, size) in variants.items():
        told = f"{name}: {latency} ms, {accuracy:.3f}, {size} MB"
        assert told in item("variants-for-a-phone").stem


def hours_on_interruptible(work: float, every: float, rng: random.Random) -> float:
    """Return the hours of one run: exponential times to an interruption, half an hour to write and to load."""
    clock, done, left = 0.0, 0.0, rng.expovariate(1 / 3)
    while done < work:
        last = done + every >= work
        stretch = min(every, work - done) + (0 if last else 0.5)
        if left >= stretch:
            clock, left, done = clock + stretch, left - stretch, done + min(every, work - done)
        else:
            clock, left = clock + left + 0.5, rng.expovariate(1 / 3)
    return clock


def test_interruptible_machines_miss_the_deadline_and_the_cheap_plan_keeps_it():
    rng = random.Random(7)
    for every in (1, 4):
        runs = [hours_on_interruptible(20, every, rng) for _ in range(400)]
        assert sum(runs) / len(runs) > 40
    hourly, rare = 20 + 19 * 0.5, 20 + 3 * 0.5
    assert (hourly, rare) == (29.5, 21.5)
    assert hourly * 4 == 118
    assert rare * 4 == 86
    assert key_text(item("interrupted-machines")) == "On demand, a checkpoint every 5 hours"


def test_only_the_two_storage_steps_bring_the_file_below_its_limit():
    table, dense = 200_000 * 60 * 4 / 1e6, 3 * 4.0
    assert table + dense == 60
    saves = {"a": table * 3 / 4, "b": 0.0, "c": dense / 2, "d": 0.0, "e": 0.0}
    one = item("weight-of-a-text-model")
    assert isinstance(one, MultipleResponse)
    enough = [pair for pair in itertools.combinations(saves, 2) if 60 - sum(saves[o] for o in pair) <= 20]
    by_text = {
        "Store the embedding table as 8-bit integers": "a",
        "Store the dense weights as 16-bit floats": "c",
    }
    assert {by_text[option.text] for option in one.options if option.id in one.keys} == set(enough[0])
    assert len(enough) == 1


def test_the_link_carries_every_second_window_beside_the_renewal():
    window = 4 * 25_600 * 2 / 1e6
    month = window * 6 * 24 * 30
    assert month == pytest.approx(885, abs=0.5)
    most = next(n for n in range(1, 10) if month / n + 180 <= 1000)
    assert most == 2
    assert key_text(item("turbine-link")) == "Every second window"
    assert 2 * month / 2 + 180 > 1000 >= 2 * month / 4 + 180
    features = 0.002 * 6 * 24 * 30
    assert features == pytest.approx(9, abs=0.5)


def test_the_alarms_of_the_turbines_say_what_is_told_of_them():
    with (BANKS / "cmla" / "data" / "ops-turbine-alarms.csv").open(encoding="utf-8") as file:
        rows = {
            (row["site"], row["weeks"]): (int(row["alarms"]), int(row["alarms with damage found"]))
            for row in csv.DictReader(file)
        }
    share = {place: found / alarms for place, (alarms, found) in rows.items()}
    assert share["North", "10-16"] == pytest.approx(1 / 9, abs=0.005)
    assert rows["North", "1-9"][1] / 9 == pytest.approx(rows["North", "10-16"][1] / 7, rel=0.05)
    before, later = rows["East", "1-9"], rows["East", "10-16"]
    assert (later[1] - before[1] / 9 * 7) / (later[0] - before[0] / 9 * 7) > 0.8
    assert share["East", "10-16"] > share["East", "1-9"]


def test_the_version_of_a_user_is_stable_nested_and_as_frequent_as_asked():
    import hashlib
    from types import SimpleNamespace

    one = item("which-users-meet-the-canary")
    code = one.code
    for gap in one.gaps:
        text = next(option.text for option in gap.options if option.id == gap.key)
        code = code.replace(f"[[{gap.id}]]", text.strip("`"))
    space: dict[str, object] = {"hashlib": hashlib}
    exec(code, space)
    version = space["version"]
    users = [SimpleNamespace(user_id=n, request_id=n * 7, replica=n % 12) for n in range(4000)]
    few = {u.user_id for u in users if version(u, 0.05, "r1") == "canary"}
    more = {u.user_id for u in users if version(u, 0.25, "r1") == "canary"}
    other = {u.user_id for u in users if version(u, 0.25, "r2") == "canary"}
    assert few < more
    assert len(few) / 4000 == pytest.approx(0.05, abs=0.015)
    assert len(more) / 4000 == pytest.approx(0.25, abs=0.03)
    assert len(more & other) / 4000 == pytest.approx(0.0625, abs=0.02)
    assert few == {u.user_id for u in users if version(u, 0.05, "r1") == "canary"}


def test_the_forecast_and_the_failures_of_the_night_are_as_told():
    assert 3 * 60 + 10 + 2 * 100 == 6 * 60 + 30
    keys = item("signals-at-night").keys
    chosen = {option.text for option in item("signals-at-night").options if option.id in keys}
    assert chosen == {"The default answers", "The forecast job"}
