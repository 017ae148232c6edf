import pytest

from builders import STARTER, a_form, an_exercise, an_item
from examengine.core.errors import SandboxUnavailable
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.delivery.services import Services
from examengine.itemtypes.coding.widget import CodeEditor, CodingView
from examengine.session.events import FileEdited, SamplesRun
from examengine.tui.app import SessionOpening
from fakes.grading import ScriptedGrading
from tui.rooms import Room, opened, sitting_of


def coding_room(services: Services, *, starter: str = STARTER, size: tuple[int, int] = (120, 40), **over):
    package = an_exercise(starter={"solution.py": starter}, **over)
    return sitting_of(services, a_form([package.item, an_item()]), [package], size)


def code_of(room: Room) -> str:
    return room.on_disk().responses[1]["files"]["solution.py"]


def events_of(room: Room, kind: type) -> list:
    return [one.event for one in room.services.store.read_journal(room.session) if isinstance(one.event, kind)]


async def test_every_keystroke_is_on_disk(services: Services) -> None:
    async with coding_room(services, starter="") as room:
        await room.press("a", "b")
        assert code_of(room) == "ab"
        assert [event.edit.inserted for event in events_of(room, FileEdited)] == ["a", "b"]
        await room.press("backspace")
        assert code_of(room) == "a"


async def test_undo_and_redo_are_on_disk(services: Services) -> None:
    async with coding_room(services, starter="") as room:
        await room.press("a", "enter", "b")
        await room.press("ctrl+z")
        after_undo = room.app.screen.query_one(CodeEditor).text
        assert after_undo != "a\nb"
        assert code_of(room) == after_undo
        await room.press("ctrl+y")
        assert code_of(room) == "a\nb"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("def f():", ("end", "enter", "x"), "def f():\n    x"),
        ("def f():  # note: this", ("end", "enter", "x"), "def f():  # note: this\n    x"),
        ("    x = 1", ("end", "enter", "y"), "    x = 1\n    y"),
        ("    return 1", ("end", "enter", "y"), "    return 1\ny"),
        ("", ("tab", "x"), "    x"),
        ("x", ("end", "tab", "y"), "x   y"),
        ("        x", ("right",) * 8 + ("backspace",), "    x"),
        ("      x", ("right",) * 6 + ("backspace",), "    x"),
        ("    x\n    y", ("shift+down", "shift+end", "shift+tab"), "x\ny"),
        ("x\n\ny", ("shift+down", "shift+down", "shift+end", "tab"), "    x\n\n    y"),
    ],
)
async def test_the_editor_indents_as_python_needs(
    services: Services, before: str, keys: tuple[str, ...], after: str
) -> None:
    async with coding_room(services, starter=before) as room:
        await room.press(*keys)
        assert code_of(room) == after


async def test_letters_are_text_in_the_editor_and_actions_outside(services: Services) -> None:
    async with coding_room(services, starter="") as room:
        await room.press("n", "m")
        assert code_of(room) == "nm"
        await room.press("escape", "m", "n")
        assert room.on_disk().flagged == {1}
        assert room.on_disk().current == 2
        assert code_of(room) == "nm"


async def test_python_is_highlighted(services: Services) -> None:
    async with coding_room(services) as room:
        editor = room.app.screen.query_one(CodeEditor)
        assert editor.language == "python"
        assert editor._highlights[0]


