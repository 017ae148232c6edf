"""Cells that try to earn what the answers do not: nothing undeserved comes of it."""

import pytest

from examengine.delivery.grade_notebook import grade_notebook
from notebooks.made import MEAN, an_exercise, cell_of, checked_by, code, filled, in_bytes, passed, solution, starter

ATTACKS = {
    "shadows_the_builtins": """
print = len = sum = max = abs = isinstance = lambda *a, **k: True
AssertionError = None
""",
    "patches_builtins": """
import builtins
builtins.AssertionError = Exception
builtins.sum = builtins.len = lambda *a: 3
builtins.__build_class__ = None
""",
    "patches_the_library": """
import math
math.isclose = lambda *a, **k: True
""",
    "defines_the_tests_helpers": """
def close(left, right):
    return True


sample = []
readings = []
log = None
original = None
""",
    "rewrites_the_shared_values": """
UNIT = 'C'
readings = [0]
def to_fahrenheit(x):
    return 212
""",
    "is_equal_to_everything": """
class Yes(float):
    def __eq__(self, other):
        return True
    __hash__ = None
    def __float__(self):
        return 3.0


def mean(values):
    return Yes(0)


def spread(values):
    return Yes(0)


class Log:
    def add(self, value):
        pass
    def fahrenheit(self):
        return Yes(0)
""",
    "reads_what_lies_around": """
import pathlib
found = [p for p in pathlib.Path('/').rglob('*.ipynb')] + list(pathlib.Path('.').iterdir())
texts = [p.read_text(errors='ignore') for p in found if p.is_file()]
assert not any('BEGIN HIDDEN' in one for one in texts)
is_leak = any('is to raise' in one for one in texts)
print('LEAK' if is_leak else 'CLEAN')
""",
    "answers_for_every_name": """
def __getattr__(name):
    return lambda *a, **k: 3
""",
    "replaces_its_module": """
import sys
class Any:
    def __getattr__(self, name):
        return lambda *a, **k: 3
sys.modules['task_1'] = sys.modules['task_2'] = sys.modules['task_3'] = Any()
""",
    "changes_the_runner": """
import notebook_cells, json, pathlib
notebook_cells.run = lambda namespace: None
pathlib.Path('notebook_plan.json').write_text('{}')
_cell_troubles = ['passed']
""",
    "stops_the_clock": """
import signal
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.setitimer = lambda *a: None
""",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_earns_nothing(temperatures, service, attack):
    answers = {"mean": ATTACKS[attack], "spread": ATTACKS[attack], "log": ATTACKS[attack]}
    notebook = filled(temperatures, answers)
    for grade_id in ("test_mean", "test_spread", "test_log_grows"):
        cell_of(notebook, grade_id)["source"] = "pass"
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    # A name that answers 3 to everything is right about mean([1, 2, 6]) alone, and that test asks for more.
    assert passed(done) == set()
    assert "LEAK" not in done.submission.evidence.output


@pytest.mark.parametrize("attack", [name for name in ATTACKS if name != "is_equal_to_everything"])
def test_an_attack_beside_a_right_answer_earns_no_more_than_the_answer(temperatures, service, attack):
    notebook = filled(temperatures, {"mean": f"{ATTACKS[attack]}\n{MEAN}"})
    done = grade_notebook(temperatures, in_bytes(notebook), service)
    assert passed(done) <= {"test_mean", "test_mean_empty"}


def test_a_value_that_a_test_sets_is_never_read_back_from_the_candidate(tmp_path, service):
    exercise = an_exercise(
        tmp_path,
        solution("f", "x = 1\nexpected = 0\n\n\ndef f(x):\n    return x * x"),
        checked_by("test_f", "x = 3\nexpected = x * x\nassert f(x) == expected"),
    )
    hostile = (
        "import sys, types\n\nx = expected = 0\n\n\nclass Lying(types.ModuleType):\n"
        "    def __setattr__(self, name, value):\n        super().__setattr__(name, 0)\n\n\n"
        "sys.modules[__name__].__class__ = Lying\n\n\ndef f(x):\n    return 0"
    )
    assert passed(grade_notebook(exercise, in_bytes(filled(exercise, {"f": hostile})), service)) == set()


def test_an_import_that_the_solution_makes_is_made_anew_by_the_judge(tmp_path, service):
    exercise = an_exercise(
        tmp_path,
        solution("f", "import math\n\n\ndef f(x):\n    return math.sqrt(x)"),
        checked_by("test_f", "assert math.isclose(f(4), 2)"),
    )
    hostile = "class math:\n    isclose = staticmethod(lambda *a: True)\n\n\ndef f(x):\n    return 0"
    assert passed(grade_notebook(exercise, in_bytes(filled(exercise, {"f": hostile})), service)) == set()
    assert len(passed(grade_notebook(exercise, exercise.reference, service))) == 1


def test_a_test_cell_in_the_candidates_notebook_is_never_what_is_run(temperatures, service):
    notebook = starter(temperatures)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = "pass"
    notebook["cells"].append({"id": "x", **code("raise SystemExit(0)")})
    assert grade_notebook(temperatures, in_bytes(notebook), service).submission.earned == 0
