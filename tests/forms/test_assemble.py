"""A form meets every count of its blueprint, or the banks cannot meet them."""

import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examengine.core.digest import digest_json
from examengine.core.errors import UsageError
from examengine.forms.assemble import Shortfall, assemble
from examengine.forms.form import Form
from examengine.forms.quotas import scored_items_by_domain
from forms.exhaustive_search import form_exists
from forms.made_banks import TYPES, make_bank, make_blueprint, make_exercise, make_item, total

DOMAINS = ("alpha", "beta")


def a_large_bank(each: int = 20):
    items = [
        make_item(f"demo.{d}.{t.replace('_', '-')}-{n:02}", t) for d in DOMAINS for t in TYPES for n in range(each)
    ]
    exercises = [make_exercise(f"demo.ex.one-{n}", {"alpha": 10, "beta": 5}) for n in range(3)]
    return make_bank(items, [*exercises, make_exercise("demo.ex.two", {"beta": 20}, 25)])


def a_blueprint(**over):
    sections = [
        {
            "id": "a",
            "items": 10,
            "pretest": 2,
            "points_each": 4,
            "types": {"multiple_choice": 7, "multiple_response": 3, "numeric": 2},
        },
        {
            "id": "b",
            "slots": [
                {"id": "k1", "title": "One", "minutes": 15, "points": {"alpha": 10, "beta": 5}},
                {"id": "k2", "title": "Two", "minutes": 15, "points": {"beta": 5, "alpha": 10}},
                {"id": "k3", "title": "Three", "minutes": 25, "points": {"beta": 20}},
            ],
        },
    ]
    domains = [{"id": "alpha", "weight": 40, "items": 4}, {"id": "beta", "weight": 60, "items": 6}]
    return make_blueprint(sections, domains, **over)


def a_form(seed: int = 1) -> Form:
    form = assemble(a_blueprint(), {"demo": a_large_bank()}, seed)
    assert isinstance(form, Form)
    return form


def test_a_form_has_the_counts_of_its_blueprint():
    form = a_form()
    entries = form.entries_of("a")
    assert Counter(entry.item.type for entry in entries) == {"multiple_choice": 7, "multiple_response": 3, "numeric": 2}
    assert Counter(entry.domain for entry in entries if not entry.pretest) == {"alpha": 4, "beta": 6}
    assert sum(entry.pretest for entry in entries) == 2
    assert [entry.item.minutes for entry in form.entries_of("b")] == [15, 15, 25]


def test_entries_are_numbered_through_the_form_in_the_order_of_its_sections():
    form = a_form()
    assert [entry.number for entry in form.entries] == list(range(1, 16))
    assert [entry.section for entry in form.entries] == ["a"] * 12 + ["b"] * 3


def test_no_item_stands_twice():
    ids = [entry.item.id for entry in a_form().entries]
    assert len(set(ids)) == len(ids)


def test_items_are_worth_the_sections_points_exercises_their_own_and_pretest_items_nothing():
    form = a_form()
    assert {(entry.pretest, entry.points) for entry in form.entries_of("a")} == {(False, 4), (True, 0)}
    assert [entry.points for entry in form.entries_of("b")] == [15, 15, 20]
    assert form.points_possible() == 90


def test_an_entry_of_an_exercise_stands_under_the_domain_with_most_points():
    assert [entry.domain for entry in a_form().entries_of("b")] == ["alpha", "alpha", "beta"]


def test_the_same_bank_blueprint_and_seed_give_the_same_form_in_any_process():
    script = "from forms.test_assemble import a_form\nprint(a_form(5).digest())\n"
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {a_form(5).digest()}


def test_the_order_in_which_a_bank_lists_its_items_changes_nothing():
    bank = a_large_bank()
    turned = bank.model_copy(update={"items": bank.items[::-1], "exercises": bank.exercises[::-1]})
    assert assemble(a_blueprint(), {"demo": turned}, 3) == assemble(a_blueprint(), {"demo": bank}, 3)


