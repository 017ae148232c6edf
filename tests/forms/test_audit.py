"""The audit of a blueprint says the truth: it is held against every way of filling every place."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint
from examengine.bank.catalogue import find_blueprint
from examengine.forms.assemble import assemble
from examengine.forms.audit import Audit, audit
from examengine.forms.disjoint import why_not_disjoint
from examengine.forms.form import Form
from examengine.forms.quotas import scored_items_by_domain
from forms.made_banks import TYPES, make_bank, make_blueprint, make_exercise, make_item

DOMAINS = ("alpha", "beta")


def most_places_filled(blueprint: Blueprint, items: Sequence[tuple[str, str]], forms: int) -> int:
    """Return how many places of all forms the items can fill at most: every assignment is tried.

    Args:
        blueprint: without slots.
        items: domain and type of each.
        forms: with no item in common.
    """
    quotas = scored_items_by_domain(blueprint)
    sections = blueprint.sections

    # What is still open: of each form, scored items by section and by domain, pretest items and types by section.
    start = tuple(
        (
            tuple(section.items for section in sections),
            tuple(section.pretest for section in sections),
            tuple(tuple(section.types.values()) if isinstance(section.types, dict) else () for section in sections),
            tuple(quotas[name] for name in DOMAINS) if quotas is not None else (),
        )
        for _ in range(forms)
    )

    @cache
    def best(place: int, open_places: tuple[Any, ...]) -> int:
        if place == len(items):
            return 0
        domain, kind = items[place]
        found = best(place + 1, open_places)
        for number, (scored, pretest, types, left) in enumerate(open_places):
            if number and open_places[number] in open_places[:number]:
                continue  # forms that are alike
            for index, section in enumerate(sections):
                if section.types and kind not in section.types:
                    continue
                kinds = types
                if isinstance(section.types, dict) and section.types:
                    where = list(section.types).index(kind)
                    if not types[index][where]:
                        continue
                    own = lowered(types[index], where)
                    kinds = (*types[:index], own, *types[index + 1 :])
                at = DOMAINS.index(domain)
                if scored[index] and (not left or left[at]):
                    new = (lowered(scored, index), pretest, kinds, lowered(left, at) if left else left)
                    found = max(found, 1 + best(place + 1, tuple(sorted(replaced(open_places, number, new)))))
                if pretest[index]:
                    new = (scored, lowered(pretest, index), kinds, left)
                    found = max(found, 1 + best(place + 1, tuple(sorted(replaced(open_places, number, new)))))
        return found

    return best(0, start)


def lowered(counts: tuple[int, ...], place: int) -> tuple[int, ...]:
    return (*counts[:place], counts[place] - 1, *counts[place + 1 :])


def replaced(forms: tuple[Any, ...], place: int, new: Any) -> tuple[Any, ...]:
    return (*forms[:place], new, *forms[place + 1 :])


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    sections: list[dict[str, Any]] = []
    for name in ("a", "b")[: draw(st.integers(1, 2))]:
        items, pretest = draw(st.integers(1, 2)), draw(st.integers(0, 1))
        types: Any = draw(st.sampled_from([(), TYPES[:2], "exact"]))
        if types == "exact":
            first = draw(st.integers(0, items + pretest))
            types = {"multiple_choice": first, "numeric": items + pretest - first}
        sections.append({"id": name, "items": items, "pretest": pretest, "types": types})
    total = sum(section["items"] for section in sections)
    if draw(st.booleans()):
        return make_blueprint(sections, [{"id": name} for name in DOMAINS])
    alpha = draw(st.integers(0, total))
    return make_blueprint(sections, [{"id": "alpha", "items": alpha}, {"id": "beta", "items": total - alpha}])


@settings(max_examples=120, deadline=None)
@given(
    blueprints(),
    st.lists(st.tuples(st.sampled_from(DOMAINS), st.sampled_from(TYPES)), max_size=6),
    st.integers(1, 2),
)
def test_what_is_to_be_written_is_the_least(blueprint: Blueprint, kinds: list[tuple[str, str]], forms: int) -> None:
    bank = bank_of(kinds)
    found = audit(blueprint, {"demo": bank}, forms)
    wanted = forms * sum(section.items + section.pretest for section in blueprint.sections)
    assert found.items_to_write == wanted - most_places_filled(blueprint, tuple(kinds), forms)
    check_counts(found, blueprint, kinds, forms)
    made = assemble(blueprint, {"demo": bank}, 1)
    if forms == 1:
        assert isinstance(made, Form) is found.is_met


def check_counts(found: Audit, blueprint: Blueprint, kinds: Sequence[tuple[str, str]], forms: int) -> None:
    """Hold every count of an audit against counting by hand."""
    quotas = scored_items_by_domain(blueprint)
    for cell in found.cells:
        fitting = [one for one in kinds if one[1] in cell.types and cell.domain in ("", one[0])]
        assert cell.have == len(fitting)
        assert 0 <= cell.write <= cell.need
    for section in blueprint.sections:
        own = [cell for cell in found.cells if cell.section == section.id]
        assert sum(cell.need for cell in own) == forms * (section.items + section.pretest)
        assert sum(cell.need for cell in own if not cell.domain) == forms * section.pretest
        if isinstance(section.types, dict):
            for kind, count in section.types.items():
                assert sum(cell.need for cell in own if cell.types == (kind,)) == forms * count
    for domain in found.domains:
        accepted = [s for s in blueprint.sections if not s.types] or None
        assert domain.need == (None if quotas is None else forms * quotas[domain.id])
        if accepted:
            assert domain.have == sum(one[0] == domain.id for one in kinds)
        if quotas is not None:
            assert sum(cell.need for cell in found.cells if cell.domain == domain.id) == domain.need
    for objective in found.objectives:
        count = sum(f"demo.{one[0]}.basics" == objective.objective for one in kinds)
        assert objective.have == count == sum(objective.by_difficulty.values())
    for domain_id in DOMAINS:
        lacking = sum(cell.write for cell in found.cells if cell.domain == domain_id)
        assert sum(one.write for one in found.objectives if one.domain == domain_id) == lacking


def bank_of(kinds: Sequence[tuple[str, str]]) -> Bank:
    return make_bank([make_item(f"demo.{domain}.i{place}", kind) for place, (domain, kind) in enumerate(kinds)])


@settings(max_examples=60, deadline=None)
@given(blueprints(), st.lists(st.tuples(st.sampled_from(DOMAINS), st.sampled_from(TYPES)), max_size=5))
def test_once_it_is_written_there_is_a_form(blueprint: Blueprint, kinds: list[tuple[str, str]]) -> None:
    found = audit(blueprint, {"demo": bank_of(kinds)})
    written = list(kinds)
    for cell in found.cells:
        kind = next(one for one in cell.types if one in TYPES)
        written += [(cell.domain or "alpha", kind)] * cell.write
    whole = {"demo": bank_of(written)}
    assert audit(blueprint, whole).is_met
    assert isinstance(assemble(blueprint, whole, 1), Form)


def test_difficulties_are_counted_too() -> None:
    items = [make_item(f"demo.alpha.i{place}", difficulty="foundational") for place in range(5)]
    blueprint = make_blueprint(
        [{"id": "a", "items": 4, "difficulty": {"advanced": 2, "foundational": {"at_most": 1}}}], [{"id": "alpha"}]
    )
    found = audit(blueprint, {"demo": make_bank(items)})
    by_level = {cell.difficulty: (cell.have, cell.need, cell.write) for cell in found.cells}
    assert by_level == {"foundational": (5, 1, 0), "intermediate": (0, 1, 1), "advanced": (0, 2, 2)}


def test_slots_count_exercises_that_fit() -> None:
    slots = [
        {"id": "k1", "title": "One", "minutes": 15, "points": {"alpha": 5}},
        {"id": "k2", "title": "Two", "minutes": 15, "points": {"alpha": 5}},
        {"id": "k3", "title": "Three", "minutes": 20, "points": {"beta": 5}},
    ]
    blueprint = make_blueprint([{"id": "a", "slots": slots}], [{"id": "alpha"}, {"id": "beta"}])
    bank = make_bank(exercises=[make_exercise("demo.ex.one", {"alpha": 5}), make_exercise("demo.ex.two", {"alpha": 6})])
    found = audit(blueprint, {"demo": bank}, 3)
    assert [(one.slots, one.have, one.need, one.write) for one in found.slots] == [
        (("k1", "k2"), 1, 6, 5),
        (("k3",), 0, 3, 3),
    ]
    assert (found.items_to_write, found.exercises_to_write, found.is_met) == (0, 8, False)


def test_counts_that_contradict_each_other_are_told() -> None:
    blueprint = make_blueprint([{"id": "a", "items": 2}], [{"id": "alpha", "items": 1}, {"id": "beta"}])
    found = audit(blueprint, {"demo": make_bank()})
    assert not found.is_met and "beta" in found.faults[0]


def test_the_bank_of_a_certification_that_is_not_written_lacks_the_whole_form() -> None:
    found = find_blueprint("aws-aif-c01.mock")
    told = audit(found.blueprint, found.banks, 2)
    assert told.items_to_write == 2 * 65
    assert {one.id: one.need for one in told.domains} == {
        "basics": 20,
        "generative": 24,
        "applications": 28,
        "responsible": 14,
        "security": 14,
    }
    assert sum(one.write for one in told.objectives) == 2 * 50  # pretest items are of any domain


def test_the_written_banks_meet_their_exam_as_their_counts_say() -> None:
    found = find_blueprint("cmla.mock")
    told = audit(found.blueprint, found.banks)
    assert told.is_met
    taken = found.blueprint.sections[0].types
    everything = [item for bank in found.banks.values() for item in bank.items]
    # A case with an item of another type is never drawn, and none of its items is.
    undrawn = {item.stimulus for item in everything if item.type not in taken} - {None}
    items = [item for item in everything if item.stimulus not in undrawn]
    draws = {one.id: one.draws or (f"cmla.{one.id}",) for one in found.blueprint.domains}
    for cell in told.cells:
        fitting = [item for item in items if item.type in cell.types]
        own = [
            item
            for item in fitting
            if f"{item.id.split('.', maxsplit=1)[0]}.{item.objective.split('.', maxsplit=1)[0]}"
            in draws.get(cell.domain, ())
        ]
        assert cell.have == len(own if cell.domain else fitting)


def test_counts_that_are_met_are_no_proof_of_forms_with_nothing_in_common() -> None:
    items = [
        make_item("demo.alpha.hub", enemies=[f"demo.alpha.i{n}" for n in range(3)]),
        *(make_item(f"demo.alpha.i{n}") for n in range(3)),
    ]
    banks = {"demo": make_bank(items)}
    blueprint = make_blueprint([{"id": "a", "items": 2}], [{"id": "alpha", "items": 2}])
    assert audit(blueprint, banks, 2).is_met
    assert why_not_disjoint(blueprint, banks, 1) == ()
    (line,) = why_not_disjoint(blueprint, banks, 2)
    assert line.startswith("2 forms with no item in common cannot all have: domain alpha: 2 scored items")
    assert "demo.alpha.hub and demo.alpha.i0 are enemies" in line
    free = {"demo": make_bank([*items[1:], make_item("demo.alpha.more")])}
    assert why_not_disjoint(blueprint, free, 2) == ()


def test_forms_beyond_what_the_counts_allow_name_the_demand() -> None:
    slots = [{"id": "k1", "title": "One", "minutes": 15, "points": {"alpha": 5}}]
    blueprint = make_blueprint([{"id": "a", "slots": slots}], [{"id": "alpha"}])
    bank = make_bank(exercises=[make_exercise(f"demo.ex.x{n}", {"alpha": 5}) for n in range(2)])
    assert why_not_disjoint(blueprint, {"demo": bank}, 2) == ()
    assert why_not_disjoint(blueprint, {"demo": bank}, 3) == (
        "3 forms with no item in common cannot all have: slot k1: one exercise (fitting: 2)",
    )
