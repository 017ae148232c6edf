"""The key hints are true on every screen and in every state: each key does what its hint says, and nothing else is."""

import pytest

from examengine.delivery.services import Services
from examengine.tui.actions import PLACES
from examengine.tui.widgets.action_screen import ActionScreen
from tui.rooms import Room
from tui.scenes import LARGE, SMALL, STATES, Scene

LOW = (40, 12)


def watched(screen: ActionScreen) -> list[str]:
    """Make a screen note its actions instead of doing them, so that the state stays as it is."""
    done: list[str] = []
    for action in PLACES[screen.PLACE]:
        setattr(screen, f"action_{action.name}", lambda name=action.name: done.append(name))
    return done


async def pressed(room: Room, keys: list[str]) -> None:
    for key in keys:
        await room.pilot.press(key)
    await room.pilot.pause()


async def assert_true(room: Room) -> None:
    screen = room.app.screen
    assert isinstance(screen, ActionScreen)
    active = [(action, key) for action, key in screen.active_actions()]
    hints = room.hints()
    done = watched(screen)
    await pressed(room, [key for _, key, _ in hints])
    assert done == [name for name, _, _ in hints], "a hint lies"
    done.clear()
    await pressed(room, [key for _, key in active])
    assert done == [action.name for action, _ in active], "a listed action cannot be done"
    done.clear()
    names = {action.name for action, _ in active}
    idle = [action for action in PLACES[screen.PLACE] if action.name not in names]
    for action in idle:
        assert not screen.can(action.name) or not action.keys
    labels = {(action.name, key): screen.label(action) for action, key in active}
    assert all(labels[name, key] == label for name, key, label in hints)
    shown = room.text().splitlines()[-1]
    assert all(label in shown for _, _, label in hints), shown


@pytest.mark.parametrize("scene", STATES, ids=[scene.name for scene in STATES])
async def test_every_hint_of_every_screen_is_true(services: Services, scene: Scene) -> None:
    async with scene.room(services, SMALL) as room:
        await assert_true(room)


@pytest.mark.slow
@pytest.mark.parametrize("size", [LARGE, LOW])
@pytest.mark.parametrize("scene", STATES, ids=[scene.name for scene in STATES])
async def test_every_hint_is_true_at_every_size(services: Services, scene: Scene, size: tuple[int, int]) -> None:
    async with scene.room(services, SMALL) as room:
        await room.pilot.resize_terminal(*size)
        await room.rest()
        await assert_true(room)


async def test_what_leads_on_is_hinted_on_the_smallest_screen(services: Services) -> None:
    scene = next(one for one in STATES if one.name == "section")
    async with scene.room(services, SMALL) as room:
        await room.pilot.resize_terminal(*LOW)
        await room.rest()
        assert ("begin", "enter", "Begin the section") in room.hints()
        assert "More" in room.text().splitlines()[-1]