def test_other_seeds_give_other_items_places_and_options():
    one, other = a_form(1), a_form(2)
    assert {entry.item.id for entry in one.entries} != {entry.item.id for entry in other.entries}
    orders = {
        entry.order for seed in range(5) for entry in a_form(seed).entries if entry.item.type == "multiple_choice"
    }
    assert len(orders) > 5


def test_over_many_seeds_every_item_is_drawn():
    items = [make_item(f"demo.alpha.i{n}") for n in range(6)]
    blueprint = make_blueprint([{"id": "a", "items": 2}], [{"id": "alpha", "weight": 100}])
    drawn = Counter(
        entry.item.id for seed in range(120) for entry in assemble(blueprint, {"demo": make_bank(items)}, seed).entries
    )
    assert len(drawn) == 6
    assert min(drawn.values()) > 20  # 40 each by chance


def test_over_many_seeds_every_item_is_a_pretest_item_at_times():
    items = [make_item(f"demo.alpha.i{n}") for n in range(4)]
    blueprint = make_blueprint([{"id": "a", "items": 3, "pretest": 1}], [{"id": "alpha", "weight": 100}])
    unscored = Counter(
        entry.item.id
        for seed in range(80)
        for entry in assemble(blueprint, {"demo": make_bank(items)}, seed).entries
        if entry.pretest
    )
    assert len(unscored) == 4
    assert min(unscored.values()) > 5


def test_options_whose_order_carries_meaning_stay():
    items = [make_item(f"demo.alpha.i{n}", shuffle=False) for n in range(5)]
    blueprint = make_blueprint([{"id": "a", "items": 5}], [{"id": "alpha", "weight": 100}])
    form = assemble(blueprint, {"demo": make_bank(items)}, 1)
    assert {entry.order for entry in form.entries} == {("a", "b", "c", "d")}


def test_an_entry_carries_the_digest_of_its_item():
    for entry in a_form().entries:
        assert entry.digest == digest_json(entry.item.model_dump(mode="json"))


def test_a_form_is_the_same_after_writing_and_reading():
    form = a_form()
    assert Form.model_validate_json(form.model_dump_json()) == form


def test_the_bank_digest_follows_the_banks_drawn_on_and_no_others():
    bank, other = a_large_bank(), make_bank(bank_id="other")
    alone = assemble(a_blueprint(), {"demo": bank}, 1)
    assert assemble(a_blueprint(), {"demo": bank, "other": other}, 1) == alone
    changed = assemble(a_blueprint(), {"demo": bank.model_copy(update={"digest": "x"})}, 1)
    assert changed.bank_digest != alone.bank_digest


def test_domains_may_draw_on_domains_and_objectives_of_other_banks():
    own = make_bank([make_item("demo.alpha.x"), make_item("demo.beta.y", objective="beta.more")])
    other = make_bank([make_item("other.gamma.z")], bank_id="other", domains=("gamma",))
    domains = [
        {"id": "first", "weight": 50, "items": 2, "draws": ["demo.alpha", "other.gamma"]},
        {"id": "second", "weight": 50, "items": 1, "draws": ["demo.beta.more"]},
    ]
    blueprint = make_blueprint([{"id": "a", "items": 3}], domains)
    form = assemble(blueprint, {"demo": own, "other": other}, 1)
    assert {entry.item.id: entry.domain for entry in form.entries} == {
        "demo.alpha.x": "first",
        "other.gamma.z": "first",
        "demo.beta.y": "second",
    }
    assert [domain.title for domain in form.domains] == ["Alpha", "second"]
    assert {domain.id for domain in form.domains} == {"first", "second"}