async def test_the_code_comes_back_after_a_resume(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("ctrl+end", "x")
        code = code_of(room)
        session = room.session
    async with opened(services, SessionOpening(session), (120, 40)) as again:
        assert again.app.screen.query_one(CodeEditor).text == code


async def test_sample_tests_run_beside_the_screen_and_say_what_failed(
    services: Services, grader: ScriptedGrading
) -> None:
    failed = Evidence(
        verdict=Verdict.FAILED,
        tests=(
            TestOutcome(id="test_sample.py::test_two", outcome=TestStatus.PASSED),
            TestOutcome(
                id="test_sample.py::test_big", outcome=TestStatus.FAILED, message="expected [8], got list[int]"
            ),
        ),
        message="1 of 2 tests failed.",
        output="printed [/] this\n",
        seconds=0.25,
    )
    grader.answer = lambda _job: failed
    grader.gate.clear()
    async with coding_room(services) as room:
        await room.pilot.press("ctrl+r")
        await room.pilot.pause()
        assert "Running the sample tests" in room.flow()
        await room.pilot.press("x")
        await room.pilot.pause()
        assert code_of(room).startswith("x")
        grader.gate.set()
        await room.rest()
        shown = room.flow()
        assert "Sample tests: 1 of 2 passed" in shown
        assert "✓ test_two passed" in shown
        assert "✗ test_big failed" in shown
        assert "expected [8], got list[int]" in shown
        assert "printed [/] this" in shown
        assert [(one.passed, one.total) for one in events_of(room, SamplesRun)] == [(1, 2)]
        assert grader.jobs[0].submission == {"solution.py": STARTER.encode()}
        assert "test_hidden.py" not in grader.jobs[0].tests


async def test_sample_tests_that_end_while_another_item_is_shown_are_told_and_kept(
    services: Services, grader: ScriptedGrading
) -> None:
    grader.gate.clear()
    async with coding_room(services) as room:
        await room.pilot.press("ctrl+r", "ctrl+n")
        await room.pilot.pause()
        grader.gate.set()
        await room.rest()
        assert "item 2 of 2" in room.flow()
        assert any("Item 1: 1 of 1 sample tests passed" in notice for notice in room.notices())
        await room.press("p")
        assert "Sample tests: 1 of 1 passed" in room.flow()


async def test_leaving_while_sample_tests_run_does_no_harm(services: Services, grader: ScriptedGrading) -> None:
    grader.gate.clear()
    async with coding_room(services) as room:
        await room.pilot.press("ctrl+r", "ctrl+q")
        await room.pilot.pause()
        await room.pilot.press("y")
        await room.pilot.pause()
        assert room.place == "home"
        grader.gate.set()
        await room.rest()
        assert room.place == "home"
        assert not room.on_disk().is_run_open


async def test_a_grader_that_is_unavailable_is_told_in_a_sentence(services: Services, grader: ScriptedGrading) -> None:
    def unavailable(_job: object) -> Evidence:
        raise SandboxUnavailable("no sandbox here", hint="see examengine doctor")

    grader.answer = unavailable
    async with coding_room(services) as room:
        await room.press("ctrl+r")
        assert any("no sandbox here" in notice for notice in room.notices())
        assert room.app.screen.can("run_samples")


async def test_the_sample_tests_can_be_read_but_not_changed(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("f10")
        assert "def test_two" in room.text()
        await room.press("i")
        assert room.on_disk().responses == {}
        await room.press("f10", "i")
        assert code_of(room).startswith("idef double")


async def test_a_click_on_a_file_name_shows_the_file(services: Services) -> None:
    async with coding_room(services) as room:
        line = next(y for y, text in enumerate(room.text().splitlines()) if "test_sample.py" in text)
        await room.pilot.click(offset=(room.text().splitlines()[line].index("test_sample.py") + 3, line))
        await room.rest()
        assert room.app.screen.query_one(CodingView).file == "test_sample.py"


async def test_reset_asks_and_puts_the_starter_back_as_an_edit_that_can_be_found(services: Services) -> None:
    async with coding_room(services) as room:
        await room.press("x", "f12", "n")
        assert code_of(room) == f"x{STARTER}"
        await room.press("f12", "y")
        assert code_of(room) == STARTER
        assert room.app.screen.query_one(CodeEditor).text == STARTER
        assert len(events_of(room, FileEdited)) == 2


async def test_the_statement_stands_above_the_editor_where_it_is_narrow_and_beside_it_where_it_is_wide(
    services: Services,
) -> None:
    for size, is_beside in (((80, 24), False), ((120, 40), True)):
        async with coding_room(services, size=size) as room:
            stem, editor = room.app.screen.query_one("#stem").region, room.app.screen.query_one(CodeEditor).region
            assert (stem.right <= editor.x) is is_beside
            assert (stem.bottom <= editor.y) is not is_beside
            assert "Write double(x)" in room.flow()
            assert "def double(x)" in room.flow()


async def test_zoom_gives_the_editor_the_whole_height_and_takes_it_back(services: Services) -> None:
    async with coding_room(services, size=(80, 24)) as room:
        before = room.app.screen.query_one(CodeEditor).size.height
        await room.press("f3")
        assert room.app.screen.query_one(CodeEditor).size.height > before
        await room.press("f3")
        assert room.app.screen.query_one(CodeEditor).size.height == before


async def test_windows_line_ends_survive_an_edit(services: Services) -> None:
    async with coding_room(services, starter="a\r\nb\r\n") as room:
        await room.press("x")
        assert code_of(room) == "xa\r\nb\r\n"


async def test_what_libraries_the_exercises_need_is_made_ready_when_the_session_opens(
    services: Services, grader: ScriptedGrading
) -> None:
    async with coding_room(services, requires=("numpy",)):
        assert grader.warmed == ["numpy"]
