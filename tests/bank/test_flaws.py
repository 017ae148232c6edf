"""The flaws of item writing: each is told where it stands, and its sound neighbour is not."""

from datetime import date

import pytest

from bank.bank_folder import CHOICE, FILES, write_bank
from examengine.bank.check import check_bank
from examengine.bank.flaws import find_flaws
from examengine.bank.read import read_bank
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.multiple_response.model import MultipleResponse
from examengine.itemtypes.yes_no_series.model import YesNoSeries

TODAY = date(2026, 11, 21)


def choice(stem="Which value fits the case described here?", options=("Red", "Blue", "Green"), key=0, **changes):
    """Return a multiple-choice item of option texts."""
    data = {
        "id": "demo.alpha.one",
        "type": "multiple_choice",
        "objective": "alpha.basics",
        "difficulty": "foundational",
        "cognitive": "apply",
        "stem": stem,
        "options": [{"id": f"o{n}", "text": text, "rationale": "A slip of the pen."} for n, text in enumerate(options)],
        "key": f"o{key}",
        "rationale": "What to learn from it.",
        "references": [{"title": "A page"}],
        "verified": "2026-11-01",
        "seconds": 60,
    }
    return MultipleChoice.model_validate(data | changes)


def told(item, today=TODAY):
    found = []
    find_flaws(item, today, lambda code, _message, hint, field: found.append((code, hint, field)))
    assert all(hint for _, hint, _ in found)
    return [(code, field) for code, _, field in found]


def codes(item, today=TODAY):
    return {code for code, _ in told(item, today)}


def test_a_sound_item_has_no_flaw():
    assert told(choice()) == []


@pytest.mark.parametrize(
    ("options", "key", "is_told"),
    [
        (("It always grows", "It never grows", "It grows at first"), 2, True),
        (("It always grows", "It falls", "It grows at first"), 2, False),
        (("It always grows", "It never grows", "It must grow"), 2, False),
        (("`x.all()`", "`any(x)`", "The mean"), 2, False),
    ],
)
def test_absolute_words_in_every_distractor_and_not_in_the_key_are_told(options, key, is_told):
    assert (told(choice(options=options, key=key)) == [("absolute-words", "options")]) is is_told


def test_words_of_the_stem_in_the_key_alone_are_told():
    stem = "A gradient vanishes in a network of many layers. What helps?"
    options = ["Keep the gradient alive through the layers", "Add dropout", "Use smaller batches"]
    assert told(choice(stem, options)) == [("stem-word-only-in-key", "options.0.text")]
    assert told(choice(stem, [options[0], "Let the network vanish", "Use smaller batches"])) == []
    longer = "Keep every gradient that vanishes alive through the layers"
    assert told(choice(stem, [longer, "Prune the network", "Use smaller batches"])) != []


@pytest.mark.parametrize(
    ("stem", "options", "key", "is_told"),
    [
        ("The metric that is meant is an", ("area under a curve", "loss", "mean"), 0, True),
        ("The metric that is meant is an", ("area under a curve", "error rate", "odds ratio"), 0, False),
        ("The metric that is meant is an", ("area under a curve", "loss", "mean"), 1, False),
        ("What a fold needs are", ("two classes", "a class", "one class"), 0, True),
        ("What a fold needs are", ("two classes", "both parts", "several rows"), 0, False),
        ("What helps here most?", ("Adding data", "Drop the column", "Scale the rows"), 0, True),
        ("What helps here most?", ("Adding data", "Dropping the column", "Scale the rows"), 0, False),
        ("What helps here most?", ("To add data", "Drop the column", "Scale the rows"), 0, True),
        ("What helps here most?", ("Add data.", "Drop the column", "Scale the rows"), 0, True),
        ("What helps here most?", ("Add data.", "Drop the column.", "Scale the rows."), 0, False),
        ("What helps here most?", ("Add data", "Drop the column.", "Scale the rows"), 0, False),
    ],
)
def test_grammar_that_gives_the_key_away_is_told(stem, options, key, is_told):
    assert ("grammar-cue" in codes(choice(stem, options, key))) is is_told


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("The mean", "Mean.", "A sum"), {"options-equivalent"}),
        (("0.5", "50 %", "0.25"), {"options-equivalent"}),
        (("1,000", "1000", "10"), {"options-equivalent"}),
        (("`x[0]`", "`x[-1]`", "`x`"), set()),
        (("0 to 10", "10 to 20", "20.5 to 30"), {"options-overlap"}),
        (("0 to 9", "10 to 19", "20 to 29"), set()),
        (("5 to 15 rows", "10 to 20 rows", "30 to 40 rows"), {"options-overlap"}),
        (("1.2 to 1.4", "1.0 to 1.6", "0.8 to 1.8"), set()),
        (("at least 5", "at least 10", "2"), {"options-overlap"}),
        (("less than 5", "at least 5", "5 of 6"), set()),
        (("at most 5", "at least 5", "none at hand"), {"options-overlap"}),
        (("at most 5 s", "at least 5 rows", "unknown"), set()),
    ],
)
def test_options_that_say_the_same_or_overlap_are_told(options, expected):
    assert codes(choice(options=options)) == expected


