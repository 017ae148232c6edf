"""The assembler against a search that tries everything: forms, certificates and conflicts."""

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from examengine.forms.assemble import ask_of, assemble
from examengine.forms.conflict import describe, find_conflict
from examengine.forms.disjoint import disjoint_programme, why_not_disjoint
from examengine.forms.draw import draw
from examengine.forms.form import Form
from examengine.forms.history import History
from examengine.forms.interchangeable import condensed, needed_places
from examengine.forms.parallel import assemble_parallel
from examengine.forms.quotas import scored_items_by_domain
from forms.every_form import domains_of, every_choice, groups_of
from forms.made_banks import make_bank, make_blueprint, make_item

DOMAINS = ("alpha", "beta")
TYPES = ("multiple_choice", "numeric")
LEVELS = ("foundational", "intermediate", "advanced")


def bounds(draw_from, most: int):
    low, high = sorted((draw_from(st.integers(0, most)), draw_from(st.integers(0, most))))
    return draw_from(st.sampled_from([low, {"at_least": low}, {"at_most": high}, {"at_least": low, "at_most": high}]))


@st.composite
def banks(draw_from, most: int = 5):
    rows = draw_from(
        st.lists(
            st.tuples(
                st.sampled_from(DOMAINS),
                st.sampled_from(TYPES),
                st.sampled_from(LEVELS[:2]),
                st.sampled_from([30, 60, 90]),
                st.sampled_from([None, None, "fam"]),
            ),
            max_size=most,
        )
    )
    ids = [f"demo.{row[0]}.i{place}" for place, row in enumerate(rows)]
    pairs = draw_from(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=2)) if ids else []
    return [
        make_item(
            name,
            kind,
            difficulty=level,
            seconds=seconds,
            enemies=[other for one, other in pairs if one == name and other != name],
            **({"family": family} if family else {}),
        )
        for name, (_, kind, level, seconds, family) in zip(ids, rows, strict=True)
    ]


@st.composite
def blueprints(draw_from, sections: int = 2):
    made = []
    for place in range(draw_from(st.integers(1, sections))):
        size, pretest = draw_from(st.integers(1, 2)), draw_from(st.integers(0, 1))
        section = {"id": f"s{place}", "items": size, "pretest": pretest}
        match draw_from(st.sampled_from(["free", "one type", "counts"])):
            case "one type":
                section["types"] = [draw_from(st.sampled_from(TYPES))]
            case "counts":
                numeric = draw_from(st.integers(0, size + pretest))
                section["types"] = {"numeric": numeric, "multiple_choice": size + pretest - numeric}
        if draw_from(st.booleans()):
            section["difficulty"] = {draw_from(st.sampled_from(LEVELS)): bounds(draw_from, size + pretest)}
        if draw_from(st.booleans()):
            low = draw_from(st.sampled_from([0, "1/2", 1, 2]))
            section["expected_minutes"] = draw_from(
                st.sampled_from([{"at_least": low}, {"at_most": 2}, {"at_least": 1, "at_most": "3/2"}])
            )
        made.append(section)
    total = sum(section["items"] for section in made)
    alpha = draw_from(st.integers(0, total))
    return make_blueprint(made, [{"id": "alpha", "items": alpha}, {"id": "beta", "items": total - alpha}])


