import sqlite3

import pytest
from textual.widgets import Input

from builders import a_form, a_multiple_response, a_numeric, an_exercise, an_item, let_time_pass, options_of
from examengine.core.errors import StoreError
from examengine.delivery.services import Services
from examengine.delivery.sitting import Sitting
from examengine.session import commands as cmd
from examengine.tui.app import SessionOpening
from examengine.tui.screens.exam import ExamScreen
from fakes.clock import FakeClock
from tui.rooms import opened, sitting_of


def three_items() -> list:
    return [an_item(), a_multiple_response(), a_numeric()]


async def test_a_letter_picks_an_option_and_it_is_on_disk_at_once(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("b")
        assert room.on_disk().responses[1] == {"option": "b"}
        assert "(●) B Blue" in room.flow()


async def test_arrows_and_space_pick_an_option(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("down", "down", "space")
        assert room.on_disk().responses[1] == {"option": "c"}


async def test_a_click_picks_an_option(services: Services) -> None:
    async with sitting_of(services) as room:
        line = next(y for y, text in enumerate(room.text().splitlines()) if "Red" in text)
        await room.pilot.click(offset=(12, line))
        await room.rest()
        assert room.on_disk().responses[1] == {"option": "c"}


async def test_letters_follow_the_order_of_the_form_not_of_the_author(services: Services) -> None:
    form = a_form([an_item()])
    entry = form.entries[0].model_copy(update={"order": ("d", "c", "b", "a")})
    async with sitting_of(services, form.model_copy(update={"entries": (entry,)})) as room:
        await room.press("a")
        assert room.on_disk().responses[1] == {"option": "d"}


async def test_several_options_are_picked_and_taken_back(services: Services) -> None:
    async with sitting_of(services, a_form([a_multiple_response()])) as room:
        await room.press("a", "c")
        assert room.on_disk().responses[1] == {"options": ["a", "c"]}
        assert "Choose 2; 2 picked." in room.flow()
        await room.press("a")
        assert room.on_disk().responses[1] == {"options": ["c"]}


async def test_no_more_options_are_picked_than_the_stem_asks_for(services: Services) -> None:
    async with sitting_of(services, a_form([a_multiple_response()])) as room:
        await room.press("a", "b", "c")
        assert room.on_disk().responses[1] == {"options": ["a", "b"]}
        assert any("take one back" in notice for notice in room.notices())


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("0.25", "Read as 0.25 s"),
        ("1,5", "Read as 1.5 s"),
        ("1,250.5", "Read as 1250.5 s"),
        ("3/4", "Read as 0.75 s"),
        ("12 %", "Read as 0.12 s"),
        ("1e-3 s", "Read as 0.001 s"),
        ("1..5", "Not read as a number"),
    ],
)
async def test_a_number_is_shown_as_it_was_read(services: Services, typed: str, reading: str) -> None:
    names = {" ": "space", ",": "comma", ".": "full_stop", "/": "slash", "%": "percent_sign", "-": "minus"}
    async with sitting_of(services, a_form([a_numeric()])) as room:
        await room.press(*(names.get(character, character) for character in typed))
        assert room.on_disk().responses[1] == {"text": typed}
        assert reading in room.flow()


async def test_letters_that_no_number_has_go_to_the_screen(services: Services) -> None:
    async with sitting_of(services, a_form([a_numeric(), an_item()])) as room:
        await room.press("5", "m")
        assert room.on_disk().flagged == {1}
        assert room.on_disk().responses[1] == {"text": "5"}
        await room.press("n")
        assert room.on_disk().current == 2


async def test_keys_typed_ahead_reach_the_item_that_they_were_meant_for(services: Services) -> None:
    async with sitting_of(services, a_form([an_item(), an_item(id="demo.alpha.two"), a_numeric()])) as room:
        for key in ("b", "n", "c", "n", "4", "2", "p", "d"):
            room.app._driver.process_message(_key(key))
        await room.rest()
        assert room.on_disk().responses == {1: {"option": "b"}, 2: {"option": "d"}, 3: {"text": "42"}}


def _key(name: str):
    from textual.events import Key

    return Key(name, name)


