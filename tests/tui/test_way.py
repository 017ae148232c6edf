"""The way through a session, and the note on a defect, by real keys and clicks."""

from pathlib import Path

import pytest
from textual.widgets import Input

from examengine.delivery.services import Services
from examengine.tui.app import ResultsOpening
from examengine.tui.widgets.hint_bar import HintBar
from tui.finished_sessions import DRILL_SESSION, RUSHED_SESSION, store_drill, store_rushed
from tui.rooms import Room, opened

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def rushed(services: Services) -> Services:
    store_rushed(services)
    store_drill(services)
    return services


async def down_to_the_end(room: Room) -> str:
    """Scroll to the end; return everything that was seen on the way."""
    seen = [room.flow()]
    for _ in range(12):
        await room.press("down")
        seen.append(room.flow())
    return " ".join(seen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_headline_says_what_was_lost_to_the_clock_and_what_to_knowledge(rushed: Services, size) -> None:
    async with opened(rushed, ResultsOpening(RUSHED_SESSION), size) as room:
        lines = [" ".join(line.partition("│")[0].split()) for line in room.text().splitlines()]
        assert "20 of 66 points (30.3 %) lost: 29 to clock, 17 to knowledge" in lines


@pytest.mark.parametrize("size", SIZES)
async def test_the_way_shows_which_item_when_and_where_answers_were_changed(rushed: Services, size) -> None:
    async with opened(rushed, ResultsOpening(RUSHED_SESSION), size) as room:
        await room.press("w")
        assert room.place == "way"
        rows = {line.split()[0]: line for line in room.text().splitlines() if "···" in line}
        assert list(rows) == list("1234567")
        assert "-" in rows["1"]
        assert "-" in rows["4"]
        assert "█" in rows["6"]
        assert "█" not in rows["7"]
        assert max(len(line) for line in room.text().splitlines()) <= size[0]
        told = await down_to_the_end(room)
    for words in (
        "2 answers changed: 0 from wrong to right, 2 from right to wrong",
        "item 4 at 6:40, from right to wrong: B. [red]dict[/] → A. `list[int]`",
        "Lost to the clock: 29 points (never seen before the time ran out: 7; blank when the time ran out: 3).",
        "Data: 5 to the clock, 9 to knowledge",
        "Sure and wrong: 2, 4. Learn these first.",
        "a break of 5:00, the clock stood still",
        "4 for 3:08, 1 for 0:30, 4 for 4:20, 6 for 1:20:00.",
    ):
        assert words in told


async def test_the_way_leads_back_to_the_results_and_survives_a_small_screen(rushed: Services) -> None:
    async with opened(rushed, ResultsOpening(RUSHED_SESSION)) as room:
        await room.press("w", "down", "down")
        await room.pilot.resize_terminal(40, 12)
        await room.rest()
        assert room.place == "way"
        await room.pilot.resize_terminal(80, 24)
        await room.rest()
        await room.press("escape")
        assert room.place == "results"


async def test_the_way_is_reached_by_a_click_on_its_hint(rushed: Services) -> None:
    async with opened(rushed, ResultsOpening(RUSHED_SESSION)) as room:
        text = room.app.screen.query_one(HintBar).render().plain
        await room.pilot.click(HintBar, offset=(text.index("w Way") + 2, 0))
        await room.rest()
        assert room.place == "way"


async def test_a_drill_says_which_items_were_answered_anew(rushed: Services) -> None:
    async with opened(rushed, ResultsOpening(DRILL_SESSION), (80, 40)) as room:
        assert "1 item was answered anew, 1 of them right in the end; the first attempt counts." in room.flow()
        await room.press("r")
        assert "Attempt 1 (counts): ✗ wrong, B. inertia; D. silhouette" in room.flow()
        assert "Attempt 2: ✓ right, A. recall; C. precision" in room.flow()


async def test_item_review_shows_note_certainty_and_struck_options(rushed: Services) -> None:
    async with opened(rushed, ResultsOpening(RUSHED_SESSION), (80, 50)) as room:
        await room.press("r")
        assert "You were: a guess." in room.flow()
        assert "Your note Recall: of those that *exist*." in room.flow()
        await room.press("n")
        assert "E stress [struck out]" in room.flow()
        assert "B inertia [your pick, struck out]" in room.flow()


async def test_a_note_on_a_defect_is_written_where_it_was_asked_for_and_sent_nowhere(
    rushed: Services, tmp_path: Path
) -> None:
    async with opened(rushed, ResultsOpening(RUSHED_SESSION)) as room:
        await room.press("r", "e")
        assert room.place == "defect"
        assert "nothing is sent" in room.flow()
        await room.press(*"qed")
        room.app.screen.query_one("#folder", Input).value = str(tmp_path / "notes")
        await room.press("enter")
        assert room.place == "item_review"
        path = tmp_path / "notes" / "defect-demo.evaluation.item-1.md"
        assert any(str(path) in notice for notice in room.notices())
    text = path.read_text()
    for words in (
        "# Defect in demo.evaluation.item-1",
        "| item version | SHA-256 digest-1 |",
        "| bank version | demo 1.2.3, SHA-256 0000",
        "| form | demo.mock, seed 7, item 1 |",
        "| response | A. those missed |",
        "| key | B. those found |",
        "## What is wrong\n\nqed\n",
    ):
        assert words in text


async def test_a_folder_that_refuses_a_note_is_told(rushed: Services, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with opened(rushed, ResultsOpening(RUSHED_SESSION)) as room:
        await room.press("r", "e", "tab")
        assert room.app.screen.query_one("#folder").has_focus
        room.app.screen.query_one("#folder", Input).value = str(tmp_path / "file")
        await room.press("enter")
        assert room.place == "defect"
        assert "choose another folder" in room.flow()
        await room.press("escape")
        assert room.place == "item_review"


async def test_the_domain_of_an_item_can_be_drilled_or_the_reason_is_told(rushed: Services) -> None:
    async with opened(rushed, ResultsOpening(RUSHED_SESSION)) as room:
        await room.press("r", "d")
        assert room.place == "item_review"
        assert any("demo" in notice for notice in room.notices())
