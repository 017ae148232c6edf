"""Every size of a terminal: state, focus and scroll outlive it, and a window without room says so."""

import pytest

from builders import a_form, a_numeric, a_stimulus, a_testlet, an_exercise, an_item
from examengine.delivery.services import Services
from examengine.tui.widgets.action_screen import TooSmall
from examengine.tui.widgets.item_pane import ItemPane
from tui.rooms import Room, sitting_of
from tui.scenes import SCENES, SMALL, Scene

LARGE, LOW = (120, 40), (40, 12)
LONG_STEM = "\n\n".join(f"Paragraph {number} of a long stem that goes on." for number in range(1, 60))


async def resized(room: Room, *sizes: tuple[int, int]) -> None:
    for size in sizes:
        await room.pilot.resize_terminal(*size)
        await room.rest()
        await room.pilot.pause()


def scrolled(room: Room) -> list[float]:
    pane = room.app.screen.query_one(ItemPane)
    return [one.scroll_y for one in (pane, pane.query_one("#stem"), pane.query_one("#answer"))]


@pytest.mark.parametrize("start", [SMALL, LARGE])
async def test_a_long_stem_is_found_where_it_was_left(services: Services, start: tuple[int, int]) -> None:
    async with sitting_of(services, a_form([an_item(stem=LONG_STEM), a_numeric()]), size=start) as room:
        await room.press("b", "pagedown", "pagedown")
        left, text = scrolled(room), room.text().splitlines()[1:]
        assert max(left) > 10
        await resized(room, LOW, (60, 20), start)
        assert scrolled(room) == left
        assert room.text().splitlines()[1:] == text
        assert room.on_disk().responses == {1: {"option": "b"}}


async def test_another_item_begins_at_its_top_at_every_size(services: Services) -> None:
    items = [an_item(stem=LONG_STEM), an_item(id="demo.alpha.other", stem=LONG_STEM.replace("Paragraph", "Line"))]
    async with sitting_of(services, a_form(items), size=SMALL) as room:
        await room.press("pagedown", "pagedown", "n")
        assert "Line 1 of" in room.text()
        await resized(room, LOW, SMALL)
        assert "Line 1 of" in room.text()


async def test_the_long_stem_stands_beside_its_options_where_it_is_wide(services: Services) -> None:
    async with sitting_of(services, a_form([an_item(stem=LONG_STEM)]), size=LARGE) as room:
        assert "Choose one." in room.text()
        await room.press("pagedown")
        assert "Choose one." in room.text()
        assert "Paragraph 1 of" not in room.text()
        assert room.app.screen.query_one("#stem").show_vertical_scrollbar


async def test_a_long_stem_shows_its_place_by_a_scrollbar_at_80_columns(services: Services) -> None:
    async with sitting_of(services, a_form([an_item(stem=LONG_STEM)]), size=SMALL) as room:
        pane = room.app.screen.query_one(ItemPane)
        assert pane.show_vertical_scrollbar
        before = pane.vertical_scrollbar.position
        await room.press("pagedown")
        assert pane.vertical_scrollbar.position > before


@pytest.mark.parametrize("size", [(29, 24), (80, 7), (10, 3), (1, 1)])
async def test_a_window_without_room_says_so_and_nothing_is_lost(services: Services, size: tuple[int, int]) -> None:
    async with sitting_of(services, a_form([a_numeric(), an_item()]), size=SMALL) as room:
        await room.press("4", "2")
        focused = room.app.focused
        await resized(room, size)
        assert room.app.screen.query(TooSmall)
        if size[0] > 20:
            assert "This window is too small." in room.flow()
            assert "unit" not in room.flow()
        await resized(room, SMALL)
        assert not room.app.screen.query(TooSmall)
        assert room.app.focused is focused
        assert "42" in room.text()
        assert room.on_disk().responses == {1: {"text": "42"}}


async def test_code_and_its_cursor_outlive_every_size(services: Services) -> None:
    package = an_exercise()
    async with sitting_of(services, a_form([package.item]), [package], size=LARGE) as room:
        await room.press("down", "end", "x", "y")
        editor = room.app.focused
        assert editor is not None
        place, text = editor.cursor_location, editor.text
        await resized(room, LOW, (10, 3), SMALL, LARGE)
        assert room.app.focused is editor
        assert (editor.cursor_location, editor.text) == (place, text)


async def test_a_case_is_found_at_the_tab_and_line_where_it_was_left(services: Services) -> None:
    async with sitting_of(services, a_form(a_testlet(), stimuli=[a_stimulus()]), size=LARGE) as room:
        await room.press("i", "2", "pagedown")
        text = room.text().splitlines()[1:]
        assert "Paragraph 1 of" not in room.text()
        await resized(room, LOW, LARGE)
        assert room.text().splitlines()[1:] == text


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
async def test_every_screen_reads_after_small_as_before(services: Services, scene: Scene) -> None:
    async with scene.room(services, SMALL) as room:
        before, focused = room.text().splitlines(), room.app.focused
        await resized(room, LOW, (20, 5), SMALL)
        assert room.place == scene.place
        assert room.app.focused is focused
        # The clock in the first line goes on; the footer below a dialog may name more than before.
        assert room.text().splitlines()[1:-1] == before[1:-1]
