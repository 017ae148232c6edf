"""Difficulty mix, expected time and families: how they are asked for, met, and told where they cannot be."""

from collections import Counter

import pytest
from pydantic import ValidationError

from builders import a_stimulus
from examengine.forms.assemble import Shortfall, assemble
from examengine.forms.form import Form
from examengine.forms.parallel import assemble_parallel, seed_of
from forms.made_banks import make_bank, make_blueprint, make_exercise, make_item

ALPHA = [{"id": "alpha", "weight": 100}]
LEVELS = ("foundational", "intermediate", "advanced")


def section(**over):
    return {"id": "a", "items": 6} | over


def a_bank(count: int = 30, **over):
    return make_bank(
        [
            make_item(f"demo.alpha.i{n:02}", difficulty=LEVELS[n % 3], seconds=30 + 15 * (n % 5), **over)
            for n in range(count)
        ]
    )


def made(bank, asked, seed: int = 1):
    return assemble(make_blueprint([asked], ALPHA), {"demo": bank}, seed)


def test_difficulties_are_met_as_numbers_and_as_bounds():
    mix = {"foundational": 3, "intermediate": {"at_most": 1}, "advanced": {"at_least": 2, "at_most": 3}}
    for seed in range(10):
        form = made(a_bank(), section(items=5, pretest=1, difficulty=mix), seed)
        assert isinstance(form, Form)
        counts = Counter(entry.item.difficulty.value for entry in form.entries)
        assert counts["foundational"] == 3
        assert counts["intermediate"] <= 1
        assert 2 <= counts["advanced"] <= 3


def test_the_expected_time_counts_pretest_items_and_keeps_its_bounds():
    for seed in range(10):
        asked = section(items=5, pretest=1, expected_minutes={"at_least": 4, "at_most": "17/4"})
        form = made(a_bank(), asked, seed)
        assert isinstance(form, Form)
        assert 240 <= sum(entry.item.seconds for entry in form.entries) <= 255
        (time,) = (one for one in form.certificate.constraints if one.kind == "expected_seconds")
        assert (time.least, time.most) == (240, 255)
        assert time.reached == sum(entry.item.seconds for entry in form.entries)


@pytest.mark.parametrize(
    "over",
    [
        {"difficulty": {"foundational": 7}},
        {"difficulty": {"foundational": 2, "intermediate": 2, "advanced": {"at_most": 1}}},
        {"difficulty": {"hard": 1}},
        {"difficulty": {"advanced": {}}},
        {"difficulty": {"advanced": {"at_least": 3, "at_most": 2}}},
        {"difficulty": {"advanced": -1}},
        {"expected_minutes": {}},
        {"expected_minutes": {"at_least": 9, "at_most": 8}},
        {"expected_minutes": {"at_most": -1}},
    ],
)
def test_bounds_that_no_form_could_meet_are_refused(over):
    with pytest.raises(ValidationError):
        make_blueprint([section(**over)], ALPHA)


def test_difficulty_and_time_go_with_items_only():
    slot = {"id": "k", "title": "K", "minutes": 15, "points": {"alpha": 3}}
    for over in ({"difficulty": {"advanced": 1}}, {"expected_minutes": {"at_most": 9}}):
        with pytest.raises(ValidationError, match="go with items"):
            make_blueprint([{"id": "b", "slots": [slot]} | over], ALPHA)


def test_at_most_one_item_of_a_family_is_drawn():
    family = [make_item(f"demo.alpha.f{n}", family="slopes") for n in range(8)]
    others = [make_item(f"demo.alpha.o{n}") for n in range(5)]
    for seed in range(10):
        form = made(make_bank([*family, *others]), section(), seed)
        assert isinstance(form, Form)
        assert sum(entry.item.family == "slopes" for entry in form.entries) == 1
        assert [one.reached for one in form.certificate.constraints if one.kind == "repeated_families"] == [0]


def test_a_family_reaches_over_items_and_exercises():
    exercise = make_exercise("demo.ex.e", {"alpha": 3}, family="slopes")
    items = [make_item("demo.alpha.f", family="slopes"), make_item("demo.alpha.o")]
    slot = {"id": "k", "title": "K", "minutes": 15, "points": {"alpha": 3}}
    blueprint = make_blueprint([section(items=1), {"id": "b", "slots": [slot]}], ALPHA)
    for seed in range(6):
        form = assemble(blueprint, {"demo": make_bank(items, [exercise])}, seed)
        assert [entry.item.id for entry in form.entries] == ["demo.alpha.o", "demo.ex.e"]


# Where there is no form.


