"""What every item type promises, as properties over drawn items and responses."""

import itertools
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from examengine.core.keyed_order import keyed_order
from examengine.itemtypes.numeric.scoring import score as numeric_score
from examengine.itemtypes.registry import ITEM_TYPES, read_item, spec_of
from examengine.itemtypes.spec import Mark
from itemtypes.strategies import CHOSEN, DRAWN_TYPES, items, items_with_response, odd_responses

STRICT = ("multiple_response", "yes_no_series", "ordering", "matching", "gap_choice")
"""Types with a rule for shares, where more of the key never earns less."""


def test_every_type_but_code_is_drawn():
    assert set(DRAWN_TYPES) | {"coding"} == set(ITEM_TYPES)
    assert {name for name, spec in ITEM_TYPES.items() if spec.responses is None} == {"coding"}


@given(items())
def test_the_correct_response_earns_everything_and_is_complete(item):
    spec = spec_of(item)
    correct = spec.correct_response(item)
    score = spec.score(item, correct, None)
    assert (score.earned, score.possible, score.mark) == (1, 1, Mark.RIGHT)
    assert spec.is_complete(item, correct)


@given(items_with_response())
def test_full_marks_are_for_the_correct_response_alone(pair):
    item, response = pair
    spec = spec_of(item)
    score = spec.score(item, response, None)
    assert 0 <= score.earned <= score.possible == 1
    assert (score.earned == 1) == (response == spec.correct_response(item))
    assert (score.mark is Mark.BLANK) == (response == spec.empty_response())


@given(items().flatmap(lambda item: st.tuples(st.just(item), odd_responses(item))))
def test_no_response_leaves_the_bounds_or_breaks_anything(pair):
    item, response = pair
    spec = spec_of(item)
    score = spec.score(item, response, None)
    assert 0 <= score.earned <= score.possible == 1
    order = item.option_ids()
    assert isinstance(spec.summarise(item, response, order), str)
    assert all(len(line) == 3 for line in spec.explain(item, response))
    if spec.answer_lines is not None:
        lines = spec.answer_lines(item, response, order)
        assert any(line.is_key for line in lines) or score.earned < 1
    assert (score.mark is Mark.BLANK) == spec.is_blank(item, response)


@given(items())
def test_an_empty_response_is_blank_and_says_nothing(item):
    spec = spec_of(item)
    empty = spec.empty_response()
    score = spec.score(item, empty, None)
    assert (score.earned, score.mark) == (0, Mark.BLANK)
    assert not spec.is_complete(item, empty)
    assert spec.summarise(item, empty, item.option_ids()) == ""


@given(items(CHOSEN))
def test_whoever_reads_nothing_earns_nothing(item):
    spec = spec_of(item)
    for name, response in spec.responses(item).unread:
        assert spec.score(item, response, None).earned == 0, name


@given(items_with_response(), st.integers(0, 50))
def test_the_mark_does_not_depend_on_the_order_shown(pair, seed: int):
    item, response = pair
    spec = spec_of(item)
    data = item.model_dump(mode="json")
    for name in ("options", "statements"):
        if name in data:
            by_id = {one["id"]: one for one in data[name]}
            data[name] = [by_id[one] for one in keyed_order(by_id, seed)]
    for gap in data.get("gaps", ()):
        by_id = {one["id"]: one for one in gap["options"]}
        gap["options"] = [by_id[one] for one in keyed_order(by_id, seed, gap["id"])]
    assert spec.score(read_item(data), response, None) == spec.score(item, response, None)


@given(items())
def test_items_and_responses_read_back_from_json_as_themselves(item):
    spec = spec_of(item)
    assert read_item(json.loads(json.dumps(item.model_dump(mode="json")))) == item
    response = spec.correct_response(item)
    assert spec.response_model.model_validate_json(response.model_dump_json()) == response


@given(items_with_response())
def test_the_space_of_responses_names_each_once(pair):
    item, _ = pair
    space = spec_of(item).responses(item)
    if space.count <= 300:
        found = [space.at(number) for number in range(space.count)]
        assert len({one.model_dump_json() for one in found}) == space.count
        assert spec_of(item).correct_response(item) in found
        assert spec_of(item).empty_response() in found
    with pytest.raises(IndexError):
        space.at(space.count)


def steps_towards(item, response):
    """Yield responses that differ by one more part of the key."""
    match item.type:
        case "multiple_response":
            yield from (response.model_copy(update={"options": response.options | {key}}) for key in item.keys)
        case "yes_no_series":
            for one in item.statements:
                yield response.model_copy(update={"answers": response.answers | {one.id: one.answer}})
        case "gap_choice":
            for gap in item.gaps:
                yield response.model_copy(update={"gaps": response.gaps | {gap.id: gap.key}})
        case "matching":
            for prompt, option in item.key.items():
                yield response.model_copy(update={"pairs": response.pairs | {prompt: option}})
        case "ordering":
            # Leaving out what does not belong brings a list nearer, whatever the rule.
            for name in response.order:
                if name not in item.order and item.rule not in {"position", "adjacent"}:
                    yield response.model_copy(update={"order": tuple(n for n in response.order if n != name)})
            if response.order and response.order[-1] not in item.order:
                yield response.model_copy(update={"order": response.order[:-1]})


