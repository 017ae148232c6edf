"""Time left is computed from recorded facts alone."""

import pytest

from builders import a_section
from demo_form import a_form
from examengine.bank.blueprint import CreditUpTo
from examengine.core.clock import Reading
from examengine.session import commands as cmd
from examengine.session.timing import time_left
from fakes.clock import FakeClock
from session_player import Player


@pytest.fixture
def player(clock: FakeClock) -> Player:
    return Player(a_form(), clock)


def test_the_exam_clock_runs_from_the_start_and_the_section_clock_from_its_opening(player: Player, clock: FakeClock):
    clock.advance(30)
    player.do(cmd.OpenSection())
    clock.advance(100)
    assert player.left().exam == pytest.approx(1500 - 130)
    assert player.left().section == pytest.approx(600 - 100)


def test_a_changed_wall_clock_grants_and_takes_nothing(player: Player, clock: FakeClock):
    player.do(cmd.OpenSection())
    for jump in (-86_400, 200_000):
        clock.set_wall(clock.read().wall + jump)
        clock.advance(10)
        player.do(cmd.Tick())
    assert player.left().exam == pytest.approx(1500 - 20)
    assert player.state.gaps == ()


def test_a_kill_costs_nothing_after_the_last_sign_of_life_under_credit(player: Player, clock: FakeClock):
    player.do(cmd.OpenSection())
    clock.advance(50)
    alive = clock.read()
    clock.advance(3600)
    player.do(cmd.OpenRun(alive))
    assert player.left().exam == pytest.approx(1500 - 50)
    (gap,) = player.state.gaps
    assert (gap.cause, gap.seconds, gap.charged_seconds) == ("killed", pytest.approx(3600), 0)


def test_a_kill_is_charged_in_full_under_charge(clock: FakeClock):
    player = Player(a_form(interruptions="charge"), clock)
    player.do(cmd.OpenSection())
    clock.advance(50)
    alive = clock.read()
    clock.advance(100)
    player.do(cmd.OpenRun(alive))
    assert player.left().exam == pytest.approx(1500 - 150)
    assert player.left().section == pytest.approx(600 - 150)


def test_credit_up_to_charges_what_lies_beyond_the_bound_over_all_gaps(clock: FakeClock):
    player = Player(a_form(interruptions=CreditUpTo(credit_up_to=1)), clock)
    for _ in range(2):
        player.do(cmd.CloseRun())
        clock.advance(45)
        player.do(cmd.OpenRun(None))
    assert [gap.charged_seconds for gap in player.state.gaps] == [0, pytest.approx(30)]
    assert player.left().exam == pytest.approx(1500 - 30)


def test_a_reboot_is_measured_by_the_wall_clock_and_never_gives_time_back(clock: FakeClock):
    player = Player(a_form(interruptions="charge"), clock)
    clock.advance(10)
    alive = clock.read()
    clock.reboot(60)
    player.do(cmd.OpenRun(alive))
    assert player.left().exam == pytest.approx(1500 - 70)
    player.do(cmd.CloseRun())
    clock.reboot(-5000)
    player.do(cmd.OpenRun(None))
    assert player.left().exam == pytest.approx(1500 - 70)


def test_sleep_is_credited_under_credit_and_charged_under_charge(clock: FakeClock):
    for rule, cost in (("credit", 0), ("charge", 500)):
        player = Player(a_form(interruptions=rule), clock)
        clock.sleep(500)
        player.do(cmd.NoteStall("asleep", 500))
        assert player.left().exam == pytest.approx(1500 - cost), rule
        assert player.state.gaps[0].cause == "asleep"


def test_a_stopped_process_gets_its_time_back_under_credit_even_past_the_end_of_the_exam(
    player: Player, clock: FakeClock
):
    player.do(cmd.OpenSection())
    clock.advance(100)
    player.do(cmd.Tick())
    clock.advance(9000)
    player.do(cmd.NoteStall("stopped", 9000))
    player.do(cmd.Tick())
    assert player.state.phase == "section"
    assert player.left().exam == pytest.approx(1500 - 100)
    assert player.left().section == pytest.approx(600 - 100)


def test_time_up_in_a_section_closes_it_and_keeps_the_exam_going(player: Player, clock: FakeClock):
    player.do(cmd.OpenSection())
    clock.advance(601)
    late = player.do(cmd.Respond(1, {"option": "b"}))
    assert late.refusal is not None
    assert player.state.sections_closed == {"a": "time_up"}
    assert player.state.phase == "ready"
    assert 1 not in player.state.responses


def test_time_up_in_the_last_section_submits(player: Player, clock: FakeClock):
    player.do(cmd.OpenSection())
    player.do(cmd.LeaveSection())
    player.do(cmd.OpenSection())
    clock.advance(600)
    player.do(cmd.Tick())
    assert player.state.phase == "submitted"
    assert player.state.submit_reason == "time_up"


def test_the_end_of_the_exam_ends_every_section(clock: FakeClock):
    player = Player(
        a_form(seconds=300.0, sections=(a_section(id="a", seconds=200.0), a_section(id="b", seconds=100.0))), clock
    )
    clock.advance(250)
    player.do(cmd.OpenSection())
    clock.advance(50)
    player.do(cmd.Tick())
    assert player.state.phase == "submitted"


def test_a_time_multiplier_stretches_every_clock(clock: FakeClock):
    player = Player(a_form(), clock, multiplier=1.5)
    player.do(cmd.OpenSection())
    assert player.left().exam == pytest.approx(2250)
    assert player.left().section == pytest.approx(900)


def test_warnings_come_once_each_at_their_threshold_and_never_above_the_limit(clock: FakeClock):
    player = Player(
        a_form(seconds=3 * 3600.0, sections=(a_section(id="a", seconds=3 * 3600.0),), entries=a_form().entries[:3]),
        clock,
    )
    player.do(cmd.OpenSection())
    told = []
    for _ in range(3 * 3600 - 1):
        clock.advance(1)
        told += [event.seconds for event in player.do(cmd.Tick()).events if event.kind == "time_announced"]
    assert told == [1800, 900, 300, 60]


def test_after_a_long_gap_only_the_nearest_warning_is_given(clock: FakeClock):
    form = a_form(
        seconds=3600.0,
        sections=(a_section(id="a", seconds=3600.0),),
        entries=a_form().entries[:3],
        interruptions="charge",
    )
    player = Player(form, clock)
    player.do(cmd.OpenSection())
    alive = clock.read()
    clock.advance(3600 - 200)
    opened = player.do(cmd.OpenRun(alive))
    assert [event.seconds for event in opened.events if event.kind == "time_announced"] == [300]
    assert player.do(cmd.Tick()).events == ()


def test_item_time_counts_only_while_the_item_is_shown(player: Player, clock: FakeClock):
    player.do(cmd.OpenSection())
    clock.advance(20)
    player.do(cmd.Show(2))
    clock.advance(5)
    player.do(cmd.Show(1))
    clock.advance(1)
    player.do(cmd.Tick())
    player.do(cmd.Flag(1, flagged=True))
    assert player.state.item_used == {1: pytest.approx(21), 2: pytest.approx(5)}


def test_readings_of_another_boot_count_no_active_time(player: Player, clock: FakeClock):
    strange = Reading(monotonic=10**6, wall=clock.read().wall, boot="elsewhere")
    assert time_left(player.form, player.state, strange).exam == pytest.approx(1500)