def shelf_and_exam(random: Random, sizes=(1, 2, 2, 3)):
    """Return up to five items of two banks, many on cases, and an exam whose domains draw on either.

    The exam is small beside the banks, so that both ends are met: often there is a form, and often there is none.
    """
    size, pretest = random.choice(sizes), random.choice([0, 0, 1])
    section = {"id": "s0", "items": size, "pretest": pretest}
    match random.choice(["free", "free", "one type", "time", "difficulty", "cases"]):
        case "one type":
            section["types"] = [TYPES[0]]
        case "time":
            section["expected_minutes"] = random.choice([{"at_least": 2}, {"at_most": 2}])
        case "difficulty":
            section["difficulty"] = {"foundational": random.choice([0, 1, {"at_least": 1}, {"at_most": 1}])}
        case "cases":
            section["cases"] = random.choice([0, 1, {"at_least": 1}, {"at_most": 1}, "only", "never"])
    made = [section, *([{"id": "s1", "items": 1}] if size + pretest < 3 and random.random() < 0.4 else [])]
    total = sum(one["items"] for one in made)
    alpha = random.randint(0, total)
    sources = ["demo.alpha", "shared.alpha", "demo.beta", "shared.beta", "demo.alpha.more", "shared.beta.basics"]
    blueprint = make_blueprint(
        made,
        [
            {"id": name, "items": count, "draws": random.sample(sources, random.choice([2, 3, 5]))}
            for name, count in (("alpha", alpha), ("beta", total - alpha))
        ],
    )
    items = []
    for place in range(random.choice([3, 4, 5, 5])):
        bank, domain = random.choice(["demo", "shared"]), random.choice(DOMAINS)
        named = {}
        if random.random() < 0.5:
            named["stimulus"] = f"{bank}.case"
        if random.random() < 0.3:
            named["family"] = "fam"
        items.append(
            make_item(
                f"{bank}.{domain}.i{place}",
                random.choice((TYPES[0], TYPES[0], TYPES[1])),
                objective=f"{domain}.{random.choice(['basics', 'basics', 'more'])}",
                difficulty=random.choice(LEVELS[:2]),
                seconds=random.choice([30, 60]),
                enemies=[random.choice(items).id] if items and random.random() < 0.2 else [],
                **named,
            )
        )
    return items, blueprint


def shelves(sizes=(1, 2, 2, 3)):
    return st.integers(0, 2**62).map(lambda seed: shelf_and_exam(Random(seed), sizes))


def shelf_of(items):
    """Return the banks of items by the first part of their ids."""
    return {
        name: make_bank([item for item in items if item.id.startswith(f"{name}.")], bank_id=name)
        for name in ("demo", "shared")
    }


def histories(items):
    ids = [item.id for item in items]
    if not ids:
        return st.just(History())
    earlier = st.lists(st.frozensets(st.sampled_from(ids), max_size=3), max_size=2).map(tuple)
    uses = st.dictionaries(st.sampled_from(ids), st.integers(1, 4), max_size=4)
    return st.builds(History, earlier, uses)


def assert_certified(form: Form) -> None:
    assert form.certificate is not None
    assert [one for one in form.certificate.constraints if not one.is_met] == []


@settings(max_examples=120, deadline=None)
@given(st.data(), st.integers(0, 2**31))
def test_a_form_is_the_least_overlapping_and_least_exposed_of_all_there_are(data, seed):
    items, blueprint = data.draw(banks()), data.draw(blueprints())
    history = data.draw(histories(items))
    quotas = scored_items_by_domain(blueprint)
    wanted = groups_of(blueprint, quotas, items)
    forms = {choice.ids for choice in every_choice(blueprint, quotas, items) if choice.met == wanted}
    found = assemble(blueprint, {"demo": make_bank(items)}, seed, history)
    if not isinstance(found, Form):
        assert not forms
        assert found.lines
        return
    ids = frozenset(entry.item.id for entry in found.entries)
    assert ids in forms
    assert_certified(found)

    def cost(names):
        return len(names & history.seen), sum(history.uses.get(name, 0) for name in names)

    least = min(map(cost, forms))
    assert cost(ids) == least
    certificate = found.certificate
    assert (certificate.overlap, certificate.exposure) == least
    assert (certificate.least_overlap, certificate.least_exposure) == least
    assert set(certificate.overlapping) == ids & history.seen
    assert assemble(blueprint, {"demo": make_bank(items[::-1])}, seed, history) == found


