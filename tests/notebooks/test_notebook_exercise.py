"""An author's notebook as an exercise: what it becomes, and what is said of its errors."""

import json

import nbformat
import pytest

from examengine.bank.read import read_bank
from examengine.core.errors import BankError
from examengine.delivery.grade_submission import open_exercise
from examengine.delivery.notebook_job import assignment_of
from examengine.notebooks.assignment import read_assignment
from examengine.notebooks.cell import Role
from notebooks.made import (
    TEMPERATURES,
    an_exercise,
    cell_of,
    checked_by,
    code,
    document,
    fields,
    in_bytes,
    solution,
    starter,
    text,
    write_exercise,
)


def faults_of(*cells, warnings=False):
    _, faults = read_assignment(in_bytes(document(*cells)))
    return [(one.code, one.cell, one.message) for one in faults if one.is_warning == warnings]


GOOD = (solution("f", "def f():\n    return 1"), checked_by("t", "assert f() == 1"))


def test_the_exercise_is_the_item_that_an_ordinary_folder_gives(temperatures):
    item = temperatures.package.item
    assert item.stem.startswith("# Readings")
    assert "## Task 3" in item.stem
    assert [(part.id, part.points, part.tests) for part in item.parts] == [
        ("test_mean", 2, ("test_mean",)),
        ("empty", 1, ("test_mean_empty",)),
        ("test_spread", 2, ("test_spread",)),
        ("uses-mean", 1, ("test_spread_uses_mean",)),
        ("log", 1, ("test_log",)),
        ("log-grows", 3, ("test_log_grows",)),
    ]
    assert item.data_files == ("readings.txt",)
    assert "raise NotImplementedError()" in item.starter["solution.py"]


def test_nothing_that_the_candidate_gets_holds_a_solution_or_a_hidden_test(temperatures):
    package = temperatures.package
    shown = package.item.model_dump_json() + json.dumps(starter(temperatures))
    assert "fsum" not in shown
    assert "is to raise ValueError" not in shown
    assert "SOLUTION" not in shown
    assert "HIDDEN" not in shown
    assert not {"exercise.ipynb", "notebook_tests.py"} & set(package.data)


def test_the_starter_notebook_is_valid_and_keeps_the_metadata_of_schema_3(temperatures):
    notebook = nbformat.reads(json.dumps(starter(temperatures)), as_version=4)
    nbformat.validate(notebook)
    marked = cell_of(starter(temperatures), "test_mean")["metadata"]["nbgrader"]
    assert marked["schema_version"] == 3
    assert marked["points"] == 2
    assert "".join(cell_of(starter(temperatures), "test_mean_empty")["source"]) == ""


def test_older_metadata_is_read():
    old = {"grade": True, "grade_id": "t", "points": "2", "solution": False, "checksum": "x"}
    cells = [
        {
            **code("def f():\n    return 1"),
            "metadata": {
                "nbgrader": {"schema_version": 1, "grade": False, "grade_id": "f", "locked": False, "solution": True}
            },
        },
        {**code("assert f() == 1"), "metadata": {"nbgrader": old}},
    ]
    assignment, faults = read_assignment(in_bytes(document(*cells)))
    assert faults == ()
    assert [cell.role for cell in assignment.cells] == [Role.SOLUTION, Role.TEST]
    assert assignment.cells[1].points == 2
    notebook = json.loads(assignment.starter_notebook())
    assert notebook["cells"][1]["metadata"]["nbgrader"] == {
        "grade": True,
        "grade_id": "t",
        "points": "2",
        "solution": False,
        "task": False,
        "locked": True,
        "schema_version": 3,
    }


def test_a_solution_cell_without_a_region_is_cleared_as_a_whole():
    assignment, _ = read_assignment(
        in_bytes(
            document(code("def f():\n    return 1", grade_id="f", solution=True), checked_by("t", "assert f() == 1"))
        )
    )
    assert assignment.starter[0].source == "# YOUR CODE HERE\nraise NotImplementedError()"


def test_several_regions_and_mark_schemes_are_cleared_each():
    cell = code(
        "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n\n\n"
        "def g():\n    # BEGIN SOLUTION\n    return 2\n    # END SOLUTION",
        grade_id="f",
        solution=True,
    )
    task = text("Explain.\n### BEGIN MARK SCHEME\nsecret\n### END MARK SCHEME", grade_id="e", task=True, points=2)
    assignment, _ = read_assignment(in_bytes(document(cell, checked_by("t", "assert f() == 1"), task)))
    stub = "    # YOUR CODE HERE\n    raise NotImplementedError()"
    assert assignment.starter[0].source == f"def f():\n{stub}\n\n\ndef g():\n{stub}"
    assert assignment.starter[2].source == "Explain."


