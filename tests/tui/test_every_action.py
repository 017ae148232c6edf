"""Every action of every screen is reached by keys alone, and by the mouse alone."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette

import examengine.tui.screens
from builders import services_in
from examengine.delivery.services import Services
from examengine.tui.actions import PLACES, Action
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.hint_bar import MORE, HintBar, _width
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading
from tui.rooms import Room
from tui.scenes import STATES

Do = Callable[[Room, Action, str], Awaitable[None]]
_MOST_WHEEL_STEPS = 60
_LONG = ("exam", "look")
"""Places with so many actions that their walks belong to `make test-slow`."""
EVERY_PLACE = [pytest.param(one, marks=pytest.mark.slow) if one in _LONG else one for one in PLACES]
_QUICK_BY_MOUSE = ("home", "review", "navigator", "confirm")
EVERY_PLACE_BY_MOUSE = [one if one in _QUICK_BY_MOUSE else pytest.param(one, marks=pytest.mark.slow) for one in PLACES]
"""The mouse goes by the same table; most of its walks belong to `make test-slow` too."""


def screens() -> list[type[ActionScreen]]:
    """Return every screen of the program."""
    for module in pkgutil.iter_modules(examengine.tui.screens.__path__):
        importlib.import_module(f"examengine.tui.screens.{module.name}")
    found, todo = [], [ActionScreen]
    while todo:
        one = todo.pop()
        todo += one.__subclasses__()
        if getattr(one, "PLACE", None) in PLACES:
            found.append(one)
    return found


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Return what was done so far: place and name of each action whose method was called."""
    done: set[tuple[str, str]] = set()

    def recorded(original, name: str):
        def action(self, *arguments):
            done.add((self.PLACE, name))
            return original(self, *arguments)

        return action

    for screen in screens():
        for action in PLACES[screen.PLACE]:
            method = f"action_{action.name}"
            monkeypatch.setattr(screen, method, recorded(getattr(screen, method), action.name))
    return done


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Services]]:
    """Return what gives a machine of its own to each room."""
    monkeypatch.chdir(tmp_path)
    numbers, made = count(1), []

    def make() -> Services:
        made.append(services_in(tmp_path / f"data{next(numbers)}", clock=FakeClock(), grading=ScriptedGrading()))
        return made[-1]

    yield make
    for services in made:
        services.close()


async def by_key(room: Room, _action: Action, key: str) -> None:
    await room.pilot.press(key)


async def by_mouse(room: Room, action: Action, _key: str) -> None:
    """Click the action's hint, or "More" and then its line in the list of all that can be done."""
    bar = room.app.screen.query_one(HintBar)
    left = bar.content_region.x
    for hint in bar.hints():
        if hint[0] == action.name:
            await room.pilot.click(offset=(left, bar.region.y))
            return
        left += _width(hint)
    assert bar.has_more, f"{action.name} is neither shown nor under More\n{room.text()}"
    assert room.text().splitlines()[bar.region.y][left:].startswith("^\\ More"), room.text()
    label = room.app.screen.label(action)
    await room.pilot.click(offset=(left + _width(MORE) // 2, bar.region.y))
    await room.pilot.pause()
    palette = room.app.screen
    assert isinstance(palette, CommandPalette)
    for _ in range(_MOST_WHEEL_STEPS):
        await room.pilot.pause()
        lines = room.text().splitlines()
        for y, line in enumerate(lines[:-1]):
            # The label on one line, what it does on the next.
            if line.strip(" │▌▐█").strip() == label and action.help[:20] in lines[y + 1]:
                await room.pilot.click(offset=(line.index(label), y))
                await room.pilot.pause()
                return
        await room.pilot._post_mouse_events([events.MouseScrollDown], offset=(20, 12))
    raise AssertionError(f"{label} is not in the list\n{room.text()}")


async def walk(place: str, fresh: Callable[[], Services], reached: set[tuple[str, str]], do: Do) -> None:
    """Do all that can be done in each state of a screen; where something leads away, come back in a new room."""
    wanted = {(place, action.name) for action in PLACES[place]}
    for state in (one for one in STATES if one.place == place):
        tried: set[str] = set()
        is_through = wanted <= reached
        while not is_through:
            async with state.room(fresh()) as room:
                while room.app.is_running and room.place == place:
                    waiting = [
                        (action, key)
                        for action, key in room.app.screen.active_actions()
                        if (place, action.name) not in reached and action.name not in tried
                    ]
                    if not waiting:
                        is_through = True
                        break
                    action, key = waiting[0]
                    tried.add(action.name)
                    await do(room, action, key)
                    await room.pilot.pause()
                    assert (place, action.name) in reached, f"{state.name}: {action.name} by {key}\n{room.text()}"
                    for _ in range(2):
                        if room.app.is_running and room.place != place:
                            await room.pilot.press("escape")
                            await room.pilot.pause()
                room.services.grading.gate.set()
    missing = [action.name for action in PLACES[place] if (place, action.name) not in reached]
    assert not missing, f"never reached on {place}: {', '.join(missing)}"


@pytest.mark.parametrize("place", EVERY_PLACE)
async def test_every_action_is_reached_by_keys_alone(place: str, fresh, reached) -> None:
    await walk(place, fresh, reached, by_key)


@pytest.mark.parametrize("place", EVERY_PLACE_BY_MOUSE)
async def test_every_action_is_reached_by_the_mouse_alone(place: str, fresh, reached) -> None:
    await walk(place, fresh, reached, by_mouse)
