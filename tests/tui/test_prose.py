"""Tables, code and formulas of bank texts: whole at every width, in stems, options, rationales and the review."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from builders import a_form, an_item
from examengine.delivery.services import Services
from examengine.itemtypes.widget import inline_content
from examengine.tui.widgets.prose_table import column_widths, table_lines
from tui.rooms import sitting_of

HEADER = ["model", "accuracy", "precision", "recall", "specificity", "ROC AUC", "training time", "remarks"]
ROWS = [
    ["gradient boosting", "0.913", "0.874", "0.802", "0.951", "0.955", "12 min", "slow but good, $\\frac{a}{b}$"],
    ["logistic regression", "0.871", "0.811", "0.745", "0.930", "0.921", "4 s", "`solver='lbfgs'`"],
]


def as_markdown(*rows: list[str]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


TABLE_STEM = f"Compare.\n\n{as_markdown(HEADER, *ROWS)}\n\nWhich one?"


@pytest.mark.parametrize("size", [(120, 60), (100, 60), (80, 60), (60, 60), (40, 90), (30, 120)])
async def test_a_wide_table_is_shown_whole_at_every_width(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_form([an_item(stem=TABLE_STEM)]), size=size) as room:
        text = room.text()
        words = [*" ".join(HEADER).split(), *" ".join(cell for row in ROWS for cell in row[:7]).split()]
        assert [word for word in words if word not in text] == []
        assert "…" not in text
        assert "a/b" in text
        assert "lbfgs" in text


@pytest.mark.parametrize("size", [(120, 40), (80, 40), (40, 60)])
async def test_a_table_keeps_its_text_when_the_screen_is_resized(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_form([an_item(stem=TABLE_STEM)]), size=(100, 60)) as room:
        await room.pilot.resize_terminal(*size)
        await room.rest()
        assert "0.951" in room.text()
        await room.pilot.resize_terminal(100, 60)
        await room.rest()
        assert "specificity" in room.text()
        assert "0.951" in room.text()


def contents(rows: list[list[str]]) -> list[list[Content]]:
    return [[Content(cell) for cell in row] for row in rows]


cells = st.text(st.sampled_from("abc 0.9[]-é"), max_size=30).map(lambda text: " ".join(text.split()))
tables = st.integers(1, 9).flatmap(
    lambda count: st.lists(st.lists(cells, min_size=count, max_size=count), min_size=2, max_size=5)
)


@given(tables, st.integers(12, 120))
def test_no_letter_of_a_table_is_lost_and_no_line_is_too_long(rows: list[list[str]], width: int) -> None:
    grid = contents(rows)
    lines = table_lines(grid[0], grid[1:], width)
    assert all(line.cell_length <= width for line in lines)
    shown = sorted("".join(line.plain for line in lines).replace("─", "").replace(" ", "").replace(":", ""))
    names = sorted("".join("".join(row) for row in rows).replace(" ", ""))
    # Told row by row, the names stand once for each row.
    again = sorted("".join("".join(row) for row in [*rows, *[rows[0]] * (len(rows) - 2)]).replace(" ", ""))
    assert shown in (names, again)


def test_numbers_stand_under_each_other() -> None:
    grid = contents([["a", "n"], ["x", "1.5"], ["y", "10.25"]])
    assert [line.plain for line in table_lines(grid[0], grid[1:], 40)] == [
        "a      n",
        "────────",
        "x    1.5",
        "y  10.25",
    ]


def test_a_number_is_never_broken() -> None:
    grid = contents([["value", "note"], ["123456789.123456789012345", "long " * 10]])
    widths = column_widths(grid, 40, 2)
    assert widths is not None
    assert widths[0] == 25


def test_a_table_too_wide_for_its_columns_is_turned_then_told_row_by_row() -> None:
    header = [f"column{number}" for number in range(8)]
    grid = contents([header, [f"v{number}" for number in range(8)]])
    turned = [line.plain.split() for line in table_lines(grid[0], grid[1:], 30)]
    assert turned[0] == ["column0", "v0"]
    assert turned[2] == ["column1", "v1"]
    many = contents([header, *[[f"v{row}{number}" for number in range(8)] for row in range(9)]])
    assert table_lines(many[0], many[1:], 30)[1].plain == "column1: v01"


@pytest.mark.parametrize("width", [40, 80])
async def test_tables_and_formulas_read_in_options_feedback_and_rationales(services: Services, width: int) -> None:
    options = [
        {"id": "a", "text": "```python\nx = [i for i in y]\nprint(x)\n```", "rationale": "See $x^2 \\le y_i$."},
        {"id": "b", "text": "$\\frac{\\sum_i x_i}{n}$", "rationale": as_markdown(["a", "b"], ["1", "22"])},
        {"id": "c", "text": "plain", "rationale": "plain"},
    ]
    item = an_item(options=options, rationale="Because $\\hat y = \\lambda z$.")
    async with sitting_of(services, a_form([item], kind="drill"), size=(width, 50)) as room:
        assert "x = [i for i in y]" in room.text()
        assert "(∑ᵢ xᵢ)/n" in room.text()
        await room.press("a", "k")
        assert "See x² ≤ yᵢ." in room.flow()
        assert "a b 1 22" in room.flow()
        assert "Because ŷ = λz." in room.flow()
        assert "\\hat" not in room.text()


def test_code_of_an_option_is_highlighted_where_it_names_its_language() -> None:
    content = inline_content("```python\ndef f(x):\n    return x\n```")
    assert content.plain == "def f(x):\n    return x"
    assert len({str(span.style) for span in content.spans}) > 1
    plain = inline_content("```\ndef f(x):\n    return x\n```")
    assert len({str(span.style) for span in plain.spans}) == 1


def test_a_wide_table_of_a_rationale_is_told_cell_by_cell() -> None:
    text = inline_content(as_markdown(HEADER, ROWS[0])).plain
    assert text.startswith("model: gradient boosting; accuracy: 0.913; ")
    assert "\n" not in text


def test_code_and_markup_signs_of_a_table_stay_as_they_are() -> None:
    text = inline_content(as_markdown(["[b]x[/b]", "`list[int]`"], ["[/]", "x[i]"])).plain
    assert "[b]x[/b]" in text
    assert "list[int]" in text
    assert "[/]" in text
