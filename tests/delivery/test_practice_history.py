"""What was practised is read from the sessions: seen, missed, flagged, streak and what is due."""

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import a_form, a_multiple_response, a_numeric, an_item, open_sitting, services_in, store_session
from examengine.delivery.practice_history import practice_due, practice_history, practice_streak
from examengine.delivery.services import Services
from examengine.delivery.start_session import count_fitting, prepare_drill
from examengine.forms.drill import DrillChoice
from examengine.practice.encounters import practised
from examengine.practice.next_drill import Domain
from examengine.session import commands as cmd
from fakes.clock import FakeClock

DAY = 24 * 3600
SOUND = Path(__file__).resolve().parents[1] / "corpora" / "sound_banks" / "short"
DOMAINS = [
    Domain("demo", name, name.title(), frozenset({f"demo.{name}.basics", f"demo.{name}.more"}))
    for name in ("alpha", "beta")
]


def sit(services: Services, *commands: cmd.Command, kind: str = "exam", submits: bool = True, items=None) -> None:
    with open_sitting(services, store_session(services, a_form(items, kind=kind)), enter=True) as sitting:
        for command in commands:
            sitting.perform(command)
        if submits:
            sitting.perform(cmd.Submit())


def test_what_was_seen_missed_and_flagged_is_found(services: Services) -> None:
    sit(
        services,
        cmd.Respond(1, {"option": "b"}),
        cmd.Show(2),
        cmd.Respond(2, {"options": ["b", "d"]}),
        cmd.Flag(2, flagged=True),
    )
    found = practised(practice_history(services))
    assert found.seen == {"demo.alpha.colour", "demo.alpha.primes"}
    assert found.missed == {"demo.alpha.primes"}
    assert found.flagged == {"demo.alpha.primes"}


def test_an_open_exam_tells_what_was_seen_and_nothing_about_right_and_wrong(services: Services) -> None:
    sit(services, cmd.Respond(1, {"option": "a"}), submits=False)
    found = practised(practice_history(services))
    assert (found.seen, found.missed) == ({"demo.alpha.colour"}, frozenset())


def test_a_drill_tells_what_was_checked_at_once_and_its_first_attempt_counts(services: Services) -> None:
    first = [cmd.Respond(1, {"option": "a"}), cmd.Check(1), cmd.Retry(1), cmd.Respond(1, {"option": "b"}), cmd.Check(1)]
    sit(services, *first, kind="drill", submits=False)
    assert practised(practice_history(services)).missed == {"demo.alpha.colour"}


def test_a_pretest_item_tells_as_much_as_any_other(services: Services) -> None:
    form = a_form()
    entries = [entry.model_copy(update={"pretest": True, "points": 0}) for entry in form.entries[:1]]
    session = store_session(services, form.model_copy(update={"entries": (*entries, *form.entries[1:])}))
    with open_sitting(services, session, enter=True) as sitting:
        sitting.perform(cmd.Respond(1, {"option": "b"}))
        sitting.perform(cmd.Submit())
    assert practice_history(services)[0].share == 1


def test_a_day_without_a_response_is_no_day_of_practice(services: Services, clock: FakeClock) -> None:
    sit(services, cmd.Respond(1, {"option": "b"}))
    clock.advance(DAY)
    sit(services, cmd.Show(2))
    assert (practice_streak(services, UTC).days, practice_streak(services, UTC).is_today_done) == (1, False)
    clock.advance(DAY)
    assert practice_streak(services, UTC).days == 0


def test_days_begin_in_the_candidates_zone(tmp_path: Path) -> None:
    # 22:40 in London; in Kathmandu, which is 5:45 ahead, the next day has begun.
    clock = FakeClock(wall=1_795_041_600.0 - 80 * 60)
    services = services_in(tmp_path, clock=clock)
    sit(services, cmd.Respond(1, {"option": "b"}))
    clock.advance(4 * 3600)
    sit(services, cmd.Respond(1, {"option": "b"}))
    assert practice_streak(services, ZoneInfo("Asia/Kathmandu")).days == 1
    assert practice_streak(services, UTC).days == 2
    services.close()


def test_what_is_due_comes_from_the_sessions(services: Services) -> None:
    assert practice_due(services, DOMAINS, UTC) is None
    sit(services, cmd.Respond(1, {"option": "b"}))
    due = practice_due(services, DOMAINS, UTC)
    assert due is not None
    assert (due.domain.id, due.reason) == ("beta", "never practised")
    sit(services, cmd.Respond(1, {"text": "4"}), items=[a_numeric()])
    due = practice_due(services, DOMAINS, UTC)
    assert due is not None
    assert (due.domain.id, due.reason) == ("beta", "0 % of the points of the last item, the weakest")


def test_a_drill_brings_what_was_missed_alone_or_what_is_new_first(tmp_path: Path, clock: FakeClock) -> None:
    services = services_in(tmp_path, clock=clock, bank_folders=[SOUND])
    bank = prepare_drill(services, "short", DrillChoice(count=None), 1)
    wrong = bank.store(services)
    with open_sitting(services, wrong, enter=True) as sitting:
        sitting.perform(cmd.Submit())
    first = bank.form.entries[0].item.id
    missed = DrillChoice(only=("missed",), count=None)
    assert count_fitting(services, "short", missed) == 1
    assert [entry.item.id for entry in prepare_drill(services, "short", missed, 2).form.entries] == [first]
    others = prepare_drill(services, "short", DrillChoice(count=len(bank.form.entries) - 1), 3).form.entries
    assert first not in [entry.item.id for entry in others]
    services.close()


@pytest.mark.parametrize("item", [an_item(), a_multiple_response()])
def test_a_blank_item_of_a_session_that_is_over_is_missed(services: Services, item) -> None:
    sit(services, items=[item])
    assert practised(practice_history(services)).missed == {item.id}
