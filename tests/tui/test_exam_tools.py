"""What lies on the desk: each tool by its real key, and what it leaves on disk."""

import pytest
from textual.widgets import Input, TextArea

from builders import a_form, a_multiple_response, a_numeric, a_section, an_exercise, an_item, let_time_pass
from examengine.bank.blueprint import Breaks
from examengine.delivery.calculator import calculate
from examengine.delivery.services import Services
from examengine.forms.searchable import found_lines
from examengine.reports.words import duration
from fakes.clock import FakeClock
from tui.rooms import sitting_of

STOPPING = Breaks(clock="stops", most=2, minutes=5, basis="assumed")


def three_items() -> list:
    return [an_item(), a_multiple_response(), a_numeric()]


async def test_an_option_is_struck_out_and_taken_back_by_a_key(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("down", "minus")
        assert room.on_disk().struck[1] == {"b"}
        assert "(/) B Blue" in room.flow()
        assert room.on_disk().responses == {}
        await room.press("minus")
        assert room.on_disk().struck[1] == frozenset()
        assert "( ) B Blue" in room.flow()


async def test_the_right_mouse_button_strikes_an_option_out(services: Services) -> None:
    async with sitting_of(services) as room:
        line = next(y for y, text in enumerate(room.text().splitlines()) if "Red" in text)
        await room.pilot.click(offset=(12, line), button=3)
        await room.rest()
        assert room.on_disk().struck[1] == {"c"}
        assert room.on_disk().responses == {}


async def test_struck_options_are_struck_again_when_the_item_is_shown_again(services: Services) -> None:
    async with sitting_of(services, a_form(three_items())) as room:
        await room.press("minus", "n", "p")
        assert "(/) A" in room.flow()


async def test_a_note_is_on_disk_as_it_is_typed_and_shows_in_header_and_navigator(services: Services) -> None:
    async with sitting_of(services, a_form(three_items())) as room:
        await room.press("w", *"base rate")
        assert room.on_disk().notes == {1: "base rate"}
        await room.press("escape")
        assert "✎" in room.text().splitlines()[0]
        await room.press("w")
        assert room.app.screen.query_one(TextArea).text == "base rate"
        await room.press("escape", "o")
        assert "with a note" in room.flow()


async def test_the_scratchpad_belongs_to_the_session_and_not_to_an_item(services: Services) -> None:
    async with sitting_of(services, a_form(three_items())) as room:
        await room.press("y", "7", "escape", "n", "y")
        assert room.app.screen.query_one(TextArea).text == "7"
        assert room.on_disk().notes == {None: "7"}


async def test_certainty_goes_round_and_is_told_by_sign_and_word(services: Services) -> None:
    async with sitting_of(services) as room:
        for word in ("? a guess", "~ unsure", "! sure"):
            await room.press("u")
            assert word in room.text().splitlines()[0]
        assert room.on_disk().certainty == {1: "sure"}
        await room.press("u")
        assert room.on_disk().certainty == {}


async def test_there_is_a_calculator_only_where_the_section_allows_it(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("equals_sign")
        assert room.place == "exam"


async def test_the_calculator_computes_and_keeps_its_tape(services: Services) -> None:
    form = a_form(three_items())
    form = form.model_copy(update={"sections": (a_section(id="a", calculator=True),)})
    async with sitting_of(services, form) as room:
        await room.press("equals_sign", *"12/(12", "plus", *"3)", "enter")
        assert "= 0.8" in room.flow()
        await room.press("escape", "n", "equals_sign", *"ans*10", "enter")
        assert "= 0.8" in room.flow() and "= 8" in room.flow()
        await room.press(*"1/0", "enter")
        assert "divides by nothing" in room.flow()
        assert room.app.screen.query_one(Input).value == "1/0"
        assert room.on_disk().responses == {}


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("0.1 + 0.2", "0.3"),
        ("2^10", "1024"),
        ("1/3", "≈ 0.3333333333"),
        ("3 × 4 ÷ 2", "6"),  # noqa: RUF001
        ("sqrt(2)", "≈ 1.4142135624"),
        ("comb(5, 2)", "10"),
        ("exp(-30)", "≈ 9.357623e-14"),
    ],
)
def test_the_calculator_is_exact_where_it_can_be_and_says_where_not(typed: str, result: str) -> None:
    assert calculate(typed).result == result


@pytest.mark.parametrize("typed", ["__import__('os')", "().__class__", "9**9**9", "open('x')", "[1]*9", "a", "1 if"])
def test_the_calculator_does_nothing_but_arithmetic(typed: str) -> None:
    assert calculate(typed).value is None