def test_an_exercise_is_scored_in_the_blueprints_domains():
    bank = make_bank(exercises=[make_exercise("demo.ex.x", {"alpha": 3, "beta": 4})])
    slot = {"id": "k", "title": "K", "minutes": 15, "points": {"first": 3, "second": 4}}
    domains = [{"id": "first", "draws": ["demo.alpha"]}, {"id": "second", "draws": ["demo.beta"]}]
    form = assemble(make_blueprint([{"id": "b", "slots": [slot]}], domains), {"demo": bank}, 1)
    (entry,) = form.entries
    assert [part.domain for part in entry.item.parts] == ["first", "second"]
    assert entry.digest == digest_json(bank.exercises[0].package.item.model_dump(mode="json"))


def test_an_exercise_fits_a_slot_of_its_minutes_and_points_alone():
    exercises = [
        make_exercise("demo.ex.longer", {"alpha": 3}, 20),
        make_exercise("demo.ex.richer", {"alpha": 4}, 15),
        make_exercise("demo.ex.wider", {"alpha": 3, "beta": 1}, 15),
        make_exercise("demo.ex.right", {"alpha": 3}, 15),
    ]
    slot = {"id": "k", "title": "K", "minutes": 15, "points": {"alpha": 3}}
    for seed in range(5):
        form = assemble(make_blueprint([{"id": "b", "slots": [slot]}]), {"demo": make_bank(exercises=exercises)}, seed)
        assert [entry.item.id for entry in form.entries] == ["demo.ex.right"]


def test_an_item_that_serves_two_domains_goes_where_it_is_needed():
    items = [make_item("demo.alpha.x"), make_item("demo.alpha.y", objective="alpha.more")]
    domains = [
        {"id": "all", "items": 1, "draws": ["demo.alpha"]},
        {"id": "some", "items": 1, "draws": ["demo.alpha.more"]},
    ]
    form = assemble(make_blueprint([{"id": "a", "items": 2}], domains), {"demo": make_bank(items)}, 1)
    assert {entry.item.id: entry.domain for entry in form.entries} == {"demo.alpha.x": "all", "demo.alpha.y": "some"}


def test_a_bank_that_is_drawn_on_and_not_given_is_the_callers_fault():
    with pytest.raises(UsageError, match="'demo'"):
        assemble(a_blueprint(), {}, 1)


# What is missing, in words.


def shortfall_of(blueprint, bank) -> Shortfall:
    found = assemble(blueprint, {"demo": bank}, 1)
    assert isinstance(found, Shortfall)
    return found


def test_a_domain_with_too_few_items_is_named_with_both_numbers():
    bank = make_bank([make_item(f"demo.alpha.i{n}") for n in range(3)])
    blueprint = make_blueprint([{"id": "a", "items": 5}], [{"id": "alpha", "items": 5}])
    found = shortfall_of(blueprint, bank)
    assert found.lines == (
        "domain alpha has 3 eligible items, 5 are needed",
        "section a has 3 eligible items, 5 are needed",
        "least to write: 2 more items in domain alpha",
    )
    assert found.missing == 2


def test_a_type_with_too_few_items_is_named_with_both_numbers():
    bank = make_bank([make_item(f"demo.alpha.i{n}", "numeric" if n == 0 else "multiple_choice") for n in range(9)])
    section = {"id": "a", "items": 5, "types": {"multiple_choice": 3, "numeric": 2}}
    found = shortfall_of(make_blueprint([section], [{"id": "alpha", "items": 5}]), bank)
    assert found.lines == (
        "section a has 1 eligible numeric item, 2 are needed",
        "least to write: 1 more numeric item in domain alpha",
    )


def test_a_slot_that_no_exercise_fits_is_named_with_what_it_wants():
    slot = {"id": "k3", "title": "T", "minutes": 25, "points": {"alpha": 3, "beta": Fraction("7/2")}}
    found = shortfall_of(make_blueprint([{"id": "b", "slots": [slot]}]), a_large_bank())
    assert found.lines == (
        "slot k3 has no exercise worth alpha 3, beta 3.5 points in 25 minutes",
        "least to write: an exercise for slot k3",
    )


