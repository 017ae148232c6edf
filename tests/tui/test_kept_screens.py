"""Items and review stay mounted between their showings, and each showing tells how things stand then."""

from builders import a_form, a_numeric, an_item
from examengine.delivery.services import Services
from examengine.tui.widgets.number_grid import NumberGrid
from examengine.tui.widgets.row_list import RowList
from tui.rooms import Room, sitting_of


def many(count: int) -> list:
    return [an_item(id=f"demo.alpha.n{number}") for number in range(1, count + 1)]


async def test_the_items_are_told_as_they_stand_at_each_showing(services: Services) -> None:
    async with sitting_of(services, a_form([an_item(), a_numeric()])) as room:
        await room.press("o")
        first = room.app.screen
        assert "2 · unseen" not in room.text()
        await room.press("f", "escape", "b", "m", "n", "o")
        assert room.app.screen is first
        assert "1 ● answered" in room.flow()
        assert "1 ⚑ flagged" in room.flow()
        assert room.app.screen.query_one(NumberGrid).marked == 2
        assert "Items:" not in room.text(), "the filter of the showing before is off"


async def test_digits_begin_anew_at_each_showing(services: Services) -> None:
    async with sitting_of(services, a_form(many(30))) as room:
        await room.press("2", "escape", "5")
        assert room.app.screen.query_one(NumberGrid).marked == 5


async def test_the_review_shows_the_gaps_of_now_and_none_where_none_is_left(services: Services) -> None:
    async with sitting_of(services, a_form([an_item(), a_numeric()])) as room:
        await room.press("r")
        first = room.app.screen
        assert "0 of 2 answered" in room.flow()
        await room.press("escape", "b", "r")
        assert room.app.screen is first
        assert room.place == "review"
        assert "1 of 2 answered" in room.flow()
        assert "Item 1" not in room.flow()
        await room.press("enter", "4", "r")
        assert "Every item has a response" in room.flow()
        assert not room.app.screen.query_one(RowList).display
        await room.press("escape")
        assert room.place == "exam"


async def test_a_kept_screen_fits_the_window_of_now(services: Services) -> None:
    async with sitting_of(services, a_form(many(90)), size=(120, 40)) as room:
        await room.press("o", "escape")
        await room.pilot.resize_terminal(50, 14)
        await room.rest()
        await room.press("8", "8")
        await room.rest()
        assert "▸ 88" in room.text()


async def test_the_mark_of_a_long_review_goes_round_and_stays_in_view(services: Services) -> None:
    async with sitting_of(services, a_form(many(90))) as room:
        await room.press("r", "up")
        rows = room.app.screen.query_one(RowList)
        assert rows.marked == 89
        assert "Item  90" in room.text()
        await room.press("down")
        assert rows.marked == 0
        await room.press("pagedown", "pagedown", "end", "home", "pageup")
        assert rows.marked == 0
        await room.press("end", "enter")
        assert room.app.screen.entry.number == 90


async def test_what_an_exam_kept_goes_with_it(services: Services) -> None:
    async with sitting_of(services, a_form([an_item()])) as room:
        await room.press("o", "escape", "r", "escape")
        kept = set(installed(room))
        assert len(kept) == 2
        await room.press("r", "f9", "y")
        await room.rest()
        assert not kept & set(installed(room))
        assert not any(screen.is_running for screen in kept)


def installed(room: Room) -> list:
    return [screen for screen in room.app._installed_screens.values() if not callable(screen)]
