"""Grading after the submission: what is seen while it runs and when it is through."""

from collections.abc import Callable

from textual.pilot import Pilot

from examengine.core.errors import SandboxUnavailable
from examengine.core.evidence import Evidence, Verdict
from examengine.delivery.read_report import read_report
from examengine.delivery.services import Services
from examengine.grading.job import GradingJob
from examengine.tui.app import ExamApp, HomeOpening
from examengine.tui.screens.grading import GradingScreen
from examengine.tui.screens.home import HomeScreen
from examengine.tui.screens.results import ResultsScreen
from fakes.grading import ScriptedGrading
from reports.canonical_reports import half_right_evidence, unavailable_evidence
from tui.finished_sessions import EXAM_SESSION, store_drill, store_exam
from tui.looking import pressed, seen, settled


async def grading(pilot: Pilot[None], session: str = EXAM_SESSION) -> None:
    app = pilot.app
    assert isinstance(app, ExamApp)
    await app.replace_screens(GradingScreen(session))


async def until(pilot: Pilot[None], holds: Callable[[str], bool]) -> str:
    """Wait, event by event, until the screen shows something; the test's own time limit is the bound."""
    assert isinstance(pilot.app, ExamApp)
    while not holds(seen(pilot.app)):
        await pilot.pause()
    return seen(pilot.app)


async def test_each_exercise_has_a_line_and_the_screen_lives_while_it_is_graded(
    services: Services, grader: ScriptedGrading
) -> None:
    store_exam(services)
    grader.gate.clear()
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await grading(pilot)
        text = await until(pilot, lambda text: "running the hidden tests" in text)
        assert "▸ Item 6  Double it  running the hidden tests …" in text
        assert "· Item 7  Double it again  waits" in text
        await pilot.press("question_mark")
        await until(pilot, lambda text: "Keys" in text)
        await pilot.press("escape")
        grader.gate.set()
        await until(pilot, lambda _text: isinstance(app.screen, ResultsScreen))
    assert read_report(services, EXAM_SESSION).ungraded == 0


async def test_when_everything_is_graded_the_results_follow_by_themselves(
    services: Services, grader: ScriptedGrading
) -> None:
    store_exam(services)
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test() as pilot:
        await settled(pilot)
        await grading(pilot)
        await until(pilot, lambda _text: isinstance(app.screen, ResultsScreen))
    assert len(grader.jobs) == 2


async def test_what_has_evidence_is_not_graded_again(services: Services, grader: ScriptedGrading) -> None:
    store_exam(services, {6: half_right_evidence()})
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test() as pilot:
        await settled(pilot)
        await grading(pilot)
        await until(pilot, lambda _text: isinstance(app.screen, ResultsScreen))
    assert len(grader.jobs) == 1
    assert read_report(services, EXAM_SESSION).items[5].mark == "partial"


async def test_unavailable_is_told_apart_and_can_be_graded_again(services: Services, grader: ScriptedGrading) -> None:
    store_exam(services, {6: half_right_evidence()})
    answers = [unavailable_evidence(), Evidence(verdict=Verdict.TIMEOUT, message="It ran out of time.")]

    def answer(_job: GradingJob) -> Evidence:
        return answers.pop(0)

    grader.answer = answer
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await grading(pilot)
        text = " ".join((await until(pilot, lambda text: "Grade again" in text)).split())
        assert "◐ Item 6 Double it not all tests passed: 1 of 3 tests failed." in text
        assert "? Item 7 Double it again not graded: The grader could not start here." in text
        assert "no fault of the code" in text
        await pilot.press("a")
        await until(pilot, lambda _text: isinstance(app.screen, ResultsScreen))
    assert read_report(services, EXAM_SESSION).items[6].mark == "wrong"


async def test_an_unavailable_grading_lets_one_go_on_to_the_results_and_grade_from_there(
    services: Services, grader: ScriptedGrading
) -> None:
    store_exam(services, {6: half_right_evidence()})
    grader.answer = lambda _job: unavailable_evidence()
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await grading(pilot)
        await until(pilot, lambda text: "Grade again" in text)
        await pilot.press("enter")
        await until(pilot, lambda text: "25 points wait for the grader" in text)
        await pressed(pilot, "a")
        assert isinstance(app.screen, GradingScreen)
    assert len(grader.jobs) == 2


async def test_trouble_with_the_machine_is_a_sentence_and_no_traceback(
    services: Services, grader: ScriptedGrading
) -> None:
    store_exam(services)

    def refuse(_job: GradingJob) -> Evidence:
        raise SandboxUnavailable("no sandbox of level A here", hint="see examengine doctor")

    grader.answer = refuse
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await grading(pilot)
        text = " ".join((await until(pilot, lambda text: "The grading stopped" in text)).split())
        assert "no sandbox of level A here; see examengine doctor" in text
        assert "Traceback" not in text
        assert "No response is lost" in text


async def test_one_may_leave_and_what_was_graded_is_kept(services: Services, grader: ScriptedGrading) -> None:
    store_exam(services)
    grader.gate.clear()
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await grading(pilot)
        await until(pilot, lambda text: "running the hidden tests" in text)
        await pilot.press("escape")
        await until(pilot, lambda _text: isinstance(app.screen, HomeScreen))
        grader.gate.set()
        await settled(pilot)
    report = read_report(services, EXAM_SESSION)
    assert len(grader.jobs) == 1
    assert [item.mark for item in report.items[5:]] == ["right", "ungraded"]


async def test_a_session_without_code_goes_straight_to_its_results(services: Services, grader: ScriptedGrading) -> None:
    session = store_drill(services)
    app = ExamApp(services, opening=HomeOpening())
    async with app.run_test() as pilot:
        await settled(pilot)
        await grading(pilot, session)
        await until(pilot, lambda _text: isinstance(app.screen, ResultsScreen))
    assert grader.jobs == []
