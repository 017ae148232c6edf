"""A form holds concrete items: the values drawn are part of it, and other sittings have other numbers."""

from fractions import Fraction
from pathlib import Path

import pytest

from builders import services_in
from examengine.bank.bank import Bank
from examengine.bank.template.item_template import ItemTemplate, instance_key
from examengine.bank.template.parameters import Parameter, TemplateHead
from examengine.core.errors import BankError
from examengine.delivery.drawn_before import drawn_before
from examengine.delivery.drill_domain import drill_domain
from examengine.delivery.start_session import prepare_drill
from examengine.delivery.store_session import store_session
from examengine.forms.assemble import assemble
from examengine.forms.drill import DrillChoice, assemble_drill
from examengine.forms.form import Form
from examengine.forms.parameters import concrete_item
from forms.made_banks import make_bank, make_blueprint, make_item, pool_of


def a_template(item_id: str = "demo.alpha.sum", values: int = 50, require: tuple[str, ...] = ()) -> ItemTemplate:
    body = make_item(item_id).model_dump(mode="json")
    body["stem"] = "How much is {{n}} / 7, to two places?"
    body["options"] = [
        {"id": name, "text": f"{{{{(n + {place}) / 7:.2f}}}}", "rationale": "n = {{n}}."}
        for place, name in enumerate("abcd")
    ]
    head = TemplateHead(parameters={"n": Parameter(range=(1, values))}, require=require)
    return ItemTemplate(id=item_id, type="multiple_choice", head=head, body=body)


def a_bank(template: ItemTemplate, others: int = 3) -> Bank:
    drawn = template.first_sound(0)
    assert drawn is not None
    items = [drawn[1], *(make_item(f"demo.alpha.i{n}") for n in range(others))]
    return make_bank(items).model_copy(update={"templates": {template.id: template}})


def exam(bank: Bank, seed: int) -> Form:
    blueprint = make_blueprint([{"id": "a", "items": len(bank.items)}], [{"id": "alpha", "weight": 100}])
    form = assemble(blueprint, {"demo": bank}, seed)
    assert isinstance(form, Form)
    return form


def entry_of(form: Form):
    (entry,) = [entry for entry in form.entries if entry.template]
    return entry


def test_an_entry_holds_the_instance_its_values_and_the_digest_of_its_template():
    template = a_template()
    entry = entry_of(exam(a_bank(template), 3))
    assert (entry.template, entry.item.id, entry.digest) == (template.id, template.id, template.digest())
    n = entry.parameters["n"]
    assert entry.item.stem == f"How much is {n} / 7, to two places?"
    assert abs(Fraction(entry.item.options[0].text) - Fraction(n) / 7) <= Fraction(1, 200)
    assert set(entry.order) == set("abcd")


def test_items_that_are_no_templates_name_none():
    form = exam(a_bank(a_template()), 3)
    plain = [entry for entry in form.entries if not entry.template]
    assert len(plain) == 3
    assert all("parameters" not in entry.model_dump() and "template" not in entry.model_dump() for entry in plain)


def test_a_form_is_the_same_for_its_seed_and_after_writing_and_reading():
    bank = a_bank(a_template())
    form = exam(bank, 5)
    assert exam(bank, 5).digest() == form.digest()
    assert Form.model_validate_json(form.model_dump_json()) == form


def test_sittings_differ_in_their_numbers():
    bank = a_bank(a_template())
    numbers = {entry_of(exam(bank, seed)).parameters["n"] for seed in range(20)}
    assert len(numbers) > 12


def test_a_drill_holds_instances_too_and_brings_numbers_not_met_before():
    template = a_template(values=6)
    bank = a_bank(template, others=0)
    met: set[str] = set()
    for seed in range(6):
        form = assemble_drill(pool_of(bank), DrillChoice(count=1, drawn=frozenset(met)), seed)
        assert isinstance(form, Form)
        met.add(instance_key(template.id, form.entries[0].parameters))
    assert len(met) == 6
    again = assemble_drill(pool_of(bank), DrillChoice(count=1, drawn=frozenset(met)), 7)
    assert isinstance(again, Form)
    assert again.entries[0].parameters


def test_drills_one_after_another_show_each_number_once_before_any_comes_again(tmp_path: Path, monkeypatch):
    bank = a_bank(a_template(values=5), others=0)
    services = services_in(tmp_path)
    monkeypatch.setattr("examengine.delivery.start_session.open_pool", lambda *_: pool_of(bank))
    numbers = []
    for _ in range(5):
        prepared = prepare_drill(services, "demo", DrillChoice(count=1))
        numbers.append(prepared.form.entries[0].parameters["n"])
        store_session(services, prepared.form, {}, 1.0)
    assert sorted(numbers) == list("12345")
    assert len(drawn_before(services, {bank.id: bank})) == 5
    assert drawn_before(services, {"demo": make_bank()}) == frozenset()
    services.close()


def test_a_template_without_a_sound_instance_is_the_authors_fault_and_not_a_crash():
    template = a_template(require=("n > 1000",))
    with pytest.raises(BankError, match=r"no values were found for demo\.alpha\.sum"):
        concrete_item(template, 1)


def test_draws_that_spoil_the_item_are_passed_over():
    # For n = 3 what is required cannot be computed.
    template = a_template(require=("1 / (n - 3) < 2",))
    for seed in range(60):
        _, parameters = concrete_item(template, seed)
        assert parameters["n"] != "3"


def test_drilling_a_domain_takes_earlier_numbers_into_account(monkeypatch, tmp_path: Path):
    bank = a_bank(a_template(values=2), others=0)
    services = services_in(tmp_path)
    monkeypatch.setattr("examengine.delivery.drill_domain.open_pool_of_form", lambda *_: pool_of(bank))

    class Report:
        items = ()
        blueprint = "demo.mock"

    numbers = set()
    for _ in range(2):
        session = drill_domain(services, Report(), "alpha")
        row = services.store.read_session(session)
        numbers.add(services.store.read_form(row.form_digest).entries[0].parameters["n"])
    assert numbers == {"1", "2"}
    services.close()
