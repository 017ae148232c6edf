"""A case in line mode: heard by parts, its tables row by row."""

import io

import pytest

from builders import a_form, a_stimulus, a_testlet, an_item, open_sitting, store_session
from examengine.delivery.services import Services
from examengine.plain.case_reading import part_lines
from examengine.plain.line_source import LineSource
from examengine.plain.session_loop import SessionLoop


def said(services: Services, *lines: str) -> str:
    form = a_form([*a_testlet(), an_item()], stimuli=[a_stimulus()])
    out = io.StringIO()
    with open_sitting(services, store_session(services, form)) as sitting:
        SessionLoop(services, sitting, LineSource(f"{line}\n" for line in lines), out, asks=False).run()
    return out.getvalue()


def test_an_item_says_on_which_case_it_stands(services: Services):
    assert "This item stands on the case: A shop that forecasts its demand. Type case" in said(services)


def test_the_case_is_heard_by_its_parts(services: Services):
    heard = said(services, "case", "case 1", "case 3", "case 3 12")
    assert "1. Business\n2. History\n3. Sales, table of 12 rows\n" in heard
    assert "The shop sells bicycles." in heard
    assert "Row 12: month 2026-12; units sold 204; campaign no." in heard
    assert "Row 1: month 2026-01; units sold 127; campaign yes." in heard


def test_a_part_is_heard_by_its_name(services: Services):
    assert "Row 12: month 2026-12" in said(services, "case Sales")
    assert "The shop sells bicycles." in said(services, "case busi")


def test_case_all_reads_every_part(services: Services):
    heard = said(services, "case all")
    assert heard.count("Paragraph 30 of") == 1
    assert all(text in heard for text in ("The shop sells", "Paragraph 30 of", "Row 12: "))


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("case 4", "Not read: the case has parts 1 to 3."),
        ("case 0", "Not read: the case has parts 1 to 3."),
        ("case 3 13", "Not read: the table has rows 1 to 12."),
        ("case history of the shop", "Not read: say which part, such as case 2"),
        ("case 1 2 3", "Not read: say which part"),
        ("case 99999999", "Not read: say which part"),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(services: Services, line: str, answer: str):
    assert answer in said(services, line)


def test_an_item_without_a_case_says_so(services: Services):
    assert "This item stands on no case." in said(services, "goto 4", "case")


def test_a_long_table_is_read_twenty_rows_at_a_time():
    rows = tuple((str(number),) for number in range(1, 46))
    table = {"id": "t", "title": "Numbers", "kind": "table", "header": ("n",), "rows": rows}
    stimulus = a_stimulus(exhibits=[table])
    first = part_lines(stimulus, 3)
    assert first[1] == "Row 1: n 1." and first[20] == "Row 20: n 20."
    assert first[-1] == "The table has 45 rows. Type case 3 21 for the next ones."
    assert part_lines(stimulus, 3, 41)[-1] == "Row 45: n 45."
