"""A table in words: every cell behind the name of its column, everything around it as it was."""

import pytest

from examengine.itemtypes.table_markdown import with_tables_in_words
from examengine.plain.spoken import spoken

TABLE = """Two pages were tried:

| page | users | note |
|:-----|------:|------|
| P | 1,200 | |
| Q | 900 | ended *early* |

Which one stays?
"""


def test_each_row_is_a_sentence_and_the_text_around_it_stays():
    assert with_tables_in_words(TABLE).splitlines() == [
        "Two pages were tried:",
        "",
        "Row 1: page P; users 1,200; note empty.",
        "Row 2: page Q; users 900; note ended *early*.",
        "",
        "Which one stays?",
    ]


def test_a_column_without_a_name_is_told_by_its_cells_alone():
    assert (
        with_tables_in_words("| | cat | dog |\n|---|---|---|\n| says cat | 4 | 1 |") == "Row 1: says cat; cat 4; dog 1."
    )


def test_several_tables_are_counted_each_on_its_own():
    twice = "| n |\n|---|\n| 1 |\n| 2 |\n\nthen\n\n| m |\n|---|\n| 3 |\n"
    assert with_tables_in_words(twice).splitlines() == ["Row 1: n 1.", "Row 2: n 2.", "", "then", "", "Row 1: m 3."]


@pytest.mark.parametrize(
    "text",
    [
        "P(A | B) is no table",
        "```\n| a |\n|---|\n| 1 |\n```",
        "a `x | y` b\nsecond line",
        "| only a line |",
    ],
)
def test_bars_that_make_no_table_stay_as_they_are(text: str):
    assert with_tables_in_words(text) == text


def test_a_formula_with_a_bar_does_not_part_its_cell():
    told = spoken("| law | value |\n|---|---|\n| $P(A \\mid B)$ | 0.2 |")
    assert told == "Row 1: law P(A \u2223 B); value 0.2."
