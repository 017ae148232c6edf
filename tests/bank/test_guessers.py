"""Test-wise candidates: what they keep, what chance gives, and when a bank is told that it feeds one."""

from fractions import Fraction
from itertools import combinations, product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank.bank_folder import CHOICE, write_bank
from bank.test_flaws import choice
from examengine.bank.check import check_bank
from examengine.bank.choice_questions import choice_questions, numbers_of
from examengine.bank.flaws import find_flaws
from examengine.bank.guessers import FEWEST, LEVEL, STRATEGIES, sit_guessers
from examengine.bank.read import read_bank
from examengine.core.keyed_order import keyed_number
from examengine.delivery.check_banks import check_named_banks
from examengine.delivery.services import Services
from examengine.itemtypes.gap_choice.model import GapChoice
from examengine.itemtypes.matching.model import Matching
from examengine.itemtypes.multiple_response.model import MultipleResponse
from examengine.itemtypes.numeric.model import Numeric
from examengine.itemtypes.ordering.model import Ordering
from examengine.itemtypes.yes_no_series.model import YesNoSeries


def numbered(number, **changes):
    return choice(**changes).model_copy(update={"id": f"demo.alpha.i{number}"})


def result(items, strategy, order="any"):
    (found,) = [one for one in sit_guessers(items) if (one.strategy, one.order) == (strategy, order)]
    return found


def remade(model, **changes):
    shared = choice().model_dump(exclude={"type", "options", "key", "rule"})
    return model.model_validate(shared | changes)


def options(*texts):
    return [{"id": f"o{n}", "text": text, "rationale": "A slip."} for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("strategy", "stem", "texts", "kept"),
    [
        ("longest-option", "Which?", ("aa", "aaaa", "aaa"), {1}),
        ("longest-option", "Which?", ("aaaa", "bbbb", "aaa"), {0, 1}),
        ("shortest-option", "Which?", ("aa", "aaaa", "aaa"), {0}),
        ("most-detailed-option", "Which?", ("one", "one, because of two", "one, two"), {1}),
        ("absolute-words-avoided", "Which?", ("always", "at times", "never"), {1}),
        ("hedged-option", "Which?", ("grows", "usually grows", "falls"), {1}),
        ("stem-overlap", "Gradients vanish in deep layers", ("more gradient", "less data", "other"), {0}),
        ("odd-one-out", "Which?", ("the mean of rows", "the mean of columns", "zzz"), {2}),
        ("middle-number", "Which?", ("10", "20", "30", "40"), {1, 2}),
        ("middle-number", "Which?", ("300 GB", "1,000 GB", "2 GB"), {0}),
        ("middle-number", "Which?", ("300 GB", "1,000 MB", "2 GB"), {0, 1, 2}),
    ],
)
def test_a_candidate_keeps_what_appeals_and_all_that_appeals_as_much(strategy, stem, texts, kept):
    for key in range(len(texts)):
        found = result([choice(stem, texts, key)], strategy)
        has_opinion = len(kept) < len(texts)
        assert found.questions == int(has_opinion)
        assert found.hits == int(has_opinion and key in kept)
        assert found.chance == pytest.approx(len(kept) / len(texts) if has_opinion else 0, abs=0.006)
        assert found.score == pytest.approx((key in kept) / len(kept), abs=1e-4)


def test_most_like_the_others_is_the_opposite_of_the_odd_one_out():
    (question,) = choice_questions(choice(options=("the mean of rows", "the mean of columns", "zzz")))
    alike, odd = STRATEGIES["most-like-the-others"](question), STRATEGIES["odd-one-out"](question)
    assert [-one for one in odd] == alike
    assert min(alike) == alike[2]


def test_several_responses_are_picked_by_their_number():
    item = remade(
        MultipleResponse, type="multiple_response", options=options("a", "aaaa", "aaa", "aa"), keys=["o1", "o3"]
    )
    found = result([item], "longest-option")
    assert (found.hits, found.chance, found.score) == (1, 1.0, 0.5)
    chosen = item.model_copy(update={"choose": 2})
    assert result([chosen], "shortest-option").hits == 1


