"""A candidate's notebook is put right before it is graded, and every repair is told."""

import copy
import json
import random

import nbformat
import pytest

from examengine.core.evidence import Verdict
from examengine.delivery.grade_notebook import grade_notebook
from examengine.delivery.notebook_job import assignment_of
from examengine.notebooks.read_notebook import Notebook, Unreadable, read_notebook
from examengine.notebooks.repair import repair
from notebooks.made import RIGHT, cell_of, code, filled, grade_id_of, in_bytes, is_full, passed


def without_ids(notebook):
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    notebook["nbformat_minor"] = 2
    return notebook


def repaired(exercise, notebook):
    read = read_notebook(in_bytes(notebook))
    assert isinstance(read, Notebook)
    return repair(assignment_of(exercise.package), read.cells)


def test_a_lost_test_cell_and_a_lost_read_only_cell_are_restored(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    for grade_id in ("test_mean", "load"):
        notebook["cells"].remove(cell_of(notebook, grade_id))
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    assert done.repairs == (
        "Read-only cell 'load' was missing; it was restored.",
        "Test cell 'test_mean' was missing; it was restored.",
    )


def test_doubled_test_cells_are_left_out_and_doubled_solutions_run_in_order(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    cells = notebook["cells"]
    cells.append(copy.deepcopy(cell_of(notebook, "test_log")) | {"id": "again"})
    earlier = copy.deepcopy(cell_of(notebook, "mean")) | {"id": "draft", "source": "def mean(values):\n    return 0"}
    cells.insert(cells.index(cell_of(notebook, "mean")), earlier)
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    assert any("is a second copy of test cell 'test_log'; it was left out." in one for one in done.repairs)
    assert "Cells 5, 6 all carry the id of solution cell 'mean'; they are run one after the other." in done.repairs


def test_edited_test_and_read_only_cells_are_put_back(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    cell_of(notebook, "test_mean")["source"] = "assert True"
    cell_of(notebook, "load")["source"] = "readings = []"
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    assert done.repairs == (
        "Read-only cell 'load' (cell 3) was changed; the exercise's version was put back.",
        "Test cell 'test_mean' (cell 6) was changed; the exercise's version was put back.",
    )


def test_moved_cells_are_put_back_in_their_place(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    cells = notebook["cells"]
    cells.insert(0, cells.pop(cells.index(cell_of(notebook, "test_log"))))
    cells.append(cells.pop(cells.index(cell_of(notebook, "load"))))
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    assert "Test cell 'test_log' stood elsewhere (cell 1); it was put back in its place." in done.repairs
    assert any(one.startswith("Read-only cell 'load' stood elsewhere") for one in done.repairs)


def test_a_notebook_whose_ids_and_metadata_are_lost_is_graded_all_the_same(temperatures, service):
    notebook = without_ids(filled(temperatures, RIGHT))
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    assert len(done.repairs) == 1
    assert "had lost their ids; they were recognised by their content." in done.repairs[0]


def test_edited_cells_without_ids_are_found_by_what_they_define_and_resemble(temperatures, service):
    notebook = without_ids(filled(temperatures, RIGHT))
    for cell in notebook["cells"]:
        if cell["source"] == "assert mean([1, 2, 6]) == 3":
            cell["source"] = "assert mean([1, 2, 6]) == 3.0  # edited"
    del notebook["metadata"]
    random.Random(3).shuffle(notebook["cells"])
    assert is_full(grade_notebook(temperatures, in_bytes(notebook), service))


def test_a_solution_cell_that_became_text_is_code_again(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    cell = cell_of(notebook, "log")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    assert "Solution cell 'log' (cell 14) had become another kind of cell; it is code again." in done.repairs


def test_a_missing_solution_cell_costs_its_own_points(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    notebook["cells"].remove(cell_of(notebook, "log"))
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert passed(done) == {"test_mean", "test_mean_empty", "test_spread", "test_spread_uses_mean"}
    assert done.repairs == ("Solution cell 'log' is missing; there is nothing to run for it.",)


def test_cells_that_were_merged_into_one_answer_for_all_their_tasks(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    cell_of(notebook, "log")["source"] = "\n\n\n".join(RIGHT.values())
    for grade_id in ("mean", "spread"):
        notebook["cells"].remove(cell_of(notebook, grade_id))
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert passed(done) >= {"test_mean", "test_mean_empty", "test_spread", "test_log", "test_log_grows"}


@pytest.mark.parametrize("data", [b"[]", b"see the attachment", b"print(1)"])
def test_a_notebook_file_that_holds_anything_else_is_unreadable(temperatures, service, data):
    done = grade_notebook(temperatures, data, service, may_be_text=False)
    assert not done.is_readable
    assert done.submission.evidence.message.startswith("The file is not a notebook")
    assert grade_notebook(temperatures, data, service).is_readable


def test_answers_that_all_stand_in_the_first_cell_answer_for_the_tasks_below(temperatures, service):
    notebook = filled(temperatures, {"mean": "\n\n\n".join(RIGHT.values()), "spread": "", "log": "# see above"})
    assert is_full(grade_notebook(temperatures, in_bytes(notebook), service))


def test_the_repaired_order_is_the_exercises(temperatures):
    notebook = filled(temperatures, RIGHT)
    random.Random(1).shuffle(notebook["cells"])
    notebook["cells"].insert(3, {"id": "mine", **code("x = 1")})
    result = repaired(temperatures, notebook)
    own = [one.cell.grade_id for one in result.cells if not one.is_added and one.cell.grade_id]
    assert own == [cell.grade_id for cell in assignment_of(temperatures.package).cells if cell.grade_id]
    assert sum(one.is_added for one in result.cells) == 1


def test_a_notebook_of_format_3_is_graded(temperatures, service):
    new = nbformat.reads(json.dumps(filled(temperatures, RIGHT)), as_version=4)
    old = nbformat.writes(nbformat.convert(new, 3), version=3)
    done = grade_notebook(temperatures, old.encode(), service)
    assert is_full(done)
    assert done.remarks[0] == "The notebook is of format 3; it was read as format 4."


def test_sources_as_lists_and_other_encodings_are_read(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n").splitlines(keepends=True)
    text = json.dumps(notebook)
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert is_full(grade_notebook(temperatures, data, service))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b'{"cells": [', "The file is not a notebook: its JSON breaks off or is damaged in line 1."),
        (b'{"cells": [\n<<<<<<< HEAD\n', "The notebook holds the marks of a merge conflict"),
        (b'{"cells": 3}', "The file is not a notebook: it has no list of cells."),
        (b'{"cells": [3]}', "Cell 1 of the notebook is damaged: it is not an object."),
        (b'{"cells": [], "nbformat": 9}', "The notebook is of format 9, which is not known here"),
        (b'{"worksheets": 3, "nbformat": 3}', "The notebook is of format 3 and damaged"),
        (b'{"cells": ' + b"[" * 100_000, "The file is not a notebook: its JSON cannot be read."),
        (b"\n<!DOCTYPE html><html></html>", "The file is a web page, not a notebook"),
        (b"{\xff\xfe\xfd}", "The file is not a notebook: it is not text in UTF-8."),
    ],
)
def test_what_is_no_notebook_gets_one_clear_sentence(temperatures, service, data, told):
    done = grade_notebook(temperatures, data, service)
    evidence = done.submission.evidence
    assert evidence.verdict is Verdict.ERROR
    assert evidence.message.startswith(told)
    assert "\n" not in evidence.message
    assert done.submission.earned == 0
    assert not done.is_readable
    assert len(evidence.tests) == 6
    nbformat.validate(nbformat.reads(done.feedback.decode(), as_version=4))


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": 3, "source": 4, "metadata": 5},
        {"cell_type": "code", "source": [1, "x"], "metadata": {"nbgrader": {"grade_id": ["a"], "points": "many"}}},
        {"cell_type": "code", "source": "x\x00y", "metadata": {"nbgrader": 3}, "outputs": {"a": 1}, "id": 7},
        {"cell_type": "code", "source": "# -*- coding: utf-7 -*-\nx = 1", "outputs": [{"output_type": "odd"}]},
        {"cell_type": "code", "source": "\ud800 = 1", "id": "c0"},
    ],
)
def test_odd_cells_cost_nothing_but_themselves(temperatures, service, cell):
    notebook = filled(temperatures, RIGHT)
    notebook["cells"].insert(2, cell)
    notebook["metadata"] = {"kernelspec": 3}
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    nbformat.validate(nbformat.reads(done.feedback.decode(), as_version=4))


@pytest.mark.parametrize(
    "source", ["x = " + "-" * 3000 + "1", "x = " + "+".join("1" * 3000), "(" * 300, "x" + ".a" * 3000]
)
def test_deeply_nested_code_costs_nothing_but_itself(temperatures, service, source):
    notebook = filled(temperatures, RIGHT | {"log": source})
    assert len(passed(grade_notebook(temperatures, in_bytes(notebook), service))) == 4


def test_too_much_code_is_one_clear_sentence(temperatures, service):
    notebook = filled(temperatures, RIGHT | {"log": "x = 1\n" * 400_000})
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert done.submission.evidence.message == "The notebook's code is larger than 2048 KiB."


def test_random_damage_never_ends_in_an_exception(temperatures):
    text = in_bytes(filled(temperatures, RIGHT))
    chance = random.Random(11)
    for _ in range(300):
        data = bytearray(text)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(30)] = bytes(chance.randrange(256) for _ in range(chance.randrange(4)))
        read = read_notebook(bytes(data))
        if isinstance(read, Unreadable):
            assert read.message.endswith(".")
        else:
            found = repair(assignment_of(temperatures.package), read.cells)
            assert {one.index for one in found.cells if not one.is_added} == set(
                range(len(temperatures_cells(temperatures)))
            )


def temperatures_cells(exercise):
    return assignment_of(exercise.package).cells


def test_filling_in_and_any_mishap_of_test_cells_still_earns_everything(temperatures, service):
    """Source, starter, filled in, damaged where the candidate should not touch, repaired: full marks."""
    chance = random.Random(5)
    for _ in range(12):
        notebook = filled(temperatures, RIGHT)
        cells = notebook["cells"]
        for cell in [one for one in cells if grade_id_of(one).startswith("test_") or grade_id_of(one) == "load"]:
            match chance.randrange(6):
                case 0:
                    cells.remove(cell)
                case 1:
                    cells.insert(chance.randrange(len(cells)), copy.deepcopy(cell) | {"id": f"d{len(cells)}"})
                case 2:
                    cells.remove(cell)
                    cells.insert(chance.randrange(len(cells)), cell)
                case 3:
                    cell["source"] = "".join(cell["source"]) + "\nx = 3"
                case 4:
                    cell["metadata"] = {}
                case _:
                    pass
        done = grade_notebook(temperatures, in_bytes(notebook), service)
        assert is_full(done), (done.repairs, [one.message for one in done.submission.evidence.tests])
