"""The list of sessions, by real keys."""

from textual.widgets import OptionList

from builders import a_form, open_sitting, store_session
from examengine.delivery.services import Services
from examengine.tui.app import ExamApp, HistoryOpening
from examengine.tui.screens.home import HomeScreen
from examengine.tui.screens.results import ResultsScreen
from fakes.clock import FakeClock
from reports.canonical_reports import half_right_evidence, unavailable_evidence
from tui.finished_sessions import store_drill, store_exam
from tui.looking import pressed, settled


async def test_sessions_stand_newest_first_with_outcome_or_what_is_left(services: Services, clock: FakeClock) -> None:
    store_exam(services, {6: half_right_evidence(), 7: unavailable_evidence()})
    store_drill(services)
    clock.set_wall(clock.read().wall + 10_000_000)
    session = store_session(services, a_form())
    app = ExamApp(services, opening=HistoryOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        text = await settled(pilot)
        ids = [option.id for option in app.screen.query_one(OptionList).options]
        assert ids[0] == session
        assert len(ids) == 3
        assert "○ open  0 of" in text
        assert "✗ FAIL  363  36.4 % of the points in 23:12" in text
        assert "● drill  33.3 %, 2 of 3 answered in 1:35" in text


async def test_enter_shows_the_results_of_a_session_that_is_over_and_back_leads_here(services: Services) -> None:
    store_exam(services)
    app = ExamApp(services, opening=HistoryOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        text = await settled(pilot)
        assert "Enter Results" in text.splitlines()[-1]
        await pressed(pilot, "enter")
        assert isinstance(app.screen, ResultsScreen)
        assert "History" in (await pressed(pilot, "escape")).splitlines()[0]
        await pressed(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_enter_resumes_an_open_session(services: Services) -> None:
    session = store_session(services, a_form())
    open_sitting(services, session, enter=True).close()
    app = ExamApp(services, opening=HistoryOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        text = await settled(pilot)
        assert "Enter Resume" in text.splitlines()[-1]
        await pressed(pilot, "enter")
        assert app.sitting is not None
        assert app.sitting.row.id == session


async def test_without_sessions_it_says_so(services: Services) -> None:
    app = ExamApp(services, opening=HistoryOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        assert "There is no session yet." in await settled(pilot)