def test_overlapping_spans_are_sound_where_several_options_may_be_right():
    item = choice(options=("at least 5", "at least 10", "2"))
    several = item.model_dump(exclude={"key", "rule"}) | {"type": "multiple_response", "keys": ["o0", "o1"]}
    assert told(MultipleResponse.model_validate(several)) == []


@pytest.mark.parametrize(
    "text",
    [
        "All of these",
        "None of the above",
        "Both A and B",
        "A and C",
        "A and B only",
        "None of them.",
        "It needs all of the others",
    ],
)
def test_an_option_that_speaks_of_the_others_is_told(text):
    assert ("option-all-of-the-above", "options.1.text") in told(choice(options=("Red", text, "Green")))


def test_an_option_that_begins_with_all_is_none_of_them():
    assert told(choice(options=("All of the rows", "None of the columns", "Both sums"))) == []


@pytest.mark.parametrize(
    ("values", "shuffle", "is_told"),
    [
        (("10", "30", "20"), False, True),
        (("10", "20", "30"), False, False),
        (("30 GB", "20 GB", "10 GB"), False, False),
        (("800", "1,200", "3,200"), False, False),
        (("10", "30", "20"), True, False),
        (("10 GB", "30 MB", "20 GB"), False, False),
    ],
)
def test_numbers_out_of_order_are_told_where_the_form_keeps_the_order(values, shuffle, is_told):
    assert (told(choice(options=values, shuffle=shuffle)) == [("numbers-out-of-order", "options")]) is is_told


@pytest.mark.parametrize(
    ("stem", "is_told"),
    [
        ("All of these help except:", True),
        ("Which of these is not a metric of ranking?", True),
        ("Which of these statements is incorrect?", True),
        ("Which cause is least likely here?", True),
        ("Which cause is LEAST likely here? Name what does NOT fit.", False),
        ("Which of these is NOT a metric of ranking?", False),
        ("All of these help EXCEPT:", False),
        ("Which model suits rows that are not labelled?", False),
        ("The rows are not sorted. Which step comes next?", False),
        ("Which model fits labels that are missing not at random?", False),
    ],
)
def test_a_negative_stem_wants_emphasis(stem, is_told):
    assert (told(choice(stem)) == [("stem-negative", "stem")]) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Option B is better.", True),
        ("Unlike answer C, it scales.", True),
        ("The second option forgets the sign.", True),
        ("The option above forgets the sign.", True),
        ("B is wrong, for it leaks.", True),
        ("A is right here.", True),
        ("It would answer a question nobody asked.", False),
        ("Group A is larger than group B.", False),
        ("The choice 5 % is usual.", False),
        ("A first choice would be a tree.", False),
    ],
)
def test_a_rationale_that_names_an_option_by_its_place_is_told(text, is_told):
    options = [{"id": "o0", "text": "Red", "rationale": "Fits."}, {"id": "o1", "text": "Blue", "rationale": text}]
    places = [("rationale-names-a-position", "options.1.rationale")]
    item = choice().model_dump() | {"options": options}
    assert told(MultipleChoice.model_validate(item)) == (places if is_told else [])
    assert told(MultipleChoice.model_validate(item | {"shuffle": False})) == []
    assert told(choice(rationale=text)) == ([("rationale-names-a-position", "rationale")] if is_told else [])


