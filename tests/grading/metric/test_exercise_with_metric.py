"""The exercise of the corpus as its author meets it: in the check of its bank, at the command line, in a report."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bank.bank_folder import MANIFEST, write_bank
from examengine.bank.read import read_bank
from examengine.delivery.check_exercises import check_exercises
from examengine.delivery.grade_submission import grade_by_exercise
from examengine.delivery.services import Services

pytestmark = pytest.mark.ml
EXERCISE = Path(__file__).parents[2] / "corpora" / "exercises" / "pump-failures"
NAME = "exercises/pump-failures"


@pytest.fixture(scope="module")
def real_services(tmp_path_factory):
    made = Services(home=tmp_path_factory.mktemp("home"))
    yield made
    made.close()


def bank_with(folder, **changes):
    found = {
        f"{NAME}/{path.relative_to(EXERCISE).as_posix()}": path.read_text(encoding="utf-8")
        for path in EXERCISE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for name, (old, new) in changes.items():
        place = next(key for key in found if key.startswith(f"{NAME}/{name}."))
        assert old in found[place]
        found[place] = found[place].replace(old, new)
    reading = read_bank(write_bank(folder, {**found, "bank.yaml": MANIFEST}))
    assert reading.bank is not None, reading.problems
    return reading.bank


def test_the_authors_solutions_earn_what_they_should(real_services, tmp_path):
    graded = []
    assert check_exercises(real_services, bank_with(tmp_path), graded.append) == []
    assert len(graded) == 3 + 7  # the bank's own exercise, and this one


@pytest.mark.slow
def test_every_solution_that_earns_other_than_it_should_is_told(real_services, tmp_path):
    bank = bank_with(tmp_path, exercise=("[[0.70, 0], [0.85, 0.75], [0.90, 1]]", "[[0.20, 0], [0.70, 1], [0.999, 1]]"))
    told = {(one.code, Path(one.file).name) for one in check_exercises(real_services, bank)}
    assert told == {("wrong-earns", "hours_alone.py")}


def test_anchors_that_the_reference_does_not_reach_are_told(real_services, tmp_path):
    bank = bank_with(tmp_path, exercise=("[0.90, 1]]", "[0.999, 1]]"))
    (lost,) = check_exercises(real_services, bank)
    assert lost.code == "reference-loses"
    assert lost.file.endswith(f"{NAME}/reference.py")
    assert "0.999 everything" in lost.hint


@pytest.mark.slow
def test_a_starter_that_already_earns_is_told(real_services, tmp_path):
    reference = (EXERCISE / "reference.py").read_text(encoding="utf-8")
    starter = (EXERCISE / "starter.py").read_text(encoding="utf-8")
    found = check_exercises(real_services, bank_with(tmp_path, starter=(starter, reference)))
    assert [(one.code, Path(one.file).name) for one in found] == [("starter-earns", "starter.py")]
    assert "it earns 16 points, and may earn 0" in found[0].message


def test_the_command_line_shows_value_bound_and_anchors():
    words = ["grade", EXERCISE / "wrong/hours_alone.py", "--exercise", EXERCISE]
    shown, told = (
        subprocess.Popen(
            [sys.executable, "-m", "examengine", *map(str, words), *more], stdout=subprocess.PIPE, text=True
        )
        for more in ([], ["--json"])
    )
    measured = json.loads(told.communicate()[0])["parts"][1]["measured"]
    assert measured["metric"] == "roc_auc"
    assert len(measured["values"]) == 3
    assert 0.65 < measured["lower_bound"] < min(measured["values"])
    assert measured["text"] in shown.communicate()[0]
    assert measured["text"].startswith("area under the ROC curve 0.76")
    assert measured["text"].endswith("with 95 % confidence; 0.7 earns nothing, 0.85 earns 75 %, 0.9 everything")


def test_partial_credit_is_exact_and_the_same_each_time(real_services):
    one, other = (grade_by_exercise(real_services, EXERCISE / "wrong/hours_alone.py", EXERCISE) for _ in range(2))
    assert one.earned == other.earned
    assert 4 < one.earned < 5
    assert one.evidence.measures == other.evidence.measures
    bound = one.parts[1].measured.lower_bound
    assert one.parts[1].earned == 12 * (bound - one.parts[1].measured.anchors[0][0]) * 5
