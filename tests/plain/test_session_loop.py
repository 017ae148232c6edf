"""Line mode: the same session, as lines."""

import io
from fractions import Fraction

import pytest

from builders import open_sitting, store_session
from demo_form import a_drill, a_form, a_package
from examengine.delivery.looking import Looking
from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy, Sitting
from examengine.plain.line_source import LineSource
from examengine.plain.present import rules_lines
from examengine.plain.session_loop import ACTIONS, SessionLoop, introduce
from examengine.session import commands as cmd
from fakes.grading import ScriptedGrading


class Played:
    """What a script of lines led to."""

    def __init__(self, services: Services, session: str, script: str, *, asks: bool = False) -> None:
        out = io.StringIO()
        with open_sitting(services, session) as sitting:
            loop = SessionLoop(services, sitting, LineSource(script.splitlines(keepends=True)), out, asks=asks)
            self.submitted = loop.run()
            self.state = sitting.state
        self.said = out.getvalue()


@pytest.fixture
def session(services: Services) -> str:
    return store_session(services, a_form(), [a_package()])


def test_a_script_sits_a_whole_exam(services: Services, session: str, grader: ScriptedGrading):
    code = ["answer <<END", "def double(x):", "    return x + x", "END"]
    script = ["# a comment", "", "answer B", "next", "answer A C", "flag", "next", "answer 0,25", "leave", *code, "run"]
    played = Played(services, session, "\n".join([*script, "submit"]))
    assert played.submitted
    assert played.state.responses == {
        1: {"option": "b"},
        2: {"options": ["a", "c"]},
        3: {"text": "0,25"},
        4: {"files": {"solution.py": "def double(x):\n    return x + x\n"}},
    }
    assert played.state.flagged == {2}
    assert played.state.sections_closed == {"a": "left", "b": "submitted"}
    assert "Sample tests: passed" in played.said
    assert set(grader.jobs[0].tests) == {"test_sample.py"}


def test_the_end_of_the_lines_leaves_the_session_to_be_resumed(services: Services, session: str):
    played = Played(services, session, "answer C\n")
    assert not played.submitted
    again = Played(services, session, "show\n")
    assert "Your response: C. Red" in again.said


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("answer E", "letters from A to D"),
        ("answer A B", "pick one option"),
        ("dance", "not a command"),
        ("goto twelve", "goto 12"),
        ("goto 99", "items go from 1 to 4"),
        ("goto 4", "not open yet"),
        ("previous", "first item"),
        ("check", "after the submission"),
        ("run", "no sample tests"),
        ("load /no/such/file", "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(services: Services, session: str, line: str, answer: str):
    played = Played(services, session, f"{line}\n")
    assert answer in played.said
    assert played.state.responses == {}


def test_a_person_is_asked_before_the_submission_and_a_script_is_not(services: Services, session: str):
    asked = Played(services, session, "answer B\nsubmit\n", asks=True)
    assert not asked.submitted
    assert "3 of 4 items have no full answer: 2, 3, 4." in asked.said
    assert Played(services, session, "submit\nsubmit\n", asks=True).submitted


def test_another_command_between_takes_the_question_back(services: Services, session: str):
    assert not Played(services, session, "submit\nlist\nsubmit\n", asks=True).submitted


def test_no_key_and_no_rationale_is_said_before_the_submission(services: Services, session: str):
    played = Played(services, session, "show\nnext\nnext\nlist\nhelp\ntime\n")
    for secret in ("Why Blue", "[key]", "Short waves", "pretest"):
        assert secret not in played.said


def test_a_drill_takes_a_new_answer_after_retry_and_the_first_one_counts(services: Services):
    played = Played(services, store_session(services, a_drill()), "retry\nanswer C\ncheck\nretry\nanswer B\ncheck\n")
    assert "Check the response first" in played.said
    assert "the first attempt is kept, and it is the one that counts" in played.said
    assert "✓ right" in played.said
    assert played.state.responses == {1: {"option": "b"}}
    assert played.state.counted_responses == {1: {"option": "c"}}


def test_a_drill_gives_feedback_at_once_and_takes_no_second_try(services: Services):
    played = Played(services, store_session(services, a_drill()), "answer C\ncheck\nanswer B\nsubmit\n")
    assert "✗ wrong: 0 of 4 points." in played.said
    assert "B. [key] Blue" in played.said
    assert "its response is final" in played.said
    assert played.state.responses == {1: {"option": "c"}}


def test_the_clock_is_said_on_request(services: Services, session: str):
    assert "25:00 left in the exam." in Played(services, session, "time\n").said


def test_time_up_ends_the_loop_without_a_line(services: Services, session: str, clock):
    with open_sitting(services, session, enter=True) as sitting:
        sitting.perform(cmd.LeaveSection())
        sitting.perform(cmd.OpenSection())
        for _ in range(200):
            clock.advance(4)
            sitting.perform(cmd.Tick())
        out = io.StringIO()
        assert SessionLoop(services, sitting, LineSource(_endless()), out, asks=False).run()
        assert sitting.state.submit_reason == "time_up"


def _endless():
    import threading

    threading.Event().wait(60)
    yield ""


def test_a_second_window_can_only_look(services: Services, session: str):
    with open_sitting(services, session, enter=True) as sitting:
        busy = Sitting.open(services, session)
        assert isinstance(busy, Busy)
        out = io.StringIO()
        looking = Looking(services, busy)
        SessionLoop(services, looking, LineSource(["answer B\n", "goto 2\n", "submit\n"]), out, asks=False).run()
        assert sitting.state.responses == {}
        assert sitting.state.phase == "section"
    assert "here you can only look" in out.getvalue()
    assert "Which TWO numbers are prime?" in out.getvalue()


def test_the_rules_come_first_and_say_what_is_assumed():
    out = io.StringIO()
    assert introduce(a_form(), LineSource([]), out, asks=False)
    assert "cut score is 700 of 1000 (assumed)" in out.getvalue()
    assert "[assumed]" in out.getvalue()
    assert not introduce(a_form(), LineSource(["quit\n"]), out, asks=True)
    assert introduce(a_form(), LineSource(["what\n", "start\n"]), out, asks=True)


def test_every_command_has_a_meaning_and_the_help_lists_it(services: Services, session: str):
    said = Played(services, session, "help\n").said
    for name, action in ACTIONS.items():
        assert action.usage.startswith(name)
        assert action.meaning in said


def test_a_pace_near_the_plan_is_no_number(services: Services, session: str):
    assert "Within half a minute of plan" in Played(services, session, "time\n").said


def test_the_rules_tell_the_floor_of_each_section():
    floors = {"a": Fraction(50)}
    form = a_form(scoring=a_form().scoring.model_copy(update={"section_floor_percent": floors}))
    assert "At least 50 % in Multiple choice (assumed)." in rules_lines(form)
