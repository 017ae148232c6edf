"""Pictures and formulas that candidates could not see are told by the check, each at its place."""

import pytest

from bank.bank_folder import CHOICE, FILES, place_in, write_bank
from examengine.bank.check import check_bank
from examengine.bank.check_formulas import is_shown
from examengine.bank.read import read_bank
from figures import FOLDER

ROC = (FOLDER / "roc.png").read_bytes()
ITEMS = "items/alpha/choice.yaml"


def checked(folder, changes):
    reading = read_bank(write_bank(folder, changes))
    assert reading.bank is not None, reading.problems
    return [one for one in check_bank(reading.bank) if one.code != "few-wrong-solutions"]


def pictured(name, words="a plot"):
    return {ITEMS: CHOICE.replace("in summer?", f"in ![{words}]({name})?")}


def test_a_sound_figure_is_not_told(tmp_path):
    assert checked(tmp_path, pictured("figures/roc.png") | {"figures/roc.png": ROC}) == []


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("figures/roc.svg", (FOLDER / "drawing.svg").read_bytes(), "figure-format", "SVG"),
        ("figures/roc.png", b"%PDF-1.7", "figure-format", "PDF"),
        ("figures/roc.png", b"", "figure-format", "empty"),
        ("figures/roc.png", (FOLDER / "cut.png").read_bytes(), "figure-damaged", "cannot be read"),
        ("figures/roc.png", (FOLDER / "bomb.png").read_bytes(), "figure-damaged", "pixels"),
        ("figures/roc.png", ROC + b"\0" * 1024 * 1024, "figure-too-large", "bytes"),
    ],
)
def test_a_file_that_cannot_be_shown_is_an_error_that_says_what_would_be_right(tmp_path, name, data, code, said):
    (problem,) = checked(tmp_path, pictured(name) | {name: data})
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.file.endswith(name)
    assert said in problem.message
    assert problem.hint
    if code == "figure-format":
        assert "PNG" in problem.hint


def test_a_figure_that_nothing_refers_to_is_told(tmp_path):
    (problem,) = checked(tmp_path, {"figures/roc.png": ROC})
    assert (problem.code, problem.severity) == ("figure-unused", "warning")


@pytest.mark.parametrize("words", ["", "  "])
def test_a_figure_without_words_is_told_at_its_field(tmp_path, words):
    changes = pictured("figures/roc.png", words)
    (problem,) = checked(tmp_path, changes | {"figures/roc.png": ROC})
    assert problem.code == "figure-without-words"
    assert (problem.line, problem.column) == place_in(changes[ITEMS], "Which colour")


def test_a_formula_that_falls_back_to_its_source_is_told_at_its_field(tmp_path):
    text = CHOICE.replace(
        "rationale: Short waves are scattered most.\n  ref", "rationale: See $\\enclose{x}{y}$.\n  ref"
    )
    (problem,) = checked(tmp_path, {ITEMS: text})
    assert (problem.code, problem.severity) == ("formula-not-shown", "warning")
    assert "$\\enclose{x}{y}$" in problem.message
    assert (problem.line, problem.column) == place_in(text, "See $")


def test_a_formula_of_a_statement_is_told_in_its_own_file(tmp_path):
    name = "exercises/double/statement.md"
    (problem,) = checked(tmp_path, {name: FILES[name] + "\nSee $\\enclose{x}{y}$.\n"})
    assert problem.code == "formula-not-shown"
    assert problem.file.endswith(name)


def test_a_dollar_in_code_is_no_formula(tmp_path):
    name = "exercises/double/starter.py"
    assert checked(tmp_path, {name: 'COST = "$\\\\enclose{x}$"\n\n\ndef double(x):\n    pass\n'}) == []


@pytest.mark.parametrize("source", ["x", "x^2", "\\frac{a}{b}", "\\hat y", "\\sum_{i=1}^n x_i", "n", "a = b"])
def test_formulas_that_are_shown_are_not_told(source):
    assert is_shown(source)