def test_every_type_with_options_is_sat_and_typed_answers_are_not():
    gaps = [{"id": "g", "options": options("a", "aaa", "aa"), "key": "o1"}]
    statements = [
        {"id": f"s{n}", "text": text, "answer": answer, "rationale": "So it is."}
        for n, (text, answer) in enumerate([("x", "no"), ("xxxx", "yes"), ("xx", "no")])
    ]
    prompts = [{"id": "p", "text": "gradient step"}, {"id": "q", "text": "other"}]
    items = [
        remade(GapChoice, type="gap_choice", text="Fill [[g]].", gaps=gaps),
        remade(YesNoSeries, type="yes_no_series", statements=statements),
        remade(Ordering, type="ordering", options=options("aa", "aaaa", "aaa"), order=["o1", "o2"]),
        remade(
            Matching,
            type="matching",
            prompts=prompts,
            options=options("gradient", "b", "c"),
            key={"p": "o0", "q": "o1"},
        ),
        remade(Numeric, type="numeric", answer="0.5", tolerance=[{"absolute": "0.1"}]),
    ]
    assert [result([one], "longest-option").hits for one in items] == [1, 1, 2, 0, 0]
    assert [result([one], "stem-overlap").hits for one in items] == [0, 0, 0, 1, 0]
    assert list(choice_questions(items[4])) == []


def test_an_order_without_surplus_leaves_nothing_to_pick():
    assert (
        list(choice_questions(remade(Ordering, type="ordering", options=options("a", "b"), order=["o1", "o0"]))) == []
    )


def test_numbers_have_one_unit():
    assert numbers_of(["1,200 rows", "about 5 rows"]) == [1200, 5]
    assert numbers_of(["0.5", "1/4"]) == [Fraction(1, 2), Fraction(1, 4)]
    assert numbers_of(["0,125", "10,000"]) == [Fraction(1, 8), 10_000]
    assert numbers_of(["5 rows", "5 columns"]) is None
    assert numbers_of(["5", "five"]) is None


def exact_tail(sittings, hits):
    """Return the probability of as many hits, by counting all ways in which keys may lie."""
    total = Fraction(0)
    ways = [list(combinations(range(n), keys)) for n, keys, _ in sittings]
    for laid in product(*ways):
        if sum(len(set(keys) & set(range(kept))) for keys, (_, _, kept) in zip(laid, sittings, strict=True)) >= hits:
            total += 1
    for own in ways:
        total /= len(own)
    return total


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.integers(3, 5).flatmap(
            lambda n: st.tuples(st.just(n), st.integers(1, n - 1), st.integers(1, n - 1), st.integers(0, 10_000))
        ),
        min_size=1,
        max_size=4,
    )
)
def test_chance_is_what_all_ways_of_laying_the_keys_give(drawn):
    items, sittings, hits = [], [], 0
    for number, (n, keys, kept, way) in enumerate(drawn):
        laid = list(combinations(range(n), keys))[way % comb(n, keys)]
        # The first `kept` options are the long ones, alike to the candidate who goes by length.
        texts = [f"{'long' if place < kept else 'a'}{place}" for place in range(n)]
        item = remade(
            MultipleResponse,
            type="multiple_response",
            options=options(*texts),
            keys=[f"o{place}" for place in laid],
            choose=keys,
        )
        if keys <= kept:
            items.append(item.model_copy(update={"id": f"demo.alpha.i{number}"}))
            sittings.append((n, keys, kept))
            hits += len(set(laid) & set(range(kept)))
    if items:
        found = result(items, "longest-option")
        assert found.hits == hits
        assert found.probability == pytest.approx(float(exact_tail(sittings, hits)), rel=1e-2)
        if found.bound < sum(min(keys, kept) for _, keys, kept in sittings):
            assert exact_tail(sittings, found.bound + 1) <= LEVEL
        assert exact_tail(sittings, found.bound) > LEVEL / 30


def bank_of(count, cued, texts=("aa", "aaaa", "aaa", "a")):
    """Return items of which the first `cued` have the longest option as their key; the others' keys go round."""
    return [numbered(n, options=texts, key=1 if n < cued else n % 4) for n in range(count)]


@pytest.mark.parametrize(("cued", "fails"), [(0, False), (10, False), (40, True)])
def test_a_candidate_fails_a_bank_beyond_its_bound_and_never_within(cued, fails):
    found = result(bank_of(60, cued), "longest-option")
    assert found.decides
    assert found.fails is fails is (found.hits > found.bound)
    assert (len(found.feeds) == found.hits) and all(name.startswith("demo.alpha.i") for name in found.feeds)
    assert found.domains["alpha"].hits == found.hits


