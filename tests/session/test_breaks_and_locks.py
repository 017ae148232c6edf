"""Breaks, items that lock, and what a candidate writes for themselves: none of it is a response, none of it is lost."""

import pytest

from builders import a_section, an_item
from demo_form import a_drill, a_form, a_numeric, an_entry
from examengine.bank.blueprint import Breaks
from examengine.session import commands as cmd
from examengine.session import events as ev
from examengine.session.decide import breaks_left, leaving_locks, next_open
from examengine.session.events import NOTE_CHARACTERS
from examengine.session.standing import open_numbers, standings
from examengine.session.timing import pace
from fakes.clock import FakeClock
from session_player import Player

STOPPING = Breaks(clock="stops", most=2, minutes=5, basis="assumed")
RUNNING = Breaks(clock="runs", basis="assumed")


def on_break(clock: FakeClock, rule: Breaks = STOPPING, **over) -> Player:
    player = Player(a_form(breaks=rule, **over), clock)
    player.do(cmd.OpenSection())
    player.do(cmd.StartBreak())
    return player


def refusal_of(decision) -> str:
    return decision.refusal.code if decision.refusal else ""


def test_an_exam_without_a_rule_for_breaks_has_none(clock: FakeClock):
    player = Player(a_form(), clock)
    player.do(cmd.OpenSection())
    assert refusal_of(player.do(cmd.StartBreak())) == "no-breaks"
    assert breaks_left(player.form, player.state) == 0


def test_a_break_that_stops_the_clock_costs_no_time(clock: FakeClock):
    player = on_break(clock)
    before = player.left()
    clock.advance(240)
    assert player.left() == before
    player.do(cmd.EndBreak())
    assert player.left() == before
    clock.advance(10)
    assert player.left().exam == before.exam - 10
    assert [one.seconds for one in player.state.breaks] == [240]


def test_a_break_beyond_its_length_costs_the_rest_and_ends_by_itself(clock: FakeClock):
    player = on_break(clock)
    before = player.left()
    clock.advance(330)
    assert player.left().exam == before.exam - 30
    player.do(cmd.Tick())
    assert player.state.pause is None
    assert any(one.event == ev.BreakEnded(reason="time_up") for one in player.journal)


def test_a_break_that_does_not_stop_the_clock_costs_all_of_it(clock: FakeClock):
    player = on_break(clock, RUNNING)
    before = player.left()
    clock.advance(100)
    player.do(cmd.EndBreak())
    assert player.left().exam == before.exam - 100
    assert player.state.breaks[0].seconds == 100


def test_what_was_seen_before_a_break_is_final_and_gone(clock: FakeClock):
    player = Player(a_form(breaks=STOPPING), clock)
    player.do(cmd.OpenSection())
    player.do(cmd.Respond(1, {"option": "a"}))
    player.do(cmd.StartBreak())
    player.do(cmd.EndBreak())
    assert player.state.current == 2
    assert refusal_of(player.do(cmd.Show(1))) == "locked"
    assert refusal_of(player.do(cmd.Respond(1, {"option": "b"}))) == "locked"
    assert player.state.responses[1] == {"option": "a"}
    assert open_numbers(player.form, player.state) == [2, 3]


def test_nothing_can_be_done_during_a_break_but_coming_back(clock: FakeClock):
    player = on_break(clock)
    for command in (cmd.Show(2), cmd.Respond(1, {"option": "b"}), cmd.Submit(), cmd.LeaveSection(), cmd.StartBreak()):
        assert refusal_of(player.do(command)) == "on-break"


def test_breaks_are_counted(clock: FakeClock):
    player = on_break(clock)
    player.do(cmd.EndBreak())
    assert breaks_left(player.form, player.state) == 1
    player.do(cmd.StartBreak())
    player.do(cmd.EndBreak())
    assert refusal_of(player.do(cmd.StartBreak())) == "no-breaks-left"


def test_after_a_break_with_everything_seen_no_item_is_shown_again(clock: FakeClock):
    player = Player(a_form(breaks=STOPPING), clock)
    player.do(cmd.OpenSection())
    player.do(cmd.Show(2))
    player.do(cmd.Show(3))
    player.do(cmd.StartBreak())
    player.do(cmd.EndBreak())
    assert next_open(player.form, player.state) is None
    assert refusal_of(player.do(cmd.Respond(3, {"text": "1"}))) == "locked"
    player.do(cmd.LeaveSection())
    assert player.state.sections_closed == {"a": "left"}


def test_a_break_goes_on_through_a_kill_and_what_exceeds_it_follows_the_rule_on_gaps(clock: FakeClock):
    player = on_break(clock, interruptions="charge")
    before = player.left()
    alive = clock.read()
    clock.advance(200)
    player.do(cmd.OpenRun(alive))
    assert player.state.pause is not None
    assert player.left() == before
    alive = clock.read()
    clock.advance(200)
    player.do(cmd.OpenRun(alive))
    assert player.state.pause is None
    assert player.left().exam == before.exam - 100