@given(items_with_response(STRICT))
def test_more_of_the_key_never_earns_less(pair):
    item, response = pair
    spec = spec_of(item)
    before = spec.score(item, response, None).earned
    for nearer in steps_towards(item, response):
        assert spec.score(item, nearer, None).earned >= before or is_excepted(item, response, nearer)


def is_excepted(item, response, nearer) -> bool:
    """Coverage pays nothing for more picks than keys."""
    return item.type == "multiple_response" and item.rule == "coverage" and len(nearer.options) > len(item.keys)


@given(items(("ordering",)))
def test_adding_every_surplus_option_never_pays(item):
    spec = spec_of(item)
    surplus = tuple(name for name in item.option_ids() if name not in item.order)
    for length in range(len(item.order) + 1):
        start = item.order[:length]
        with_all = spec.score(item, spec.response_model(order=start + surplus), None).earned
        assert with_all <= spec.score(item, spec.response_model(order=start), None).earned
    if surplus:
        full = spec.score(item, spec.response_model(order=item.order + surplus), None).earned
        assert full < 1


@settings(max_examples=30)
@given(items(("ordering",)))
def test_a_list_in_random_order_earns_no_more_than_chance(item):
    """Over all lists of the right length: places and neighbours hit as often as a shuffled list hits them."""
    spec, options, count = spec_of(item), item.option_ids(), len(item.order)
    marks = [
        spec.score(item, spec.response_model(order=one), None).earned for one in itertools.permutations(options, count)
    ]
    mean = sum(marks) / len(marks)
    match item.rule:
        case "all_or_nothing":
            assert mean == Fraction(1, len(marks))
        case "position":
            assert mean <= Fraction(1, len(options))
        case "adjacent":
            assert mean <= Fraction(1, len(options))
        case "longest_common_subsequence":
            assert mean <= Fraction(1, 2)


def typed(item, response, order) -> str:
    """Return a response as a person would type it in line mode."""

    def letter(name: str, names) -> str:
        return chr(ord("A") + list(names).index(name))

    match item.type:
        case "multiple_choice":
            return letter(response.option, order) if response.option else ""
        case "multiple_response":
            return " ".join(letter(name, order) for name in response.options)
        case "ordering":
            return " ".join(letter(name, order) for name in response.order)
        case "yes_no_series":
            words = [item.word(response.answers[n])[0] if n in response.answers else "-" for n in order]
        case "matching":
            pairs = response.pairs
            words = [letter(pairs[p.id], order) if p.id in pairs else "-" for p in item.prompts]
        case "gap_choice":
            words = [
                letter(f"{g.id}/{response.gaps[g.id]}", [n for n in order if n.startswith(f"{g.id}/")])
                if g.id in response.gaps
                else "-"
                for g in item.gaps
            ]
    return " ".join(words)


@given(items_with_response(), st.integers(0, 20))
def test_a_response_typed_in_line_mode_reads_as_itself(pair, seed: int):
    item, response = pair
    spec = spec_of(item)
    order = keyed_order(item.option_ids(), seed)
    try:
        read = spec.parse_line(item, typed(item, response, order), order)
    except ValueError:
        # What the screen does not allow either: more than asked for, or one option for two rows.
        too_long = item.type == "ordering" and len(response.order) > len(item.order)
        used = list(getattr(response, "pairs", {}).values())
        assert too_long or (len(set(used)) < len(used) and not item.reuse)
    else:
        assert read == response


@given(items(), st.text(max_size=40))
def test_any_line_reads_as_a_response_or_says_what_would_be_right(item, text: str):
    spec = spec_of(item)
    try:
        response = spec.parse_line(item, text, item.option_ids())
    except ValidationError:
        raise AssertionError(text) from None
    except ValueError as error:
        said = str(error)
    else:
        said = "taken"
        assert isinstance(response, spec.response_model)
    assert said


@given(items(("numeric",)), st.sampled_from(["nan", "inf", "-inf", "1e99999", "0/0", "∞", "NaN %"]))
def test_what_is_no_number_earns_nothing_and_is_wrong(item, text: str):
    response = spec_of(item).response_model(text=text)
    assert numeric_score(item, response, None).mark is Mark.WRONG


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("yes_no_series", {"answers": {f"s{n}": "yes" for n in range(21)}}),
        ("yes_no_series", {"answers": {"s1": "maybe"}}),
        ("yes_no_series", {"answers": {"s1": float("nan")}}),
        ("yes_no_series", {"answers": {"x" * 61: "yes"}}),
        ("ordering", {"order": [f"o{n}" for n in range(21)]}),
        ("ordering", {"order": ["a", "a"]}),
        ("ordering", {"order": [1.5]}),
        ("matching", {"pairs": {f"p{n}": "a" for n in range(21)}}),
        ("matching", {"pairs": {"p": {"a": "b"}}}),
        ("gap_choice", {"gaps": {f"g{n}": "a" for n in range(25)}}),
        ("gap_choice", {"gaps": {"g": None}}),
        ("short_text", {"text": "x" * 201}),
        ("short_text", {"text": "\ud800"}),
        ("short_text", {"words": "x"}),
    ],
)
def test_a_hostile_response_is_refused(name: str, data: dict):
    with pytest.raises(ValidationError):
        ITEM_TYPES[name].response_model.model_validate(data)
