"""What the editor does to lines, how messages and differences are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examengine.itemtypes.coding.difference import differences
from examengine.itemtypes.coding.editing import (
    Place,
    indent_after,
    matches,
    next_match,
    shifted,
    toggled_comment,
    without_comment,
)
from examengine.itemtypes.coding.failure import failure_rows, place_of_test

LINES = st.lists(st.text(st.sampled_from("  ab#'\":"), max_size=8), max_size=6)


@pytest.mark.parametrize(
    ("before", "indent"),
    [
        ("def f():", 4),
        ("    if x:  # note", 8),
        ('if s == "#":', 4),
        ("    x = 1  # like this:", 4),
        ("        return x", 4),
        ("returned = 1", 0),
        ("x = [", 4),
        ("", 0),
        ("   ", 3),
    ],
)
def test_a_new_line_is_indented_as_python_needs(before: str, indent: int) -> None:
    assert indent_after(before) == indent


@pytest.mark.parametrize(
    ("line", "code"),
    [("x  # y", "x  "), ("'#' # y", "'#' "), (r"'\'#' # y", r"'\'#' "), ('"#', '"#'), ("", "")],
)
def test_a_sign_within_quotes_begins_no_comment(line: str, code: str) -> None:
    assert without_comment(line) == code


def test_lines_are_commented_out_at_their_common_indentation_and_back() -> None:
    lines = ["    if x:", "", "        y"]
    commented = toggled_comment(lines)
    assert commented == ["    # if x:", "", "    #     y"]
    assert toggled_comment(commented) == lines


@given(LINES)
def test_commenting_twice_changes_nothing_where_no_line_was_a_comment(lines: list[str]) -> None:
    if not any(line.lstrip().startswith("#") for line in lines):
        assert toggled_comment(toggled_comment(lines)) == lines


@given(LINES)
def test_indenting_and_moving_back_changes_nothing(lines: list[str]) -> None:
    assert shifted(shifted(lines, 1), -1) == [line if line.strip() else shifted([line], -1)[0] for line in lines]


def test_a_text_is_found_with_and_without_regard_to_capitals() -> None:
    lines = ["Mean = mean(x)", "", "mean"]
    assert matches(lines, "mean", is_exact=False) == [Place(0, 0), Place(0, 7), Place(2, 0)]
    assert matches(lines, "mean", is_exact=True) == [Place(0, 7), Place(2, 0)]
    assert matches(lines, "", is_exact=False) == []
    assert matches(["a.b", "axb"], "a.b", is_exact=False) == [Place(0, 0)]


def test_the_search_goes_round_at_both_ends() -> None:
    places = [Place(0, 3), Place(2, 0)]
    assert next_match(places, Place(0, 3), 1) == 1
    assert next_match(places, Place(2, 0), 1) == 0
    assert next_match(places, Place(0, 3), -1) == 1
    assert next_match([], Place(0, 0), 1) is None


@pytest.mark.parametrize(
    ("message", "rows"),
    [
        ("double(4) gave 9, expected 8", [("input", "double(4)"), ("expected", "8"), ("got", "9")]),
        (
            "scale([1]) gave [1, ', expected '], expected [0]",
            [("input", "scale([1])"), ("expected", "[0]"), ("got", "[1, ', expected ']")],
        ),
        ("double('x') raised TypeError: no", [("input", "double('x')"), ("got", "raised TypeError: no")]),
        (
            "expected 3 > 4 (after rank([1])), which does not hold",
            [("input", "rank([1])"), ("expected", "3 > 4"), ("got", "something for which that does not hold")],
        ),
        ("A check of the submission failed.", [("", "A check of the submission failed.")]),
    ],
)
def test_a_failure_is_taken_apart_into_input_expected_and_got(message: str, rows: list[tuple[str, str]]) -> None:
    assert failure_rows(message) == rows


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_nothing_of_a_message_is_lost_in_taking_it_apart(call: str, got: str, wanted: str) -> None:
    message = f"{call} gave {got}, expected {wanted}"
    rows = failure_rows(message)
    assert sum(len(text) for _label, text in rows) >= len(message) - len(" gave , expected ")


def test_the_place_of_a_test_is_found_with_its_parameters_and_class() -> None:
    source = "import x\n\n\nclass TestOne:\n    def test_a(self):\n        pass\n\n\ndef test_b():\n    pass\n"
    assert place_of_test(source, "test_s.py::TestOne::test_a") == 4
    assert place_of_test(source, "test_s.py::test_b[1-2]") == 8
    assert place_of_test(source, "test_s.py::test_c") is None


def test_a_difference_tells_by_signs_what_was_put_in_and_taken_out() -> None:
    lines = differences({"solution.py": "a\nb\n"}, {"solution.py": "a\nc\n"})
    assert [line.signed for line in lines] == ["solution.py", "@@ -1,2 +1,2 @@", " a", "-b", "+c"]
    assert differences({"solution.py": "a\r\n"}, {"solution.py": "a\n"}) == []