def test_a_difficulty_with_too_few_items_is_named_with_what_to_write():
    found = made(a_bank(6), section(items=4, difficulty={"advanced": 3}))
    assert isinstance(found, Shortfall)
    assert found.lines == (
        "section a has 2 eligible advanced items, 3 are needed",
        "least to write: 1 more advanced item in domain alpha",
    )
    assert found.conflict == ("section a: 3 advanced items (eligible: 2)",)


def test_a_time_that_no_items_reach_is_named_with_what_to_write():
    bank = make_bank([make_item(f"demo.alpha.i{n}") for n in range(6)])
    found = made(bank, section(items=4, expected_minutes={"at_least": 5, "at_most": 6}))
    assert isinstance(found, Shortfall)
    assert found.lines[0] == "section a has at least 300 seconds, and its 4 slowest items take 240"
    assert "1 more item in domain alpha" in found.lines[1]
    assert found.missing == 1
    assert set(found.conflict) == {
        "section a: 4 scored items (eligible: 6)",
        "section a: expected time of 300 to 360 seconds (any 4 eligible items take 240 to 240)",
    }


def test_a_family_that_leaves_no_form_is_part_of_the_conflict():
    found = made(make_bank([make_item(f"demo.alpha.f{n}", family="slopes") for n in range(3)]), section(items=2))
    assert isinstance(found, Shortfall)
    assert found.missing == 1
    assert "at most one item of family slopes (it has 3)" in found.conflict
    assert len(found.conflict) == 2


def test_of_many_enemies_only_those_that_matter_are_named():
    items = [make_item(f"demo.alpha.i{n}", enemies=[f"demo.alpha.i{n + 1}"] if n < 11 else []) for n in range(12)]
    items += [make_item(f"demo.beta.j{n}", enemies=["demo.beta.j0"] if n else []) for n in range(2)]
    blueprint = make_blueprint([section(items=4)], [{"id": "alpha", "items": 2}, {"id": "beta", "items": 2}])
    found = assemble(blueprint, {"demo": make_bank(items)}, 1)
    assert isinstance(found, Shortfall)
    assert set(found.conflict) == {
        "domain beta: 2 scored items (eligible: 2)",
        "demo.beta.j0 and demo.beta.j1 are enemies",
    }


def test_a_testlet_that_must_stay_whole_is_part_of_the_conflict():
    case = [make_item(f"demo.alpha.c{n}", stimulus="demo.case") for n in range(2)]
    bank = make_bank(case).model_copy(update={"stimuli": (a_stimulus(id="demo.case"),)})
    other = [make_item("demo.alpha.o", enemies=["demo.alpha.c0"])]
    bank = bank.model_copy(update={"items": (*case, *other)})
    found = made(bank, section(items=3))
    assert isinstance(found, Shortfall)
    assert any("enemies" in line for line in found.conflict)


def test_counts_that_no_bank_could_meet_are_told_as_such():
    asked = section(items=2, difficulty={"advanced": 2}, expected_minutes={"at_most": "1/2"})
    found = made(make_bank([make_item("demo.alpha.x")]), asked)
    assert isinstance(found, Shortfall)
    assert found.missing == 0
    assert any(line.startswith("no bank could meet the blueprint") for line in found.lines)


# Parallel forms.


def test_parallel_forms_are_alike_and_share_nothing():
    blueprint = make_blueprint([section(items=5, pretest=1, minutes=30)], ALPHA)
    forms = assemble_parallel(blueprint, {"demo": a_bank(60)}, 3, 4)
    assert isinstance(forms, tuple)
    ids = [entry.item.id for form in forms for entry in form.entries]
    assert len(set(ids)) == len(ids) == 24
    mixes = [Counter(entry.item.difficulty for entry in form.entries) for form in forms]
    assert all(mix == mixes[0] for mix in mixes)
    seconds = [sum(entry.item.seconds for entry in form.entries) for form in forms]
    both = forms[0].certificate.parallel
    assert both.seconds_spread == max(seconds) - min(seconds)
    assert 100 * max(seconds) <= (100 + both.seconds_percent) * min(seconds)
    assert [form.certificate.parallel.number for form in forms] == [1, 2, 3, 4]
    assert [form.seed for form in forms] == [seed_of(3, number) for number in range(4)]
    assert forms[0].seed == 3
    assert len({form.digest() for form in forms}) == 4


def test_a_single_parallel_form_is_the_form_of_the_seed():
    blueprint = make_blueprint([section()], ALPHA)
    (form,) = assemble_parallel(blueprint, {"demo": a_bank()}, 5, 1)
    assert form == assemble(blueprint, {"demo": a_bank()}, 5)


def test_parallel_forms_of_too_small_a_bank_say_what_a_single_form_lacks():
    found = assemble_parallel(make_blueprint([section()], ALPHA), {"demo": a_bank(3)}, 1, 2)
    assert isinstance(found, Shortfall)
    assert found.missing == 3
