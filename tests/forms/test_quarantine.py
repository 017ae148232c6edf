"""An exercise in quarantine: no exam draws it, drills still may."""

from bank.bank_folder import BLUEPRINT, EXERCISE, write_bank
from examengine.bank.read import read_bank
from examengine.forms.assemble import Shortfall, assemble
from examengine.forms.eligible import draws_by_domain, find_exercises
from examengine.forms.form import Form

QUARANTINE = "quarantined: {since: 2026-11-21, reason: test_three passes in 3 of 5 runs.}\n"


def bank_with(folder, more):
    reading = read_bank(
        write_bank(folder, {"exercises/double/exercise.yaml": EXERCISE + more, "exams/mock.yaml": BLUEPRINT})
    )
    assert reading.bank is not None, reading.problems
    return reading.bank


def test_an_exam_without_its_exercise_in_quarantine_cannot_be_made(tmp_path):
    sound, flipping = bank_with(tmp_path / "sound", ""), bank_with(tmp_path / "flipping", QUARANTINE)
    assert isinstance(assemble(sound.blueprints[0], {sound.id: sound}, 1), Form)
    short = assemble(flipping.blueprints[0], {flipping.id: flipping}, 1)
    assert isinstance(short, Shortfall)


def test_drills_may_draw_an_exercise_in_quarantine(tmp_path):
    bank = bank_with(tmp_path, QUARANTINE)
    draws = draws_by_domain(bank.blueprints[0])
    assert find_exercises(draws, {bank.id: bank}) == []
    found = find_exercises(draws, {bank.id: bank}, with_quarantined=True)
    assert [one.item.id for one in found] == ["demo.ex.double"]
