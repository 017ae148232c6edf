"""A drill has exactly the items asked for, new ones first, and gives feedback at once."""

import pytest

from examengine.core.errors import UsageError
from examengine.forms.drill import DrillChoice, assemble_drill
from examengine.forms.form import Form
from examengine.forms.shortfall import Shortfall
from forms.made_banks import make_bank, make_exercise, make_item, pool_of


@pytest.fixture
def pool():
    items = [make_item(f"demo.{domain}.i{n}") for domain in ("alpha", "beta") for n in range(6)]
    items.append(make_item("demo.alpha.hard", "numeric", objective="alpha.more", difficulty="advanced"))
    return pool_of(make_bank(items, [make_exercise("demo.ex.x", {"beta": 3, "alpha": 4})]))


def ids_of(form) -> list[str]:
    assert isinstance(form, Form)
    return [entry.item.id for entry in form.entries]


def test_a_drill_has_exactly_the_items_asked_for(pool):
    form = assemble_drill(pool, DrillChoice(count=5), 1)
    assert len(set(ids_of(form))) == 5
    assert [entry.number for entry in form.entries] == [1, 2, 3, 4, 5]
    assert (form.kind, form.feedback, form.seconds, len(form.sections)) == ("drill", "immediate", None, 1)
    assert form.scoring.basis == "assumed"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"domains": ("beta",), "count": 6}, {f"demo.beta.i{n}" for n in range(6)}),
        ({"objectives": ("alpha.more",), "count": 1}, {"demo.alpha.hard"}),
        ({"types": ("numeric",), "count": 1}, {"demo.alpha.hard"}),
        ({"difficulties": ("advanced",), "count": 1}, {"demo.alpha.hard"}),
        ({"types": ("coding",), "count": 1}, {"demo.ex.x"}),
    ],
)
def test_a_choice_narrows_the_drill(pool, choice, expected):
    assert set(ids_of(assemble_drill(pool, DrillChoice(**choice), 1))) == expected


def test_exercises_come_only_when_asked_for(pool):
    assert "demo.ex.x" not in ids_of(assemble_drill(pool, DrillChoice(count=13), 1))


def test_an_exercise_brings_its_points_and_all_its_domains(pool):
    form = assemble_drill(pool, DrillChoice(types=("coding",), count=1), 1)
    assert form.entries[0].points == 7
    assert {domain.id for domain in form.domains} == {"alpha", "beta"}


def test_items_that_were_seen_come_last(pool):
    seen = frozenset(f"demo.alpha.i{n}" for n in range(6))
    choice = DrillChoice(domains=("alpha", "beta"), count=7, seen=seen)
    for seed in range(5):
        assert not seen & set(ids_of(assemble_drill(pool, choice, seed)))
    assert len(set(ids_of(assemble_drill(pool, choice.model_copy(update={"count": 9}), 1))) & seen) == 2


def test_the_same_seed_gives_the_same_drill_and_another_seed_another(pool):
    drills = {tuple(ids_of(assemble_drill(pool, DrillChoice(count=5), seed))) for seed in (1, 1, 2, 3)}
    assert len(drills) == 3


def test_a_time_limit_is_the_limit_of_the_drill_and_of_its_section(pool):
    form = assemble_drill(pool, DrillChoice(count=5, minutes=10), 1)
    assert (form.seconds, form.sections[0].seconds) == (600, 600)


def test_too_few_items_are_told_with_how_many_there_are(pool):
    found = assemble_drill(pool, DrillChoice(domains=("beta",), count=9), 1)
    assert isinstance(found, Shortfall)
    assert found.lines == ("6 items fit the choice, 9 are wanted",)
    assert (found.missing, found.available) == (3, 6)


def test_enemies_never_meet():
    items = [make_item("demo.alpha.x", enemies=["demo.alpha.y"]), make_item("demo.alpha.y"), make_item("demo.alpha.z")]
    for seed in range(8):
        picked = set(ids_of(assemble_drill(pool_of(make_bank(items)), DrillChoice(count=2), seed)))
        assert not picked >= {"demo.alpha.x", "demo.alpha.y"}
    found = assemble_drill(pool_of(make_bank(items)), DrillChoice(count=3), 1)
    assert isinstance(found, Shortfall)
    assert found.lines == (
        "3 items fit the choice, 3 are wanted",
        "enemies kept apart, 2 of them can meet in one drill",
    )
    assert found.available == 2


def test_an_item_with_many_enemies_gives_way_where_that_makes_room():
    hub = make_item("demo.alpha.hub", enemies=[f"demo.alpha.i{n}" for n in range(3)])
    items = [hub, *(make_item(f"demo.alpha.i{n}") for n in range(3))]
    for seed in range(8):
        assert "demo.alpha.hub" not in ids_of(assemble_drill(pool_of(make_bank(items)), DrillChoice(count=3), seed))


def test_as_many_as_can_meet_are_told_where_too_few_can():
    hub = make_item("demo.alpha.hub", enemies=[f"demo.alpha.i{n}" for n in range(3)])
    items = [hub, *(make_item(f"demo.alpha.i{n}") for n in range(3))]
    for seed in range(8):
        found = assemble_drill(pool_of(make_bank(items)), DrillChoice(count=4), seed)
        assert isinstance(found, Shortfall)
        assert found.available == 3
    pair = make_item("demo.alpha.pair", enemies=["demo.alpha.i0", "demo.alpha.i1"])
    items = [pair, *(make_item(f"demo.alpha.i{n}") for n in range(5))]
    for seed in range(8):
        assert assemble_drill(pool_of(make_bank(items)), DrillChoice(count=6), seed).available == 5


@pytest.mark.parametrize(
    "choice",
    [{"domains": ("gamma",)}, {"objectives": ("alpha.none",)}, {"types": ("essay",)}, {"difficulties": ("hard",)}],
)
def test_a_name_that_does_not_exist_is_the_callers_fault(pool, choice):
    with pytest.raises(UsageError, match="there are"):
        assemble_drill(pool, DrillChoice(**choice), 1)


def test_a_drill_is_the_same_after_writing_and_reading(pool):
    form = assemble_drill(pool, DrillChoice(count=5), 1)
    assert Form.model_validate_json(form.model_dump_json()) == form
