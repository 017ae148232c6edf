"""The table of scores: every response counted once, fair samples that say so, classes where nothing can be listed."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest

from builders import a_multiple_response, an_exercise, an_item, options_of
from demo_form import a_numeric
from examengine.cli.score_lines import score_lines
from examengine.core.errors import UsageError
from examengine.delivery.bank_scores import MOST, score_responses, table_of
from examengine.delivery.services import Services
from itemtypes.examples import a_gap_choice, a_matching, a_series, a_short_text, an_ordering


@pytest.mark.parametrize(
    ("item", "count"),
    [
        (an_item(), 5),
        (a_multiple_response(), 32),
        (a_series(), 81),
        (an_ordering(), 1 + 4 + 12 + 24 + 24),
        (a_matching(), 25),
        (a_gap_choice(), 16),
    ],
)
def test_every_response_is_scored_once(item, count: int):
    table = table_of(item)
    assert (table.basis, table.responses, table.scored, table.seed) == ("every response", count, count, None)
    assert sum(group.responses for group in table.groups) == count
    assert [group.responses for group in table.groups if group.earned == 1] == [1]
    assert [row.mark for row in table.rows if row.response == "(blank)"] == ["blank"]
    assert [row.earned for row in table.rows] == sorted((row.earned for row in table.rows), reverse=True)


def test_what_chance_earns_is_the_mean_of_the_complete_responses():
    assert table_of(an_item()).mean_complete == Fraction(1, 4)
    assert table_of(a_matching()).mean_complete == Fraction(1, 16)


def test_too_many_responses_are_sampled_fairly_and_told():
    item = an_ordering(options=options_of(*"ABCDEFGH"), order=list("hgfedcba"), rule="position")
    table, again, other = table_of(item), table_of(item), table_of(item, seed=2)
    assert (table.basis, table.responses, table.scored, table.seed) == ("sample", 109_601, MOST, 1)
    assert table == again
    assert {row.response for row in table.rows} != {row.response for row in other.rows}
    assert {row.name for row in table.named} == {"correct", "blank"}
    # The share of complete lists in the sample is that of all lists: 40,320 of 109,601.
    complete = sum(row.is_complete for row in table.rows)
    assert 0.30 < complete / MOST < 0.44
    assert any("a fair sample of 5000 (seed 1)" in line for line in score_lines(table))


def test_numbers_and_texts_are_told_by_their_classes():
    numeric, text = table_of(a_numeric()), table_of(a_short_text())
    assert numeric.basis == text.basis == "classes"
    told = {row.name: row.earned for row in numeric.rows}
    assert told["the answer"] == told["band 1, its edge above"] == 1
    assert told["band 1, beyond its edge above"] == Fraction(1, 2)
    assert told["band 2, beyond its edge below"] == told["slip 1"] == told["no number"] == 0
    told = {row.name: row.earned for row in text.rows}
    assert told == {"blank": 0, "answer 1": 1, "answer 2": Fraction(1, 2), "slip 1": 0, "the key, within more words": 0}


def test_code_is_told_by_its_parts():
    table = table_of(an_exercise().item)
    told = {row.name: row.earned for row in table.rows}
    assert told["blank"] == told["no test passed"] == 0
    assert told["part plain: 1 of 1 tests, no other part"] == 3
    assert told["every test passed"] == table.possible == 4


def test_an_unknown_item_is_told_with_the_nearest(services: Services):
    with pytest.raises(UsageError, match="did you mean"):
        score_responses(services, "cmla.math.gradient-stpe")
    assert score_responses(services, "math.gradient-step", "foundations").item == "foundations.math.gradient-step"


def test_the_command_prints_lines_or_json():
    words = [sys.executable, "-m", "examengine", "bank", "scores", "foundations.evaluation.cubed-scores"]
    lines = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True).stdout.splitlines()
    assert lines[0] == (
        "foundations.evaluation.cubed-scores (yes_no_series, rule proportional): 243 responses, all of them scored"
    )
    assert any(line.endswith("[Yes everywhere] 1. Yes; 2. Yes; 3. Yes; 4. Yes; 5. Yes") for line in lines)
    told = json.loads(
        subprocess.run([*words, "--json"], capture_output=True, text=True, timeout=120, check=True).stdout
    )
    assert (told["responses"], told["rows"][0]["earned"]) == (243, "1")