def test_the_bound_grows_with_the_number_of_candidates_judged():
    items = bank_of(60, 0)
    judged = [one for one in sit_guessers(items) if one.decides]
    alone = result(items, "longest-option").bound
    tail = lambda hits: sum(comb(60, k) * 0.25**k * 0.75 ** (60 - k) for k in range(hits, 61))  # noqa: E731
    level = LEVEL / len(judged)
    assert len(judged) > 1
    assert tail(alone + 1) <= level < tail(alone)
    assert level < tail(next(h for h in range(61) if tail(h + 1) <= LEVEL) + 1) <= LEVEL


def test_few_choices_judge_nobody():
    found = result(bank_of(FEWEST - 1, FEWEST - 1), "longest-option")
    assert not found.decides
    assert not found.fails
    assert result(bank_of(FEWEST, FEWEST), "longest-option").fails


def test_places_decide_only_where_the_form_keeps_the_order():
    shuffled = [numbered(n, options=("Red", "Tan", "Sky", "Ash"), key=0) for n in range(40)]
    found = result(shuffled, "position-a", "author")
    assert (found.hits, found.decides, found.fails) == (40, False, False)
    kept = [one.model_copy(update={"shuffle": False}) for one in shuffled]
    assert result(kept, "position-a", "form").fails
    assert not result(kept, "position-b", "form").fails


def test_keys_strewn_by_chance_feed_nobody():
    words = ("mean", "a longer median", "always the mode", "the sum, of all 3 rows", "some ratio")
    for bank in range(8):
        items = [numbered(n, options=words, key=keyed_number(bank, str(n)) % 5) for n in range(120)]
        assert [one.strategy for one in sit_guessers(items) if one.fails] == []


def test_the_result_does_not_depend_on_the_order_of_the_items():
    items = bank_of(30, 9) + [numbered(100 + n, options=("1", "22", "333"), key=n % 3) for n in range(20)]
    assert sit_guessers(items) == sit_guessers(items[::-1])


def test_the_check_fails_and_names_the_items(tmp_path):
    text = "".join(
        CHOICE.replace("demo.alpha.sky", f"demo.alpha.sky{n}")
        .replace("Which colour", " ".join(f"w{n}x{place}" for place in range(12)))
        .replace("text: Blue", "text: Blue as the open sea")
        for n in range(15)
    )
    bank = read_bank(write_bank(tmp_path, {"items/alpha/choice.yaml": text})).bank
    problems = [p for p in check_bank(bank) if p.code == "guesser-longest-option"]
    assert [(p.severity, p.item) for p in problems] == [("error", "demo")]
    assert "has 16 hits in 16 choices" in problems[0].message or "has 15 hits in 15 choices" in problems[0].message
    assert "demo.alpha.sky0, demo.alpha.sky1, " in problems[0].message
    assert problems[0].message.endswith(" more")


_TEXT = st.text(st.sampled_from("ab 0159.,-/%`$[]()<≥:\u2013Aatoalwysn'_"), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(_TEXT, st.lists(_TEXT, min_size=2, max_size=6), st.data())
def test_any_text_can_be_looked_at(stem, texts, data):
    item = choice(stem, texts, data.draw(st.integers(0, len(texts) - 1)))
    found = []
    find_flaws(item, None, lambda *told: found.append(told))
    assert all(len(told) == 4 and all(isinstance(one, str) and one for one in told) for told in found)
    for one in sit_guessers([item]):
        assert 0 <= one.hits <= one.questions
        assert 0 <= one.probability <= 1
        assert one.bound <= one.questions


def test_the_checked_bank_shows_what_each_candidate_reaches(tmp_path):
    services = Services(home=tmp_path / "home")
    try:
        (checked,) = check_named_banks(services, [str(write_bank(tmp_path / "demo"))])
    finally:
        services.close()
    shown = {one["strategy"]: one for one in checked.model_dump(mode="json")["guessers"] if one["order"] == "any"}
    assert set(shown) == set(STRATEGIES)
    assert {"questions", "hits", "chance", "bound", "probability", "fails", "feeds", "domains"} <= set(
        shown["odd-one-out"]
    )
