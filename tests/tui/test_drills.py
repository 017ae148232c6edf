from builders import a_form, a_multiple_response, a_numeric, an_exercise, an_item
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.delivery.read_report import read_report
from examengine.delivery.services import Services
from examengine.session import commands as cmd
from examengine.tui.app import SessionOpening
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading
from tui.rooms import opened, sitting_of


async def test_check_shows_key_mark_and_a_rationale_for_every_option(services: Services) -> None:
    async with sitting_of(services, a_form(kind="drill"), size=(120, 40)) as room:
        await room.press("c", "k")
        shown = room.flow()
        assert "✗ Wrong" in shown
        assert "✓ key" in shown
        assert "✗ your pick" in shown
        for option in ("Green", "Blue", "Red", "Black"):
            assert f"Why {option}." in shown
        assert "Short waves are scattered most." in shown
        assert room.on_disk().checked == {1}


async def test_a_checked_response_is_final(services: Services) -> None:
    async with sitting_of(services, a_form(kind="drill")) as room:
        await room.press("c", "k", "b")
        assert room.on_disk().responses[1] == {"option": "c"}


async def test_enter_picks_then_checks_then_goes_on(services: Services) -> None:
    async with sitting_of(services, a_form(kind="drill")) as room:
        await room.press("down", "enter")
        assert room.on_disk().responses[1] == {"option": "b"}
        assert room.on_disk().checked == frozenset()
        await room.press("enter")
        assert room.on_disk().checked == {1}
        assert "✓ Right" in room.flow()
        await room.press("enter")
        assert "item 2 of 3" in room.flow()


async def test_enter_checks_a_number(services: Services) -> None:
    async with sitting_of(services, a_form([a_numeric()], kind="drill")) as room:
        await room.press("4", "enter")
        assert "✗ Wrong" in room.flow()
        assert "That is the inverse." in room.flow()
        assert "0.25 s" in room.flow()


async def test_feedback_is_there_again_after_a_resume(services: Services) -> None:
    async with sitting_of(services, a_form(kind="drill"), size=(120, 40)) as room:
        await room.press("c", "k", "q")
        assert room.place == "home"
        session = room.session
    async with opened(services, SessionOpening(session), (120, 40)) as again:
        assert "✗ Wrong" in again.flow()
        assert "Why Blue." in again.flow()


async def test_code_is_graded_by_the_hidden_tests_without_freezing_the_screen(
    services: Services, grader: ScriptedGrading
) -> None:
    package = an_exercise()
    half = Evidence(
        verdict=Verdict.FAILED,
        tests=(
            TestOutcome(id="test_hidden.py::test_three", outcome=TestStatus.PASSED),
            TestOutcome(id="test_hidden.py::test_negative", outcome=TestStatus.FAILED, message="got 2"),
        ),
        message="1 of 2 tests failed.",
    )
    grader.answer = lambda _job: half
    grader.gate.clear()
    async with sitting_of(services, a_form([package.item, an_item()], kind="drill"), [package], (120, 40)) as room:
        await room.pilot.press("x", "f6")
        await room.pilot.pause()
        assert "Grading with the hidden tests" in room.flow()
        await room.pilot.press("ctrl+n")
        await room.pilot.pause()
        assert "item 2 of 2" in room.flow()
        await room.pilot.press("p")
        grader.gate.set()
        await room.rest()
        shown = room.flow()
        assert "◐ Partly right" in shown
        assert "Partly right: 3 of 4 points" in shown
        assert "✓ Plain numbers: 1 of 1 tests" in shown
        assert "✗ test_negative: failed. got 2" in shown
        assert "Multiply by two." in shown
        code = room.on_disk().responses[1]
        await room.press("y")
        assert room.on_disk().responses[1] == code


async def test_an_exam_gives_no_feedback(services: Services) -> None:
    async with sitting_of(services) as room:
        await room.press("b", "k", "enter", "f6")
        assert room.on_disk().checked == frozenset()
        assert "Why Blue" not in room.flow()
        assert all(name != "check" for name, _key, _label in room.hints())


async def test_a_drill_is_left_without_a_question_and_finished_with_one(services: Services) -> None:
    form = a_form([an_item(), a_multiple_response()], kind="drill")
    async with sitting_of(services, form) as room:
        assert room.clock_text() == "no clock"
        await room.press("b", "k", "r")
        assert ("finish", "S", "Finish the drill") in room.hints()
        await room.press("S", "y")
        assert room.on_disk().phase == "submitted"
        assert room.place in ("grading", "results")


async def test_an_item_is_answered_anew_after_its_feedback_and_the_first_attempt_counts(services: Services) -> None:
    async with sitting_of(services, a_form(kind="drill")) as room:
        assert all(name != "retry" for name, _key, _label in room.hints())
        await room.press("c", "k")
        assert "✗ Wrong" in room.flow()
        await room.press("a")
        assert "✗ Wrong" not in room.flow()
        assert "your pick" not in room.flow()
        assert room.on_disk().responses == {}
        await room.press("b", "k")
        assert "✓ Right" in room.flow()
        state = room.on_disk()
        assert state.responses[1] == {"option": "b"}
        assert state.counted_responses[1] == {"option": "c"}
        await room.press("r", "S", "y")
        assert "0 of 3 points" in room.flow()
        assert "1 item was answered anew, 1 of them right in the end" in room.flow()


async def test_an_item_is_answered_anew_by_a_click(services: Services) -> None:
    async with sitting_of(services, a_form(kind="drill")) as room:
        await room.press("c", "k")
        bar = room.app.screen.query_one("HintBar")
        await room.pilot.click(bar, offset=(bar.render().plain.index("a Again") + 2, 0))
        await room.rest()
        assert room.on_disk().checked == frozenset()
        assert 1 in room.on_disk().attempts


async def test_a_drill_with_a_clock_ends_by_itself_and_keeps_what_was_given(
    services: Services, clock: FakeClock
) -> None:
    form = a_form(kind="drill", seconds=300.0, section_seconds=300.0)
    async with sitting_of(services, form) as room:
        await room.press("b")
        for _ in range(75):
            clock.advance(4)
            room.app.sitting.perform(cmd.Tick())
        await room.rest()
        assert room.place in ("grading", "results")
        assert room.on_disk().submit_reason == "time_up"
        assert room.on_disk().responses == {1: {"option": "b"}}


async def test_each_attempt_at_code_is_graded_and_the_report_tells_them_apart(
    services: Services, grader: ScriptedGrading
) -> None:
    package = an_exercise()

    def graded(job) -> Evidence:
        is_right = b"x + x" in job.submission["solution.py"]
        status = TestStatus.PASSED if is_right else TestStatus.FAILED
        tests = tuple(
            TestOutcome(id=f"test_hidden.py::{name}", outcome=status) for name in ("test_three", "test_negative")
        )
        return Evidence(verdict=Verdict.PASSED if is_right else Verdict.FAILED, tests=tests)

    grader.answer = graded
    async with sitting_of(services, a_form([package.item], kind="drill"), [package]) as room:
        await room.press("x", "f6")
        assert "✗ Wrong" in room.flow()
        await room.press("alt+g")
        room.app.sitting.perform(cmd.Respond(1, {"files": {"solution.py": "def double(x):\n    return x + x\n"}}))
        room.app.sitting.perform(cmd.Show(1))
        await room.press("f6")
        assert room.on_disk().checked == {1}
        room.app.sitting.perform(cmd.Submit())
        await room.rest()
        report = read_report(services, room.session)
    assert [one.mark for one in report.items[0].attempts] == ["wrong", "right"]
    assert report.items[0].mark == "wrong"
