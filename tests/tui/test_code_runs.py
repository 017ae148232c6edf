"""Runs in the code workspace: what they say comes while they go on, and they end when told."""

from builders import SAMPLE_TEST, let_time_pass
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.delivery.run_samples import SCRATCH_START
from examengine.delivery.services import Services
from examengine.itemtypes.coding.widget import CodingView
from examengine.session.events import SamplesRun, ScratchKept
from examengine.tui.app import SessionOpening
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading
from tui.rooms import Room, opened
from tui.test_code_workspace import code_of, coding_room, events_of

PASSED = TestOutcome(id="test_sample.py::test_two", outcome=TestStatus.PASSED)
FAILED = TestOutcome(
    id="test_sample.py::test_big", outcome=TestStatus.FAILED, message="double(100) gave 101, expected 200"
)
TWO_TESTS = f"{SAMPLE_TEST}\n\ndef test_big():\n    assert double(100) == 200\n"


def view_of(room: Room) -> CodingView:
    return room.app.screen.query_one(CodingView)


def failing(_job: object) -> Evidence:
    return Evidence(verdict=Verdict.FAILED, tests=(PASSED, FAILED), message="1 of 2 tests failed.", seconds=0.25)


async def shown(room: Room, text: str) -> None:
    """Wait until a text is on the screen."""
    for _ in range(200):
        await room.pilot.pause(0.02)
        if text in room.flow():
            return
    raise AssertionError(f"never shown: {text}\n{room.text()}")


async def click_on(room: Room, text: str) -> None:
    lines = room.text().splitlines()
    row = next(y for y, line in enumerate(lines) if text in line)
    await room.pilot.click(offset=(lines[row].index(text) + 1, row))


async def test_prints_and_outcomes_are_shown_while_the_run_goes_on(services: Services, grader: ScriptedGrading) -> None:
    grader.gate.clear()
    grader.prints = ["step 1\n", "step 2 [/]\n"]
    grader.outcomes = [PASSED]
    async with coding_room(services) as room:
        await room.pilot.press("f5")
        await shown(room, "step 2 [/]")
        assert "✓ test_two passed" in room.flow()
        assert "Running the sample tests" in room.flow()
        grader.gate.set()
        await room.rest()
        assert "Running" not in room.flow()


async def test_the_stop_key_ends_the_run_and_nothing_is_put_on_record(
    services: Services, grader: ScriptedGrading
) -> None:
    grader.gate.clear()
    grader.prints = ["before the end\n"]
    grader.outcomes = [PASSED]
    async with coding_room(services) as room:
        screen = room.app.screen
        assert not screen.can("stop_run")
        await room.pilot.press("f5")
        await shown(room, "before the end")
        assert ("stop_run", "alt+h", "Stop") in room.hints()
        assert not screen.can("run_samples")
        await room.press("alt+h")
        assert len(grader.stopped) == 1
        said = room.flow()
        assert "Stopped after 0.1 s" in said
        assert "✓ test_two passed" in said and "before the end" in said
        assert events_of(room, SamplesRun) == []
        assert screen.can("run_samples") and not screen.can("stop_run")


async def test_a_click_on_stop_ends_the_run(services: Services, grader: ScriptedGrading) -> None:
    grader.gate.clear()
    async with coding_room(services) as room:
        await room.pilot.press("f5")
        await shown(room, "■ Stop")
        await click_on(room, "■ Stop")
        await room.rest()
        assert len(grader.stopped) == 1


async def test_leaving_the_session_ends_the_run(services: Services, grader: ScriptedGrading) -> None:
    grader.gate.clear()
    async with coding_room(services) as room:
        await room.pilot.press("f5")
        await shown(room, "Running the sample tests")
        await room.pilot.press("ctrl+q")
        await room.pilot.pause()
        await room.pilot.press("y")
        await room.rest()
        assert room.place == "home"
        assert len(grader.stopped) == 1


async def test_a_run_ends_with_the_time_of_the_exam(
    services: Services, grader: ScriptedGrading, clock: FakeClock
) -> None:
    grader.gate.clear()
    async with coding_room(services) as room:
        await room.pilot.press("f5")
        await shown(room, "Running the sample tests")
        let_time_pass(room.app.sitting, clock, 700)
        for _ in range(200):
            if grader.stopped:
                break
            await room.pilot.pause(0.02)
        grader.gate.set()
        await room.rest()
        assert len(grader.stopped) == 1


