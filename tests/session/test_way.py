"""The way through a session: its stays add up to the time used, and its answers are those that stood."""

import pytest

from builders import a_form, a_multiple_response, a_numeric, an_item
from examengine.session import commands as cmd
from examengine.session.way import SETTLED_SECONDS, Way, way_through
from fakes.clock import FakeClock
from session_player import Player


@pytest.fixture
def player() -> Player:
    made = Player(a_form([an_item(), a_multiple_response(), a_numeric()]), FakeClock())
    made.do(cmd.OpenSection())
    return made


def way_of(player: Player) -> Way:
    return way_through(player.form, player.journal)


def given(player: Player, number: int) -> list[dict]:
    return [dict(one.response) for one in way_of(player).answers if one.number == number]


def stays(player: Player) -> list[tuple]:
    return [(one.kind, one.number, one.start, one.seconds) for one in way_of(player).stays]


def pass_time(player: Player, seconds: float) -> None:
    player.clock.advance(seconds)
    player.do(cmd.Tick())


def test_each_visit_is_a_stay_of_its_own(player: Player) -> None:
    for number, seconds in ((1, 30), (2, 20), (1, 5)):
        player.do(cmd.Show(number))
        pass_time(player, seconds)
    player.do(cmd.Submit())
    assert stays(player) == [("item", 1, 0, 30), ("item", 2, 30, 20), ("item", 1, 50, 5)]


def test_an_item_shown_for_no_time_has_its_place(player: Player) -> None:
    player.do(cmd.Show(2))
    player.do(cmd.Show(3))
    pass_time(player, 4)
    player.do(cmd.Submit())
    assert [stay[1] for stay in stays(player)] == [1, 2, 3]


def test_a_gap_that_is_charged_is_no_time_at_an_item() -> None:
    player = Player(a_form([an_item()], interruptions="charge"), FakeClock())
    player.do(cmd.OpenSection())
    pass_time(player, 10)
    player.do(cmd.CloseRun())
    player.clock.advance(60)
    player.do(cmd.OpenRun(None))
    pass_time(player, 5)
    player.do(cmd.Submit())
    assert stays(player) == [("item", 1, 0, 10), ("charged", None, 10, 60), ("item", 1, 70, 5)]
    assert player.state.used == 75


def test_what_stood_when_the_item_was_left_is_an_answer(player: Player) -> None:
    player.do(cmd.Respond(1, {"option": "a"}))
    player.do(cmd.Show(2))
    player.do(cmd.Show(1))
    player.do(cmd.Respond(1, {"option": "b"}))
    player.do(cmd.Submit())
    assert given(player, 1) == [{"option": "a"}, {"option": "b"}]


def test_a_slip_that_is_mended_at_once_is_no_answer(player: Player) -> None:
    player.do(cmd.Respond(1, {"option": "a"}))
    pass_time(player, SETTLED_SECONDS - 1)
    player.do(cmd.Respond(1, {"option": "b"}))
    player.do(cmd.Submit())
    assert given(player, 1) == [{"option": "b"}]


def test_what_stood_for_long_is_an_answer_though_the_item_was_not_left(player: Player) -> None:
    player.do(cmd.Respond(1, {"option": "a"}))
    pass_time(player, SETTLED_SECONDS)
    player.do(cmd.Respond(1, {"option": "b"}))
    player.do(cmd.Submit())
    assert given(player, 1) == [{"option": "a"}, {"option": "b"}]


def test_an_incomplete_response_is_no_answer(player: Player) -> None:
    player.do(cmd.Show(2))
    for options in (["a"], ["a", "b"], ["a"], ["a", "c"]):
        player.do(cmd.Respond(2, {"options": options}))
        pass_time(player, SETTLED_SECONDS + 1)
    player.do(cmd.Submit())
    assert given(player, 2) == [{"options": ["a", "b"]}, {"options": ["a", "c"]}]


def test_coming_back_without_a_change_is_no_second_answer(player: Player) -> None:
    player.do(cmd.Respond(1, {"option": "a"}))
    for number in (2, 1, 3):
        player.do(cmd.Show(number))
    player.do(cmd.Submit())
    assert given(player, 1) == [{"option": "a"}]
