from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import a_form, open_sitting, services_in, store_session
from examengine.delivery.services import Services
from examengine.session import commands as cmd
from examengine.tui.app import ExamStartOpening, HomeOpening
from fakes.clock import FakeClock
from tui.rooms import opened

BANK = """format: 1
id: demo
title: Demo bank
version: 1.0.0
licence: CC-BY-4.0
domains:
  - {id: alpha, title: Alpha, objectives: [{id: alpha.basics, title: Basics}]}
"""
ITEM = """
- id: demo.alpha.item{number}
  type: multiple_choice
  objective: alpha.basics
  difficulty: intermediate
  cognitive: apply
  stem: Which number is {number}?
  options:
    - {{id: a, text: 'The number {number}', rationale: Right it is.}}
    - {{id: b, text: 'Another number', rationale: It is not.}}
  key: a
  rationale: Numbers equal themselves.
  references: [{{title: A page, url: 'https://example.org'}}]
  verified: 2026-11-21
  seconds: 60
"""
EXAM = """
id: demo.mock
title: Demo mock exam
duration_minutes: 10
sections:
  - {id: a, title: Choice, minutes: 10, items: 3}
domains:
  - {id: alpha, weight: 100, items: 3}
scoring: {kind: scaled, min: 0, max: 100, cut: 70, cut_raw_percent: 70, basis: assumed}
status: {state: proposed, as_of: 2026-11-21}
facts: [{text: There is no penalty for a wrong answer., basis: assumed}]
sources: [{title: A public page, url: 'https://example.org/exam', verified: 2026-11-21}]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "banks" / "demo"
    (folder / "items" / "alpha").mkdir(parents=True)
    (folder / "exams").mkdir()
    (folder / "bank.yaml").write_text(BANK)
    (folder / "items" / "alpha" / "one.yaml").write_text("".join(ITEM.format(number=n) for n in range(1, 7)))
    (folder / "exams" / "mock.yaml").write_text(EXAM)
    return folder


@pytest.fixture
def banked(tmp_path: Path, bank: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setattr("examengine.bank.catalogue.installed_folder", lambda: None)
    services = services_in(tmp_path / "data", clock=clock, bank_folders=[bank])
    yield services
    services.close()


async def test_home_shows_the_exams_with_status_and_a_drill(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        shown = room.flow()
        assert "Demo mock exam 10 min, 3 items proposed" in shown
        assert "Drill demo" in shown
        assert "History: no finished session yet" in shown
        assert "Go on with" not in shown


async def test_home_offers_an_open_session_with_the_time_that_is_left(banked: Services, clock: FakeClock) -> None:
    sitting = open_sitting(banked, store_session(banked, a_form()), enter=True)
    sitting.perform(cmd.Respond(1, {"option": "b"}))
    clock.advance(4)
    sitting.close()
    async with opened(banked, HomeOpening()) as room:
        assert "Go on with ▸ Demo mock exam 9:56 left, 1 of 3 answered" in room.flow()
        await room.press("enter")
        assert room.place == "exam"
        assert "(●) B Blue" in room.flow()


async def test_the_start_page_tells_rules_basis_and_sources_before_any_clock_runs(banked: Services) -> None:
    async with opened(banked, HomeOpening(), (80, 40)) as room:
        await room.press("enter")
        assert room.place == "start"
        shown = room.flow()
        for words in (
            "Status: proposed, as of 2026-11-21",
            "3 scored items, in 10:00",
            "cut score 70 at 70 % of the points [assumed]",
            "There is no penalty for a wrong answer. [assumed]",
            "https://example.org/exam",
            "Leaving the program stops the clock",
        ):
            assert words in shown
        assert banked.store.list_sessions() == []
        await room.press("enter")
        assert room.place == "exam"
        assert len(banked.store.list_sessions()) == 1


async def test_the_seed_and_the_time_multiplier_of_the_command_line_reach_the_exam(banked: Services) -> None:
    async with opened(banked, ExamStartOpening("demo.mock", 7, 1.5), (80, 40)) as room:
        assert "in 15:00" in room.flow()
        assert "Seed 7" in room.flow()
        await room.press("plus")
        assert "in 17:30" in room.flow()
        await room.press("minus", "enter")
        assert room.clock_text() == "15:00"
        assert banked.store.list_sessions()[0].seed == 7


async def test_an_exam_that_cannot_be_assembled_says_what_is_missing(banked: Services, bank: Path) -> None:
    text = (bank / "exams" / "mock.yaml").read_text().replace("items: 3", "items: 30")
    (bank / "exams" / "mock.yaml").write_text(text)
    async with opened(banked, ExamStartOpening("demo.mock")) as room:
        assert "cannot be sat" in room.flow()
        assert "30" in room.flow()
        await room.press("enter")
        assert room.place == "start"
        await room.press("q")
        assert room.place == "home"


async def test_a_bank_with_errors_is_named_and_the_rest_works(banked: Services, bank: Path) -> None:
    (bank / "items" / "alpha" / "one.yaml").write_text("- id: [")
    async with opened(banked, HomeOpening()) as room:
        assert "✗" in room.text()
        assert "see examengine bank check" in room.flow()
        await room.press("enter")
        assert room.place == "history"


async def test_a_drill_is_chosen_by_arrows_and_started(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        await room.press("d")
        assert room.place == "drill_choice"
        await room.press("right", *["down"] * 5, "left")
        shown = room.flow()
        assert "Domain ◂ Alpha ▸" in shown
        assert "Items ◂ 5 ▸" in shown
        await room.press("enter")
        assert room.place == "exam"
        assert "item 1 of 5" in room.flow()
        assert banked.store.list_sessions()[0].kind == "drill"


async def test_a_drill_that_asks_for_too_much_says_how_many_there_are(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        await room.press("d", "enter")
        assert room.place == "drill_choice"
        assert "✗" in room.text()
        assert "6" in room.flow()
        await room.press(*["down"] * 5, "left", "enter")
        assert room.place == "exam"


async def test_the_colours_change_by_a_key(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        names = []
        for _ in range(4):
            await room.press("c")
            names.append(room.app.theme)
        assert names == ["exam-light", "exam-contrast", "exam-plain", "exam-dark"]


async def test_q_leaves_the_program(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        await room.pilot.press("q")
        await room.pilot.pause()
        assert not room.app.is_running or room.app._exit
