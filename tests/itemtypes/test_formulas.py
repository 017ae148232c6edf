"""Formulas read as text: faithful or left as their source, and nothing else of a text changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from examengine.itemtypes.formula_art import WIDEST, formula_rows
from examengine.itemtypes.formula_markdown import formula_plugin, formulas_of, with_formulas_as_text
from examengine.itemtypes.formula_text import formula_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\sigma^2", "σ²"),
        (r"x_{i+1}", "xᵢ₊₁"),
        (r"x_i^2", "xᵢ²"),
        (r"10^{-3}", "10⁻³"),
        (r"e^{-x^2/2}", "e^(−x²/2)"),
        (r"\frac{TP}{TP+FN}", "TP/(TP + FN)"),
        (r"\frac{1}{2}x", "(1/2) x"),
        (r"\frac{a+b}{\sqrt{n}}", "(a + b)/√n"),
        (r"\hat{y}_i", "ŷᵢ"),
        (r"\bar{x}", "x̄"),
        (r"-\log p", "−log p"),
        (r"P(A \mid B)", "P(A ∣ B)"),
        (r"\lVert w \rVert_2", "‖w‖₂"),
        (r"|x|", "|x|"),
        (r"\arg\max_x f(x)", "arg maxₓ f(x)"),
        (r"\argmax_x f(x)", "arg maxₓ f(x)"),
        (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\nabla_\theta L", "∇_θ L"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"1{,}000", "1,000"),
        (r"x \in \mathbb{R}^d", "x ∈ ℝᵈ"),
        (r"50\%", "50%"),
    ],
)
def test_a_formula_reads_as_one_line(source: str, text: str) -> None:
    assert formula_text(source) == text


@pytest.mark.parametrize("source", [r"\nosuchcommand{x}", r"\frac{1}{", r"x_", "\\", r"\cancel{x}", "x" * 3000])
def test_what_cannot_be_written_faithfully_stays_as_its_source(source: str) -> None:
    assert formula_text(source) == source


def test_exponents_are_never_lost() -> None:
    # A bracket missing or a power dropped would change an item's meaning: 2^(n+1) is not 2n+1.
    assert formula_text(r"2^{n+1}") == "2ⁿ⁺¹"
    assert formula_text(r"2^{\theta+1}") == "2^(θ + 1)"
    assert formula_text(r"\left(\frac{a}{b}\right)^{n}") == "(a/b)ⁿ"
    assert formula_text(r"{\frac{a}{b}}^{2}") == "(a/b)²"


def test_a_fraction_is_drawn_over_lines_and_a_plain_formula_is_not() -> None:
    rows = formula_rows(r"\frac{a}{b}")
    assert len(rows) == 3 and "a" in rows[0] and "b" in rows[2]
    assert formula_rows(r"x^2 + y^2") == ("x² + y²",)


def test_a_drawing_never_exceeds_the_narrow_screen() -> None:
    wide = r"\frac{a}{b} + " + " + ".join(["c"] * 60)
    assert formula_rows(wide) == (formula_text(wide),)
    assert all(len(row) <= WIDEST for row in formula_rows(r"\frac{a+b+c}{d}"))


def test_prices_and_code_are_no_formulas() -> None:
    text = "It costs $5 and $6.\n\n`$x$` is code; $x^2$ is a formula."
    assert formulas_of(text) == ("x^2",)
    assert with_formulas_as_text(text) == "It costs $5 and $6.\n\n`$x$` is code; x² is a formula."


def test_a_formula_in_markdown_is_text_and_its_stars_are_no_emphasis() -> None:
    parser = MarkdownIt("commonmark", {"html": False}).use(formula_plugin)
    (inline,) = [token for token in parser.parse("so $a_i * b_j$ and *x*") if token.type == "inline"]
    assert [child.type for child in inline.children or ()] == ["text", "text", "text", "em_open", "text", "em_close"]


def test_a_formula_on_its_own_becomes_a_block_of_lines() -> None:
    parser = MarkdownIt("commonmark", {"html": False}).use(formula_plugin)
    (block,) = parser.parse("$$\n\\frac{a}{b}\n$$\n")
    assert block.type == "fence"
    assert block.content.count("\n") == 3


@given(st.text(alphabet="\\{}^_$ab1+=&# frac", max_size=40))
def test_any_source_gives_a_line_and_never_an_error(source: str) -> None:
    assert "\n" not in formula_text(source) or "\n" in source
    assert formula_rows(source)


@given(st.text(max_size=60).filter(lambda text: "$" not in text))
def test_a_text_without_formulas_stays_as_it_is(text: str) -> None:
    assert with_formulas_as_text(text) == text
