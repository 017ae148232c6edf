"""What fits a drill is counted before it starts, and where nothing fits the reason is a sentence."""

import pytest

from examengine.core.errors import UsageError
from examengine.forms.drill import DrillChoice, assemble_drill, fitting, why_none_fits
from examengine.forms.form import Form
from examengine.forms.shortfall import Shortfall
from forms.made_banks import make_bank, make_exercise, make_item, pool_of

MET = frozenset({"demo.alpha.i0", "demo.alpha.i1", "demo.beta.i0"})


@pytest.fixture
def pool():
    items = [make_item(f"demo.{domain}.i{n}") for domain in ("alpha", "beta") for n in range(6)]
    items.append(make_item("demo.alpha.hard", "numeric", objective="alpha.more", difficulty="advanced"))
    return pool_of(make_bank(items, [make_exercise("demo.ex.x", {"beta": 3, "alpha": 4})]))


def choice_of(**over) -> DrillChoice:
    return DrillChoice(
        seen=MET, missed=frozenset({"demo.alpha.i0"}), flagged=frozenset({"demo.alpha.i1", "demo.beta.i0"}), **over
    )


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({"only": ("missed",)}, {"demo.alpha.i0"}),
        ({"only": ("flagged",)}, {"demo.alpha.i1", "demo.beta.i0"}),
        ({"only": ("flagged",), "domains": ("alpha",)}, {"demo.alpha.i1"}),
        ({"only": ("missed", "flagged")}, MET),
        ({"only": ("new",), "domains": ("alpha",)}, {f"demo.alpha.i{n}" for n in range(2, 6)} | {"demo.alpha.hard"}),
    ],
)
def test_what_happened_before_narrows_the_drill(pool, over, expected):
    choice = choice_of(count=None, **over)
    assert {one.item.id for one in fitting(pool, choice)} == expected
    form = assemble_drill(pool, choice, 1)
    assert isinstance(form, Form)
    assert {entry.item.id for entry in form.entries} == expected


def test_without_a_count_all_that_can_meet_make_the_drill(pool):
    form = assemble_drill(pool, DrillChoice(count=None), 1)
    assert isinstance(form, Form)
    assert len(form.entries) == 13
    enemies = [
        make_item("demo.alpha.x", enemies=["demo.alpha.y"]),
        make_item("demo.alpha.y"),
        make_item("demo.alpha.z"),
    ]
    form = assemble_drill(pool_of(make_bank(enemies)), DrillChoice(count=None), 1)
    assert isinstance(form, Form)
    assert len(form.entries) == 2


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"domains": ("beta",), "types": ("numeric",)}, "none of the 7 items is of type numeric"),
        ({"types": ("numeric",), "difficulties": ("foundational",)}, "the only item is not foundational"),
        ({"objectives": ("alpha.more",), "only": ("missed",)}, "the only item is not missed"),
        ({"domains": ("alpha",), "types": ("numeric",), "only": ("missed", "flagged")}, "is not missed or flagged"),
    ],
)
def test_the_part_of_a_choice_that_leaves_no_item_is_named(pool, over, words):
    choice = choice_of(**over)
    assert fitting(pool, choice) == []
    assert words in why_none_fits(pool, choice)
    found = assemble_drill(pool, choice, 1)
    assert isinstance(found, Shortfall)
    assert (found.lines, found.available) == ((why_none_fits(pool, choice),), 0)


def test_an_objective_of_another_domain_leaves_nothing_and_is_named(pool):
    choice = DrillChoice(domains=("beta",), objectives=("alpha.more",))
    assert "none of the 7 items is of" in why_none_fits(pool, choice)


def test_where_something_fits_there_is_no_reason(pool):
    assert why_none_fits(pool, DrillChoice()) == ""


def test_an_unknown_name_is_told_before_anything_is_counted(pool):
    with pytest.raises(UsageError, match="there are"):
        fitting(pool, DrillChoice(domains=("gamma",)))