@settings(max_examples=40, deadline=None)
@given(st.data(), st.integers(0, 2**31))
def test_where_there_are_many_forms_the_certificate_tells_the_least(data, seed):
    count = data.draw(st.integers(6, 8))
    items = [
        make_item(f"demo.{DOMAINS[n % 2]}.i{n}", seconds=data.draw(st.sampled_from([30, 60, 90]))) for n in range(count)
    ]
    ids = [item.id for item in items]
    earlier = data.draw(st.lists(st.frozensets(st.sampled_from(ids), min_size=2, max_size=5), min_size=1, max_size=2))
    history = History(tuple(earlier), data.draw(st.dictionaries(st.sampled_from(ids), st.integers(1, 4), min_size=3)))
    section = {"id": "a", "items": 3, "expected_minutes": data.draw(st.sampled_from([{"at_most": 3}, {"at_least": 4}]))}
    blueprint = make_blueprint([section], [{"id": "alpha", "items": 2}, {"id": "beta", "items": 1}])
    quotas = scored_items_by_domain(blueprint)
    wanted = groups_of(blueprint, quotas, items)
    forms = {choice.ids for choice in every_choice(blueprint, quotas, items) if choice.met == wanted}
    found = assemble(blueprint, {"demo": make_bank(items)}, seed, history)
    assert isinstance(found, Form) == bool(forms)
    if isinstance(found, Form):
        ids_drawn = {entry.item.id for entry in found.entries}
        costs = [
            (len(names & history.seen), sum(history.uses.get(name, 0) for name in names))
            for names in (ids_drawn, *forms)
        ]
        assert costs[0] == min(costs)
        certificate = found.certificate
        assert (certificate.least_overlap, certificate.least_exposure) == costs[0]
        assert_certified(found)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_conflict_is_real_and_nothing_in_it_is_idle(data):
    items, blueprint = data.draw(banks()), data.draw(blueprints())
    quotas = scored_items_by_domain(blueprint)
    ask = ask_of(blueprint, {"demo": make_bank(items)})
    conflict = find_conflict(condensed(ask).programme(lambda *_: 0, may_split=True))
    reached = {choice.met for choice in every_choice(blueprint, quotas, items)}

    def is_possible(groups):
        return any(set(groups) <= met for met in reached)

    wanted = groups_of(blueprint, quotas, items)
    if conflict is None:
        assert is_possible(wanted)
        return
    assert set(conflict) <= wanted
    assert not is_possible(conflict)
    for left_out in conflict:
        assert is_possible([group for group in conflict if group != left_out])
    assert all(describe(ask, group) for group in conflict)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(0, 2**31))
def test_testlets_and_draws_over_several_banks_are_met_and_nothing_better_exists(data, seed):
    items, blueprint = data.draw(shelves())
    history = data.draw(histories(items))
    quotas = scored_items_by_domain(blueprint)
    wanted = groups_of(blueprint, quotas, items)
    forms = [choice for choice in every_choice(blueprint, quotas, items) if choice.met == wanted]
    found = assemble(blueprint, shelf_of(items), seed, history)
    assert isinstance(found, Form) == bool(forms)
    if not isinstance(found, Form):
        return
    # Pretest items split a testlet only where there is no form otherwise.
    whole = [choice for choice in forms if not choice.is_split] or forms
    ids = frozenset(entry.item.id for entry in found.entries)
    assert ids in {choice.ids for choice in whole}
    assert_certified(found)
    for entry in found.entries:
        assert entry.domain in domains_of(blueprint, entry.item)

    def cost(names):
        return len(names & history.seen), sum(history.uses.get(name, 0) for name in names)

    assert cost(ids) == min(cost(choice.ids) for choice in whole)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_conflict_over_testlets_and_several_banks_is_real_and_nothing_in_it_is_idle(data):
    items, blueprint = data.draw(shelves())
    quotas = scored_items_by_domain(blueprint)
    ask = ask_of(blueprint, shelf_of(items))
    conflict = find_conflict(condensed(ask).programme(lambda *_: 0, may_split=True))
    reached = {choice.met for choice in every_choice(blueprint, quotas, items)}

    def is_possible(groups):
        return any(set(groups) <= met for met in reached)

    wanted = groups_of(blueprint, quotas, items)
    if conflict is None:
        assert is_possible(wanted)
        return
    assert set(conflict) <= wanted
    assert not is_possible(conflict)
    for left_out in conflict:
        assert is_possible([group for group in conflict if group != left_out])
    assert all(describe(ask, group) for group in conflict)


def disjoint(choices, count):
    """Return whether so many sets of items have none in common."""
    if count == 0:
        return True
    return any(disjoint([other for other in choices if not other & one], count - 1) for one in choices)


