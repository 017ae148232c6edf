"""A case beside its questions: tabs, scroll and focus, at both sizes, by keys and by mouse."""

import pytest

from builders import a_form, a_numeric, a_stimulus, a_testlet, an_item, open_sitting, store_session
from examengine.delivery.services import Services
from examengine.forms.form import Form
from examengine.session import commands as cmd
from examengine.tui.app import ResultsOpening
from examengine.tui.widgets.case_tabs import CaseTabs
from examengine.tui.widgets.item_pane import ItemPane
from examengine.tui.widgets.stimulus_pane import CaseTable
from tui.rooms import Room, opened, sitting_of

SMALL, LARGE = (80, 24), (120, 40)


def a_case_form() -> Form:
    return a_form([*a_testlet(), an_item()], stimuli=[a_stimulus()])


def hinted(room: Room) -> list[str]:
    return [label for _, _, label in room.hints()]


async def test_at_80_columns_a_key_goes_to_the_case_and_back(services: Services) -> None:
    async with sitting_of(services, a_case_form(), size=SMALL) as room:
        assert "Case: A shop that forecasts its demand" in room.flow()
        assert "Which colour has the shop?" in room.flow()
        assert "The shop sells bicycles." not in room.flow()
        assert hinted(room)[0] == "Case"
        await room.press("i")
        assert "The shop sells bicycles. It is closed in winter." in room.flow()
        assert "Which colour has the shop?" not in room.flow()
        assert hinted(room)[0] == "Question"
        await room.press("i", "b")
        assert "Which colour has the shop?" in room.flow()
        assert room.on_disk().responses[1] == {"option": "b"}


async def test_at_120_columns_case_and_question_stand_side_by_side(services: Services) -> None:
    async with sitting_of(services, a_case_form(), size=LARGE) as room:
        for text in ("[1 Business]", "The shop sells bicycles.", "Which colour has the shop?", "D Black"):
            assert text in room.flow()
        await room.press("c")
        assert room.on_disk().responses[1] == {"option": "c"}
        await room.press("i", "down", "i", "d")
        assert room.on_disk().responses[1] == {"option": "d"}


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_tabs_turn_by_brackets_arrows_and_numbers(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_case_form(), size=size) as room:
        await room.press("i", "right_square_bracket")
        assert "[2 History]" in room.flow() and "Paragraph 1 of the history" in room.flow()
        await room.press("left")
        assert "[1 Business]" in room.flow()
        await room.press("left_square_bracket")
        assert "[3 Sales]" in room.flow() and "2026-12 204 no" in room.flow()
        await room.press("2")
        assert "[2 History]" in room.flow()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_click_turns_a_tab(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_case_form(), size=size) as room:
        await room.press("i")
        line = next(y for y, text in enumerate(room.text().splitlines()) if "3 Sales" in text)
        await room.pilot.click(offset=(room.text().splitlines()[line].index("3 Sales") + 2, line))
        await room.rest()
        assert "units sold" in room.flow()
        assert room.app.screen.query_one(CaseTabs).chosen == 2


async def test_the_mouse_alone_reads_the_case_and_answers(services: Services) -> None:
    async with sitting_of(services, a_case_form(), size=SMALL) as room:
        bottom = room.text().splitlines()[-1]
        await room.pilot.click(offset=(bottom.index("Case"), 23))
        await room.rest()
        assert "The shop sells bicycles." in room.flow()
        await room.pilot.click(offset=(room.text().splitlines()[-1].index("Question"), 23))
        await room.rest()
        line = next(y for y, text in enumerate(room.text().splitlines()) if "Red" in text)
        await room.pilot.click(offset=(12, line))
        await room.rest()
        assert room.on_disk().responses[1] == {"option": "c"}


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_tab_and_scroll_stay_while_the_items_of_the_case_go_by(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_case_form(), size=size) as room:
        await room.press("i", "2", "pagedown", "down", "down")
        place = room.app.screen.query_one("#tab-1").scroll_y
        assert place > 4
        await room.press("1", "n", "i", "2")
        assert room.on_disk().current == 2
        assert room.app.screen.query_one("#tab-1").scroll_y == place
        # Past an item without a case and back.
        await room.press("4", "enter")
        assert not room.app.screen.query_one(ItemPane).is_case_shown
        await room.press("p")
        assert room.on_disk().current == 3
        await room.press("i")
        assert "[2 History]" in room.flow()
        assert room.app.screen.query_one("#tab-1").scroll_y == place


async def test_pages_scroll_the_case_when_it_has_the_keys(services: Services) -> None:
    async with sitting_of(services, a_case_form(), size=LARGE) as room:
        await room.press("i", "2", "ctrl+down")
        assert room.app.screen.query_one("#tab-1").scroll_y > 0
        await room.press("ctrl+up")
        assert room.app.screen.query_one("#tab-1").scroll_y == 0


async def test_a_table_scrolls_both_ways(services: Services) -> None:
    header = tuple(f"measurement number {place}" for place in range(8))
    rows = [tuple(str(row * place) for place in range(8)) for row in range(60)]
    wide = {"id": "wide", "title": "Wide", "kind": "table", "header": header, "rows": rows}
    form = a_form(a_testlet(), stimuli=[a_stimulus(exhibits=[wide])])
    async with sitting_of(services, form, size=SMALL) as room:
        await room.press("i", "3", "pagedown", "down")
        table = room.app.screen.query_one(CaseTable)
        assert table.scroll_y > 0
        await room.press("right", "right", "right", "right")
        assert table.scroll_x > 0
        await room.press(*["pagedown"] * 6)
        assert "59" in room.flow() and "118" in room.flow()
        assert "[3 Wide]" in room.flow()


