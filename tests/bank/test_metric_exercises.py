"""Exercises with measured parts: their tables and their fields are checked before anything is run."""

from pathlib import Path

import pytest

from bank.bank_folder import MANIFEST, write_bank
from examengine.bank.problem import Problem
from examengine.bank.read import read_bank
from examengine.itemtypes.coding.model import MetricPart

CORPUS = Path(__file__).parents[1] / "corpora" / "exercises" / "pump-failures"
NAME = "exercises/pump-failures"
YAML = (CORPUS / "exercise.yaml").read_text(encoding="utf-8")
TRAIN = (CORPUS / "data/train.csv").read_text(encoding="utf-8")
ANCHORS = "[[0.70, 0], [0.85, 0.75], [0.90, 1]]"
HELD = (CORPUS / "holdout/holdout.csv").read_text(encoding="utf-8")


def files(changes):
    found = {
        f"{NAME}/{path.relative_to(CORPUS).as_posix()}": path.read_text(encoding="utf-8")
        for path in CORPUS.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return {**found, **{f"{NAME}/{name}": text for name, text in changes.items()}, "bank.yaml": MANIFEST}


def problems(folder, changes) -> list[Problem]:
    return [one for one in read_bank(write_bank(folder, files(changes))).problems if NAME in one.file]


def changed(old: str, new: str) -> dict[str, str]:
    assert old in YAML
    return {"exercise.yaml": YAML.replace(old, new, 1)}


def test_the_sound_exercise_has_no_problem_and_loads(tmp_path):
    reading = read_bank(write_bank(tmp_path, files({})))
    assert reading.problems == ()
    exercise = next(one for one in reading.bank.exercises if one.folder == NAME)
    part = exercise.package.item.parts[1]
    assert isinstance(part, MetricPart)
    assert part.task().train in exercise.package.data
    assert part.task().holdout in exercise.package.support


def test_an_exercise_that_is_measured_alone_needs_no_hidden_tests(tmp_path):
    start, end = YAML.index("  - id: columns"), YAML.index("  - id: quality")
    text = (YAML[:start] + YAML[end:]).replace("most: 9", "most: 5")
    reading = read_bank(write_bank(tmp_path, files({"exercise.yaml": text, "test_hidden.py": None})))
    assert reading.problems == ()
    assert next(e for e in reading.bank.exercises if e.folder == NAME).package.tests == {"test_hidden.py": b""}


def test_training_rows_may_be_hidden_as_well(tmp_path):
    assert problems(tmp_path, {"data/train.csv": None, "holdout/train.csv": TRAIN}) == []


def rows(table: str, change) -> str:
    head, *lines = table.splitlines()
    return "\n".join([head, *(",".join(change(line.split(","))) for line in lines)]) + "\n"


FAULTS = {
    "no scikit-learn": (changed("[numpy, pandas, sklearn]", "[numpy, pandas]"), "metric-requires", "needs sklearn"),
    "no hold-out table": ({"holdout/holdout.csv": None}, "missing-file", "`holdout/holdout.csv` does not exist"),
    "no training table": ({"data/train.csv": None}, "missing-file", "`data/train.csv` does not exist"),
    "no such column": (changed("target: failed", "target: broken"), "missing-column", "no column 'broken'"),
    "other columns": ({"holdout/holdout.csv": HELD.replace("heat", "warmth", 1)}, "other-columns", "heat, warmth"),
    "a row too short": ({"data/train.csv": TRAIN + "1,2\n"}, "wrong-row", "row 242 has 2 values for 5 columns"),
    "no rows": ({"data/train.csv": TRAIN.splitlines()[0] + "\n"}, "no-rows", "no rows"),
    "a column twice": ({"data/train.csv": TRAIN.replace("heat", "hours", 1)}, "wrong-header", "'hours' stands twice"),
    "no label": ({"data/train.csv": TRAIN + "1,2,3,north,\n"}, "wrong-target", "'failed' is empty in row 242"),
    "one label alone": (
        {"holdout/holdout.csv": rows(HELD, lambda r: [*r[:-1], "yes"])},
        "constant-target",
        "the same in every row",
    ),
    "three labels": ({"data/train.csv": TRAIN + "1,2,3,north,perhaps\n"}, "not-binary", "3 labels"),
    "a label nobody can learn": (
        {"holdout/holdout.csv": HELD + "1,2,3,north,perhaps\n"},
        "unknown-label",
        "'perhaps' is in no training row",
    ),
    "a positive label that is none": (changed("'yes'", "'burst'"), "unknown-label", "'burst' is in no row"),
    "words for numbers": (
        changed(f"metric: roc_auc\n    target: failed\n    positive: 'yes'\n    anchors: {ANCHORS}",
                "metric: mae\n    target: failed\n    anchors: [[2, 0], [1, 1]]"),
        "wrong-target",
        "is no number in row 2",
    ),
    "not UTF-8": ({"data/train.csv": TRAIN.encode() + b"\xff"}, "not-utf-8", "not UTF-8"),
    "anchors the wrong way": (changed(ANCHORS, "[[0.9, 0], [0.7, 1]]"), "invalid", "rise"),
    "a metric by another name": (changed("metric: roc_auc", "metric: roc-auc"), "unknown-value", "roc_auc"),
    "a path for a table": (changed("failed", "failed\n    data: ../held"), "wrong-form", "such as holdout"),
    "a field of its own": (changed("seeds: [1, 2, 3]", "sedes: [1]"), "unknown-field", "seeds"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_its_place_with_what_would_be_right(tmp_path, name):
    changes, code, word = FAULTS[name]
    found = [one for one in problems(tmp_path, changes) if one.severity == "error"]
    assert [one.code for one in found] == [code]
    assert word in f"{found[0].message} {found[0].hint}"


def test_hold_out_rows_that_were_trained_on_are_named(tmp_path):
    stolen = TRAIN.splitlines()[5]
    (found,) = problems(tmp_path, {"holdout/holdout.csv": HELD + stolen + "\n"})
    assert (found.code, found.severity, found.line) == ("row-in-training", "warning", 162)
    assert "1 of 161" in found.message


def test_a_row_is_found_again_however_its_numbers_are_written(tmp_path):
    hours, *rest = TRAIN.splitlines()[5].split(",")
    (found,) = problems(tmp_path, {"holdout/holdout.csv": HELD + ",".join([f"{hours}00", *rest]) + "\n"})
    assert found.code == "row-in-training"


def test_few_hold_out_rows_are_a_warning(tmp_path):
    few = "\n".join(HELD.splitlines()[:20]) + "\n"
    assert [(one.code, one.severity) for one in problems(tmp_path, {"holdout/holdout.csv": few})] == [
        ("few-rows", "warning")
    ]
