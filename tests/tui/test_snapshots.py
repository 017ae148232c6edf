"""Every screen at two sizes: its meaning first, then every character and colour of it in the dark and light themes.

A change that was wanted is taken over by `make snapshots`; look at what git then shows.
"""

import os
from pathlib import Path

import pytest

from builders import services_in
from examengine.tui.theme import DARK, LIGHT
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading
from tui.picture_text import cells_of, picture
from tui.scenes import LARGE, SCENES, SMALL, Scene

FOLDER = Path(__file__).with_name("snapshots")
IS_UPDATE = os.environ.get("EXAMENGINE_SNAPSHOTS") == "update"


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_screen_is_as_it_was(
    scene: Scene, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Folders that screens name are the same everywhere; nothing is written to them.
    monkeypatch.chdir("/")
    monkeypatch.setenv("HOME", "/home/candidate")
    themes = {}
    services = services_in(tmp_path / "data", clock=FakeClock(), grading=ScriptedGrading())
    try:
        async with scene.room(services, size) as room:
            assert scene.shows in room.text(), room.text()
            for theme in (DARK, LIGHT):
                room.app.theme = theme
                themes[theme] = await cells_of(room)
    finally:
        services.close()
    file = FOLDER / f"{scene.name}-{size[0]}x{size[1]}.txt"
    taken = picture(themes)
    if IS_UPDATE:
        file.write_text(taken, encoding="utf-8")
    assert taken == file.read_text(encoding="utf-8"), (
        f"{file.name} is not what is shown; if it should be: make snapshots"
    )


def test_no_snapshot_is_left_over() -> None:
    wanted = {f"{scene.name}-{size[0]}x{size[1]}.txt" for scene in SCENES for size in (SMALL, LARGE)}
    assert {file.name for file in FOLDER.iterdir()} == wanted