async def test_texts_of_a_table_take_more_lines_before_a_column_is_out_of_sight(services: Services) -> None:
    row = ("a patient who needs an interpreter", "1300", "260", "120", "54")
    header = ("patients", "appointments", "missed", "called", "called and missed")
    table = {"id": "t", "title": "Pilot", "kind": "table", "header": header, "rows": [row]}
    form = a_form(a_testlet(), stimuli=[a_stimulus(exhibits=[table])])
    async with sitting_of(services, form, size=LARGE) as room:
        await room.press("i", "3")
        assert room.app.screen.query_one(CaseTable).max_scroll_x == 0
        assert "called and" in room.flow() and " 54 " in room.flow()
        lines = "".join(line.split("│")[0] for line in room.text().splitlines())
        assert all(word in lines for word in ("patient", "needs", "interpreter"))


async def test_markup_in_a_case_is_text(services: Services) -> None:
    sections = [{"id": "a", "title": "[b]x[/b]", "text": "Use `x[i]` and [/] of list[int]."}]
    table = {"id": "t", "title": "T[0]", "kind": "table", "header": ("a[0]", "[red]b"), "rows": [("[/]", "x[i]")]}
    form = a_form(a_testlet(), stimuli=[a_stimulus(title="Case [bold]", sections=sections, exhibits=[table])])
    async with sitting_of(services, form, size=LARGE) as room:
        for text in ("Case [bold]", "[1 [b]x[/b]]", "x[i]", "[/] of list[int]."):
            assert text in room.flow()
        await room.press("right_square_bracket")
        assert "a[0] [red]b" in room.flow() and "[/] x[i]" in room.flow()


async def test_many_tabs_take_more_lines_and_none_is_cut(services: Services) -> None:
    sections = [{"id": f"s{n}", "title": f"Section number {n}", "text": f"Text {n}."} for n in range(9)]
    form = a_form(a_testlet(), stimuli=[a_stimulus(sections=sections, exhibits=[])])
    async with sitting_of(services, form, size=SMALL) as room:
        await room.press("i")
        assert all(f"{n + 1} Section number {n}" in room.flow() for n in range(9))
        await room.pilot.resize_terminal(40, 12)
        await room.rest()
        await room.press("9")
        assert "◂ [Section number 8] ▸ 9 of 9" in room.flow()
        assert "Text 8." in room.flow()
        line = next(y for y, text in enumerate(room.text().splitlines()) if "▸" in text)
        await room.pilot.click(offset=(room.text().splitlines()[line].index("▸"), line))
        await room.rest()
        assert "Text 0." in room.flow()
        await room.press("9")
        await room.pilot.resize_terminal(*LARGE)
        await room.rest()
        assert "Text 8." in room.flow() and "Which colour has the shop?" in room.flow()


async def test_a_figure_is_told_in_words(services: Services) -> None:
    figure = {"id": "f", "title": "Plot", "kind": "figure", "figure": "figures/roc.png", "alt": "A curve above [0, 1]"}
    async with sitting_of(services, a_form(a_testlet(), stimuli=[a_stimulus(exhibits=[figure])])) as room:
        await room.press("i", "3")
        assert "[figure: A curve above [0, 1]]" in room.flow()


async def test_an_item_without_a_case_offers_none(services: Services) -> None:
    async with sitting_of(services, a_form([an_item()])) as room:
        assert "Case" not in hinted(room)
        await room.press("i", "right_square_bracket", "left_square_bracket")
        assert room.place == "exam"
        assert not room.app.screen.query_one(ItemPane).has_class("-on-case")


async def test_numbers_go_to_the_field_while_the_case_stands_beside_it(services: Services) -> None:
    form = a_form([a_numeric(stimulus="demo.shop")], stimuli=[a_stimulus()])
    async with sitting_of(services, form, size=LARGE) as room:
        await room.press("2", "i", "2")
        assert room.on_disk().responses[1] == {"text": "2"}
        assert "[2 History]" in room.flow()
        await room.press("i", "5")
        assert room.on_disk().responses[1] == {"text": "25"}


async def test_the_case_is_there_when_its_items_are_reviewed(services: Services) -> None:
    session = store_session(services, a_form([an_item(), *a_testlet()], stimuli=[a_stimulus()]))
    with open_sitting(services, session, enter=True) as sitting:
        sitting.perform(cmd.Submit())
    async with opened(services, ResultsOpening(session), LARGE) as room:
        await room.press("o", "enter")
        assert room.place == "item_review"
        assert "Case" not in hinted(room)
        await room.press("n")
        assert "Case: A shop that forecasts its demand" in room.flow()
        await room.press("i")
        assert room.place == "case"
        assert "The shop sells bicycles." in room.flow()
        await room.press("right_square_bracket", "right")
        assert "[3 Sales]" in room.flow() and "2026-12" in room.flow()
        await room.press("i")
        assert room.place == "item_review"
        assert "Item 2 of 4" in room.flow()
