"""A candidate's notebook in the sandbox: what is earned, what it costs when a cell goes wrong, what is told."""

import json

import nbformat
import pytest

from examengine.core.evidence import TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.delivery.grade_notebook import grade_notebook
from notebooks.made import (
    LOG,
    MEAN,
    RIGHT,
    SPREAD,
    an_exercise,
    cell_of,
    checked_by,
    code,
    filled,
    in_bytes,
    is_full,
    outcome_of,
    passed,
    solution,
    starter,
)


def test_right_answers_earn_everything_and_the_starter_nothing(temperatures, service):
    done = grade_notebook(temperatures, in_bytes(filled(temperatures, RIGHT)), service)
    assert is_full(done)
    assert done.repairs == ()
    assert done.submission.evidence.verdict is Verdict.PASSED
    assert [part.earned for part in done.submission.parts] == [2, 1, 2, 1, 1, 3]
    blank = grade_notebook(temperatures, in_bytes(starter(temperatures)), service)
    assert blank.submission.earned == 0
    assert outcome_of(blank, "test_mean").message.endswith("raised NotImplementedError (cell 5 ('mean'), line 3)")


def test_the_reference_and_the_wrong_solutions_earn_what_the_exercise_says(temperatures, service):
    assert is_full(grade_notebook(temperatures, temperatures.reference, service))
    for wrong in temperatures.wrong:
        done = grade_notebook(temperatures, temperatures.wrong_files[wrong.file], service)
        assert 0 < done.submission.earned <= wrong.most


def test_messages_name_the_cell_and_the_line(temperatures, service):
    answers = RIGHT | {"mean": "def mean(values):\n    centre = values[0]\n    return centre / 0"}
    done = grade_notebook(temperatures, in_bytes(filled(temperatures, answers)), service)
    assert "(cell 5 ('mean'), line 3)" in outcome_of(done, "test_mean").message
    assert "cell_5.py" not in done.submission.evidence.message + done.submission.evidence.output


def test_a_cell_that_raises_is_told_and_the_next_cells_still_run(temperatures, service):
    answers = RIGHT | {"mean": f"{MEAN}\n\nmean([])", "log": "1 / 0"}
    notebook = filled(temperatures, answers)
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert passed(done) == {"test_mean", "test_mean_empty", "test_spread", "test_spread_uses_mean"}
    told = outcome_of(done, "test_log").message
    assert "'Log' is not defined" in told
    assert "cell 14 ('log') raised ZeroDivisionError: division by zero (line 1)" in told
    assert "cell 5 ('mean') raised ValueError (line 3)" in done.submission.evidence.output


def test_a_cell_with_wrong_syntax_costs_its_task_alone(temperatures, service):
    done = grade_notebook(temperatures, in_bytes(filled(temperatures, RIGHT | {"log": "class Log(:\n"})), service)
    assert len(passed(done)) == 4
    assert "cell 14 ('log'), line 1: SyntaxError" in outcome_of(done, "test_log").message