@pytest.mark.parametrize("text", ["Correct.", "wrong", "This is incorrect.", "TODO", "The right answer."])
def test_a_rationale_that_says_nothing_is_told(text):
    assert told(choice(rationale=text)) == [("rationale-missing", "rationale")]


@pytest.mark.parametrize("field", ["rationale", "references"])
def test_an_item_without_rationale_or_reference_is_no_item(tmp_path, field):
    line = {"rationale": "  rationale: Short waves are scattered most.\n", "references": "  references: ["}[field]
    start = CHOICE.index(line)
    text = CHOICE[:start] + CHOICE[CHOICE.index("\n", start + 1) + 1 :]
    reading = read_bank(write_bank(tmp_path, {"items/alpha/choice.yaml": text.replace("\n\n", "\n")}))
    assert any(field in problem.message for problem in reading.problems)
    assert reading.bank is None


@pytest.mark.parametrize(
    ("verified", "expected"),
    [
        ("2025-11-21", set()),
        ("2025-11-20", {"verified-stale"}),
        ("2026-11-22", set()),
        ("2026-11-23", {"verified-in-future"}),
    ],
)
def test_facts_grow_old_after_a_year_of_the_day_that_is_handed_in(verified, expected):
    assert codes(choice(verified=verified)) == expected
    assert codes(choice(verified=verified), today=None) == set()


@pytest.mark.parametrize(
    ("words", "seconds", "is_told"),
    [(300, 60, True), (300, 90, False), (10, 155, False), (10, 300, True), (10, 5, True)],
)
def test_a_time_that_nobody_needs_or_can_do_with_is_told(words, seconds, is_told):
    item = choice(" ".join(["word"] * (words - 3)), seconds=seconds)
    assert (told(item) == [("time-implausible", "seconds")]) is is_told


def test_statements_that_say_the_same_are_told():
    item = choice().model_dump(exclude={"key", "options", "rule"}) | {
        "type": "yes_no_series",
        "statements": [
            {"id": "a", "text": "The sum grows.", "answer": "yes", "rationale": "It does."},
            {"id": "b", "text": "Sum grows", "answer": "no", "rationale": "It does not."},
        ],
    }
    assert told(YesNoSeries.model_validate(item)) == [("options-equivalent", "statements.1.text")]


def test_flaws_are_told_by_the_check_at_their_line_and_once(tmp_path):
    text = CHOICE.replace("text: Brown", "text: All of the above").replace("2026-11-21", "2024-01-01")
    bank = read_bank(write_bank(tmp_path, {"items/alpha/choice.yaml": text})).bank
    found = [(p.code, p.line, p.severity) for p in check_bank(bank, today=TODAY) if p.item == "demo.alpha.sky"]
    assert found == [("option-all-of-the-above", 10, "warning"), ("verified-stale", 14, "warning")]


def test_twins_across_banks_are_told_in_the_bank_under_check(tmp_path):
    own = read_bank(write_bank(tmp_path / "own")).bank
    moved = {
        "bank.yaml": (tmp_path / "own" / "bank.yaml").read_text().replace("id: demo", "id: other"),
        "items/alpha/choice.yaml": CHOICE.replace("demo.", "other.").replace("in summer", "in winter"),
        "items/beta/others.yaml": None,
        "exams/mock.yaml": None,
        **{name: None for name in FILES if name.startswith("exercises/")},
    }
    other = read_bank(write_bank(tmp_path / "other", moved)).bank
    assert other is not None
    (problem,) = [p for p in check_bank(own, others=[own, other]) if p.code.startswith("near-duplicate")]
    assert (problem.code, problem.item) == ("near-duplicate-across-banks", "demo.alpha.sky")
    assert "other.alpha.sky too of bank other (items/alpha/choice.yaml:1)" in problem.message
    enemy = CHOICE.replace("seconds: 60", "seconds: 60\n  enemies: [other.alpha.sky]")
    allowed = read_bank(write_bank(tmp_path / "enemy", {"items/alpha/choice.yaml": enemy})).bank
    assert allowed is not None
    assert not [p for p in check_bank(allowed, others=[other]) if p.code.startswith("near-duplicate")]
