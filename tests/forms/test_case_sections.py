"""A section may hold items on cases alone, or none of them."""

from examengine.forms.assemble import assemble
from examengine.forms.audit import audit
from examengine.forms.form import Form
from forms.made_banks import make_bank, make_blueprint, make_item


def test_items_on_cases_go_where_cases_are_asked_for() -> None:
    items = [make_item(f"demo.alpha.plain{place}") for place in range(3)]
    items += [make_item(f"demo.alpha.case{place}", stimulus="demo.stimulus.one") for place in range(2)]
    bank = {"demo": make_bank(items)}
    sections = [{"id": "general", "items": 3, "cases": "never"}, {"id": "case", "items": 2, "cases": "only"}]
    blueprint = make_blueprint(sections, [{"id": "alpha"}])
    assert audit(blueprint, bank).is_met
    for seed in range(5):
        form = assemble(blueprint, bank, seed)
        assert isinstance(form, Form)
        places = {entry.item.id: entry.section for entry in form.entries}
        assert {place for name, place in places.items() if "plain" in name} == {"general"}
        assert {place for name, place in places.items() if "case" in name} == {"case"}
    lacking = audit(make_blueprint([sections[0] | {"items": 4}, sections[1]], [{"id": "alpha"}]), bank)
    assert [(cell.section, cell.have, cell.need, cell.write) for cell in lacking.cells] == [
        ("general", 3, 4, 1),
        ("case", 2, 2, 0),
    ]


def test_a_form_shows_the_figures_before_the_facts() -> None:
    blueprint = make_blueprint(
        [{"id": "a", "items": 1}],
        [{"id": "alpha"}],
        figures=[{"name": "scored_items", "value": 1, "basis": "assumed", "note": "not published"}],
        facts=[{"text": "A fact.", "basis": "published"}],
    )
    form = assemble(blueprint, {"demo": make_bank([make_item("demo.alpha.one")])}, 1)
    assert isinstance(form, Form)
    assert [fact.text for fact in form.facts] == ["Scored items: 1 (not published)", "A fact."]