@pytest.mark.parametrize("cause", ["asleep", "stopped"])
def test_a_machine_that_sleeps_during_a_break_takes_its_time_from_the_break(clock: FakeClock, cause: str):
    player = on_break(clock)
    before = player.left()
    (clock.sleep if cause == "asleep" else clock.advance)(100)
    player.do(cmd.NoteStall(cause, 100))
    assert player.left() == before
    player.do(cmd.EndBreak())
    assert player.state.breaks[0].seconds == 100


@pytest.fixture
def locking(clock: FakeClock) -> Player:
    items = [an_item(lock_on_leaving=True), an_item(id="demo.alpha.second"), a_numeric()]
    player = Player(a_form(entries=tuple(an_entry(number, item) for number, item in enumerate(items, 1))), clock)
    player.do(cmd.OpenSection())
    return player


def test_an_item_that_locks_is_final_once_another_is_shown(locking: Player):
    locking.do(cmd.Respond(1, {"option": "a"}))
    assert leaving_locks(locking.form, locking.state)
    locking.do(cmd.Show(2))
    assert locking.state.locked == {1}
    assert not leaving_locks(locking.form, locking.state)
    assert refusal_of(locking.do(cmd.Show(1))) == "locked"
    assert refusal_of(locking.do(cmd.Respond(1, {"option": "b"}))) == "locked"
    assert [one.is_locked for one in standings(locking.form, locking.state, "a")] == [True, False, False]


def test_a_drill_locks_nothing(clock: FakeClock):
    player = Player(a_drill(entries=(an_entry(1, an_item(lock_on_leaving=True)), an_entry(2, a_numeric()))), clock)
    player.do(cmd.OpenSection())
    player.do(cmd.Show(2))
    player.do(cmd.Show(1))
    assert player.state.current == 1


def test_struck_options_are_kept_and_are_no_response(locking: Player):
    locking.do(cmd.StrikeOptions(1, frozenset({"a", "c"})))
    assert locking.state.struck[1] == {"a", "c"}
    assert 1 not in locking.state.responses
    assert locking.do(cmd.StrikeOptions(1, frozenset({"c", "a"}))).events == ()
    locking.do(cmd.StrikeOptions(1, frozenset()))
    assert locking.state.struck[1] == frozenset()
    assert refusal_of(locking.do(cmd.StrikeOptions(1, frozenset({"z"})))) == "no-such-option"


def test_certainty_is_kept_and_can_be_taken_back(locking: Player):
    locking.do(cmd.RateCertainty(1, "guess"))
    assert locking.state.certainty == {1: "guess"}
    assert locking.do(cmd.RateCertainty(1, "guess")).events == ()
    locking.do(cmd.RateCertainty(1, None))
    assert locking.state.certainty == {}


def test_notes_are_kept_by_item_and_for_the_session(locking: Player):
    locking.do(cmd.WriteNote(1, "check the base rate"))
    locking.do(cmd.WriteNote(None, "3 · 7 = 21"))
    assert locking.state.notes == {1: "check the base rate", None: "3 · 7 = 21"}
    assert [one.has_note for one in standings(locking.form, locking.state, "a")] == [True, False, False]
    assert refusal_of(locking.do(cmd.WriteNote(3, "x"))) == "not-seen"
    assert refusal_of(locking.do(cmd.WriteNote(1, "x" * (NOTE_CHARACTERS + 1)))) == "note-too-long"
    assert locking.state.notes[1] == "check the base rate"


def test_pace_compares_what_is_done_with_the_time_it_was_planned_to_take(clock: FakeClock):
    # Each of the three items is expected to take as long as the others: 90 of the section's 270 seconds.
    player = Player(a_form(sections=(a_section(id="a", seconds=270.0), a_section(id="b"))), clock)
    player.do(cmd.OpenSection())
    assert pace(player.form, player.state, clock.read()) == 0
    clock.advance(60)
    assert pace(player.form, player.state, clock.read()) == pytest.approx(0)
    player.do(cmd.Respond(1, {"option": "b"}))
    ahead = pace(player.form, player.state, clock.read())
    assert ahead == pytest.approx(270 / 3 - 60)
    player.do(cmd.Show(2))
    clock.advance(200)
    assert pace(player.form, player.state, clock.read()) == pytest.approx(90 + 90 - 260)


def test_a_drill_without_a_clock_has_no_pace(clock: FakeClock):
    player = Player(a_drill(), clock)
    player.do(cmd.OpenSection())
    assert pace(player.form, player.state, clock.read()) is None


def test_a_break_that_stops_the_clock_must_hide_what_was_seen():
    with pytest.raises(ValueError, match="locks what was seen"):
        Breaks(clock="stops", minutes=5, locks="nothing", basis="assumed")
    with pytest.raises(ValueError, match="give `minutes`"):
        Breaks(clock="stops", basis="assumed")
