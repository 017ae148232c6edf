"""Walks the screens at random: nothing falls over, and what is shown is what is on disk."""

import random

import pytest

from builders import a_form, a_multiple_response, a_numeric, a_stimulus, a_testlet, an_exercise, an_item
from examengine.delivery.services import Services
from examengine.itemtypes.coding.widget import CodeEditor
from examengine.itemtypes.multiple_choice.widget import OptionPicker
from examengine.tui.actions import PLACES
from tui.rooms import Room, sitting_of

_TYPED = ["a", "b", "c", "d", "1", "2", "5", "space", "enter", "tab", "shift+tab", "up", "down", "left", "right"]
_TYPED += ["backspace", "full_stop", "escape", "ctrl+z", "ctrl+y", "home", "end", "shift+down", "delete"]
_AWAY = {"ctrl+q", "q", "y", "S", "f9", "r"}
"""Ways out: pressed seldom, or every walk would be over at once."""


def keys_of(room: Room, chance: random.Random) -> str:
    own = [key for action in PLACES[room.place] for key in (*action.letters, *action.keys)]
    key = chance.choice(own + _TYPED)
    return key if key not in _AWAY or chance.random() < 0.15 else "n"


def assert_shown_is_on_disk(room: Room) -> None:
    sitting = room.app.sitting
    if sitting is None or room.place != "exam":
        return
    state = room.on_disk()
    assert state.responses == sitting.state.responses
    assert state.flagged == sitting.state.flagged
    entry = room.app.screen.entry
    assert entry.number == state.current
    response = state.responses.get(entry.number, {})
    view = room.app.screen.query_one("#item").view
    if isinstance(view, OptionPicker):
        shown = view._picked
        assert shown == set(response.get("options", [response["option"]] if response.get("option") else []))
    editors = room.app.screen.query(CodeEditor)
    if entry.item.type == "coding" and view.file == "solution.py":
        files = response.get("files") or entry.item.starter
        assert editors.first().text == files["solution.py"]


async def walk(services: Services, seed: int, steps: int, *, kind: str) -> None:
    chance = random.Random(seed)
    package = an_exercise()
    items = {
        "a": [an_item(), *a_testlet(), a_multiple_response(), a_numeric(), package.item],
        "b": [a_numeric(id="demo.beta.more"), an_item(id="demo.alpha.more")],
    }
    form = a_form(items if kind == "exam" else items["a"], kind=kind, stimuli=[a_stimulus()])
    async with sitting_of(services, form, [package], chance.choice([(80, 24), (120, 40)])) as room:
        for _ in range(steps):
            if room.place not in PLACES or room.place in ("home", "results", "grading"):
                break
            await room.pilot.press(keys_of(room, chance))
            await room.app.background.idle.wait()
            await room.pilot.pause()
            assert_shown_is_on_disk(room)


@pytest.mark.parametrize("kind", ["exam", "drill"])
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_short_walk_at_random_loses_nothing(services: Services, seed: int, kind: str) -> None:
    await walk(services, seed, 80, kind=kind)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 104))
async def test_a_long_walk_at_random_loses_nothing(services: Services, seed: int) -> None:
    await walk(services, seed, 1000, kind="exam" if seed % 2 else "drill")
