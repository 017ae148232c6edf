"""A drill practises what the exam draws: domains of the blueprint, with their items over every bank drawn on."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examengine.bank.bank import Bank, BankManifest
from examengine.bank.blueprint import Blueprint
from examengine.bank.stimulus import Stimulus
from examengine.core.errors import UsageError
from examengine.forms.assemble import assemble
from examengine.forms.drill import DrillChoice, assemble_drill, fitting
from examengine.forms.form import Form
from examengine.forms.practice_pool import PracticePool, pool_of_bank, pool_of_exam
from forms.made_banks import make_bank, make_blueprint, make_exercise, make_item, pool_of

BANKS = ("demo", "shared", "third")
DOMAINS = ("alpha", "beta", "gamma")
OBJECTIVES = ("basics", "more")


def an_exam(domains: Sequence[dict[str, object]], name: str = "demo.mock") -> Blueprint:
    return make_blueprint([{"id": "a", "items": 1}], domains, id=name)


@pytest.fixture
def shared() -> Bank:
    items = [make_item(f"shared.{domain}.i{n}") for domain in ("beta", "gamma") for n in range(3)]
    return make_bank(items, bank_id="shared", domains=("beta", "gamma"))


@pytest.fixture
def exam() -> Blueprint:
    return an_exam([{"id": "alpha"}, {"id": "plan", "title": "Planning", "draws": ["shared.beta", "demo.beta.basics"]}])


@pytest.fixture
def bank(exam: Blueprint) -> Bank:
    items = [make_item("demo.alpha.own"), make_item("demo.beta.own")]
    items.append(make_item("demo.beta.undrawn", objective="beta.more"))
    return make_bank(items, blueprints=[exam])


def ids_of(pool: PracticePool, **choice: object) -> set[str]:
    form = assemble_drill(pool, DrillChoice.model_validate({"count": None} | choice), 1)
    assert isinstance(form, Form)
    return {entry.item.id for entry in form.entries}


def test_a_domain_is_drilled_with_the_items_that_its_exam_draws_from_every_bank(bank: Bank, shared: Bank) -> None:
    pool = pool_of(bank, shared)
    assert ids_of(pool, domains=("plan",)) == {"demo.beta.own", *(f"shared.beta.i{n}" for n in range(3))}
    form = assemble_drill(pool, DrillChoice(count=None), 1)
    assert isinstance(form, Form)
    assert [(domain.id, domain.title) for domain in form.domains] == [
        ("alpha", "Alpha"),
        ("plan", "Planning"),
        ("beta", "Beta"),
    ]
    assert {entry.domain for entry in form.entries if entry.item.id.startswith("shared.")} == {"plan"}


def test_what_no_exam_of_the_bank_draws_stays_in_its_own_domain_and_out_of_the_exam(
    bank: Bank, shared: Bank, exam: Blueprint
) -> None:
    assert ids_of(pool_of(bank, shared), domains=("beta",)) == {"demo.beta.undrawn"}
    pool = pool_of_exam(exam, {"demo": bank, "shared": shared})
    assert tuple(pool.draws) == ("alpha", "plan")
    assert "demo.beta.undrawn" not in ids_of(pool)


def test_a_bank_without_exams_is_its_own_pool(shared: Bank) -> None:
    pool = pool_of(shared)
    assert (tuple(pool.draws), pool.words) == (("beta", "gamma"), "bank shared")
    assert ids_of(pool, domains=("gamma",)) == {f"shared.gamma.i{n}" for n in range(3)}


def test_exams_that_share_a_domain_share_what_they_draw(shared: Bank) -> None:
    exams = [
        an_exam([{"id": "plan", "draws": ["shared.beta"]}]),
        an_exam([{"id": "plan", "title": "Planning", "draws": ["shared.gamma", "shared.beta"]}], "demo.second"),
    ]
    bank = make_bank(blueprints=exams)
    pool = pool_of(bank, shared)
    assert pool.draws["plan"] == ("shared.beta", "shared.gamma")
    assert pool.titles["plan"] == "Planning"
    assert len(ids_of(pool, domains=("plan",))) == 6


def test_a_bank_that_is_drawn_on_and_not_there_is_named(bank: Bank) -> None:
    with pytest.raises(UsageError, match="demo draws on bank 'shared'"):
        pool_of_bank(bank, {})


def test_domains_without_items_are_told_apart(bank: Bank) -> None:
    empty = make_bank(bank_id="shared", domains=("beta", "gamma"))
    pool = pool_of(bank.model_copy(update={"items": bank.items[:1]}), empty)
    assert pool.filled_domains == ("alpha",)


def test_an_objective_of_one_meaning_has_its_short_name_in_all_banks(bank: Bank, shared: Bank) -> None:
    pool = pool_of(bank, shared)
    assert [one.name for one in pool.objectives_of("plan")] == ["beta.basics", "beta.more"]
    assert ids_of(pool, objectives=("beta.basics",)) == {"demo.beta.own", *(f"shared.beta.i{n}" for n in range(3))}
    assert ids_of(pool, objectives=("demo.beta.basics",)) == {"demo.beta.own"}


def test_an_objective_that_banks_mean_differently_is_named_in_full(bank: Bank, shared: Bank) -> None:
    fields = shared.manifest.model_dump(mode="json")
    fields["domains"][0]["objectives"][0]["title"] = "Something else"
    pool = pool_of(bank, shared.model_copy(update={"manifest": BankManifest.model_validate(fields)}))
    assert {"demo.beta.basics", "shared.beta.basics"} <= {one.name for one in pool.objectives_of("plan")}
    with pytest.raises(UsageError, match="may be several") as raised:
        fitting(pool, DrillChoice(objectives=("beta.basics",)))
    assert "demo.beta.basics or shared.beta.basics" in raised.value.hint
    assert ids_of(pool, objectives=("shared.beta.basics",)) == {f"shared.beta.i{n}" for n in range(3)}


def test_an_exercise_of_another_bank_has_its_points_under_the_domains_of_the_exam(exam: Blueprint) -> None:
    shared = make_bank(
        [], [make_exercise("shared.ex.x", {"beta": 3, "gamma": 4})], bank_id="shared", domains=("beta", "gamma")
    )
    pool = pool_of(make_bank(blueprints=[exam]), shared)
    form = assemble_drill(pool, DrillChoice(types=("coding",), count=1), 1)
    assert isinstance(form, Form)
    entry = form.entries[0]
    # No domain of the exam draws `gamma`: those points go where the exercise goes.
    assert (entry.domain, entry.points, {part.domain for part in entry.item.parts}) == ("plan", 7, {"plan"})
    assert [domain.id for domain in form.domains] == ["plan"]


def test_items_of_one_case_stay_together_whichever_bank_they_are_from(exam: Blueprint) -> None:
    case = Stimulus.model_validate(
        {"id": "shared.case", "title": "A case", "sections": [{"id": "s", "title": "S", "text": "Text."}]}
    )
    fellows = [make_item(f"shared.beta.c{n}", stimulus="shared.case") for n in range(3)]
    items = [fellows[0], *(make_item(f"shared.beta.i{n}") for n in range(6)), *fellows[1:]]
    shared = make_bank(items, bank_id="shared", domains=("beta",)).model_copy(update={"stimuli": (case,)})
    pool = pool_of(make_bank(blueprints=[exam]), shared)
    for seed in range(5):
        form = assemble_drill(pool, DrillChoice(count=None), seed)
        assert isinstance(form, Form)
        order = [entry.item.id for entry in form.entries]
        first = order.index("shared.beta.c0")
        assert order[first : first + 3] == [item.id for item in fellows]
        assert [one.id for one in form.stimuli] == ["shared.case"]


@st.composite
def pools(draw: st.DrawFn) -> tuple[Blueprint, dict[str, Bank]]:
    """Draw one to three banks and an exam whose domains draw domains and objectives of any of them."""
    names = BANKS[: draw(st.integers(1, 3))]
    made: dict[str, Bank] = {}
    for name in names:
        kinds = draw(st.lists(st.tuples(st.sampled_from(DOMAINS), st.sampled_from(OBJECTIVES)), max_size=5))
        items = [
            make_item(f"{name}.{domain}.i{n}", objective=f"{domain}.{objective}")
            for n, (domain, objective) in enumerate(kinds)
        ]
        made[name] = make_bank(items, bank_id=name, domains=DOMAINS)
    sources = [
        f"{name}.{one}"
        for name in names
        for domain in DOMAINS
        for one in (domain, *(f"{domain}.{o}" for o in OBJECTIVES))
    ]
    domains = [
        {"id": domain, "draws": draw(st.lists(st.sampled_from(sources), max_size=3, unique=True))}
        for domain in draw(st.lists(st.sampled_from((*DOMAINS, "plan")), min_size=1, max_size=3, unique=True))
    ]
    # A domain that the bank does not have draws on something: a blueprint without is refused when it is read.
    exam = an_exam([one if one["draws"] or one["id"] != "plan" else one | {"draws": [sources[0]]} for one in domains])
    made["demo"] = made["demo"].model_copy(update={"blueprints": (exam,)})
    return exam, made


def serves(exam: Blueprint, domain: str, item_id: str, objective: str) -> bool:
    """Return whether a domain of the exam draws an item: the rule of the format, written out once more."""
    bank = item_id.split(".", maxsplit=1)[0]
    drawn = next(one.draws for one in exam.domains if one.id == domain) or (f"demo.{domain}",)
    return any(draw in (f"{bank}.{objective}", f"{bank}.{objective.split('.', maxsplit=1)[0]}") for draw in drawn)


@settings(max_examples=150, deadline=None)
@given(pools(), st.integers(0, 2**31))
def test_every_drilled_item_serves_the_chosen_domain_and_none_that_serves_is_left_out(
    made: tuple[Blueprint, dict[str, Bank]], seed: int
) -> None:
    exam, banks = made
    everything = [item for bank in banks.values() for item in bank.items]
    whole = pool_of_bank(banks["demo"], banks)
    for pool in (pool_of_exam(exam, banks), whole):
        for domain in exam.domains:
            form = assemble_drill(pool, DrillChoice(domains=(domain.id,), count=None), seed)
            drawn = {item.id for item in everything if serves(exam, domain.id, item.id, item.objective)}
            own = {
                item.id
                for item in banks["demo"].items
                if item.objective.startswith(f"{domain.id}.")
                and not any(serves(exam, one.id, item.id, item.objective) for one in exam.domains)
            }
            expected = drawn | own if pool is whole else drawn
            if not isinstance(form, Form):
                assert not expected
                continue
            assert {entry.item.id for entry in form.entries} == expected
            assert {entry.domain for entry in form.entries} == {domain.id}
    # Drilling everything brings what any domain draws, and all of the bank's own.
    all_drawn = {
        item.id for item in everything if any(serves(exam, one.id, item.id, item.objective) for one in exam.domains)
    }
    assert {one.item.id for one in whole.candidates} == all_drawn | {item.id for item in banks["demo"].items}


@settings(max_examples=60, deadline=None)
@given(pools(), st.integers(0, 2**31))
def test_what_an_exam_asks_can_be_drilled_under_the_same_domain(
    made: tuple[Blueprint, dict[str, Bank]], seed: int
) -> None:
    exam, banks = made
    form = assemble(exam, banks, seed)
    pool = pool_of_exam(exam, banks)
    for entry in form.entries if isinstance(form, Form) else ():
        assert entry.domain in pool.domains_of(f"{entry.item.id.split('.')[0]}.{entry.item.objective}")
        assert entry.points == Fraction(1)
