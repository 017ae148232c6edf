"""Code in line mode: streaming runs, Ctrl+C, scratch cells, difference, folders, an editor of one's own."""

import io
import signal
import stat
import threading
from pathlib import Path

import pytest

from builders import STARTER, a_form, an_exercise, an_item, open_sitting, store_session
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.delivery.run_samples import SCRATCH_START
from examengine.delivery.services import Services
from examengine.plain.line_source import LineSource
from examengine.plain.session_loop import SessionLoop
from examengine.session.events import FileEdited, SamplesRun
from fakes.grading import ScriptedGrading
from plain.test_session_loop import Played

DONE = "def double(x):\n    return 2 * x\n"
FAILED = Evidence(
    verdict=Verdict.FAILED,
    tests=(
        TestOutcome(id="test_sample.py::test_two", outcome=TestStatus.FAILED, message="double(2) gave 5, expected 4"),
    ),
    message="1 of 1 tests failed.",
    output="printed\n",
    seconds=0.25,
)


@pytest.fixture
def session(services: Services) -> str:
    package = an_exercise()
    return store_session(services, a_form([package.item, an_item()]), [package])


def events_of(services: Services, session: str, kind: type) -> list:
    return [one.event for one in services.store.read_journal(session) if isinstance(one.event, kind)]


def test_a_run_says_what_is_printed_once_and_takes_failures_apart(
    services: Services, session: str, grader: ScriptedGrading
) -> None:
    grader.prints = ["printed\n"]
    grader.answer = lambda _job: FAILED
    said = Played(services, session, "run\n").said
    assert said.count("printed") == 1
    assert "  input: double(2)\n  expected: 4\n  got: 5\n" in said
    assert "It took 0.2 seconds" in said
    assert len(events_of(services, session, SamplesRun)) == 1


def test_ctrl_c_stops_a_run_and_the_session_goes_on(services: Services, session: str, grader: ScriptedGrading) -> None:
    grader.gate.clear()

    class Interrupting(io.StringIO):
        def write(self, text: str) -> int:
            if "Running the sample tests" in text:
                threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()
            return super().write(text)

    with open_sitting(services, session) as sitting:
        out = Interrupting()
        SessionLoop(services, sitting, LineSource(["run\n", "flag\n"]), out, asks=False).run()
        assert sitting.state.flagged == {1}
    assert "Stopped after 0.1 seconds" in out.getvalue()
    assert len(grader.stopped) == 1
    assert events_of(services, session, SamplesRun) == []


def test_a_line_is_tried_beside_the_code_and_kept(services: Services, session: str, grader: ScriptedGrading) -> None:
    played = Played(services, session, "try double(3)\ntry\n")
    assert grader.jobs[0].submission["scratch.py"].decode() == f"{SCRATCH_START}double(3)\n"
    assert grader.jobs[0].submission["solution.py"].decode() == STARTER
    assert played.state.scratch == {1: f"{SCRATCH_START}double(3)\n"}
    assert played.said.count("double(3)") == 1
    assert "Done in 0.1 seconds" in played.said
    assert played.state.responses == {}


def test_several_lines_are_tried_as_they_stand(services: Services, session: str, grader: ScriptedGrading) -> None:
    Played(services, session, "try <<END\nfor x in range(2):\n    print(x)\nEND\n")
    assert grader.jobs[0].submission["scratch.py"].decode() == "for x in range(2):\n    print(x)\n"


def test_the_difference_is_read_and_the_starter_comes_back(services: Services, session: str) -> None:
    played = Played(services, session, f"diff\nanswer <<END\n{DONE}END\ndiff\nreset\ndiff\n")
    assert "-    raise NotImplementedError" in played.said
    assert "+    return 2 * x" in played.said
    assert played.said.count("Your code is the starter as it was given.") == 2
    assert played.state.responses[1]["files"]["solution.py"] == STARTER


def test_a_sample_test_is_read_by_its_name(services: Services, session: str) -> None:
    said = Played(services, session, "code test_sample.py\ncode other.py\n").said
    assert "assert double(2) == 4" in said
    assert "There is no file other.py; there is solution.py, test_sample.py." in said


@pytest.mark.parametrize("command", ["try 1", "diff", "reset", "edit", "folder", "code"])
def test_other_items_have_no_code(services: Services, session: str, command: str) -> None:
    assert "no coding exercise" in Played(services, session, f"next\n{command}\n").said


def test_what_is_saved_in_a_folder_before_the_submission_counts(
    services: Services, session: str, tmp_path: Path
) -> None:
    work = tmp_path / "work"

    def lines():
        yield f"folder {work}\n"
        # The lines are read one by one: the folder is written by now.
        yield "time\n"
        (work / "solution.py").write_text(DONE)
        yield "submit\n"

    with open_sitting(services, session) as sitting:
        out = io.StringIO()
        assert SessionLoop(services, sitting, LineSource(lines()), out, asks=False).run()
        assert sitting.state.responses[1]["files"]["solution.py"] == DONE
    assert "solution.py was saved in the folder and is taken" in out.getvalue()
    assert [one.number for one in events_of(services, session, FileEdited)] == [1]


def test_a_folder_with_files_of_others_is_written_at_the_second_asking(
    services: Services, session: str, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "solution.py").write_text("theirs\n")
    first = Played(services, session, f"folder {work}\n")
    assert "these differ from what would be written: solution.py" in first.said
    assert (work / "solution.py").read_text() == "theirs\n"
    again = Played(services, session, f"folder {work}\nfolder {work}\nfolder stop\nfolder stop\n")
    assert "Kept beside: solution.old-1.py." in again.said
    assert "is not watched any more" in again.said
    assert "No folder is watched." in again.said
    assert (work / "solution.old-1.py").read_text() == "theirs\n"


def test_an_editor_of_ones_own_gives_its_saves(
    services: Services, session: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "x = 1\\n" > "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(editor))
    played = Played(services, session, "edit\n", asks=True)
    assert played.state.responses[1]["files"]["solution.py"] == "x = 1\n"
    assert "Back from the editor: 1 save taken." in played.said


def test_a_script_has_no_editor_and_is_told_of_the_other_ways(services: Services, session: str) -> None:
    assert "use folder or load" in Played(services, session, "edit\n").said


def test_lines_are_read_only_when_they_are_asked_for() -> None:
    read: list[int] = []

    def lines():
        for number in range(3):
            read.append(number)
            yield f"{number}\n"

    source = LineSource(lines())
    assert source.next_line(5) == "0"
    assert source.next_line(5) == "1"
    assert read == [0, 1]