async def test_a_text_is_found_within_the_item(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("slash", *"SKY")
        assert "Which colour does a clear sky have at noon?" in room.flow()
        await room.press("escape", "slash", *"blue")
        assert "Option B" in room.flow()
        await room.press(*"xx")
        assert "Nothing in this item reads so." in room.flow()


def test_every_place_of_a_text_in_a_line_is_found() -> None:
    assert found_lines([("Item", "Aa banana"), ("Item", "none")], "an") == [("Item", "Aa banana", [4, 6])]
    assert found_lines([("Item", "x")], "") == []


async def test_leaving_an_item_that_locks_is_asked_for_first(services: Services) -> None:
    form = a_form([an_item(lock_on_leaving=True), a_multiple_response(), a_numeric()])
    async with sitting_of(services, form) as room:
        await room.press("b", "n")
        assert "closes for good once you leave it" in room.flow()
        await room.press("n")
        assert room.on_disk().current == 1
        await room.press("n", "y")
        assert room.on_disk().current == 2
        assert room.on_disk().locked == {1}
        await room.press("p")
        assert room.on_disk().current == 2
        assert "first item of the section" in " ".join(room.notices())


async def test_a_break_hides_the_exam_and_closes_what_was_seen(services: Services, clock: FakeClock) -> None:
    form = a_form(three_items()).model_copy(update={"breaks": STOPPING})
    async with sitting_of(services, form) as room:
        await room.press("l")
        assert "stands still for up to 5 minutes" in room.flow()
        await room.press("y")
        assert room.place == "break"
        assert "colour" not in room.flow()
        before = room.app.sitting.time_left()
        let_time_pass(room.app.sitting, clock, 60)
        assert room.app.sitting.time_left() == before
        await room.press("enter")
        assert room.place == "exam"
        assert room.on_disk().current == 2


async def test_a_break_survives_a_kill(services: Services) -> None:
    form = a_form(three_items()).model_copy(update={"breaks": STOPPING})
    async with sitting_of(services, form) as room:
        await room.press("l", "y")
        assert room.on_disk().pause is not None


async def test_the_navigator_shows_what_is_left_to_do(services: Services) -> None:
    async with sitting_of(services, a_form(three_items())) as room:
        await room.press("b", "n", "m", "u", "o", "f")
        assert "Items: not answered" in room.flow()
        assert "▸ 2" in room.flow()
        assert room.text().count("●") == 1  # in the counts alone, no more among the numbers
        await room.press("f")
        assert "Items: flagged" in room.flow()
        await room.press("f")
        assert "Items: unseen" in room.flow()
        await room.press("f")
        assert "Items: not certain" in room.flow()
        await room.press("f", "enter")
        assert room.on_disk().current == 2


async def test_the_pace_is_told_beside_the_clock_where_there_is_room(services: Services, clock: FakeClock) -> None:
    async with sitting_of(services, a_form(three_items()), size=(120, 40)) as room:
        assert "on plan" in room.text().splitlines()[0]
        await room.press("b", "n")
        await room.pilot.pause(0.6)
        assert "ahead" in room.text().splitlines()[0]
        let_time_pass(room.app.sitting, clock, 500)
        await room.pilot.pause(0.6)
        assert "behind" in room.text().splitlines()[0]
        await room.press("t")
        assert "behind" not in room.text().splitlines()[0]


async def test_letters_are_typed_and_the_tools_open_by_their_other_keys(services: Services) -> None:
    async with sitting_of(services, a_form([an_exercise().item]), [an_exercise()]) as room:
        await room.press("w")
        assert room.place == "exam"
        await room.press("alt+w")
        assert room.place == "note"
        await room.press("escape", "alt+f")
        assert room.place == "find"


async def test_a_break_that_costs_time_tells_the_clock_of_the_exam_and_of_the_section(
    services: Services, clock: FakeClock
) -> None:
    running = Breaks(clock="runs", most=2, basis="assumed")
    form = a_form({"a": three_items()[:2], "b": three_items()[2:]}).model_copy(update={"breaks": running})
    async with sitting_of(services, form) as room:
        await room.press("enter", "l", "y")
        let_time_pass(room.app.sitting, clock, 60)
        await room.pilot.pause(0.6)
        left = room.app.sitting.time_left()
        assert left.exam != left.section
        assert f"{duration(left.exam)} left in the exam, {duration(left.section)} in the section" in room.flow()


async def test_an_option_is_never_both_picked_and_struck_out(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("down", "minus", "b")
        assert room.on_disk().responses[1] == {"option": "b"}
        assert room.on_disk().struck[1] == frozenset()
        await room.press("minus")
        assert room.on_disk().struck[1] == frozenset()
        assert any("This option is picked" in notice for notice in room.notices())
