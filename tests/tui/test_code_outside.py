"""Work outside of the program: a folder that is watched, and an editor where there is no terminal for it."""

import json
from pathlib import Path

import pytest

from builders import STARTER, let_time_pass
from examengine.delivery.services import Services
from examengine.itemtypes.coding.widget import CodingView
from examengine.session.events import FileEdited
from fakes.clock import FakeClock
from tui.rooms import Room
from tui.test_code_workspace import code_of, coding_room, events_of

DONE = "def double(x):\n    return 2 * x\n"


async def write_folder(room: Room, path: Path) -> None:
    await room.press("alt+o")
    assert room.place == "folder"
    room.app.screen.query_one("#path").value = str(path)
    await room.press("enter")


async def until(room: Room, is_so) -> None:
    """Wait until the screen has looked at the folder and something holds."""
    for _ in range(200):
        await room.pilot.pause(0.05)
        if is_so():
            await room.rest()
            return
    raise AssertionError(room.text())


async def test_a_save_in_the_folder_is_an_edit_of_the_session_and_can_be_undone(
    services: Services, tmp_path: Path
) -> None:
    async with coding_room(services) as room:
        await write_folder(room, tmp_path / "work")
        assert room.place == "exam"
        assert "no save taken yet" in room.flow()
        (tmp_path / "work" / "solution.py").write_text(DONE)
        await until(room, lambda: room.on_disk().responses)
        assert code_of(room) == DONE
        assert room.app.screen.query_one(CodingView).editor.text == DONE
        assert len(events_of(room, FileEdited)) == 1
        assert "1 save taken" in room.flow()
        await room.press("ctrl+z")
        assert code_of(room) == STARTER


async def test_a_notebook_saved_in_the_folder_comes_back(services: Services, tmp_path: Path) -> None:
    async with coding_room(services) as room:
        await write_folder(room, tmp_path / "work")
        path = tmp_path / "work" / "exercise.ipynb"
        notebook = json.loads(path.read_text())
        notebook["cells"][1]["source"] = DONE.splitlines(keepends=True)
        path.write_text(json.dumps(notebook))
        await until(room, lambda: room.on_disk().responses)
        assert code_of(room) == DONE
        assert (tmp_path / "work" / "solution.py").read_text() == DONE


async def test_what_is_typed_here_goes_to_the_folder(services: Services, tmp_path: Path) -> None:
    async with coding_room(services) as room:
        await write_folder(room, tmp_path / "work")
        await room.press("x")
        path = tmp_path / "work" / "solution.py"
        await until(room, lambda: path.read_text() == f"x{STARTER}")
        assert code_of(room) == f"x{STARTER}"


async def test_a_save_is_taken_while_another_item_is_on_the_screen(services: Services, tmp_path: Path) -> None:
    async with coding_room(services) as room:
        await write_folder(room, tmp_path / "work")
        await room.press("ctrl+n")
        (tmp_path / "work" / "solution.py").write_text(DONE)
        await until(room, lambda: room.on_disk().responses)
        assert code_of(room) == DONE
        await room.press("p")
        assert room.app.screen.query_one(CodingView).editor.text == DONE
        assert "1 save taken" in room.flow()


async def test_when_time_is_up_nothing_later_is_taken(services: Services, tmp_path: Path, clock: FakeClock) -> None:
    async with coding_room(services) as room:
        await write_folder(room, tmp_path / "work")
        let_time_pass(room.app.sitting, clock, 700)
        (tmp_path / "work" / "solution.py").write_text(DONE)
        await room.pilot.pause(1.5)
        await room.rest()
        assert room.on_disk().responses == {}
        assert room.on_disk().phase == "submitted"


async def test_files_of_others_are_named_and_written_over_only_after_yes(services: Services, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "solution.py").write_text("theirs\n")
    async with coding_room(services) as room:
        await write_folder(room, work)
        assert room.place == "confirm"
        assert "solution.py" in room.flow()
        await room.press("n")
        assert (work / "solution.py").read_text() == "theirs\n"
        assert not (work / "exercise.ipynb").exists()
        await write_folder(room, work)
        await room.press("y")
        assert (work / "solution.py").read_text() == STARTER
        assert (work / "solution.old-1.py").read_text() == "theirs\n"


async def test_watching_ends_by_a_key_and_by_a_click(services: Services, tmp_path: Path) -> None:
    async with coding_room(services) as room:
        for end in ("key", "click"):
            await write_folder(room, tmp_path / "work")
            await room.press("alt+o")
            if end == "key":
                await room.press("alt+q")
            else:
                await room.pilot.click("#stop")
                await room.rest()
            assert "Folder watched" not in room.flow()
            assert room.app.code_folders == {}


async def test_a_folder_that_cannot_be_written_is_told(services: Services, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with coding_room(services) as room:
        await write_folder(room, tmp_path / "file" / "work")
        assert any("cannot be written" in notice for notice in room.notices())
        await room.press("alt+o")
        room.app.screen.query_one("#path").value = ""
        await room.press("enter")
        assert room.place == "folder"


async def test_the_default_folder_lies_in_the_home_and_names_session_and_exercise(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("alt+o")
        assert room.app.screen.query_one("#path").value == f"~/examengine/{room.session}/double"
        await room.press("escape")
        assert not (Path.home() / "examengine" / room.session).exists()


async def test_where_there_is_no_terminal_the_editor_says_how_else(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    async with coding_room(services) as room:
        await room.press("alt+e")
        assert any("Use the folder instead" in notice for notice in room.notices())


async def test_items_without_code_offer_none_of_it(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("ctrl+n")
        screen = room.app.screen
        assert not any(screen.can(name) for name in ("open_editor", "work_in_folder", "scratch_cell", "diff"))