@pytest.mark.parametrize(
    ("cells", "code_", "told"),
    [
        ((*GOOD, checked_by("t", "assert True")), "grade-id-twice", "cells 2 and 3 both have grade_id 't'"),
        ((*GOOD, checked_by("u", "assert f()", None)), "no-points", "cell 3 ('u') is autograded and has no points"),
        ((*GOOD, checked_by("u", "assert f()", -1)), "no-points", "cell 3 ('u') is autograded and has points -1"),
        ((*GOOD, checked_by("", "assert f()")), "no-grade-id", "cell 3 is a test cell without a usable grade_id"),
        ((*GOOD, checked_by("u", "# nothing yet")), "empty-test", "every answer would earn them"),
        ((*GOOD, checked_by("u", "### AUTOTEST f()")), "autotest", "AUTOTEST lines"),
        (
            (code("### BEGIN SOLUTION\nx = 1", grade_id="f", solution=True), GOOD[1]),
            "region",
            "cell 1 ('f'), line 1: the region SOLUTION is never closed",
        ),
        ((*GOOD, code("x = 1\n### END SOLUTION")), "region", "cell 3, line 2: END SOLUTION has no BEGIN"),
        (
            (*GOOD, checked_by("u", "assert f()\n### BEGIN SOLUTION\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS")),
            "region",
            "BEGIN HIDDEN TESTS stands inside the region SOLUTION of line 2",
        ),
        (
            (*GOOD, code("### BEGIN HIDDEN TESTS\nx = 1\n### END HIDDEN TESTS")),
            "region-misplaced",
            "cell 3, line 1: a region HIDDEN TESTS stands in a plain cell",
        ),
        ((*GOOD, checked_by("u", "assert (")), "python-syntax", "cell 3 ('u'), line 1: this is not Python"),
        ((*GOOD, checked_by("u", "!ls")), "magic", "cell 3 ('u'), line 1: `!ls` is a shell line"),
        ((checked_by("t", "assert f()"), *GOOD[:1]), "test-before-solution", "no solution cell stands before it"),
        ((GOOD[0],), "no-tests", "the notebook has no autograded cell with points"),
        (
            (*GOOD, text("x", grade_id="u", grade=True, points=1)),
            "test-not-code",
            "cell 3 ('u') is autograded but holds no code",
        ),
        (
            (*GOOD, {**code("x"), "metadata": fields(schema_version=7, grade_id="v", locked=True)}),
            "metadata-version",
            "cell 3 ('v') has nbgrader metadata of schema 7",
        ),
    ],
)
def test_errors_name_the_cell_and_what_is_wrong(cells, code_, told):
    found = faults_of(*cells)
    assert any(code == code_ and told in message for code, _cell, message in found), found


def test_answers_that_a_person_would_grade_are_kept_without_points(tmp_path):
    essay = text("An answer.", grade_id="essay", grade=True, solution=True, points=5)
    plot = code("### BEGIN SOLUTION\nx = 2\n### END SOLUTION", grade_id="plot", grade=True, solution=True, points=5)
    found = faults_of(*GOOD, essay, plot, warnings=True)
    assert [(code, cell) for code, cell, _ in found] == [
        ("graded-by-hand", 3),
        ("graded-by-hand", 4),
        ("solution-without-test", 4),
    ]
    exercise = an_exercise(tmp_path, *GOOD, essay, plot)
    assert sum(part.points for part in exercise.package.item.parts) == 1
    assert "An answer." not in exercise.package.item.stem


def test_parts_and_cells_must_agree(tmp_path):
    cells = (*GOOD, checked_by("u", "assert f()", 2), checked_by("w", "assert f()", 3))
    parts = [
        {"id": "one", "title": "One", "domain": "code", "cells": ["t", "u"]},
        {"id": "two", "title": "Two", "domain": "code", "cells": ["t"]},
        {"id": "three", "title": "Three", "domain": "code", "cells": ["ww"]},
    ]
    with pytest.raises(BankError) as caught:
        open_exercise(write_exercise(tmp_path, *cells, head={"parts": parts}))
    told = str(caught.value)
    assert "part 'one' has cells of 1 and 2 points" in told
    assert "the cell 't' belongs to two parts" in told
    assert "part 'three' names the cell 'ww', which is no test cell of exercise.ipynb" in told
    assert "cell 4 ('u') has 2 points" not in told
    assert "('w') has 3 points and belongs to no part; name 'w' in a part of exercise.yaml" in told


def test_cells_of_equal_points_share_a_part(tmp_path):
    parts = [{"id": "all", "title": "All", "domain": "code", "cells": ["t", "u"]}]
    cells = (*GOOD, checked_by("u", "assert f()"), checked_by("practice", "assert f()", 0))
    part = an_exercise(tmp_path, *cells, head={"parts": parts}).package.item.parts[0]
    assert part.points == 2
    assert part.tests == ("test_t", "test_u")


