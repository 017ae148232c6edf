from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import a_form, a_multiple_response, an_item, open_sitting, services_in, store_session
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


async def test_home_counts_no_item_as_answered_that_lacks_a_part(banked: Services) -> None:
    form = a_form([an_item(), a_multiple_response()])
    sitting = open_sitting(banked, store_session(banked, form), enter=True)
    sitting.perform(cmd.Respond(1, {"option": "b"}))
    sitting.perform(cmd.Respond(2, {"options": ["a"]}))
    sitting.close()
    async with opened(banked, HomeOpening()) as room:
        assert "1 of 2 answered" in room.flow()


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


async def test_a_new_person_is_welcomed_and_may_take_a_first_look(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        assert "Welcome. Open an exam to read its rules" in room.flow()
        assert "in a row" not in room.flow()
        assert "Due:" not in room.flow()
        await room.press("down")
        assert "A first look at demo" in room.flow()
        await room.press("enter")
        assert room.place == "exam"
        assert "item 1 of 5" in room.flow()
        assert banked.store.list_sessions()[0].kind == "drill"


def practise(services: Services) -> None:
    with open_sitting(services, store_session(services, a_form()), enter=True) as sitting:
        sitting.perform(cmd.Respond(1, {"option": "a"}))
        sitting.perform(cmd.Submit())


async def test_home_tells_the_streak_and_the_drill_that_is_due_with_the_reason(
    banked: Services, clock: FakeClock
) -> None:
    practise(banked)
    clock.advance(24 * 3600)
    async with opened(banked, HomeOpening()) as room:
        assert "○ 1 day in a row; today is still open" in room.flow()
        assert "Due: Alpha 0 % of the points of the last item" in room.flow()
        assert "Welcome" not in room.flow()
    practise(banked)
    async with opened(banked, HomeOpening()) as room:
        assert "✓ 2 days in a row" in room.flow()
    clock.advance(3 * 24 * 3600)
    async with opened(banked, HomeOpening()) as room:
        assert "○ no streak now; the longest was 2 days" in room.flow()


async def test_what_is_due_opens_the_choice_with_its_domain(banked: Services) -> None:
    practise(banked)
    async with opened(banked, HomeOpening()) as room:
        await room.press("down")
        await room.press("enter")
        assert room.place == "drill_choice"
        assert "Domain ◂ Alpha ▸" in room.flow()


async def test_an_exam_that_is_no_more_comes_last_with_what_replaced_it(banked: Services, bank: Path) -> None:
    old = EXAM.replace("demo.mock", "demo.a-first").replace("Demo mock exam", "An older exam")
    old = old.replace("{state: proposed, ", "{state: retired, replaced_by: demo.mock, ")
    (bank / "exams" / "a-first.yaml").write_text(old)
    async with opened(banked, HomeOpening()) as room:
        shown = room.flow()
        assert "✗ An older exam 10 min, 3 items retired, replaced by demo.mock, as of 2026-11-21" in shown
        assert shown.index("Demo mock exam") < shown.index("An older exam")


async def test_the_number_that_fits_is_told_before_a_drill_starts(banked: Services) -> None:
    practise(banked)
    async with opened(banked, HomeOpening()) as room:
        await room.press("d")
        assert "! 6 items fit, 10 are wanted" in room.flow()
        await room.press(*["down"] * 5, "left")
        assert "✓ 6 items fit." in room.flow()
        await room.press("up", "right")
        assert "✗ No item fits: in bank demo, none of the 6 items is missed." in room.flow()
        await room.press("enter")
        assert room.place == "drill_choice"
        assert all(name != "begin" for name, _key, _label in room.hints())
        await room.press("right", "enter")
        assert room.place == "exam"


async def test_the_objectives_are_those_of_the_domain(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        await room.press("d")
        assert "Objective ◂ all ▸ 1 of 1" in room.flow()
        await room.press("right", "down", "right")
        assert "Objective ◂ Basics ▸ 2 of 2" in room.flow()


async def test_with_several_banks_one_is_chosen_and_its_domains_are_those_of_its_exam(
    banked: Services, bank: Path
) -> None:
    second = bank.parent / "second"
    (second / "exams").mkdir(parents=True)
    own = BANK.replace("demo", "second").replace("Demo", "Second")
    (second / "bank.yaml").write_text(own)
    exam = EXAM.replace("demo.mock", "second.mock").replace(
        "items: 3}\nscoring", "items: 3, draws: [demo.alpha]}\nscoring"
    )
    (second / "exams" / "mock.yaml").write_text(exam.replace("{id: alpha,", "{id: plan, title: Planning,"))
    both = services_in(banked.home, clock=banked.clock, bank_folders=[bank.parent])
    async with opened(both, HomeOpening()) as room:
        assert "Drill second" in room.flow()
        await room.press("d")
        assert "Bank ◂ Demo bank ▸ 1 of 2 Domain ◂ all domains ▸ 1 of 2" in room.flow()
        await room.press("right", "down", "right")
        assert "Bank ◂ Second bank ▸ 2 of 2 ▸ Domain ◂ Planning ▸ 2 of 2 Objective ◂ all ▸ 1 of 2" in room.flow()
        assert "! 6 items fit, 10 are wanted" in room.flow()
        await room.press(*["down"] * 5, "left", "enter")
        assert room.place == "exam"
        assert "item 1 of 5" in room.flow()
        form = both.store.read_form(both.store.list_sessions()[0].form_digest)
        assert {entry.domain for entry in form.entries} == {"plan"}
    both.close()


async def test_all_that_fit_may_be_drilled_and_a_clock_set(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        await room.press("d", *["down"] * 5, *["right"] * 3, "down", "right", "right", "enter")
        assert "item 1 of 6" in room.flow()
        assert room.clock_text() == "10:00"


async def test_the_choice_fits_a_small_screen(banked: Services) -> None:
    async with opened(banked, HomeOpening(), (40, 12)) as room:
        await room.press("d")
        for words in ("Domain", "Objective", "Type", "Difficulty", "Met before", "Items", "Clock", "6 items fit"):
            assert words in room.flow()


async def test_the_colours_are_remembered(banked: Services) -> None:
    async with opened(banked, HomeOpening()) as room:
        await room.press("c")
    async with opened(banked, HomeOpening()) as room:
        assert room.app.theme == "exam-light"
    (banked.home / "settings.json").write_text("{damaged")
    async with opened(banked, HomeOpening()) as room:
        assert room.app.theme == "exam-dark"


async def test_an_exam_without_items_stands_apart_and_cannot_be_opened(banked: Services, bank: Path) -> None:
    lacking = EXAM.replace("demo.mock", "demo.late").replace("Demo mock", "Late mock").replace("items: 3", "items: 9")
    lacking = lacking.replace(
        "state: proposed, as_of: 2026-11-21", "state: retired, replaced_by: demo.mock, as_of: 2026-11-21"
    )
    (bank / "exams" / "late.yaml").write_text(lacking)
    async with opened(banked, HomeOpening(), (80, 40)) as room:
        shown = room.flow()
        assert "Not written yet ✗ Late mock exam 3 items not written yet retired, replaced by demo.mock" in shown
        assert shown.index("Exams") < shown.index("Demo mock exam") < shown.index("Not written yet")
