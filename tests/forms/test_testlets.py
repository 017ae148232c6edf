"""A testlet is drawn whole or not at all, in one section, in its order, and it is scored or pretest as a whole."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from builders import a_stimulus
from examengine.bank.bank import Bank
from examengine.forms.assemble import assemble
from examengine.forms.drill import DrillChoice, assemble_drill
from examengine.forms.form import Form
from examengine.forms.quotas import scored_items_by_domain
from examengine.forms.shortfall import Shortfall
from forms.exhaustive_search import form_exists
from forms.made_banks import make_bank, make_blueprint, make_item, pool_of

ALPHA = [{"id": "alpha", "weight": 100}]


def case_items(name: str, *domains: str, kinds: tuple[str, ...] = (), **over):
    """Return items on stimulus `demo.<name>`, one for each domain; their ids do not sort in their order."""
    return [
        make_item(
            f"demo.{domain}.{name}{9 - place}",
            kinds[place] if kinds else "multiple_choice",
            stimulus=f"demo.{name}",
            **over,
        )
        for place, domain in enumerate(domains)
    ]


def bank_of(*items, domains=("alpha", "beta")) -> Bank:
    names = dict.fromkeys(item.stimulus for item in items if item.stimulus)
    stimuli = tuple(a_stimulus(id=name) for name in names)
    return make_bank(items, domains=domains).model_copy(update={"stimuli": stimuli})


def singles(count: int, domain: str = "alpha"):
    return [make_item(f"demo.{domain}.s{n:02}") for n in range(count)]


def made(bank: Bank, sections, domains=ALPHA, seed: int = 1):
    return assemble(make_blueprint(sections, domains), {"demo": bank}, seed)


def check_whole(form: Form, bank: Bank) -> None:
    for stimulus in bank.stimuli:
        numbers = [entry.number for entry in form.entries if entry.item.stimulus == stimulus.id]
        if not numbers:
            continue
        entries = [form.entry(number) for number in numbers]
        assert [entry.item.id for entry in entries] == [item.id for item in bank.testlet(stimulus.id)]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert len({entry.section for entry in entries}) == 1
    assert {one.id for one in form.stimuli} == {e.item.stimulus for e in form.entries if e.item.stimulus}


def test_a_testlet_stands_whole_and_in_order_for_every_seed():
    bank = bank_of(*singles(12), *case_items("case", "alpha", "alpha", "alpha"), *case_items("shop", "alpha", "alpha"))
    drawn = Counter()
    for seed in range(40):
        form = made(bank, [{"id": "a", "items": 6}], seed=seed)
        assert isinstance(form, Form)
        check_whole(form, bank)
        drawn.update(one.id for one in form.stimuli)
    assert set(drawn) == {"demo.case", "demo.shop"}


def test_a_testlet_comes_about_as_often_as_an_item_that_stands_alone():
    bank = bank_of(*singles(47), *case_items("case", "alpha", "alpha", "alpha"))
    forms = [made(bank, [{"id": "a", "items": 10}], seed=seed) for seed in range(150)]
    with_case = sum(bool(form.stimuli) for form in forms)
    # A fifth of the items is drawn: 30 of 150 by chance.
    assert 12 <= with_case <= 52


def test_a_testlet_may_serve_several_domains():
    bank = bank_of(*case_items("case", "alpha", "beta", "alpha"), *singles(1, "beta"))
    form = made(bank, [{"id": "a", "items": 4}], [{"id": "alpha", "items": 2}, {"id": "beta", "items": 2}])
    assert isinstance(form, Form)
    check_whole(form, bank)
    assert Counter(entry.domain for entry in form.entries) == {"alpha": 2, "beta": 2}


def test_counts_that_only_the_testlet_meets_bring_it():
    bank = bank_of(*singles(9), *case_items("case", "alpha", "alpha", kinds=("numeric", "numeric")))
    types = {"multiple_choice": 3, "numeric": 2}
    form = made(bank, [{"id": "a", "items": 5, "types": types}])
    assert isinstance(form, Form)
    check_whole(form, bank)
    assert [one.id for one in form.stimuli] == ["demo.case"]


def test_a_testlet_goes_to_one_section():
    bank = bank_of(*singles(6), *case_items("case", "alpha", "alpha", "alpha"))
    for seed in range(20):
        form = made(bank, [{"id": "a", "items": 4}, {"id": "b", "items": 4}], seed=seed)
        assert isinstance(form, Form)
        check_whole(form, bank)


def test_an_enemy_of_one_item_keeps_the_whole_testlet_out():
    case = case_items("case", "alpha", "alpha", enemies=["demo.alpha.s00"])
    bank = bank_of(*singles(5), *case)
    for seed in range(20):
        form = made(bank, [{"id": "a", "items": 5}], seed=seed)
        assert isinstance(form, Form)
        ids = {entry.item.id for entry in form.entries}
        assert not (form.stimuli and "demo.alpha.s00" in ids)


def test_pretest_items_leave_testlets_whole():
    bank = bank_of(*singles(6), *case_items("case", "alpha", "alpha", "alpha"), *case_items("shop", "alpha", "alpha"))
    for seed in range(30):
        form = made(bank, [{"id": "a", "items": 7, "pretest": 3}], seed=seed)
        assert isinstance(form, Form)
        check_whole(form, bank)
        for stimulus in form.stimuli:
            assert len({entry.pretest for entry in form.entries if entry.item.stimulus == stimulus.id}) == 1
        assert sum(entry.pretest for entry in form.entries) == 3


def test_a_testlet_is_pretest_as_a_whole_where_nothing_else_can_be():
    bank = bank_of(*case_items("case", "alpha", "alpha", "alpha"), *case_items("shop", "alpha", "alpha"))
    for domains in (ALPHA, [{"id": "alpha"}]):
        form = made(bank, [{"id": "a", "items": 3, "pretest": 2}], domains)
        assert isinstance(form, Form)
        assert [e.item.stimulus for e in form.entries if e.pretest] == ["demo.shop", "demo.shop"]


def test_a_testlet_is_split_by_pretest_where_there_is_no_other_way():
    bank = bank_of(*case_items("case", "alpha", "alpha", "alpha"))
    form = made(bank, [{"id": "a", "items": 2, "pretest": 1}])
    assert isinstance(form, Form)
    assert sum(entry.pretest for entry in form.entries) == 1


def test_why_there_is_no_form_speaks_of_testlets():
    bank = bank_of(*singles(1), *case_items("case", "alpha", "alpha", "alpha"))
    found = made(bank, [{"id": "a", "items": 2}])
    assert isinstance(found, Shortfall)
    assert "testlet demo.case (3 items) is never drawn: section a has 2 items, and the testlet 3" in found.lines
    assert found.missing == 1


def test_a_testlet_with_an_item_of_no_domain_or_no_section_is_told():
    bank = bank_of(*singles(1), *case_items("case", "alpha", "beta"))
    found = made(bank, [{"id": "a", "items": 2}])
    assert isinstance(found, Shortfall)
    assert any(
        "demo.case (2 items) is never drawn: item demo.beta.case8 serves no domain" in line for line in found.lines
    )
    bank = bank_of(*singles(1), *case_items("case", "alpha", "alpha", kinds=("multiple_choice", "numeric")))
    found = made(bank, [{"id": "a", "items": 2, "types": ["multiple_choice"]}])
    assert isinstance(found, Shortfall)
    assert any("section a takes no numeric items such as demo.alpha.case8" in line for line in found.lines)


def test_where_only_their_wholeness_stands_in_the_way_that_is_the_reason():
    bank = bank_of(*case_items("case", "alpha", "alpha"), *case_items("shop", "alpha", "alpha"))
    found = made(bank, [{"id": "a", "items": 3}])
    assert isinstance(found, Shortfall)
    assert found.lines[0] == "testlets are drawn whole: if they could be taken apart there would be a form"
    assert found.missing == 1


def test_the_order_in_which_a_bank_lists_single_items_changes_nothing():
    case = case_items("case", "alpha", "alpha")
    one, other = bank_of(*singles(6), *case), bank_of(*case, *singles(6)[::-1])
    for seed in range(10):
        assert made(one, [{"id": "a", "items": 4}], seed=seed) == made(other, [{"id": "a", "items": 4}], seed=seed)


def test_a_drill_may_take_single_items_and_shows_their_case():
    bank = bank_of(*singles(1), *case_items("case", "alpha", "beta", "alpha"))
    form = assemble_drill(pool_of(bank), DrillChoice(domains=("beta",), count=1), 1)
    assert isinstance(form, Form)
    assert [entry.item.id for entry in form.entries] == ["demo.beta.case8"]
    assert [one.id for one in form.stimuli] == ["demo.case"]
    assert form.stimulus_of(form.entries[0]) == bank.stimuli[0]
    for seed in range(10):
        whole = assemble_drill(pool_of(bank), DrillChoice(count=4), seed)
        assert isinstance(whole, Form)
        check_whole(whole, bank)


def test_a_form_that_was_stored_before_there_were_cases_still_loads_and_keeps_its_digest():
    form = made(bank_of(*singles(4)), [{"id": "a", "items": 3}])
    assert isinstance(form, Form)
    stored = form.model_dump_json()
    for name in ("stimuli", "stimulus", "template", "parameters", "lock_on_leaving"):
        assert f'"{name}"' not in stored
    assert Form.model_validate_json(stored).digest() == form.digest()
    assert form.stimulus_of(form.entries[0]) is None


def test_a_form_with_a_case_is_the_same_after_writing_and_reading():
    bank = bank_of(*case_items("case", "alpha", "alpha"))
    form = made(bank, [{"id": "a", "items": 2}])
    assert isinstance(form, Form)
    assert Form.model_validate_json(form.model_dump_json()) == form


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(["alpha", "beta"]), max_size=4),
    st.lists(st.lists(st.sampled_from(["alpha", "beta"]), min_size=1, max_size=3), max_size=3),
    st.integers(1, 4),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 50),
)
def test_a_form_is_found_exactly_where_one_exists(alone, testlets, first, pretest, second, seed):
    items = [make_item(f"demo.{domain}.s{n}") for n, domain in enumerate(alone)]
    for number, domains in enumerate(testlets):
        items += case_items(f"case{number}", *domains)
    sections = [{"id": "a", "items": first, "pretest": pretest}]
    if second:
        sections.append({"id": "b", "items": second})
    blueprint = make_blueprint(sections)
    bank = bank_of(*items)
    found = assemble(blueprint, {"demo": bank}, seed)
    assert isinstance(found, Form) == form_exists(blueprint, scored_items_by_domain(blueprint), items, [])
    if isinstance(found, Form):
        check_whole(found, bank)


def test_a_section_holds_as_many_cases_as_it_asks_for():
    bank = bank_of(*[item for n in range(4) for item in case_items(f"case{n}", "alpha", "alpha")], *singles(12))
    for wanted, least, most in ((2, 2, 2), ({"at_least": 1}, 1, 4), ({"at_most": 1}, 0, 1), (0, 0, 0)):
        counts = set()
        for seed in range(12):
            blueprint = make_blueprint([{"id": "a", "items": 7, "pretest": 1, "cases": wanted}], ALPHA)
            form = assemble(blueprint, {"demo": bank}, seed)
            assert isinstance(form, Form)
            (told,) = (one for one in form.certificate.constraints if one.kind == "cases")
            counts.add(told.reached)
            assert told.reached == len(form.stimuli)
            assert told.is_met
        assert least <= min(counts) <= max(counts) <= most


def test_too_few_cases_are_told_with_what_to_write():
    bank = bank_of(*case_items("only", "alpha", "alpha"), *singles(12))
    blueprint = make_blueprint([{"id": "a", "items": 6, "cases": {"at_least": 2}}], ALPHA)
    found = assemble(blueprint, {"demo": bank}, 1)
    assert isinstance(found, Shortfall)
    assert "section a has 1 eligible case, 2 are needed" in found.lines
    assert found.lines[-1].endswith("among them the items of 1 new case for section a")
    assert found.missing == 1
    assert "section a: at least 2 cases (eligible: 1)" in found.conflict


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({"items": 2, "cases": 3}, "at least 3 cases do not go into 2 items"),
        ({"items": 2, "cases": {"at_least": 2, "at_most": 1}}, "at_least is at most at_most"),
        (
            {"slots": [{"id": "k", "title": "K", "minutes": 5, "points": {"alpha": 4}}], "cases": "only"},
            "cases go with items",
        ),
    ],
)
def test_impossible_numbers_of_cases_are_refused(section: dict, told: str):
    with pytest.raises(ValidationError, match=told):
        make_blueprint([{"id": "a", **section}], ALPHA)