def test_slots_alike_that_share_too_few_exercises_are_named_together():
    slots = [{"id": f"k{n}", "title": "T", "minutes": 25, "points": {"beta": 20}} for n in (1, 2)]
    found = shortfall_of(make_blueprint([{"id": "b", "slots": slots}]), a_large_bank())
    assert (
        found.lines[0]
        == "slots k1, k2 each want an exercise worth beta 20 points in 25 minutes: there is 1, 2 are needed"
    )
    assert found.missing == 1


def test_enemies_that_leave_no_form_are_named_as_the_reason():
    items = [make_item("demo.alpha.x", enemies=["demo.alpha.y"]), make_item("demo.alpha.y")]
    found = shortfall_of(make_blueprint([{"id": "a", "items": 2}], [{"id": "alpha", "items": 2}]), make_bank(items))
    assert found.lines == (
        "enemy items keep each other out: without them there would be a form",
        "least to write: 1 more item in domain alpha",
    )


def test_counts_that_exclude_each_other_are_named_as_the_reason():
    items = [make_item("demo.alpha.x", "numeric"), make_item("demo.alpha.y", "numeric")]
    items += [make_item(f"demo.beta.i{n}") for n in range(3)]
    section = {"id": "a", "items": 2, "types": {"multiple_choice": 1, "numeric": 1}}
    found = shortfall_of(
        make_blueprint([section], [{"id": "alpha", "items": 2}, {"id": "beta", "items": 0}]), make_bank(items)
    )
    assert found.lines == (
        "each count can be met by itself, but not all of them together",
        "least to write: 1 more multiple_choice item in domain alpha",
    )


def test_a_draw_that_its_bank_does_not_have_is_named():
    blueprint = make_blueprint([{"id": "a", "items": 1}], [{"id": "alpha", "items": 1, "draws": ["demo.gamma"]}])
    assert (
        shortfall_of(blueprint, make_bank()).lines[0]
        == "domain alpha draws on 'demo.gamma', which bank demo does not have"
    )


def test_counts_that_contradict_each_other_are_told_without_looking_at_items():
    blueprint = make_blueprint([{"id": "a", "items": 3}], [{"id": "alpha", "items": 4}, {"id": "beta", "weight": 1}])
    assert shortfall_of(blueprint, a_large_bank()).lines == ("the domains hold 4 items, but the sections have 3",)


# Random banks and blueprints against a search that tries everything.

small_items = st.lists(st.tuples(st.sampled_from(DOMAINS), st.sampled_from(TYPES[1:])), min_size=0, max_size=6)


@st.composite
def cases(draw):
    kinds = draw(small_items)
    ids = [f"demo.{domain}.i{place}" for place, (domain, _) in enumerate(kinds)]
    enemies = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=3)) if ids else []
    items = [
        make_item(name, kind, enemies=[other for one, other in enemies if one == name and other != name])
        for name, (_, kind) in zip(ids, kinds, strict=True)
    ]
    worths = draw(st.lists(st.sampled_from([(3, 0), (3, 2), (0, 2)]), max_size=3))
    exercises = [
        make_exercise(f"demo.ex.e{n}", {d: p for d, p in zip(DOMAINS, worth, strict=True) if p})
        for n, worth in enumerate(worths)
    ]
    sections = []
    for place in range(draw(st.integers(1, 2))):
        size, pretest = draw(st.integers(1, 2)), draw(st.integers(0, 1))
        section = {"id": f"s{place}", "items": size, "pretest": pretest}
        match draw(st.sampled_from(["free", "one type", "counts"])):
            case "one type":
                section["types"] = [draw(st.sampled_from(TYPES[1:]))]
            case "counts":
                numeric = draw(st.integers(0, size + pretest))
                section["types"] = {"numeric": numeric, "multiple_response": size + pretest - numeric}
        sections.append(section)
    wanted = sum(section["items"] for section in sections)
    slots = draw(st.lists(st.sampled_from([{"alpha": 3}, {"alpha": 3, "beta": 2}]), max_size=2))
    if slots:
        sections.append(
            {
                "id": "code",
                "slots": [{"id": f"k{n}", "title": "K", "minutes": 15, "points": p} for n, p in enumerate(slots)],
            }
        )
    alpha = draw(st.integers(0, wanted))
    domains = [{"id": "alpha", "items": alpha}, {"id": "beta", "items": wanted - alpha}]
    return make_blueprint(sections, domains), items, exercises


