"""One item after the session, by real keys."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.pilot import Pilot

from examengine.delivery.services import Services
from examengine.tui.app import ExamApp, ResultsOpening
from examengine.tui.screens.item_review import ItemReviewScreen
from reports.canonical_reports import exam_report, half_right_evidence, unavailable_evidence
from tui.finished_sessions import EXAM_SESSION, store_exam
from tui.looking import pressed, seen, settled

NARROW, WIDE, TALL = (80, 24), (120, 40), (80, 60)
Open = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def opened(services: Services) -> Open:
    @asynccontextmanager
    async def open_review(number: int, size: tuple[int, int] = TALL) -> AsyncIterator[Pilot[None]]:
        store_exam(services, {6: half_right_evidence(), 7: unavailable_evidence()})
        app = ExamApp(services, opening=ResultsOpening(EXAM_SESSION))
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await app.push_screen(ItemReviewScreen(exam_report(), number))
            await settled(pilot)
            yield pilot

    return open_review


async def test_a_right_response_shows_mark_points_time_and_changes(opened: Open) -> None:
    async with opened(1) as pilot:
        text = seen(pilot.app)
    assert "Item 1 of 7  ✓ right  4 of 4 points  1:10 (expected 1:30), changed 1×" in text  # noqa: RUF001
    assert "Your response: B. those found" in text
    assert "✓ B  those found  [key, your pick]" in text
    assert "About those predicted." in text
    assert "See: A page <https://example.org/page>" in text


async def test_missed_keys_and_wrong_picks_are_told_by_sign_and_word(opened: Open) -> None:
    async with opened(2) as pilot:
        text = seen(pilot.app)
    assert "✓ A  recall  [key, your pick]" in text
    assert "✗ B  inertia  [your pick]" in text
    assert "✓ C  precision  [missed key]" in text


async def test_a_number_that_follows_from_a_slip_teaches_the_slip(opened: Open) -> None:
    async with opened(3) as pilot:
        text = seen(pilot.app)
    assert "✓ 0.25  [key]" in text
    assert "✗ 4  [your answer]" in text
    assert "Turns the fraction over." in text


@pytest.mark.parametrize("size", [NARROW, TALL, WIDE])
async def test_bank_text_is_shown_as_it_is(opened: Open, size: tuple[int, int]) -> None:
    async with opened(4, size) as pilot:
        text = seen(pilot.app)
        assert "Given x[i] = y[j] and [bold]markup[/bold] [/], which type is" in text
        assert "list[int]" in text
        assert "<script>alert(1)</script>" in text
        assert "\x1b" not in text


async def test_options_of_code_keep_their_lines(opened: Open) -> None:
    async with opened(4) as pilot:
        lines = [line.strip(" ▐▌") for line in seen(pilot.app).splitlines()]
    assert "[red]dict[/]  [key]" in " ".join(lines)
    assert any(line.startswith("D  x[i] = y[j]") for line in lines)
    assert "x = 2" in lines


async def test_a_blank_pretest_item_says_both(opened: Open) -> None:
    async with opened(5) as pilot:
        text = seen(pilot.app)
    assert "· blank" in text
    assert "pretest, unscored" in text
    assert "Your response: (blank)" in text


async def test_code_shows_parts_with_their_tests_messages_and_output(opened: Open) -> None:
    async with opened(6) as pilot:
        text = seen(pilot.app)
    assert "✓ Numbers (evaluation): 20 of 20 points, 2 of 2 tests" in text
    assert "✗ Text (data): 0 of 5 points, 0 of 1 tests" in text
    assert "✗ test_text  failed" in text
    assert "expected 'abab', but got 'ab' | [/]" in text
    assert "Isolation level A." in text
    assert "hello" in text


async def test_on_a_wide_screen_the_submitted_code_stands_beside_its_tests(opened: Open) -> None:
    async with opened(6, WIDE) as pilot:
        lines = seen(pilot.app).splitlines()
    row = next(line for line in lines if "solution.py as submitted" in line)
    assert row.index("solution.py") > 55
    assert any("return x * 2 if x else 0  # [/] x[i] = y[j] ```" in line for line in lines)


async def test_on_a_narrow_screen_v_shows_the_code_and_the_item_again(opened: Open) -> None:
    async with opened(6, NARROW) as pilot:
        assert "def double" not in seen(pilot.app)
        assert "2      return x * 2" in await pressed(pilot, "v")
        assert "✗ test_text  failed" in await pressed(pilot, "v")


async def test_an_item_without_code_offers_none(opened: Open) -> None:
    async with opened(1, NARROW) as pilot:
        before = seen(pilot.app)
        assert "Code" not in before.splitlines()[-1]
        assert await pressed(pilot, "v") == before


async def test_what_could_not_be_graded_is_no_zero(opened: Open) -> None:
    async with opened(7) as pilot:
        text = " ".join(seen(pilot.app).split())
    assert "? not graded yet ? of 25 points" in text
    assert "no points lost. The grader could not start here." in text
    assert "20 points, not graded yet" in text


async def test_next_and_previous_go_through_all_items_and_stop_at_both_ends(opened: Open) -> None:
    async with opened(1, NARROW) as pilot:
        assert "Previous" not in seen(pilot.app).splitlines()[-1]
        await pressed(pilot, "p")
        for number in range(2, 8):
            assert f"Item {number} of 7" in await pressed(pilot, "n" if number % 2 else "right")
        assert "Item 7 of 7" in await pressed(pilot, "n")
        assert "Item 6 of 7" in await pressed(pilot, "left")


async def test_a_long_item_scrolls_to_its_end_by_keys(opened: Open) -> None:
    async with opened(4, NARROW) as pilot:
        assert "See: No address" not in seen(pilot.app)
        assert "See: No address" in await pressed(pilot, *["pagedown"] * 6)
        assert "Given x[i] = y[j]" in await pressed(pilot, *["pageup"] * 6)