def test_a_file_that_is_no_notebook_is_one_error(tmp_path):
    folder = write_exercise(tmp_path, *GOOD)
    (folder / "exercise.ipynb").write_text("{")
    with pytest.raises(BankError, match="its JSON breaks off or is damaged in line 1; open it in Jupyter"):
        open_exercise(folder)


def test_files_of_an_ordinary_exercise_beside_a_notebook_are_told_of(tmp_path):
    folder = write_exercise(tmp_path, *GOOD)
    (folder / "reference.py").write_text("x = 1\n")
    (folder / "wrong").mkdir()
    (folder / "wrong" / "unlisted.ipynb").write_text("{}")
    with pytest.raises(BankError, match=r"unlisted.ipynb.*does not list this wrong solution"):
        open_exercise(folder)


def test_a_bank_may_hold_both_kinds_of_exercise(tmp_path):
    import shutil

    bank = tmp_path / "short"
    shutil.copytree(TEMPERATURES.parents[1] / "sound_banks/short", bank)
    shutil.copytree(TEMPERATURES, bank / "exercises/temperatures")
    reading = read_bank(bank)
    assert [str(one) for one in reading.problems if one.severity == "error"] == []
    assert {one.package.item.id for one in reading.bank.exercises} == {
        "short.ex.running-total",
        "short.ex.temperatures",
    }


def test_stars_and_future_imports_in_the_authors_cells_are_no_obstacle(tmp_path, service):
    from examengine.delivery.grade_notebook import grade_notebook
    from notebooks.made import is_full

    exercise = an_exercise(
        tmp_path,
        code("from __future__ import annotations\nfrom math import *"),
        solution("f", "def f(x):\n    return sqrt(x)"),
        checked_by(
            "T-1", "limit: float = pi\nassert f(4) == 2 and floor(limit) == 3\nassert [f(x) for x in (1, 4)] == [1, 2]"
        ),
        checked_by(
            "T_1",
            "class Check:\n    f = 3\n    def run(self):\n        return f(9)\n\n\nassert Check().run() == Check.f",
        ),
    )
    assert list(assignment_of(exercise.package).test_names.values()) == ["test_T_1", "test_T_1_"]
    assert is_full(grade_notebook(exercise, exercise.reference, service))


def test_the_check_of_a_bank_grades_a_notebooks_own_solutions(tmp_path, service):
    import shutil

    from builders import services_in
    from examengine.delivery.check_exercises import check_exercises

    bank = tmp_path / "short"
    shutil.copytree(TEMPERATURES.parents[1] / "sound_banks/short", bank)
    shutil.rmtree(bank / "exercises/running-total")
    (bank / "exams/exam.yaml").unlink()
    place = bank / "exercises/temperatures"
    shutil.copytree(TEMPERATURES, place)
    services = services_in(tmp_path / "data", grading=service)
    assert check_exercises(services, read_bank(bank).bank) == []
    text = (place / "exercise.ipynb").read_text()
    (place / "exercise.ipynb").write_text(text.replace("max(abs(value - centre)", "min(abs(value - centre)"))
    (place / "exercise.yaml").write_text(
        (place / "exercise.yaml").read_text().replace("list., most: 7", "list., most: 6")
    )
    found = check_exercises(services, read_bank(bank).bank)
    assert [(one.code, one.file.rpartition("/")[2]) for one in found] == [
        ("reference-loses", "exercise.ipynb"),
        ("wrong-earns", "shares_its_log.ipynb"),
    ]


def test_mutants_of_a_notebook_change_the_answers_alone_and_are_told_by_cell(temperatures, service):
    from examengine.delivery.check_exercises import Thoroughness, run_exercise

    report = run_exercise(temperatures, lambda _: service, Thoroughness(runs=1))
    assert report.mutants is not None
    assert report.mutants.tried == report.mutants.made > 5
    answers = {cell.grade_id for cell in assignment_of(temperatures.package).reference if cell.role is Role.SOLUTION}
    told = report.mutants.survivors
    assert {one.cell for one in told} <= answers
    sources = {cell.grade_id: cell.source.split("\n") for cell in assignment_of(temperatures.package).reference}
    assert all(sources[one.cell][one.line - 1].strip() == one.source for one in told)


def test_the_lines_of_a_text_that_answer_a_task_are_known_by_cell_and_line():
    from examengine.notebooks.percent import answer_lines

    text = (
        "# %% [intro] read only\nimport json\n\n# %% [f] your answer\ndef f():\n    return 1\n\n# %% [cell 3]\nx = 1\n"
    )
    assert answer_lines(text) == {5: ("f", 1), 6: ("f", 2), 7: ("f", 3)}