def assert_meets(form: Form, blueprint) -> None:
    ids = [entry.item.id for entry in form.entries]
    assert len(set(ids)) == len(ids)
    assert not {enemy for entry in form.entries for enemy in entry.item.enemies} & set(ids)
    for section in blueprint.sections:
        entries = form.entries_of(section.id)
        if section.slots:
            assert [entry.item.points_by_domain() for entry in entries] == [slot.points for slot in section.slots]
            assert [entry.points for entry in entries] == [total(list(slot.points.values())) for slot in section.slots]
            continue
        assert len(entries) == section.items + section.pretest
        assert sum(entry.pretest for entry in entries) == section.pretest
        kinds = Counter(entry.item.type for entry in entries)
        if isinstance(section.types, dict):
            assert kinds == Counter(section.types)
        elif section.types:
            assert set(kinds) <= set(section.types)
    scored = [entry for entry in form.entries if not entry.pretest and entry.item.type != "coding"]
    assert Counter(entry.domain for entry in scored) == Counter(scored_items_by_domain(blueprint))
    for entry in scored:
        assert entry.item.objective.startswith(f"{entry.domain}.")


def exists(blueprint, items, exercises) -> bool:
    packages = [exercise.package.item for exercise in exercises]
    return form_exists(blueprint, scored_items_by_domain(blueprint), items, packages)


@settings(max_examples=150, deadline=None)
@given(cases(), st.integers(0, 2**40))
def test_a_form_meets_every_count_and_a_shortfall_is_real(case, seed):
    blueprint, items, exercises = case
    found = assemble(blueprint, {"demo": make_bank(items, exercises)}, seed)
    if isinstance(found, Form):
        assert_meets(found, blueprint)
    else:
        assert found.lines
        assert found.missing >= 1
        assert not exists(blueprint, items, exercises)


def additions(blueprint, count: int):
    """Yield every way to write that many new items and exercises."""
    new_items = [("item", domain, kind) for domain in DOMAINS for kind in TYPES[1:]]
    new_exercises = [
        ("exercise", tuple(slot.points.items()), "") for section in blueprint.sections for slot in section.slots
    ]
    yield from combinations_with_replacement([*new_items, *dict.fromkeys(new_exercises)], count)


def written(blueprint, items, exercises, new) -> bool:
    """Return whether a form exists once these are written."""
    more, more_exercises = list(items), list(exercises)
    for place, (what, where, kind) in enumerate(new):
        if what == "item":
            more.append(make_item(f"demo.{where}.new{place}", kind))
        else:
            points = {domain: int(worth) for domain, worth in where}
            more_exercises.append(make_exercise(f"demo.ex.new{place}", points))
    return exists(blueprint, more, more_exercises)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_what_is_said_to_be_missing_is_the_least_that_would_do(case):
    blueprint, items, exercises = case
    found = assemble(blueprint, {"demo": make_bank(items, exercises)}, 1)
    if isinstance(found, Form) or found.missing > 3:
        return
    assert any(written(blueprint, items, exercises, new) for new in additions(blueprint, found.missing))
    if found.missing > 1:
        assert not any(written(blueprint, items, exercises, new) for new in additions(blueprint, found.missing - 1))
