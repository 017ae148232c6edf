"""The editor of the code workspace by its keys: comments, search, lines, brackets; what is shown is on disk."""

import pytest

from examengine.delivery.services import Services
from examengine.itemtypes.coding.widget import CodingView
from tui.rooms import Room
from tui.test_code_workspace import code_of, coding_room


def view_of(room: Room) -> CodingView:
    return room.app.screen.query_one(CodingView)


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("x = 1", ("alt+k",), "# x = 1"),
        ("x = 1", ("ctrl+underscore",), "# x = 1"),
        ("# x = 1", ("alt+k",), "x = 1"),
        ("if x:\n    y", ("shift+down", "shift+end", "alt+k"), "# if x:\n#     y"),
        ("x\ny", ("shift+down", "shift+end", "alt+m"), "    x\n    y"),
        ("    x\n    y", ("shift+down", "shift+end", "alt+l"), "x\ny"),
        ('if s == "#":', ("end", "enter", "x"), 'if s == "#":\n    x'),
    ],
)
async def test_lines_are_commented_and_moved_by_keys(
    services: Services, before: str, keys: tuple[str, ...], after: str
) -> None:
    async with coding_room(services, starter=before) as room:
        await room.press(*keys)
        assert code_of(room) == after


async def test_commenting_is_one_change_that_is_undone_at_once(services: Services) -> None:
    async with coding_room(services, starter="a\nb\nc") as room:
        await room.press("ctrl+a", "shift+down", "shift+down", "shift+end", "alt+k")
        assert code_of(room) == "# a\n# b\n# c"
        await room.press("ctrl+z")
        assert code_of(room) == "a\nb\nc"


async def test_a_text_is_found_next_before_and_by_its_capitals(services: Services) -> None:
    async with coding_room(services, starter="Mean = 1\nmean = 2\nx = mean\n") as room:
        await room.press("ctrl+f", *"mean")
        view = view_of(room)
        assert view.editor.selected_text == "Mean"
        assert "1 of 3" in room.flow()
        await room.press("enter")
        assert view.editor.selection.start == (1, 0)
        await room.press("alt+n")
        assert view.editor.selection.start == (2, 4)
        await room.press("down")
        assert view.editor.selection.start == (0, 0)
        await room.press("up")
        assert view.editor.selection.start == (2, 4)
        await room.press("alt+p", "alt+p")
        assert view.editor.selection.start == (0, 0)
        await room.press("alt+a")
        assert view.editor.selection.start == (1, 0)
        assert "1 of 2" in room.flow()
        await room.press("escape")
        assert view.editor.has_focus
        assert not view.find_bar.is_open
        assert not room.app.screen.can("find_next")
        assert room.on_disk().responses == {}


async def test_what_is_not_there_is_told(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("ctrl+f", *"zebra")
        assert "not found" in room.flow()


async def test_a_click_on_the_sign_of_capitals_tells_them_apart(services: Services) -> None:
    async with coding_room(services, starter="Mean = 1\nmean = 2\n") as room:
        await room.press("ctrl+f", *"mean")
        await room.pilot.click("#find-case")
        await room.rest()
        assert "[Aa]" in room.flow()
        assert "1 of 1" in room.flow()


async def test_one_goes_to_a_line_by_its_number_and_only_digits_are_taken(services: Services) -> None:
    async with coding_room(services, starter="a\nb\n    c\nd") as room:
        await room.press("alt+j", "x", "3", "enter")
        view = view_of(room)
        assert view.editor.cursor_location == (2, 4)
        assert view.editor.has_focus
        await room.press("alt+j", *"999", "enter")
        assert view.editor.cursor_location == (3, 0)


async def test_the_partner_of_a_bracket_is_shown_at_it_and_after_it(services: Services) -> None:
    async with coding_room(services, starter="f(a[1])") as room:
        editor = view_of(room).editor
        await room.press("right")
        assert editor._matching_bracket_location == (0, 6)
        await room.press("end")
        assert editor._matching_bracket_location == (0, 1)
        await room.press("home")
        assert editor._matching_bracket_location is None
        await room.press("right")
        partner = list(editor.render_line(0))
        assert any(segment.text == ")" and segment.style.underline for segment in partner)


async def test_a_large_file_is_shown_without_colours_and_searches_no_brackets(services: Services) -> None:
    async with coding_room(services, starter="(\n" * 1500) as room:
        editor = view_of(room).editor
        assert editor.language is None
        assert editor._matching_bracket_location is None
        await room.press("x")
        assert code_of(room).startswith("x(")


async def test_keys_of_the_editor_do_nothing_to_a_sample_test(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("f10", "alt+k", "alt+m", "alt+l")
        assert room.on_disk().responses == {}
        assert not room.app.screen.can("toggle_comment")


async def test_the_difference_from_the_starter_is_told_by_signs(services: Services) -> None:
    async with coding_room(services, starter="a\nb\n") as room:
        await room.press("alt+d")
        assert "Your code is the starter as it was given" in room.flow()
        await room.press("escape", "x", "alt+d")
        assert room.place == "diff"
        shown = room.flow()
        assert "-a +xa b" in shown
        assert "+1 -1 lines" in shown
        await room.press("q")
        assert room.place == "exam"


async def test_a_click_on_a_tool_beside_the_files_does_it(services: Services) -> None:
    for size in ((80, 24), (120, 40)):
        async with coding_room(services, size=size) as room:
            lines = room.text().splitlines()
            row = next(y for y, text in enumerate(lines) if "Diff" in text)
            await room.pilot.click(offset=(lines[row].rindex("Diff") + 1, row))
            await room.rest()
            assert room.place == "diff"


async def test_reset_can_be_undone(services: Services) -> None:
    async with coding_room(services, starter="a\n") as room:
        await room.press("x", "f12", "y")
        assert code_of(room) == "a\n"
        await room.press("ctrl+z")
        assert code_of(room) == "xa\n"


async def test_ctrl_end_and_ctrl_home_go_to_the_ends_of_the_code(services: Services) -> None:
    async with coding_room(services, starter="a\nb") as room:
        await room.press("ctrl+end", "2", "ctrl+home", "1")
        assert code_of(room) == "1a\nb2"
