"""The results of a session, by real keys."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from examengine.delivery.services import Services
from examengine.tui.app import ExamApp, ResultsOpening
from examengine.tui.screens.item_review import ItemReviewScreen
from examengine.tui.screens.results import ResultsScreen
from examengine.tui.screens.save_report import SaveReportScreen
from reports.canonical_reports import half_right_evidence, unavailable_evidence
from tui.finished_sessions import DRILL_SESSION, EXAM_SESSION, store_drill, store_exam
from tui.looking import pressed, seen, settled

NARROW, WIDE = (80, 24), (120, 40)
Open = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def opened(services: Services) -> Open:
    @asynccontextmanager
    async def open_results(size: tuple[int, int] = NARROW, session: str = EXAM_SESSION) -> AsyncIterator[Pilot[None]]:
        store_exam(services, {6: half_right_evidence(), 7: unavailable_evidence()})
        store_drill(services)
        app = ExamApp(services, opening=ResultsOpening(session))
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            yield pilot

    return open_results


def items_shown(pilot: Pilot[None]) -> list[int]:
    choices = pilot.app.screen.query_one("#item-list", OptionList)
    return [int(option.id) for option in choices.options if option.id is not None]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_overview_says_outcome_score_basis_reasons_and_what_waits(opened: Open, size) -> None:
    async with opened(size) as pilot:
        text = " ".join(seen(pilot.app).split())
    for words in (
        "✗ FAIL 363 on a scale of 0 to 1000 cut 700 (assumed)",
        "24 of 66 points (36.4 %)",
        "The points lie below the cut.",
        "25 points wait for the grader",
        "floor 50 %",
        "46.2 % 24 of 52",
        "Submitted by the candidate on 2026-11-21 09:25 UTC after 23:12",
        "the program ended unexpectedly",
    ):
        assert words in text


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_bar_below_the_cut_shows_the_cut_beyond_its_end(opened: Open, size) -> None:
    async with opened(size) as pilot:
        line = next(line for line in seen(pilot.app).splitlines() if "Evaluation" in line and "┃" in line)
        bar = line[: line.index("┃")]
    assert "█" in bar
    assert bar.endswith("░")


async def test_on_a_narrow_screen_overview_and_items_take_turns(opened: Open) -> None:
    async with opened() as pilot:
        assert "Domains" in seen(pilot.app)
        assert "Item 2: which need labels?" not in seen(pilot.app)
        text = await pressed(pilot, "o")
        assert "Item 2: which need labels?" in text
        assert "Domains" not in text
        assert "Domains" in await pressed(pilot, "tab")


async def test_on_a_wide_screen_both_are_shown(opened: Open) -> None:
    async with opened(WIDE) as pilot:
        text = seen(pilot.app)
    assert "Domains" in text
    assert "Item 2: which" in text


async def test_each_item_shows_mark_points_and_time_against_its_expected_time(opened: Open) -> None:
    async with opened() as pilot:
        lines = (await pressed(pilot, "o")).splitlines()
    rows = {line.split()[0]: " ".join(line.split()) for line in lines if line[:3].strip().isdecimal()}
    assert rows["1"].startswith("1 ✓ 4 of 4 1:10 1:30 Item 1:")
    assert rows["4"].startswith("4 ✗⚑ 0 of 4 0:52 1:30 Given x[i] = y[j] and [bold]markup[/bold]")
    assert rows["5"].startswith("5 · unscored 0:10 1:30 Item 6:")
    assert rows["7"].startswith("7 ? ? of 25 10:00 10:00 Double it again")


@pytest.mark.parametrize(
    ("digit", "numbers"), [("1", [1, 2, 3, 4, 5, 6, 7]), ("2", [2, 3, 4, 6]), ("3", [5]), ("4", [4]), ("5", [5])]
)
async def test_a_digit_narrows_the_list_to_one_group(opened: Open, digit: str, numbers: list[int]) -> None:
    async with opened() as pilot:
        await pressed(pilot, digit)
        assert items_shown(pilot) == numbers


async def test_f_goes_through_the_groups_and_back_to_all(opened: Open) -> None:
    async with opened() as pilot:
        await pressed(pilot, "o")
        groups = []
        for _ in range(5):
            await pressed(pilot, "f")
            groups.append(items_shown(pilot))
    assert groups == [[2, 3, 4, 6], [5], [4], [5], [1, 2, 3, 4, 5, 6, 7]]


async def test_a_click_on_a_group_shows_it(opened: Open) -> None:
    async with opened(WIDE) as pilot:
        bar = pilot.app.screen.query_one("#filters")
        await pilot.click(bar, offset=(len("[All 7] Fl") + len(" Wrong 4  Blank 1 "), 0))
        await settled(pilot)
        assert items_shown(pilot) == [4]


async def test_enter_reviews_the_marked_item_within_the_group(opened: Open) -> None:
    async with opened() as pilot:
        text = await pressed(pilot, "2", "down", "enter")
        assert isinstance(pilot.app.screen, ItemReviewScreen)
        assert "Item 3 of 7 (2/4)" in text
        assert "Item 4 of 7 (3/4)" in await pressed(pilot, "n")
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, ResultsScreen)
        marked = pilot.app.screen.query_one("#item-list", OptionList).highlighted_option
        assert marked is not None
        assert marked.id == "4"


async def test_r_reviews_the_first_item_that_was_not_right(opened: Open) -> None:
    async with opened() as pilot:
        assert "Item 2 of 7  ✗ wrong" in await pressed(pilot, "r")


async def test_the_weakest_domain_is_marked_and_arrows_move_the_mark(opened: Open) -> None:
    async with opened() as pilot:
        marked = [line for line in seen(pilot.app).splitlines() if "▸" in line]
        assert len(marked) == 1
        assert "Data" in marked[0]
        text = await pressed(pilot, "up")
        assert any("▸" in line and "Evaluation" in line for line in text.splitlines())


async def test_a_domain_without_a_bank_is_told_and_the_screen_stays(opened: Open) -> None:
    async with opened() as pilot:
        await pressed(pilot, "d")
        assert isinstance(pilot.app.screen, ResultsScreen)
        assert any("demo" in notice.message for notice in pilot.app._notifications)


async def test_a_drill_shows_its_share_and_no_outcome(opened: Open) -> None:
    async with opened(session=DRILL_SESSION) as pilot:
        text = seen(pilot.app)
    assert "4 of 12 points (33.3 %)" in text
    for words in ("FAIL", "cut", "┃", "Sections"):
        assert words not in text


@pytest.mark.parametrize(
    ("downs", "suffixes"),
    [(0, [".txt"]), (1, [".md"]), (2, [".json"]), (3, [".html"]), (4, [".html", ".json", ".md", ".txt"])],
)
async def test_the_report_is_saved_in_the_format_and_folder_chosen(
    opened: Open, tmp_path: Path, downs: int, suffixes: list[str]
) -> None:
    folder = tmp_path / "new" / "folder"
    async with opened() as pilot:
        await pressed(pilot, "s")
        assert isinstance(pilot.app.screen, SaveReportScreen)
        pilot.app.screen.query_one(Input).value = str(folder)
        await pressed(pilot, *["down"] * downs, "enter")
        assert isinstance(pilot.app.screen, ResultsScreen)
        assert any(str(folder) in notice.message for notice in pilot.app._notifications)
    assert sorted(path.name for path in folder.iterdir()) == [f"demo.mock-{EXAM_SESSION}{one}" for one in suffixes]


async def test_a_folder_that_refuses_is_told_and_may_be_changed(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with opened() as pilot:
        await pressed(pilot, "s")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "file")
        text = " ".join((await pressed(pilot, "enter")).split())
        assert isinstance(pilot.app.screen, SaveReportScreen)
        assert "choose another folder" in text
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, ResultsScreen)


async def test_a_letter_typed_into_the_folder_is_text_and_no_command(opened: Open) -> None:
    async with opened() as pilot:
        await pressed(pilot, "s")
        pilot.app.screen.query_one(Input).value = ""
        await pressed(pilot, "q", "s", "d")
        assert pilot.app.screen.query_one(Input).value == "qsd"


async def test_a_session_that_is_not_over_shows_a_sentence_and_no_key(services: Services) -> None:
    from builders import a_form, store_session

    session = store_session(services, a_form())
    app = ExamApp(services, opening=ResultsOpening(session))
    async with app.run_test(size=NARROW) as pilot:
        text = await settled(pilot)
        assert "not over yet" in text
        assert "Rationale" not in text