async def test_a_failure_is_told_as_input_expected_and_got_in_both_sizes(
    services: Services, grader: ScriptedGrading
) -> None:
    grader.answer = failing
    for size in ((80, 24), (120, 40)):
        async with coding_room(services, sample_tests={"test_sample.py": TWO_TESTS}, size=size) as room:
            await room.press("f5", "f3")
            view_of(room).output.scroll_end(animate=False)
            await room.rest()
            said = room.flow()
            assert "input double(100)" in said
            assert "expected 200" in said
            assert "got 101" in said


async def test_the_source_of_a_failed_test_is_a_key_and_a_click_away(
    services: Services, grader: ScriptedGrading
) -> None:
    grader.answer = failing
    async with coding_room(services, sample_tests={"test_sample.py": TWO_TESTS}) as room:
        assert not room.app.screen.can("show_test")
        await room.press("f5", "alt+t")
        view = view_of(room)
        assert view.file == "test_sample.py"
        assert view.editor.cursor_location == (7, 0)
        assert "assert double(100) == 200" in room.flow()
        await room.press("f10")
        assert view.file == "solution.py"
        await click_on(room, "test_two passed")
        await room.rest()
        assert view.editor.cursor_location == (3, 0)
        assert room.on_disk().responses == {}


async def test_the_scratch_cell_runs_beside_the_code_and_is_no_part_of_the_response(
    services: Services, grader: ScriptedGrading
) -> None:
    grader.answer = lambda _job: Evidence(
        verdict=Verdict.PASSED,
        tests=(TestOutcome(id="test_scratch.py::test_scratch", outcome=TestStatus.PASSED),),
        output="6\n",
        seconds=0.2,
    )
    async with coding_room(services) as room:
        await room.press("alt+s", *"double"[:3], "alt+r")
        job = grader.jobs[0]
        assert job.submission["scratch.py"].decode() == f"{SCRATCH_START}dou"
        assert job.submission["solution.py"].decode().startswith("def double")
        said = room.flow()
        assert "✓ Scratch cell: done (0.2 s)" in said
        assert " 6 " in said
        assert room.on_disk().responses == {}
        assert events_of(room, SamplesRun) == []


async def test_an_exception_in_the_scratch_cell_shows_its_trace_once(
    services: Services, grader: ScriptedGrading
) -> None:
    trace = 'Traceback (most recent call last):\n  File "scratch.py", line 3, in <module>\nZeroDivisionError: no\n'
    grader.answer = lambda _job: Evidence(
        verdict=Verdict.FAILED,
        tests=(
            TestOutcome(id="test_scratch.py::test_scratch", outcome=TestStatus.FAILED, message="ZeroDivisionError: no"),
        ),
        output=trace,
        seconds=0.2,
    )
    async with coding_room(services, size=(120, 40)) as room:
        await room.press("alt+s", "x", "alt+r")
        said = room.flow()
        assert "✗ Scratch cell: an exception" in said
        assert 'File "scratch.py", line 3' in said
        assert said.count("ZeroDivisionError") == 1


async def test_the_scratch_cell_is_kept_with_the_session_for_each_item(services: Services) -> None:
    async with coding_room(services) as room:
        session = room.session
        await room.press("alt+s", "7", "ctrl+n", "p")
        assert room.on_disk().scratch == {1: f"{SCRATCH_START}7"}
        assert not view_of(room).is_scratch_shown
        await room.press("alt+s")
        assert view_of(room).scratch.text == f"{SCRATCH_START}7"
        await room.press("8", "alt+s")
        assert not view_of(room).is_scratch_shown
        await room.press("alt+s", "9", "ctrl+q", "y")
        assert room.place == "home"
    async with opened(services, SessionOpening(session), (80, 24)) as again:
        again.session = session
        await again.press("alt+s")
        assert view_of(again).scratch.text == f"{SCRATCH_START}789"
        assert again.on_disk().responses == {}


async def test_a_scratch_cell_that_was_only_looked_at_is_not_put_on_record(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("alt+s", "alt+s")
        assert events_of(room, ScratchKept) == []


async def test_the_editor_goes_on_while_the_scratch_cell_is_open(services: Services) -> None:
    async with coding_room(services, size=(120, 40)) as room:
        await room.press("alt+s")
        await room.pilot.click("#editor", offset=(10, 0))
        await room.press("home", "x")
        assert code_of(room).startswith("xdef double")


async def test_a_flood_of_output_keeps_the_screen_quick_and_says_what_is_left_out(
    services: Services, grader: ScriptedGrading
) -> None:
    grader.gate.clear()
    grader.prints = [f"line {number}\n" for number in range(5000)]
    async with coding_room(services) as room:
        await room.pilot.press("f5")
        await shown(room, "line 4999")
        assert "■ Stop" in room.flow()
        view_of(room).output.scroll_home(animate=False)
        await shown(room, "4,800 lines above")
        await room.press("alt+h")
