"""What a candidate may and may not do, as refusals and events."""

import pytest

from builders import STARTER, a_section
from demo_form import a_drill, a_form
from examengine.itemtypes.spec import FileEdit
from examengine.session import commands as cmd
from fakes.clock import FakeClock
from session_player import Player


@pytest.fixture
def player(clock: FakeClock) -> Player:
    made = Player(a_form(), clock)
    made.do(cmd.OpenSection())
    return made


def refusal_of(decision) -> str:
    return decision.refusal.code if decision.refusal else ""


def test_a_response_replaces_the_one_before_and_the_change_is_counted(player: Player):
    player.do(cmd.Respond(1, {"option": "a"}))
    player.do(cmd.Respond(1, {"option": "b"}))
    assert player.state.responses[1] == {"option": "b"}
    assert player.state.response_changes == {1: 1}


def test_the_same_response_again_is_no_event(player: Player):
    player.do(cmd.Respond(2, {"options": ["c", "a"]}))
    assert player.do(cmd.Respond(2, {"options": ["a", "c"]})).events == ()


def test_a_response_of_another_shape_is_refused(player: Player):
    assert refusal_of(player.do(cmd.Respond(1, {"options": ["a"]}))) == "not-a-response"
    assert player.state.responses == {}


@pytest.mark.parametrize("number", [0, 5, -1])
def test_an_item_that_does_not_exist_is_refused(player: Player, number: int):
    assert refusal_of(player.do(cmd.Show(number))) == "no-such-item"


def test_an_item_of_a_section_that_is_not_open_is_refused(player: Player):
    assert refusal_of(player.do(cmd.Respond(4, {"files": {}}))) == "section-locked"


def test_a_locking_section_never_opens_again(player: Player):
    player.do(cmd.LeaveSection())
    assert refusal_of(player.do(cmd.OpenSection("a"))) == "section-closed"
    player.do(cmd.OpenSection())
    assert player.state.section == "b"
    assert refusal_of(player.do(cmd.Respond(1, {"option": "b"}))) == "section-locked"


def test_a_returning_section_opens_again(clock: FakeClock):
    player = Player(a_form(sections=(a_section(id="a", leave="returns"), a_section(id="b", leave="returns"))), clock)
    player.do(cmd.OpenSection("a"))
    player.do(cmd.LeaveSection())
    player.do(cmd.OpenSection("b"))
    player.do(cmd.LeaveSection())
    player.do(cmd.OpenSection("a"))
    assert player.state.section == "a"
    assert refusal_of(player.do(cmd.Respond(1, {"option": "b"}))) == ""


def test_a_locking_section_cannot_be_jumped_over(clock: FakeClock):
    player = Player(a_form(), clock)
    assert refusal_of(player.do(cmd.OpenSection("b"))) == "section-order"


def test_a_linear_section_goes_forward_one_item_at_a_time(clock: FakeClock):
    player = Player(a_form(sections=(a_section(id="a", navigation="linear"), a_section(id="b"))), clock)
    player.do(cmd.OpenSection())
    assert refusal_of(player.do(cmd.Show(3))) == "linear"
    player.do(cmd.Show(2))
    assert refusal_of(player.do(cmd.Show(1))) == "linear"
    assert refusal_of(player.do(cmd.Respond(1, {"option": "b"}))) == "linear"


def test_leaving_the_last_section_submits(player: Player):
    player.do(cmd.LeaveSection())
    player.do(cmd.OpenSection())
    player.do(cmd.LeaveSection())
    assert player.state.phase == "submitted"


def test_nothing_is_taken_after_the_submission(player: Player):
    player.do(cmd.Submit())
    for command in (cmd.Respond(1, {"option": "b"}), cmd.Show(1), cmd.Submit(), cmd.OpenSection(), cmd.Flag(1, True)):
        decision = player.do(command)
        assert (refusal_of(decision), decision.events) == ("submitted", ())


def test_edits_build_the_file_from_the_starter(player: Player):
    player.do(cmd.LeaveSection())
    player.do(cmd.OpenSection())
    text = STARTER
    for new in (
        "def double(x):\n    return\n",
        "def double(x):\n    return x + x\n",
        "def double(x):\n    return 2 * x\n",
    ):
        player.do(cmd.EditFile(4, FileEdit.between("solution.py", text, new)))
        text = new
    assert player.state.responses[4] == {"files": {"solution.py": text}}


def test_an_edit_outside_the_text_is_refused_and_changes_nothing(player: Player):
    player.do(cmd.LeaveSection())
    player.do(cmd.OpenSection())
    edit = FileEdit(file="solution.py", at=10_000, removed=1, inserted="x")
    assert refusal_of(player.do(cmd.EditFile(4, edit))) == "edit-outside"
    assert 4 not in player.state.responses


def test_feedback_before_the_submission_is_refused_in_an_exam(player: Player):
    assert refusal_of(player.do(cmd.Check(1))) == "no-feedback"


def test_feedback_in_a_drill_makes_the_response_final(clock: FakeClock):
    player = Player(a_drill(), clock)
    player.do(cmd.OpenSection())
    player.do(cmd.Respond(1, {"option": "a"}))
    player.do(cmd.Check(1))
    assert refusal_of(player.do(cmd.Respond(1, {"option": "b"}))) == "checked"


def test_an_untimed_drill_never_runs_out(clock: FakeClock):
    player = Player(a_drill(), clock)
    player.do(cmd.OpenSection())
    clock.advance(10**6)
    player.do(cmd.Tick())
    assert player.state.phase == "section"
    assert player.left().least is None
