"""The scoring rules of series, lists, pairs, gaps and short texts, by example; and what their models refuse."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from builders import options_of
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.short_text.patterns import matches
from examengine.itemtypes.spec import Mark
from itemtypes.examples import (
    a_code_gap,
    a_gap_choice,
    a_matching,
    a_series,
    a_short_text,
    an_ordering,
    gaps_of,
    statements_of,
)


def earned(item, **response) -> Fraction:
    spec = spec_of(item)
    return spec.score(item, spec.response_model.model_validate(response), None).earned


@pytest.mark.parametrize(
    ("key", "given", "share"),
    [
        ("ynyn", "ynyn", 1),
        ("ynyn", "yyyy", 0),
        ("ynyn", "nnnn", 0),
        ("ynyn", "ynyy", Fraction(1, 2)),
        ("ynyn", "yn--", 0),
        ("ynyn", "ynn-", 0),
        ("ynyn", "yny-", Fraction(1, 2)),
        ("yyn", "ynn", Fraction(1, 2)),
        ("yyn", "yy-", 0),
        ("yyn", "-yn", Fraction(1, 2)),
        ("yyyn", "yynn", Fraction(2, 3)),
    ],
)
def test_a_series_pays_the_shares_of_yes_and_no_less_what_one_word_everywhere_reaches(key, given, share):
    words = {"y": "yes", "n": "no"}
    item = a_series(statements=statements_of(*(words[k] for k in key)))
    answers = {f"s{n}": words[g] for n, g in enumerate(given, 1) if g != "-"}
    assert earned(item, answers=answers) == share


def test_a_series_by_all_or_nothing_pays_for_all_alone():
    item = a_series(rule="all_or_nothing")
    assert earned(item, answers={"s1": "yes", "s2": "no", "s3": "yes", "s4": "no"}) == 1
    assert earned(item, answers={"s1": "yes", "s2": "no", "s3": "yes"}) == 0


@pytest.mark.parametrize(
    ("rule", "built", "share"),
    [
        ("all_or_nothing", "cad", 1),
        ("all_or_nothing", "cda", 0),
        ("position", "cad", 1),
        ("position", "cda", Fraction(1, 3)),
        ("position", "ca", Fraction(2, 3)),
        ("position", "acd", Fraction(1, 3)),
        ("position", "cadb", Fraction(2, 3)),
        ("position", "bcad", 0),
        ("longest_common_subsequence", "c", 0),
        ("longest_common_subsequence", "ca", Fraction(1, 2)),
        ("longest_common_subsequence", "cd", Fraction(1, 2)),
        ("longest_common_subsequence", "acd", Fraction(1, 2)),
        ("longest_common_subsequence", "bcad", Fraction(1, 2)),
        ("longest_common_subsequence", "dac", 0),
        ("adjacent", "ad", Fraction(1, 2)),
        ("adjacent", "adc", Fraction(1, 2)),
        ("adjacent", "cd", 0),
        ("adjacent", "bcad", Fraction(1, 2)),
        ("adjacent", "cad", 1),
    ],
)
def test_lists_score_by_their_rule(rule: str, built: str, share):
    assert earned(an_ordering(rule=rule), order=list(built)) == share  # key: c a d; b belongs nowhere


def a_wide_matching(**over):
    prompts = [{"id": f"p{n}", "text": f"Prompt {n}"} for n in range(4)]
    return a_matching(**({"prompts": prompts, "rule": "proportional"} | over))


@pytest.mark.parametrize(
    ("reuse", "key", "given", "share"),
    [
        (False, "abcd", "abcd", 1),
        (False, "abcd", "ab--", Fraction(1, 2)),
        (False, "abcd", "abdc", Fraction(1, 2)),
        (False, "abcd", "aaaa", 0),
        (False, "abcd", "abaa", Fraction(1, 4)),
        (True, "aabc", "aabc", 1),
        (True, "aabc", "aaaa", 0),
        (True, "aabc", "aab-", Fraction(1, 2)),
        (True, "aabc", "-abc", Fraction(3, 4)),
        (True, "aabc", "dddd", 0),
    ],
)
def test_pairs_pay_their_share(reuse: bool, key: str, given: str, share):
    item = a_wide_matching(reuse=reuse, key={f"p{n}": one for n, one in enumerate(key)})
    assert earned(item, pairs={f"p{n}": one for n, one in enumerate(given) if one != "-"}) == share


def test_gaps_pay_their_share():
    item = a_gap_choice()
    assert earned(item, gaps={"g1": "a", "g2": "c"}) == 1
    assert earned(item, gaps={"g1": "a"}) == Fraction(1, 2)
    assert earned(item, gaps={"g1": "c", "g2": "c"}) == Fraction(1, 2)
    assert earned(a_gap_choice(rule="all_or_nothing"), gaps={"g1": "a"}) == 0


def test_a_word_that_fits_everywhere_earns_nothing_by_being_chosen_everywhere():
    same = options_of("Yes", "No")
    gaps = [{"id": f"g{n}", "key": key, "options": same} for n, key in enumerate("aab", 1)]
    item = a_gap_choice(text="[[g1]] [[g2]] [[g3]]", gaps=gaps)
    assert earned(item, gaps={"g1": "a", "g2": "a", "g3": "a"}) == 0
    assert earned(item, gaps={"g1": "b", "g2": "b", "g3": "b"}) == 0
    assert earned(item, gaps={"g1": "a", "g2": "a", "g3": "b"}) == 1


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("early stopping", 1),
        ("  Early   STOPPING ", 1),
        ("early\u00a0stopping", 1),
        ("\uff45arly stopping", 1),
        ("early sto\u200bpping", 1),
        ("stopping early", 1),
        ("Ending early", 1),
        ("patience", Fraction(1, 2)),
        ("early-stopping", 0),
        ("not early stopping", 0),
        ("drop-out", 0),
        ("", 0),
        ("\u200b", 0),
    ],
)
def test_short_texts_score_by_the_best_that_fits(text: str, share):
    assert earned(a_short_text(), text=text) == share


@pytest.mark.parametrize(
    ("how", "text", "is_right"),
    [
        ({"case": "keep"}, "Early stopping", False),
        ({"case": "keep"}, "early stopping", True),
        ({"spaces": "remove"}, "earlystopping", True),
        ({"punctuation": "drop"}, "early stopping!", True),
        ({"accents": "drop"}, "éarly stopping", True),
        ({}, "éarly stopping", False),
        ({"unicode": "nfc"}, "\uff45arly stopping", False),
    ],
)
def test_normalising_is_the_authors_choice(how: dict, text: str, is_right: bool):
    assert (earned(a_short_text(normalise=how, patterns=[]), text=text) == 1) is is_right


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+", "(.*)*(.*)*(.*)*x", "(a?){60}a{60}"])
def test_patterns_that_make_other_engines_hang_answer_at_once(pattern: str):
    assert matches(pattern, "a" * 199 + "!", is_folded=True) is False


@pytest.mark.parametrize("pattern", ["(", "(?P<x>a)\\1", "(?=a)b", "a{1001}", "(a{500}){500}", "[z-a]"])
def test_a_pattern_that_cannot_be_read_is_told(pattern: str):
    with pytest.raises(ValidationError, match="cannot be read"):
        a_short_text(patterns=[{"pattern": pattern}])


SAME = options_of("Yes", "No")
REFUSED = {
    "the same answer everywhere": (lambda: a_series(statements=statements_of("yes", "yes")), "give at least one"),
    "a statement twice": (
        lambda: a_series(statements=[*statements_of("yes"), *statements_of("no")]),
        "statement id 's1' stands twice",
    ),
    "a place for nobody": (lambda: an_ordering(order=["a", "z"]), "order 'z' is not an option; the options are a, b"),
    "two places for one": (lambda: an_ordering(order=["a", "a"]), "order 'a' stands twice"),
    "the answer on show": (
        lambda: an_ordering(order=["a", "b"], shuffle=False),
        "the list that is shown would be the answer",
    ),
    "a prompt without a match": (lambda: a_matching(key={"recall": "a"}), "no option for prompt 'precision'"),
    "a match for nobody": (lambda: a_matching(key={"x": "a"}), "names 'x', which is not a prompt"),
    "a match that is none": (lambda: a_matching(key={"recall": "a", "precision": "z"}), "key 'z' is not an option"),
    "one option for all": (
        lambda: a_matching(reuse=True, key={"recall": "a", "precision": "a"}),
        "give at least one prompt another",
    ),
    "one option for two": (
        lambda: a_wide_matching(key={"p0": "a", "p1": "a", "p2": "b", "p3": "c"}),
        "say `reuse: true`",
    ),
    "a gap without a place": (lambda: a_gap_choice(text="Only [[g1]]."), "gap 'g2' does not stand in `text`"),
    "a gap in two places": (lambda: a_gap_choice(text="[[g1]] [[g1]] [[g2]]"), "gap 'g1' stands 2 times"),
    "gaps in another order": (lambda: a_gap_choice(text="[[g2]] [[g1]]"), "list them in that order"),
    "gaps in text and code": (lambda: a_gap_choice(code="[[g1]] [[g2]]"), "exactly one of"),
    "a gap in the stem": (lambda: a_gap_choice(stem="Fill [[g1]]."), "gaps stand in `text` alone"),
    "the same word in all": (
        lambda: a_gap_choice(gaps=[{"id": f"g{n}", "key": "a", "options": SAME} for n in (1, 2)]),
        "filled with 'Yes'",
    ),
    "a gap whose key is none": (lambda: a_gap_choice(gaps=gaps_of("a", "z")), "key 'z' is not an option"),
    "an option of two lines": (
        lambda: a_gap_choice(gaps=[{"id": "g1", "key": "a", "options": options_of("x\ny", "z")}], text="[[g1]]"),
        "too long for a gap",
    ),
    "a key for half": (lambda: a_short_text(answers=[{"text": "x", "credit": "1/2"}]), "the key gives full credit"),
    "answers at odds": (
        lambda: a_short_text(answers=[{"text": "x"}, {"text": " X", "credit": "1/2"}]),
        "with another credit",
    ),
    "an answer of nothing": (
        lambda: a_short_text(answers=[{"text": "?!"}], normalise={"punctuation": "drop"}),
        "empty after normalising",
    ),
    "too much credit": (lambda: a_short_text(patterns=[{"pattern": "x", "credit": 2}]), "at most 1"),
    "a slip of nothing": (lambda: a_short_text(slips=[{"rationale": "Why."}]), "exactly one of"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_inconsistent_key_is_refused_with_what_would_be_right(case: str):
    make, said = REFUSED[case]
    with pytest.raises(ValidationError) as caught:
        make()
    assert said in str(caught.value)


FLAWED = {
    "statement-repeated": lambda: a_series(
        statements=[*statements_of("yes", "no"), statements_of("yes")[0] | {"id": "s9"}]
    ),
    "statement-names-a-position": lambda: a_series(
        statements=[*statements_of("yes"), statements_of("no")[0] | {"id": "s2", "text": "Unlike statement 1."}]
    ),
    "key-pattern": lambda: a_series(shuffle=False),
    "option-tells-its-place": lambda: an_ordering(
        options=options_of("Finally stop", "Read the labels", "Split the rows", "Score the rows")
    ),
    "stem-without-count": lambda: an_ordering(stem="Which steps does the job take?"),
    "rule-without-effect": lambda: an_ordering(order=["a", "c"], stem="Which TWO steps?", rule="adjacent"),
    "no-surplus-option": lambda: a_matching(options=options_of("One", "Two"), key={"recall": "b", "precision": "a"}),
    "key-in-order": lambda: a_matching(shuffle=False),
    "prompt-repeated": lambda: a_matching(
        prompts=[{"id": "recall", "text": "Recall"}, {"id": "precision", "text": "recall "}]
    ),
    "unknown-gap": lambda: a_gap_choice(text="[[g1]] [[g2]] [[g3]]"),
    "key-position": lambda: a_gap_choice(text="[[g1]] [[g2]] [[g3]]", gaps=gaps_of("b", "b", "b"), shuffle=False),
    "option-repeated": lambda: a_gap_choice(
        text="[[g1]]", gaps=[{"id": "g1", "key": "a", "options": options_of("one", "One", "two")}]
    ),
    "answer-repeated": lambda: a_short_text(answers=[{"text": "x"}, {"text": "X "}]),
    "answer-overruled": lambda: a_short_text(
        answers=[{"text": "x"}, {"text": "yy", "credit": "1/2", "rationale": "Half."}], patterns=[{"pattern": "y+"}]
    ),
    "partial-without-rationale": lambda: a_short_text(answers=[{"text": "x"}, {"text": "y", "credit": "1/2"}]),
    "slip-earns-marks": lambda: a_short_text(slips=[{"text": "End early", "rationale": "Why."}]),
    "pattern-accepts-anything": lambda: a_short_text(patterns=[{"pattern": ".*"}]),
    "patterns-overlap": lambda: a_short_text(patterns=[{"pattern": "early .*", "credit": "1/2"}]),
}


@pytest.mark.parametrize("code", FLAWED)
def test_lint_names_the_flaw(code: str):
    item = FLAWED[code]()
    assert code in {finding.code for finding in spec_of(item).lint(item)}


def test_brackets_in_code_that_name_no_gap_stay():
    item = a_code_gap()
    stem = spec_of(item).whole_stem(item)
    assert "x[[cols]]" in stem
    assert "\u20391\u203a" in stem
    assert "[[g1]]" not in stem
    assert list(spec_of(item).lint(item)) == []


def test_a_slip_is_told_to_whoever_made_it():
    item = a_short_text()
    spec = spec_of(item)
    lines = spec.explain(item, spec.response_model(text="Drop-out"))
    assert lines[1] == ("Drop-out", "your answer", "That switches units off at random.")
    lines = spec.explain(item, spec.response_model(text="patience"))
    assert lines[1] == ("patience", "your answer, 1/2 of the credit", "That is how long it waits.")
    assert [line[1] for line in spec.explain(item, spec.response_model(text="end early"))] == ["key"]


@pytest.mark.parametrize(
    ("make", "line", "said"),
    [
        (a_series, "Y N", "there are 4 rows, and 2 answers were given; answer Y or N for each statement in order"),
        (a_series, "1Y 9N", "there is no row 9; rows go from 1 to 4"),
        (a_series, "1Y 1N", "answered twice"),
        (a_series, "Y N X -", "'X' is neither yes nor no"),
        (an_ordering, "A B C D", "give 3 letters, first to last, such as C A B"),
        (an_ordering, "A Z", "letters from A to D"),
        (a_matching, "A A", "used twice"),
        (a_matching, "1Z", "letters from A to D"),
        (a_gap_choice, "B", "for each gap in order, such as B A -"),
        (a_short_text, "x" * 201, "at most 200 characters"),
    ],
)
def test_line_mode_says_how_to_answer(make, line: str, said: str):
    item = make()
    with pytest.raises(ValueError) as caught:
        spec_of(item).parse_line(item, line, item.option_ids())
    assert said in str(caught.value)


def test_a_pattern_that_covers_nothing_at_all_pays_nothing_for_a_blank():
    item = a_short_text(patterns=[{"pattern": ".*"}])
    score = spec_of(item).score(item, spec_of(item).response_model(text="  "), None)
    assert (score.earned, score.mark) == (0, Mark.BLANK)
    assert earned(item, text="\u200b") == 0