async def test_next_previous_flag_and_numbers_move_through_the_section(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("n")
        assert "item 2 of 3" in room.flow()
        await room.press("m")
        assert "item 2 of 3 ⚑ flagged" in room.flow()
        assert room.on_disk().flagged == {2}
        await room.press("p")
        assert room.on_disk().current == 1
        await room.press("3", "enter")
        assert room.on_disk().current == 3


async def test_behind_the_last_item_comes_the_review(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("n", "n", "n")
        assert room.place == "review"


HOSTILE = ["x[i] = y[j]", "[/]", "list[int] and [bold]", "[@click=app.quit]here[/]", "`a[0]` and $x$"]


async def test_bank_text_is_never_read_as_markup(services: Services) -> None:
    item = an_item(stem="Take `x[i] = y[j]` and [/] and list[int].", options=options_of(*HOSTILE), key="b")
    async with sitting_of(services, a_form([item]), size=(120, 40)) as room:
        shown = room.flow()
        for text in ("x[i] = y[j]", "[/]", "list[int] and [bold]", "[@click=app.quit]here[/]", "a[0] and x"):
            assert text in shown
        assert "Take x[i] = y[j] and [/] and list[int]." in shown
        await room.press("o")
        assert "list[int]" in room.text()
        await room.press("escape", "b", "r")
        assert room.place == "review"


async def test_a_forward_only_section_refuses_the_way_back_and_says_so(services: Services) -> None:
    async with sitting_of(services, a_form(section_over={"navigation": "linear"})) as room:
        await room.press("b", "n", "p")
        assert room.on_disk().current == 2
        assert any("forward only" in notice for notice in room.notices())


async def test_the_clock_can_be_hidden_and_returns_for_the_last_five_minutes(
    services: Services, clock: FakeClock
) -> None:
    async with sitting_of(services) as room:
        assert room.clock_text() == "10:00"
        await room.press("t")
        assert room.clock_text() == "clock hidden"
        let_time_pass(room.app.sitting, clock, 5 * 60 + 50)
        await room.rest()
        assert room.clock_text() == "! 4:10"


async def test_both_clocks_are_shown_where_there_are_sections(services: Services) -> None:
    async with sitting_of(services, a_form({"a": [an_item()], "b": [a_numeric()]})) as room:
        assert room.clock_text() == "exam 21:00"
        await room.press("enter")
        assert room.clock_text() == "section 10:00 · exam 21:00"


async def test_time_warnings_are_notices_that_leave_the_focus_alone(services: Services, clock: FakeClock) -> None:
    async with sitting_of(services, a_form(three_items(), section_seconds=3600.0)) as room:
        focused = room.app.focused
        for seconds, minutes in ((31 * 60, "30 minutes"), (15 * 60, "15 minutes"), (10 * 60, "5 minutes")):
            let_time_pass(room.app.sitting, clock, seconds)
            await room.rest()
            assert any(notice.startswith(f"{minutes} left") for notice in room.notices())
        let_time_pass(room.app.sitting, clock, 3 * 60 + 50)
        await room.rest()
        assert any(notice.startswith("1 minute left") for notice in room.notices())
        assert room.app.focused is focused
        await room.press("b")
        assert room.on_disk().responses[1] == {"option": "b"}


async def test_when_a_sections_time_is_up_the_next_one_follows_even_from_the_navigator(
    services: Services, clock: FakeClock
) -> None:
    async with sitting_of(services, a_form({"a": [an_item()], "b": [a_numeric()]})) as room:
        await room.press("enter", "b", "o")
        assert room.place == "navigator"
        let_time_pass(room.app.sitting, clock, 601)
        await room.rest()
        assert room.place == "section"
        assert "its time was up; 1 answered" in room.flow()


async def test_when_the_exams_time_is_up_what_is_on_disk_is_submitted(services: Services, clock: FakeClock) -> None:
    async with sitting_of(services) as room:
        await room.press("b")
        let_time_pass(room.app.sitting, clock, 601)
        await room.rest()
        assert room.on_disk().phase == "submitted"
        assert room.on_disk().submit_reason == "time_up"
        assert room.place in ("grading", "results")
        assert room.app.sitting is None


async def test_leaving_asks_and_the_session_resumes_where_it_was(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("b", "n", "q")
        assert "The clock stops" in room.flow()
        await room.press("n")
        assert room.place == "exam"
        await room.press("q", "y")
        assert room.place == "home"
        assert "Demo mock exam" in room.flow()
        session = room.session
    async with opened(services, SessionOpening(session)) as again:
        assert "item 2 of 3" in again.flow()
        await again.press("p")
        assert "(●) B Blue" in again.flow()


async def test_quitting_the_program_from_the_exam_asks_too(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("ctrl+q")
        assert room.place == "confirm"


async def test_a_disk_that_refuses_gets_a_screen_and_nothing_is_shown_that_is_not_on_disk(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting_of(services) as room:
        working = services.store.append

        def refuse(*_: object) -> None:
            raise StoreError("the session cannot be written: disk full")

        monkeypatch.setattr(services.store, "append", refuse)
        await room.press("b")
        assert room.place == "disk"
        assert "not saved" in room.flow()
        assert "(●)" not in room.text()
        monkeypatch.setattr(services.store, "append", working)
        await room.press("enter")
        assert room.place == "exam"
        assert room.on_disk().responses[1] == {"option": "b"}
        assert "(●) B Blue" in room.flow()


async def test_the_program_lives_on_when_the_disk_stays_broken(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting_of(services) as room:

        def refuse(*_: object) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        real = services.store._connection

        class Broken:
            def execute(self, sql: str, *values: object) -> object:
                if sql.startswith(("BEGIN", "INSERT", "UPDATE")):
                    refuse()
                return real.execute(sql, *values)

        monkeypatch.setattr(services.store, "_connection", Broken())
        await room.press("b", "q")
        assert room.place == "home"
        monkeypatch.setattr(services.store, "_connection", real)


async def test_a_session_open_elsewhere_can_only_be_looked_at(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("b")
        session = room.session
        async with opened(services, SessionOpening(session)) as other:
            assert other.place == "look"
            assert "LOOK ONLY" in other.text()
            assert "(●) B Blue" in other.flow()
            await other.press("c", "n")
            assert "item 2 of 3" in other.flow()
            assert room.on_disk().responses == {1: {"option": "b"}}
            assert room.on_disk().current == 1
            await other.press("u")
            assert other.place == "look"
            await room.press("q", "y")
            await other.press("u")
            assert other.place == "exam"
            await other.press("c")
            assert room.on_disk().responses == {1: {"option": "c"}}


async def test_looking_follows_what_the_other_window_writes(services: Services) -> None:
    async with sitting_of(services) as room, opened(services, SessionOpening(room.session)) as other:
        await room.press("d")
        await other.app.screen.follow()
        await other.rest()
        assert "(●) D Black" in other.flow()


async def test_leaving_a_section_that_locks_asks_first_and_says_it_closes_for_good(services: Services) -> None:
    async with sitting_of(services, a_form({"a": three_items(), "b": [a_numeric()]})) as room:
        await room.press("enter", "b", "r")
        assert "Leaving this section closes it for good" in room.flow()
        await room.press("S")
        assert "closes for good: you cannot come back" in room.flow()
        assert "2 of 3 items have no complete response" in room.flow()
        await room.press("n")
        assert room.on_disk().section == "a"
        await room.press("S", "y")
        assert room.on_disk().sections_closed == {"a": "left"}
        assert room.place == "section"
        await room.press("enter", "o")
        assert "Multiple choice (closed for good)" in room.flow()
        await room.press("1", "enter")
        assert room.on_disk().current == 4
        assert any("closed" in notice for notice in room.notices())


async def test_a_section_that_returns_can_be_entered_again(services: Services) -> None:
    form = a_form({"a": [an_item()], "b": [a_numeric()]}, section_over={"leave": "returns"})
    async with sitting_of(services, form) as room:
        await room.press("enter", "b", "r", "S", "y")
        assert room.place == "section"
        await room.press("down", "enter", "7", "f9", "S", "y", "enter")
        assert room.on_disk().section == "a"
        assert "(●) B Blue" in room.flow()


async def test_submitting_ends_the_session_and_leads_to_its_grading(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("b", "r", "S", "y")
        assert room.on_disk().phase == "submitted"
        assert room.place in ("grading", "results")
        assert Sitting is not None
        assert room.app.sitting is None


async def test_the_review_counts_and_leads_to_a_gap_by_one_key(services: Services) -> None:
    async with sitting_of(services, a_form([an_item(), a_multiple_response(), a_numeric()])) as room:
        await room.press("b", "m", "n", "a", "r")
        assert "1 of 3 answered, 1 incomplete, 1 unseen, 1 flagged." in room.flow()
        assert "3 Item 3 · unseen" in room.flow()
        await room.press("3")
        assert room.on_disk().current == 3
        assert room.place == "exam"


async def test_the_navigator_tells_every_standing_by_sign(services: Services) -> None:
    items = [an_item(), a_multiple_response(), a_numeric(), an_item(id="demo.alpha.four")]
    async with sitting_of(services, a_form(items)) as room:
        await room.press("b", "n", "a", "m", "n", "o")
        shown = room.flow()
        assert "1 ●" in shown
        assert "2 ◐⚑" in shown
        assert "3 ○" in shown
        assert "4 ·" in shown
        assert "1 · unseen" in shown
        await room.press("u", "enter")
        assert room.on_disk().current == 4


async def test_the_navigator_does_not_tell_a_stem_before_its_time(services: Services) -> None:
    form = a_form({"a": [an_item()], "b": [a_numeric(stem="A secret stem?")]})
    async with sitting_of(services, form) as room:
        await room.press("enter", "o", "2")
        assert "secret" not in room.text()


async def test_a_click_in_the_navigator_goes_to_the_item(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("o")
        row = next(
            y for y, line in enumerate(room.text().splitlines()) if "1 " in line and "2 " in line and "3 " in line
        )
        line = room.text().splitlines()[row]
        await room.pilot.click(offset=(line.index(" 3 ") + 1, row))
        await room.rest()
        assert room.on_disk().current == 3


async def test_time_per_item_counts_for_the_item_on_the_screen(services: Services, clock: FakeClock) -> None:
    async with sitting_of(services) as room:
        let_time_pass(room.app.sitting, clock, 20)
        await room.press("n")
        let_time_pass(room.app.sitting, clock, 8)
        room.app.sitting.perform(cmd.Flag(2, True))
        assert room.on_disk().item_used[1] == 20
        assert room.on_disk().item_used[2] == 8


async def test_save_keys_say_that_there_is_nothing_to_save(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("ctrl+s")
        assert any("saved as you make it" in notice for notice in room.notices())


async def test_the_keys_reach_the_widget_of_each_type_at_once(services: Services) -> None:
    package = an_exercise()
    form = a_form({"a": [an_item(), a_numeric(), a_multiple_response(), package.item]})
    async with sitting_of(services, form, [package]) as room:
        assert isinstance(room.app.screen, ExamScreen)
        await room.press("n")
        assert isinstance(room.app.focused, Input)
        await room.press("n", "b", "n", "x")
        state = room.on_disk()
        assert state.responses[3] == {"options": ["b"]}
        assert state.responses[4]["files"]["solution.py"].startswith("xdef double")


async def test_page_keys_scroll_the_stem_and_then_what_lies_beside_it(services: Services) -> None:
    stem = "\n\n".join(f"Paragraph {number} of the stem." for number in range(1, 40))
    item = an_item(stem=stem, options=options_of(*(f"Option {number} " * 40 for number in range(1, 9))))
    async with sitting_of(services, a_form([item]), size=(120, 30)) as room:
        assert "Paragraph 1 of" in room.flow()
        await room.press("pagedown", "pagedown", "pagedown")
        assert "Paragraph 39 of" in room.flow()
        before = room.flow()
        await room.press("pagedown")
        assert room.flow() != before
        await room.press("pageup", "pageup", "pageup", "pageup", "pageup")
        assert "Paragraph 1 of" in room.flow()


async def test_a_narrow_header_keeps_the_clock_that_ends_first(services: Services) -> None:
    async with sitting_of(services, a_form({"a": [an_item()], "b": [a_numeric()]}), size=(40, 12)) as room:
        await room.press("enter")
        assert room.text().splitlines()[0].endswith("section 10:00")


async def test_the_tab_key_leaves_no_answer_for_a_pane_without_anything_to_scroll(services: Services) -> None:
    async with sitting_of(services, size=(120, 40)) as room:
        await room.press("tab", "b")
        assert room.on_disk().responses[1] == {"option": "b"}
