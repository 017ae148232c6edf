"""The demonstration: a scripted candidate over the CMLA bank, with a grader that says what the test tells it to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import services_in
from examengine.core.errors import BankError, OperatorError
from examengine.delivery.play_demo import WoundClock, play_demo, write_demo_reports
from examengine.delivery.services import Services
from examengine.itemtypes.coding.model import SOLUTION
from examengine.itemtypes.registry import ITEM_TYPES
from examengine.reports.session_report import SessionReport
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading

SOUND = Path(__file__).resolve().parents[1] / "corpora" / "sound_banks" / "short"


@pytest.fixture
def wound() -> WoundClock:
    return WoundClock(FakeClock())


@pytest.fixture
def stage(tmp_path: Path, wound: WoundClock, grader: ScriptedGrading) -> Iterator[Services]:
    made = services_in(tmp_path / "demo", clock=wound, grading=grader, bank_folders=(SOUND,))
    yield made
    made.close()


@pytest.fixture
def played(stage: Services, wound: WoundClock) -> tuple[SessionReport, list[str]]:
    lines: list[str] = []
    return play_demo(stage, wound, "foundations", lines.append), lines


def test_the_candidate_is_right_wrong_and_blank_and_thinks_twice(played: tuple[SessionReport, list[str]]) -> None:
    items = played[0].items[:8]
    assert [item.mark for item in items] == ["right", "right", "wrong", "right", "right", "right", "right", "blank"]
    assert items[5].changes == 1
    assert items[7].flagged
    assert {item.type for item in items} == set(ITEM_TYPES) - {"coding"}  # the bank has items of each


def test_a_right_a_half_right_and_a_hanging_solution_go_to_the_grader(
    played: tuple[SessionReport, list[str]], grader: ScriptedGrading
) -> None:
    samples, right, half, hanging = (job.submission[SOLUTION].decode() for job in grader.jobs)
    assert samples == right
    assert len({right, half, hanging}) == 3
    assert hanging.endswith("while True:\n    pass\n")
    assert all(job.limits.seconds <= 4 for job in grader.jobs)


def test_the_sitting_takes_time_and_has_no_gap(played: tuple[SessionReport, list[str]]) -> None:
    report = played[0]
    assert report.gaps == ()
    assert 20 * 60 < report.seconds_used < (report.seconds_allowed or 0)
    assert all(item.seconds > 0 for item in report.items)


def test_every_step_is_told_and_the_outcome_last(played: tuple[SessionReport, list[str]]) -> None:
    lines = played[1]
    assert "points" in lines[-1]
    assert sum(line.startswith("Grading item") for line in lines) == 3
    for number in range(1, 12):
        assert any(line.startswith(f"Item {number}") for line in lines)


def test_the_demonstration_is_the_same_every_time(played: tuple[SessionReport, list[str]], tmp_path: Path) -> None:
    clock = WoundClock(FakeClock())
    services = services_in(tmp_path / "again", clock=clock)
    lines: list[str] = []
    again = play_demo(services, clock, "foundations", lines.append)
    services.close()
    assert again == played[0]
    assert lines == played[1]


def test_the_reports_lie_in_the_folder(played: tuple[SessionReport, list[str]], tmp_path: Path) -> None:
    paths = write_demo_reports(played[0], tmp_path / "a" / "b")
    assert [path.name for path in paths] == ["report.txt", "report.html"]
    assert paths[0].read_text(encoding="utf-8").startswith("Foundations of machine learning, a demonstration")
    assert "<!doctype html>" in paths[1].read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_is_told(played: tuple[SessionReport, list[str]], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperatorError, match="cannot be written to"):
        write_demo_reports(played[0], tmp_path / "file")


def test_a_small_bank_is_told(stage: Services, wound: WoundClock) -> None:
    with pytest.raises(BankError, match="too small for the demonstration"):
        play_demo(stage, wound, "short", lambda _line: None)
