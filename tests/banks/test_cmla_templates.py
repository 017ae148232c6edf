"""The templates and the case of the shipped bank, computed a second time without the program's own arithmetic."""

import csv
import math

import pytest

from banks.instances import BANKS, bank_named, instances
from examengine.forms.assemble import assemble
from examengine.itemtypes.item import Item
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.numeric.model import Numeric
from examengine.itemtypes.registry import spec_of

CASE = "cmla.missed-appointments"


def slips_of(item: Item) -> list[float]:
    assert isinstance(item, Numeric)
    return [float(slip.value) for slip in item.slips]


@pytest.mark.parametrize(
    ("bank", "name"), [(bank, name) for bank in ("cmla", "foundations") for name in sorted(bank_named(bank).templates)]
)
def test_every_key_of_a_template_earns_full_marks(bank: str, name: str):
    for _, item in instances(bank, name, range(20)):
        spec = spec_of(item)
        score = spec.score(item, spec.correct_response(item), None)
        assert score.earned == score.possible
        assert "{{" not in item.model_dump_json()


def test_the_threshold_is_that_at_which_both_actions_cost_the_same():
    for values, item in instances("foundations", "foundations.evaluation.threshold-from-costs"):
        assert isinstance(item, MultipleChoice)
        visit, damage = float(values["visit"]), float(values["damage"])
        texts = {option.id: float(option.text) for option in item.options}
        cheapest = min((p / 10_000 for p in range(10_001)), key=lambda p: abs(visit - damage * p))
        assert texts[item.key] == pytest.approx(cheapest, abs=0.0006)
        assert texts["b"] == pytest.approx(visit / (visit + damage), abs=0.00051)
        assert texts["c"] == pytest.approx((damage - visit) / damage, abs=0.00051)
        assert f"€{values['visit']}," in item.stem and f"€{values['damage']}." in item.stem
        assert len(set(texts.values())) == 4


def test_the_number_of_cases_is_the_least_that_keeps_the_margin():
    for values, item in instances("foundations", "foundations.evaluation.cases-for-a-margin"):
        assert isinstance(item, Numeric)
        p, margin = float(values["accuracy"]) / 100, float(values["margin"]) / 100

        def reach(cases: float, p: float = p) -> float:
            return 1.96 * math.sqrt(p * (1 - p) / cases)

        n = int(item.answer)
        assert reach(n) <= margin < reach(n - 1)
        half, without_z, z_once, without_q = slips_of(item)
        assert reach(half) == pytest.approx(2 * margin, rel=0.02)
        assert reach(without_z) == pytest.approx(1.96 * margin, rel=0.02)
        assert reach(z_once) == pytest.approx(math.sqrt(1.96) * margin, rel=0.02)
        assert without_q == pytest.approx(n / (1 - p), rel=0.02)


def test_the_memory_of_adam_is_four_numbers_for_each_parameter():
    for values, item in instances("foundations", "foundations.deep.memory-of-adam"):
        assert isinstance(item, Numeric)
        parameters = int(values["millions"]) * 1_000_000
        weights = gradients = first_moment = second_moment = parameters * 4 / 1e9
        assert float(item.answer) == pytest.approx(weights + gradients + first_moment + second_moment)
        assert slips_of(item) == pytest.approx([weights, weights + gradients, weights + gradients + first_moment])


def test_the_gap_of_the_case_follows_from_its_table():
    with (BANKS / "cmla" / "data" / "missed-appointments-pilot.csv").open(encoding="utf-8") as file:
        groups = [{name: int(cell) for name, cell in row.items() if name != "patients"} for row in csv.DictReader(file)]

    def gap(top: str, bottom: str) -> float:
        return abs(groups[0][top] / groups[0][bottom] - groups[1][top] / groups[1][bottom]) * 100

    item = bank_named("cmla").item_named("cmla.responsible.missed-appointments-gap")
    assert isinstance(item, Numeric)
    assert float(item.answer) == pytest.approx(gap("called and missed", "missed"), abs=0.05)
    wrong = [
        gap("called and missed", "called"),
        gap("called", "appointments"),
        gap("called and missed", "appointments"),
    ]
    assert slips_of(item) == pytest.approx(wrong, abs=0.05)
    # What the case says of its numbers.
    assert sum(group["called"] for group in groups) == 5 * 120
    assert sum(group["appointments"] for group in groups) == 5 * 1500
    assert sum(group["appointments"] for group in groups) / sum(group["missed"] for group in groups) == pytest.approx(
        9, abs=0.1
    )


def test_the_case_has_three_items_of_three_domains_and_its_table():
    bank = bank_named("cmla")
    assert [bank.domain_of(item.objective) for item in bank.testlet(CASE)] == ["data", "evaluation", "responsible"]
    (stimulus,) = [one for one in bank.stimuli if one.id == CASE]
    assert [part.title for part in (*stimulus.sections, *stimulus.exhibits)] == [
        "Goal",
        "Data",
        "Model and result",
        "Pilot",
    ]


def test_mocks_bring_cases_whole_and_templates_with_other_numbers():
    banks = {name: bank_named(name) for name in ("cmla", "foundations")}
    testlets = {item.stimulus: banks[name].testlet(item.stimulus) for name in banks for item in banks[name].items}
    seen: dict[str, set[tuple[tuple[str, str], ...]]] = {}
    cases = set()
    for seed in range(16):
        form = assemble(banks["cmla"].blueprints[0], banks, seed)
        assert len(form.stimuli) >= 2
        for stimulus in form.stimuli:
            numbers = [entry.number for entry in form.entries if entry.item.stimulus == stimulus.id]
            assert numbers == list(range(numbers[0], numbers[0] + len(testlets[stimulus.id])))
            assert len({form.entry(number).pretest for number in numbers}) == 1
            cases.add(stimulus.id)
        for entry in form.entries:
            if entry.template:
                seen.setdefault(entry.template, set()).add(tuple(sorted(entry.parameters.items())))
    assert len(cases) >= 6
    assert any(len(values) >= 2 for values in seen.values())
