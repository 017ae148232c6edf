"""In a drill an item may be answered anew: both attempts are kept, and the first one counts."""

import pytest

from builders import a_form, a_multiple_response, an_exercise, an_item
from examengine.itemtypes.spec import FileEdit
from examengine.scoring.score_form import score_form
from examengine.session import commands as cmd
from examengine.session.events import EVENT, Recorded
from examengine.session.state import replay
from examengine.session.way import way_through
from fakes.clock import FakeClock
from session_player import Player


@pytest.fixture
def drill() -> Player:
    player = Player(a_form([an_item(), a_multiple_response(), an_exercise().item], kind="drill"), FakeClock())
    player.do(cmd.OpenSection())
    return player


def answer(player: Player, option: str) -> None:
    player.do(cmd.Respond(1, {"option": option}))
    player.clock.advance(20)
    player.do(cmd.Check(1))


def test_the_first_attempt_counts_and_the_later_one_is_kept(drill: Player) -> None:
    drill.do(cmd.RateCertainty(1, "sure"))
    answer(drill, "c")
    assert drill.do(cmd.Retry(1)).refusal is None
    assert 1 not in drill.state.responses
    assert drill.state.checked == frozenset()
    assert drill.state.counted_responses == {1: {"option": "c"}}
    drill.do(cmd.RateCertainty(1, "guess"))
    answer(drill, "b")
    assert drill.state.responses[1] == {"option": "b"}
    assert drill.state.counted_responses[1] == {"option": "c"}
    assert drill.state.counted_certainty == {1: "sure"}
    assert score_form(drill.form, drill.state.counted_responses, {}).earned == 0


def test_a_blank_first_attempt_counts_as_blank(drill: Player) -> None:
    drill.do(cmd.Check(1))
    drill.do(cmd.Retry(1))
    answer(drill, "b")
    assert drill.state.counted_responses == {}


def test_an_item_may_be_answered_anew_again_and_again(drill: Player) -> None:
    for option in "acd":
        answer(drill, option)
        drill.do(cmd.Retry(1))
    assert [one.response for one in drill.state.attempts[1]] == [{"option": option} for option in "acd"]
    assert drill.state.counted_responses[1] == {"option": "a"}


def test_code_is_gone_on_with_and_its_first_version_counts(drill: Player) -> None:
    drill.do(cmd.EditFile(3, FileEdit(file="solution.py", at=0, removed=0, inserted="# first\n")))
    drill.do(cmd.Check(3))
    drill.do(cmd.Retry(3))
    drill.do(cmd.EditFile(3, FileEdit(file="solution.py", at=0, removed=0, inserted="# second\n")))
    assert drill.state.responses[3]["files"]["solution.py"].startswith("# second\n# first\n")
    assert drill.state.counted_responses[3]["files"]["solution.py"].startswith("# first\n")


def test_an_item_is_checked_before_it_is_answered_anew(drill: Player) -> None:
    refusal = drill.do(cmd.Retry(1)).refusal
    assert refusal is not None
    assert refusal.code == "not-checked"


def test_an_exam_has_no_second_attempt() -> None:
    player = Player(a_form(), FakeClock())
    player.do(cmd.OpenSection())
    refusal = player.do(cmd.Retry(1)).refusal
    assert refusal is not None
    assert refusal.code == "no-feedback"


def test_the_way_knows_the_answers_to_the_first_attempt_alone(drill: Player) -> None:
    answer(drill, "c")
    drill.do(cmd.Retry(1))
    answer(drill, "b")
    drill.do(cmd.Submit())
    answers = way_through(drill.form, drill.journal).answers
    assert [(one.number, one.response) for one in answers] == [(1, {"option": "c"})]


def test_a_journal_with_attempts_is_the_same_after_writing_and_reading(drill: Player) -> None:
    answer(drill, "c")
    drill.do(cmd.Retry(1))
    answer(drill, "b")
    written = [Recorded(at=one.at, event=EVENT.validate_json(EVENT.dump_json(one.event))) for one in drill.journal]
    assert replay(drill.form, written) == drill.state
