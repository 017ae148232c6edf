"""Code cells as Python text, and back without loss."""

import json

from hypothesis import given
from hypothesis import strategies as st

from examengine.delivery.grade_notebook import grade_notebook
from examengine.delivery.notebook_job import assignment_of
from examengine.notebooks.assignment import notebook_bytes
from examengine.notebooks.cell import Cell
from examengine.notebooks.percent import merged, read_percent, write_percent
from examengine.notebooks.read_notebook import read_notebook
from notebooks.made import LOG, MEAN, RIGHT, SPREAD, is_full, passed

lines = st.sampled_from(
    ["", "x = 1", "# %%", "# %% [a]", "#: x", "#:", "%matplotlib inline", "!ls", "    ", "    %%time", "é"]
)
sources = st.lists(lines, max_size=6).map("\n".join)


@given(st.lists(st.tuples(sources, st.booleans()), max_size=6))
def test_any_cells_survive_the_way_there_and_back(made):
    cells = tuple(
        Cell(number=number, kind="code", source=source, grade_id=f"id_{number}" if has_id else "")
        for number, (source, has_id) in enumerate(made, 1)
    )
    assert read_percent(write_percent(cells), cells) == cells


def test_the_starter_as_text_gives_the_starter_notebook_back(temperatures):
    assignment = assignment_of(temperatures.package)
    edited = read_percent(write_percent(assignment.starter), assignment.starter)
    back = notebook_bytes(assignment.notebook.document, merged(assignment.starter, edited))
    assert back == assignment.starter_notebook()


def test_the_text_of_the_starter_is_python(temperatures):
    for name, text in {**temperatures.package.item.starter, **temperatures.package.item.sample_tests}.items():
        compile(text, name, "exec")


def test_edited_text_is_graded_as_the_notebook_would_be(temperatures, service):
    text = temperatures.package.item.starter["solution.py"]
    stub = "    # YOUR CODE HERE\n    raise NotImplementedError()"
    text = text.replace(f"def mean(values):\n{stub}", MEAN).replace(f"def spread(values):\n{stub}", SPREAD)
    text = text.replace("# YOUR CODE HERE\nraise NotImplementedError()", LOG)
    done = grade_notebook(temperatures, text.encode(), service)
    assert is_full(done)
    assert done.repairs == ()


def test_text_without_any_head_is_one_cell_for_all_tasks(temperatures, service):
    done = grade_notebook(temperatures, "\n\n\n".join(RIGHT.values()).encode(), service)
    assert {"test_mean", "test_spread", "test_log", "test_log_grows"} <= passed(done)


def test_a_text_with_an_unknown_or_doubled_head_is_graded(temperatures, service):
    text = f"import os\n# %% [mean]\n{MEAN}\n# %% [unknown]\nx = 1\n# %%\ny = 2\n"
    text += f"# %% [spread]\n{SPREAD}\n# %% [mean]\nz = 3\n"
    assert {"test_mean", "test_mean_empty", "test_spread"} <= passed(
        grade_notebook(temperatures, text.encode(), service)
    )


def test_reading_keeps_every_source_as_it_is():
    cell = {"cell_type": "code", "source": ["a\n", "b\u2028c\n", "\td"], "metadata": {}}
    read = read_notebook(json.dumps({"cells": [cell], "nbformat": 4}).encode())
    assert read.cells[0].source == "a\nb\u2028c\n\td"