@pytest.mark.parametrize(
    ("cell", "status", "told"),
    [
        ("import os\nos._exit(0)", TestStatus.CRASHED, "ended early"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", TestStatus.CRASHED, "crashed"),
        ("import sys\nsys.exit(0)", TestStatus.FAILED, "called sys.exit() (line 2)"),
        ("while True:\n    pass", TestStatus.TIMEOUT, "cell 14 ('log') was stopped: it took longer than the"),
        (
            "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
            TestStatus.TIMEOUT,
            "longer than the 1 s allowed",
        ),
    ],
)
def test_a_crash_or_a_hang_in_one_task_costs_the_others_nothing(temperatures, service, cell, status, told):
    notebook = filled(temperatures, RIGHT | {"log": f"{cell}\n{LOG}"})
    done = grade_notebook(temperatures, in_bytes(notebook), service, limits=Limits(seconds=1, memory_mib=512))
    assert passed(done) == {"test_mean", "test_mean_empty", "test_spread", "test_spread_uses_mean"}
    outcome = outcome_of(done, "test_log")
    assert outcome.outcome is status
    assert told in outcome.message


@pytest.mark.parametrize("line", ["import os; os.chdir('/')", "import sys; sys.stdout.close(); sys.stdout = None"])
def test_a_cell_that_goes_elsewhere_or_closes_its_output_costs_nothing(temperatures, service, line):
    notebook = filled(temperatures, RIGHT | {"mean": f"{MEAN}\n{line}"})
    assert grade_notebook(temperatures, in_bytes(notebook), service).submission.earned == 10


def test_an_endless_print_is_stopped_and_cut(temperatures, service):
    notebook = filled(temperatures, RIGHT | {"log": "while True:\n    print('x' * 1000)"})
    done = grade_notebook(temperatures, in_bytes(notebook), service, limits=Limits(seconds=1, memory_mib=512))
    assert len(passed(done)) == 4
    assert outcome_of(done, "test_log").outcome is TestStatus.TIMEOUT
    assert len(done.submission.evidence.output) <= 64 * 1024


def test_renaming_a_shared_name_in_one_task_costs_the_others_nothing(temperatures, service):
    answers = RIGHT | {"mean": f"{MEAN}\nto_fahrenheit = None\nreadings.clear()\nimport math\nmath.isclose = None"}
    done = grade_notebook(temperatures, in_bytes(filled(temperatures, answers)), service)
    assert {"test_log", "test_log_grows"} <= passed(done)


def test_a_later_task_uses_what_an_earlier_one_defines(tmp_path, service):
    exercise = an_exercise(
        tmp_path,
        code("data = [1, 2]"),
        solution("one", "data = data + [3]\nfactor = 2"),
        checked_by("test_one", "assert data == [1, 2, 3]"),
        solution("two", "doubled = [factor * value for value in data]"),
        checked_by("test_two", "assert doubled == [2, 4, 6]"),
    )
    assert is_full(grade_notebook(exercise, exercise.reference, service))
    broken = filled(exercise, {"one": "1 / 0", "two": "doubled = [2 * value for value in [1, 2, 3]]"})
    assert passed(grade_notebook(exercise, in_bytes(broken), service)) == {"test_two"}


def test_later_test_cells_use_what_earlier_ones_define_even_where_those_failed(tmp_path, service):
    exercise = an_exercise(
        tmp_path,
        solution("f", "def f(x):\n    return x + 1"),
        checked_by(
            "test_a",
            "import math\nassert f(1) == 2\nlimit = math.floor(9.5)\n\n\ndef check(x):\n    return f(x) < limit",
        ),
        checked_by("test_b", "seen = []\nseen.append(check(3))", 0),
        checked_by("test_c", "assert check(3)\nassert seen == [True]"),
    )
    done = grade_notebook(exercise, in_bytes(filled(exercise, {"f": "def f(x):\n    return x + 2"})), service)
    assert passed(done) == {"test_c"}
    assert is_full(grade_notebook(exercise, exercise.reference, service))


def test_shared_random_numbers_are_the_same_on_both_sides(tmp_path, service):
    exercise = an_exercise(
        tmp_path,
        code(
            "import random\n\nsource = random.Random(4)\n"
            "skipped = source.random()\nvalues = [source.random() for _ in range(3)]"
        ),
        solution("f", "def f():\n    return sorted(values)"),
        checked_by("test_f", "assert f() == sorted(values)"),
    )
    assert is_full(grade_notebook(exercise, exercise.reference, service))


def test_a_shared_cell_that_hangs_is_stopped_once_for_all_tasks(temperatures, service):
    notebook = filled(temperatures, RIGHT)
    notebook["cells"][1]["source"] = "import math\nfrom pathlib import Path\nUNIT = 'C'\nwhile True:\n    pass"
    done = grade_notebook(temperatures, in_bytes(notebook), service, limits=Limits(seconds=1, memory_mib=512))
    assert {"test_spread", "test_log", "test_log_grows"} <= passed(done)
    assert done.submission.evidence.output.count("cell 2 was stopped") == 1


def test_names_that_a_test_sets_reach_the_candidates_functions_and_are_put_back(tmp_path, service):
    exercise = an_exercise(
        tmp_path,
        code("RATE = 2"),
        solution("price", "def tax():\n    return RATE\n\n\ndef price(x):\n    return x + tax()"),
        checked_by("test_set", "RATE = 5\nassert price(1) == 6\ntax = lambda: 0\nassert price(1) == 1"),
        checked_by("test_back", "assert price(1) == 3\nassert 'price' in globals() and 'cost' not in globals()"),
    )
    assert is_full(grade_notebook(exercise, exercise.reference, service))


def test_the_hidden_lines_of_a_visible_test_cell_run_in_the_judge_alone(temperatures, service):
    cell = cell_of(starter(temperatures), "test_mean")
    assert "".join(cell["source"]) == "assert mean([1, 2, 6]) == 3"
    answers = RIGHT | {"mean": "def mean(values):\n    if not values:\n        raise ValueError\n    return 3"}
    done = grade_notebook(temperatures, in_bytes(filled(temperatures, answers)), service)
    assert "test_mean" not in passed(done)
    assert "done" not in done.submission.evidence.output


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("!pip install numpy", "`!pip install numpy` is a shell line"),
        ("x = !ls", "`x = !ls` is a shell line"),
        ("%run other.py", "`%run other.py` is a magic"),
        ("mean?", "`mean?` asks Jupyter for help"),
        ("import asyncio\nawait asyncio.sleep(0)", "`await` stands outside a function"),
    ],
)
def test_what_is_not_plain_python_is_refused_with_its_line_and_costs_one_cell(temperatures, service, line, told):
    notebook = filled(temperatures, RIGHT | {"log": f"# mine\n{line}\n{LOG}"})
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert len(passed(done)) == 4
    number = 3 if "await" in line else 2
    assert any(f"cell 14 ('log'), line {number}: {told}" in remark for remark in done.remarks)
    assert told in outcome_of(done, "test_log").message


