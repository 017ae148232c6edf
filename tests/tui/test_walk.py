"""Walks all the screens at random: nothing falls over, no response is lost, and what is shown is what is on disk.

A walk goes on where a person would: what was left is opened again, what is over is looked at, and the next is begun.
"""

import random
from pathlib import Path

import pytest

from builders import services_in, store_session
from examengine.bank import catalogue
from examengine.delivery.services import Services
from examengine.itemtypes.coding.widget import CodeEditor
from examengine.itemtypes.multiple_choice.widget import OptionPicker
from examengine.session.state import replay
from examengine.tui.actions import PLACES
from examengine.tui.app import HomeOpening, Opening, SessionOpening
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading
from tui.rooms import Room, opened
from tui.scenes import LARGE, PACKAGE, SHORT_BANK, SMALL, a_hall

_TYPED = ["a", "b", "c", "d", "1", "2", "5", "space", "enter", "tab", "shift+tab", "up", "down", "left", "right"]
_TYPED += ["backspace", "full_stop", "escape", "ctrl+z", "ctrl+y", "home", "end", "shift+down", "delete", "y", "n"]
_AWAY = {"ctrl+q", "q", "S", "f9", "r"}
"""Ways out: pressed seldom, or every walk would be over at once."""
_SIZES = (SMALL, LARGE, (40, 12), (100, 30))
Responses = dict[str, dict[int, object]]


class Walk:
    """One person, who presses and clicks what they like; remembers what the session took from them."""

    def __init__(self, services: Services, seed: int) -> None:
        self.services = services
        self.chance = random.Random(seed)
        self.places: set[str] = set()
        self.kept: Responses = {}
        self.steps = 0

    async def go(self, steps: int) -> None:
        """Walk; when the program is left, open it again."""
        openings: list[Opening] = [
            SessionOpening(store_session(self.services, a_hall(), [PACKAGE])),
            SessionOpening(store_session(self.services, a_hall(kind="drill", breaks=None), [PACKAGE])),
            HomeOpening(),
        ]
        for turn in range(steps):
            if self.steps >= steps:
                break
            async with opened(self.services, openings[turn % len(openings)], self.chance.choice(_SIZES)) as room:
                await self._stay(room, steps, len(openings) * 10)
            self._nothing_is_lost()
        assert self.steps >= steps

    async def _stay(self, room: Room, steps: int, at_least: int) -> None:
        at_home = 0
        while room.app.is_running and room.app.fault is None and self.steps < steps:
            self.steps += 1
            self.places.add(room.place)
            at_home += room.place in ("home", "results", "history")
            if at_home > at_least:
                return
            await self._step(room)
            await room.pilot.pause()
            if not room.app.is_running:
                break
            await room.rest()
            self._remember(room)
        if room.app.fault is not None:
            raise room.app.fault

    async def _step(self, room: Room) -> None:
        chance = self.chance.random()
        if chance < 0.1:
            width, height = room.app.size
            await room.pilot.click(offset=(self.chance.randrange(width), self.chance.randrange(height)))
        elif chance < 0.13:
            await room.pilot.resize_terminal(*self.chance.choice(_SIZES))
        else:
            await room.pilot.press(self._key(room.place))

    def _key(self, place: str) -> str:
        own = [key for action in PLACES.get(place, ()) for key in (*action.letters, *action.keys)]
        key = self.chance.choice(own + _TYPED)
        return key if key not in _AWAY or self.chance.random() < 0.15 else "n"

    def _remember(self, room: Room) -> None:
        """Note what the open session holds; it must be what a new process finds, and what the screen shows."""
        sitting = room.app.sitting
        if sitting is None:
            return
        row, state = sitting.row, sitting.state
        on_disk = self._replayed(row.id)
        assert on_disk.responses == state.responses
        assert on_disk.flagged == state.flagged
        assert on_disk.notes == state.notes
        self.kept[row.id] = dict(state.responses)
        if room.place == "exam":
            self._is_shown(room)

    @staticmethod
    def _is_shown(room: Room) -> None:
        entry, state = room.app.screen.entry, room.app.sitting.state
        assert entry.number == state.current
        response = state.responses.get(entry.number, {})
        view = room.app.screen.query_one("#item").view
        if isinstance(view, OptionPicker):
            assert view._picked == set(response.get("options", [response["option"]] if response.get("option") else []))
        if entry.item.type == "coding" and view.file == "solution.py":
            files = response.get("files") or entry.item.starter
            assert room.app.screen.query(CodeEditor).first().text == files["solution.py"]

    def _nothing_is_lost(self) -> None:
        for session, responses in self.kept.items():
            assert self._replayed(session).responses == responses

    def _replayed(self, session: str):
        store = self.services.store
        return replay(store.read_form(store.read_session(session).form_digest), store.read_journal(session))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return services with the short bank alone; whatever is saved goes to a folder of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(catalogue, "installed_folder", lambda: None)
    made = services_in(tmp_path / "data", clock=FakeClock(), grading=ScriptedGrading(), bank_folders=[SHORT_BANK])
    yield made
    made.close()


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_short_walk_at_random_loses_nothing(machine: Services, seed: int) -> None:
    walk = Walk(machine, seed)
    await walk.go(70)
    assert len(walk.places) >= 4, walk.places


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(100, 104))
async def test_a_long_walk_at_random_loses_nothing(machine: Services, seed: int) -> None:
    walk = Walk(machine, seed)
    await walk.go(1000)
    assert walk.places >= {"home", "exam", "navigator", "review", "confirm", "help", "note"}, walk.places
