"""Cases: their sections, tables and figures, and the items that stand on them."""

import pytest

from bank.bank_folder import CHOICE, OTHER_ITEMS, only_problem, place_in, problems_of, write_bank
from examengine.bank.read import read_bank
from examengine.bank.stimulus import LONGEST_CELL, MOST_ROWS

CASE = "stimuli/shop.yaml"
ITEMS = "items/alpha/choice.yaml"
OTHERS = "items/beta/others.yaml"
TABLE = "data/sales.csv"
SHOP = """- id: demo.shop
  title: A shop
  sections:
    - {id: business, title: Business, text: It sells bicycles.}
    - id: data
      title: Data
      text: |
        | a | b |
        |---|---|
        | 1 | 2 |

        ![A curve](figures/curve.png)
  exhibits:
    - {id: sales, title: Sales, data: data/sales.csv}
    - {id: curve, title: Curve, data: figures/curve.png, alt: A rising curve.}
  references: [{title: A page}]
"""
FILES: dict[str, str | bytes | None] = {
    CASE: SHOP,
    TABLE: 'month,"units, sold"\n2026-01,3\n\n2026-02," 5 "\n',
    "figures/curve.png": b"\x89PNG",
    ITEMS: CHOICE.replace("seconds: 60", "seconds: 60\n  stimulus: demo.shop\n  lock_on_leaving: true"),
    OTHERS: OTHER_ITEMS.replace("seconds: 60\n", "seconds: 60\n  stimulus: demo.shop\n", 1),
}


def changed(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    text = FILES[name]
    assert isinstance(text, str) and old in text
    return FILES | {name: text.replace(old, new, 1)}


def test_a_case_is_read_with_its_table_by_value_and_its_testlet_in_the_order_of_the_files(tmp_path):
    reading = read_bank(write_bank(tmp_path, FILES))
    assert reading.problems == ()
    bank = reading.bank
    (shop,) = bank.stimuli
    assert [section.title for section in shop.sections] == ["Business", "Data"]
    table, figure = shop.exhibits
    assert (table.kind, table.header) == ("table", ("month", "units, sold"))
    assert table.rows == (("2026-01", "3"), ("2026-02", "5"))
    assert (figure.kind, figure.figure, figure.alt) == ("figure", "figures/curve.png", "A rising curve.")
    assert [item.id for item in bank.testlet("demo.shop")] == ["demo.alpha.sky", "demo.alpha.primes"]
    assert bank.items[0].lock_on_leaving and not bank.items[1].lock_on_leaving
    assert bank.places["demo.shop"].file == CASE


def test_the_digest_of_the_bank_follows_the_case_and_its_table(tmp_path):
    digests = {
        read_bank(write_bank(tmp_path / str(number), files)).bank.digest
        for number, files in enumerate(
            (FILES, changed(CASE, "It sells", "It rents"), changed(TABLE, "2026-01,3", "2026-01,4"))
        )
    }
    assert len(digests) == 3


CASES = [
    (
        ITEMS,
        "stimulus: demo.shop",
        "stimulus: demo.shpo",
        ITEMS,
        "demo.shpo",
        "unknown-stimulus",
        "did you mean `demo.shop`",
    ),
    (ITEMS, "stimulus: demo.shop", "stimulus: [x]", ITEMS, "[x]", "wrong-kind", "`stimulus` is a list"),
    (CASE, "id: demo.shop", "id: other.shop", CASE, "other.shop", "foreign-id", "begin with the bank's id"),
    (CASE, "id: demo.shop", "id: demo.alpha.sky", ITEMS, "demo.alpha.sky", "repeated-id", "stands twice"),
    (CASE, "references: [", "refrences: [", CASE, "refrences", "unknown-field", "did you mean `references`"),
    (CASE, "id: data\n", "id: business\n", CASE, "business\n", "invalid", "id 'business' stands twice"),
    (CASE, "data/sales.csv", "data/sale.csv", CASE, "data/sale.csv", "missing-file", "did you mean `data/sales.csv`"),
    (CASE, "data/sales.csv", "../sales.csv", CASE, "../sales.csv", "wrong-form", "a table such as data/claims.csv"),
    (CASE, "data/sales.csv", "data/sales.txt", CASE, "data/sales.txt", "invalid", "is no table"),
    (CASE, ", alt: A rising curve.", "", CASE, "{id: curve", "invalid", "what the figure shows"),
    (CASE, "(figures/curve.png)", "(figures/curv.png)", CASE, "|\n        | a", "missing-figure", "figures/curve.png"),
    (CASE, "(figures/curve.png)", "(https://example.org/c.png)", CASE, "|\n        | a", "remote-figure", "figures/"),
    (TABLE, "2026-01,3", "2026-01,3,4", TABLE, "2026-01", "table", "the row has 3 cells, but the header has 2"),
    (TABLE, '"units, sold"', '"units', TABLE, '2026-02"', "table", "this is not CSV"),
    (TABLE, "2026-01,3", f"2026-01,{'x' * (LONGEST_CELL + 1)}", TABLE, "2026-01", "table", "the row is too large"),
    (TABLE, "2026-01,3", "1,2\n" * (MOST_ROWS + 1) + "2026-01,3", TABLE, "", "table", "the table is too long"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "told_in", "at", "code", "said"), CASES, ids=[c[5] + c[2][:12] for c in CASES]
)
def test_what_is_wrong_with_a_case_is_told_at_its_place(tmp_path, file, old, new, told_in, at, code, said):
    files = changed(file, old, new)
    problems = [p for p in problems_of(tmp_path, files) if p.code not in {"unused-stimulus", "unknown-stimulus"}]
    if code == "unknown-stimulus":
        problems = [p for p in problems_of(tmp_path, files) if p.code == code]
    (problem,) = problems
    assert (problem.code, problem.file) == (code, str(tmp_path / told_in))
    if at and told_in != TABLE:
        assert (problem.line, problem.column) == place_in(files[told_in], at)
    assert said in f"{problem.message}; {problem.hint}"


def test_a_file_of_cases_is_a_list(tmp_path):
    problem = next(p for p in problems_of(tmp_path, FILES | {CASE: "id: demo.shop\n"}) if p.code == "wrong-kind")
    assert "begin each stimulus with" in problem.hint
    problem = next(p for p in problems_of(tmp_path / "2", FILES | {CASE: "- demo.shop\n"}) if p.code == "wrong-kind")
    assert problem.message == "a stimulus is a mapping"


def test_a_case_that_no_item_names_is_a_warning(tmp_path):
    problem = only_problem(tmp_path, FILES | {ITEMS: CHOICE, OTHERS: OTHER_ITEMS})
    assert (problem.code, problem.severity, problem.line) == ("unused-stimulus", "warning", 1)


def test_enemies_cannot_stand_on_one_case(tmp_path):
    files = changed(ITEMS, "seconds: 60", "enemies: [demo.alpha.primes]\n  seconds: 60")
    problem = only_problem(tmp_path, files)
    assert (problem.code, problem.item) == ("enemies-in-testlet", "demo.alpha.sky")
    assert (problem.line, problem.column) == place_in(files[ITEMS], "demo.alpha.primes]")


def test_a_case_with_a_pile_of_control_characters_or_latin_1_in_its_table_is_refused(tmp_path):
    for number, content in enumerate((b"a,b\n\x001,2\n", "ä,b\n1,2\n".encode("latin-1"), b"a,b\n")):
        problem = only_problem(tmp_path / str(number), FILES | {TABLE: content})
        assert problem.file == str(tmp_path / str(number) / TABLE)
        assert problem.code in ("control-character", "not-utf-8", "table")