@settings(max_examples=80, deadline=None)
@given(st.data(), st.integers(2, 3))
def test_forms_with_no_item_in_common_exist_or_what_conflicts_is_named(data, count):
    items, blueprint = data.draw(shelves((1, 1, 2)))
    quotas = scored_items_by_domain(blueprint)
    wanted = groups_of(blueprint, quotas, items)
    every = {(choice.ids, choice.met) for choice in every_choice(blueprint, quotas, items)}

    def is_possible(groups):
        return disjoint({ids for ids, met in every if set(groups) <= met}, count)

    shelf = shelf_of(items)
    why = why_not_disjoint(blueprint, shelf, count)
    assert bool(why) == (not is_possible(wanted))
    ask = ask_of(blueprint, shelf)
    conflict = find_conflict(disjoint_programme(ask, count))
    assert (conflict is None) == (not why)
    if conflict is None:
        return
    assert set(conflict) <= wanted
    assert not is_possible(conflict)
    for left_out in conflict:
        assert is_possible([group for group in conflict if group != left_out])
    if any(met == wanted for _ids, met in every):
        assert why == (
            f"{count} forms with no item in common cannot all have: "
            + "; ".join(describe(ask, group) for group in conflict),
        )


@settings(max_examples=80, deadline=None)
@given(st.data(), st.integers(0, 2**31))
def test_leaving_out_what_cannot_be_needed_changes_no_form(data, seed):
    # Few kinds and many items of each, so that much is left out.
    count = data.draw(st.integers(1, 30))
    items = [
        make_item(
            f"demo.{DOMAINS[n % 2]}.i{n}",
            TYPES[n // 2 % 2],
            difficulty=LEVELS[n // 4 % 2],
            enemies=[f"demo.{DOMAINS[(n + 1) % 2]}.i{n + 1}"] if n % 7 == 0 and n + 1 < count else [],
            **({"family": "fam"} if n % 5 == 0 else {}),
        )
        for n in range(count)
    ]
    blueprint, history = data.draw(blueprints()), data.draw(histories(items))
    ask = ask_of(blueprint, {"demo": make_bank(items)})
    one, other = draw(ask, seed, history), draw(ask, seed, history, is_reduced=False)
    if one is None or other is None:
        assert one is other
        return
    drawn = [{key for key in found.values if key[0] == "item"} for found in (one, other)]
    assert drawn[0] == drawn[1]
    assert (one.least_overlap, one.least_exposure) == (other.least_overlap, other.least_exposure)


def test_most_of_a_large_bank_is_left_out():
    items = [make_item(f"demo.alpha.i{n}") for n in range(500)]
    ask = ask_of(make_blueprint([{"id": "a", "items": 5}], [{"id": "alpha", "weight": 1}]), {"demo": make_bank(items)})
    assert len(needed_places(ask, lambda one, _section, _domain: (0, 0, 0, one.item.id))) == 5
    assert len(condensed(ask).candidates) == 1


@settings(max_examples=40, deadline=None)
@given(st.data(), st.integers(0, 2**31))
def test_parallel_forms_share_no_more_than_they_must(data, seed):
    items, blueprint = data.draw(banks(most=6)), data.draw(blueprints(sections=1))
    quotas = scored_items_by_domain(blueprint)
    wanted = groups_of(blueprint, quotas, items)
    alone = {choice.ids for choice in every_choice(blueprint, quotas, items) if choice.met == wanted}
    found = assemble_parallel(blueprint, {"demo": make_bank(items)}, seed, 2)
    if not isinstance(found, tuple):
        assert not alone
        return
    one, other = (frozenset(entry.item.id for entry in form.entries) for form in found)
    assert {one, other} <= alone
    by_id = {item.id: item for item in items}

    def unlike(first, second):
        return sum(
            abs(sum(by_id[n].difficulty == level for n in first) - sum(by_id[n].difficulty == level for n in second))
            for level in LEVELS
        )

    least = min((len(a & b), unlike(a, b)) for a, b in [*combinations(alone, 2), *((a, a) for a in alone)])
    assert (len(one & other), unlike(one, other)) == least
    for form in found:
        assert_certified(form)
        both = form.certificate.parallel
        assert (both.mutual_overlap, both.difficulty_spread) == least
        assert (both.least_mutual_overlap, both.least_difficulty_spread) == least
    assert assemble_parallel(blueprint, {"demo": make_bank(items[::-1])}, seed, 2) == found
