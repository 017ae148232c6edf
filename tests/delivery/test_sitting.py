"""A sitting on a real database: everything given is on disk, and a dead process costs nothing."""

import sqlite3

import pytest

from builders import open_sitting, services_in, store_session
from demo_form import a_form, a_package
from examengine.core.errors import StoreError
from examengine.delivery.looking import Looking
from examengine.delivery.services import Services
from examengine.delivery.sitting import PULSE_SECONDS, STALL_SECONDS, Busy, Sitting
from examengine.session import commands as cmd
from fakes.clock import FakeClock


@pytest.fixture
def session(services: Services) -> str:
    return store_session(services, a_form(), [a_package()])


def abandon(sitting: Sitting) -> None:
    """Do what a SIGKILL does: no more signs of life, no closing event, the lock let go."""
    sitting._stop.set()
    sitting._heart.join()
    sitting._lock.release()


def test_a_response_is_on_disk_when_perform_returns(services: Services, session: str, tmp_path):
    with open_sitting(services, session, enter=True) as sitting:
        sitting.perform(cmd.Respond(1, {"option": "b"}))
        other = sqlite3.connect(services.home / "examengine.db")
        rows = other.execute("SELECT json_extract(event, '$.kind') FROM events ORDER BY sequence").fetchall()
        other.close()
    assert rows[-1] == ("response_given",)


def test_a_killed_session_goes_on_where_it_was(services: Services, session: str, clock: FakeClock):
    sitting = open_sitting(services, session, enter=True)
    clock.advance(3)
    sitting.perform(cmd.Respond(1, {"option": "c"}))
    abandon(sitting)
    clock.advance(4000)
    with open_sitting(services, session) as again:
        assert again.state.responses == {1: {"option": "c"}}
        assert again.state.section == "a"
        assert again.time_left().exam == pytest.approx(1500 - 3, abs=1)
        assert [gap.cause for gap in again.state.gaps] == ["killed"]


def test_a_closed_session_goes_on_with_its_time_and_names_the_gap(services: Services, session: str, clock: FakeClock):
    with open_sitting(services, session, enter=True):
        clock.advance(2)
    clock.advance(100)
    with open_sitting(services, session) as again:
        assert again.time_left().exam == pytest.approx(1498)
        assert [(gap.cause, gap.seconds) for gap in again.state.gaps] == [("closed", pytest.approx(100))]


def test_a_second_sitting_can_only_look(services: Services, session: str):
    with open_sitting(services, session, enter=True) as sitting:
        busy = Sitting.open(services, session)
        assert isinstance(busy, Busy)
        looking = Looking(services, busy)
        sitting.perform(cmd.Respond(1, {"option": "a"}))
        assert looking.perform(cmd.Respond(1, {"option": "b"})).refusal.code == "look-only"
        assert looking.perform(cmd.Show(2)).refusal is None
        assert looking.state.current == 2
        assert looking.state.responses == {1: {"option": "a"}}
    with open_sitting(services, session) as free:
        assert free.state.responses == {1: {"option": "a"}}


def test_a_process_that_stood_still_gets_its_time_back(services: Services, session: str, clock: FakeClock):
    with open_sitting(services, session, enter=True) as sitting:
        clock.advance(STALL_SECONDS + 5000)
        assert sitting.perform(cmd.Respond(1, {"option": "b"})).refusal is None
        assert sitting.time_left().exam == pytest.approx(1500, abs=2 * PULSE_SECONDS)
        assert [gap.cause for gap in sitting.state.gaps] == ["stopped"]


def test_a_closed_lid_is_noticed_and_costs_nothing(services: Services, session: str, clock: FakeClock):
    with open_sitting(services, session, enter=True) as sitting:
        clock.sleep(7200)
        sitting.perform(cmd.Tick())
        assert sitting.time_left().exam == pytest.approx(1500)
        assert [(gap.cause, gap.seconds) for gap in sitting.state.gaps] == [("asleep", pytest.approx(7200))]


def test_listeners_hear_of_events_and_not_of_refusals(services: Services, session: str):
    heard = []
    with open_sitting(services, session, enter=True) as sitting:
        sitting.listen(heard.append)
        sitting.perform(cmd.Flag(1, flagged=True))
        sitting.perform(cmd.Flag(99, flagged=True))
    kinds = [event.kind for decision in heard for event in decision.events]
    assert kinds[0] == "flagged"
    assert kinds.count("flagged") == 1


def test_a_disk_that_refuses_leaves_the_state_as_it_was(services: Services, session: str):
    with open_sitting(services, session, enter=True) as sitting:
        blocker = sqlite3.connect(services.home / "examengine.db", isolation_level=None)
        services.store._connection.execute("PRAGMA busy_timeout = 0")
        blocker.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="cannot be written"):
            sitting.perform(cmd.Respond(1, {"option": "b"}))
        assert sitting.state.responses == {}
        blocker.execute("ROLLBACK")
        blocker.close()
        assert sitting.perform(cmd.Respond(1, {"option": "b"})).refusal is None


def test_two_programs_on_one_database_keep_their_sessions_apart(services: Services, session: str, tmp_path):
    other = services_in(services.home, clock=services.clock)
    other.ids.new_id()
    second = store_session(other, a_form(title="Second"), [a_package()])
    with open_sitting(services, session, enter=True) as one, open_sitting(other, second, enter=True) as two:
        one.perform(cmd.Respond(1, {"option": "a"}))
        two.perform(cmd.Respond(1, {"option": "d"}))
    assert {row.title for row in services.store.list_sessions()} == {"Demo mock exam", "Second"}
    with open_sitting(services, session) as again:
        assert again.state.responses == {1: {"option": "a"}}
    other.close()