def test_magics_that_only_change_the_display_are_left_out_with_a_remark(temperatures, service):
    answers = RIGHT | {"log": f"%matplotlib inline\n%time x = 1\n{LOG}", "spread": f"%%time\n{SPREAD}"}
    done = grade_notebook(temperatures, in_bytes(filled(temperatures, answers)), service)
    assert is_full(done)
    assert "cell 14 ('log'), line 1: `%matplotlib inline` was ignored." in done.remarks


def test_display_and_ipython_are_simple_stand_ins(temperatures, service):
    shown = "from IPython.display import Markdown, display\ndisplay(Markdown('x'))"
    log = f"{shown}\nget_ipython().run_line_magic('matplotlib', 'inline')\n{LOG}"
    assert is_full(grade_notebook(temperatures, in_bytes(filled(temperatures, RIGHT | {"log": log})), service))


def test_cells_that_the_candidate_added_belong_to_the_task_around_them(temperatures, service):
    notebook = filled(temperatures, RIGHT | {"mean": "def mean(values):\n    return checked(values) / len(values)"})
    at = notebook["cells"].index(cell_of(notebook, "mean"))
    helper = "def checked(values):\n    if not values:\n        raise ValueError\n    return sum(values)"
    notebook["cells"].insert(at, {"id": "mine", **code(helper)})
    notebook["cells"].append({"id": "scratch", **code("mean([1]) / 0")})
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert is_full(done)
    assert "raised ZeroDivisionError" in done.submission.evidence.output


def test_the_feedback_notebook_is_valid_and_says_nothing_of_the_hidden_tests(temperatures, service):
    answers = RIGHT | {"log": "class Log:\n    pass"}
    notebook = filled(temperatures, answers)
    notebook["cells"][4]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["mine"]}]
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    read = nbformat.reads(done.feedback.decode(), as_version=4)
    nbformat.validate(read)
    assert json.loads(nbformat.writes(read)) == json.loads(done.feedback)
    cells = json.loads(done.feedback)["cells"]
    assert "".join(cells[0]["source"]).startswith("## 6 of 10 points")
    told = ["".join(cell["source"]) for cell in cells if cell["metadata"].get("examengine")]
    assert sum(one.startswith("**`test_mean`: 2 of 2 points, passed**") for one in told) == 1
    assert any(one.startswith("**`test_log_grows`: 0 of 3 points, failed**") for one in told)
    assert len(told) == 1 + 6
    assert any(cell.get("outputs") for cell in cells)
    assert b"is to raise ValueError" not in done.feedback
    assert b"HIDDEN" not in done.feedback
    again = grade_notebook(temperatures, done.feedback, service)
    assert again.submission.earned == done.submission.earned
    assert again.repairs == ()


def test_an_ordinary_exercise_takes_a_notebook_too(service):
    from examengine.delivery.grade_submission import open_exercise
    from notebooks.made import TEMPERATURES, document

    exercise = open_exercise(TEMPERATURES.parents[1] / "sound_banks/short/exercises/running-total")
    right = document(code("%matplotlib inline"), code("!ls"), code(exercise.reference.decode()))
    done = grade_notebook(exercise, in_bytes(right), service)
    assert is_full(done)
    assert (
        "cell 2, line 1: `!ls` is a shell line; cells are run as plain Python, without Jupyter; the cell was not run."
        in done.remarks
    )
    wrong = document(code("x = 1"), code("def running_total(numbers):\n    return [][1]"))
    done = grade_notebook(exercise, in_bytes(wrong), service)
    assert "(cell 2, line 2)" in done.submission.evidence.tests[0].message
    nbformat.validate(nbformat.reads(done.feedback.decode(), as_version=4))
