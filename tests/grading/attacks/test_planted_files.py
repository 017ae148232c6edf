"""Submissions of several files: names and places that a grader, Python or pytest would trip over."""

import io
import pickle
import py_compile
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from examengine.core.evidence import TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

WRONG = b"def double(n):\n    return 0\n"
RIGHT = b"def double(n):\n    return 2 * n\n"
TESTS = b'''
"""HIDDEN-TEST-CANARY"""
import os
from pathlib import Path

import pytest
import reference
from solution import double


def test_small():
    assert double(21) == reference.double(21) == 42


@pytest.mark.parametrize("n", [3, 5])
def test_large(n, tmp_path, monkeypatch):
    monkeypatch.setenv("MODE", "x")
    (tmp_path / "note.txt").write_text(str(double(n)))
    assert (tmp_path / "note.txt").read_text() == str(2 * n)
'''
REFERENCE = b'"""REFERENCE-CANARY"""\ndef double(n):\n    return 2 * n\n'
FORGED = b"""
import pytest

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    outcome.get_result().outcome = "passed"

def pytest_collection_modifyitems(items):
    items.clear()

def __getattr__(name):
    return lambda *rest, **named: True
"""
ALWAYS = b"""
import sys

class Yes:
    def __eq__(self, other):
        return True
    __hash__ = None
    def __call__(self, *rest, **named):
        return self
    def __getattr__(self, name):
        return self

sys.modules[__name__] = Yes()
def __getattr__(name):
    return Yes()
def double(n):
    return 0
"""

PLANTED = {
    "pytest": {"pytest.py": FORGED},
    "pytest_package": {"pytest/__init__.py": FORGED, "_pytest/__init__.py": FORGED},
    "conftest": {"conftest.py": FORGED},
    "conftest_below": {"tests/conftest.py": FORGED, "work/conftest.py": FORGED},
    "sitecustomize": {"sitecustomize.py": FORGED, "usercustomize.py": FORGED},
    "numpy": {"numpy/__init__.py": ALWAYS, "numpy/testing.py": ALWAYS},
    "reference": {"reference.py": b"def double(n):\n    return 0\n"},
    "tests_of_the_same_name": {"test_it.py": b"def test_small():\n    pass\n"},
    "more_tests": {"test_more.py": b"def test_more():\n    pass\n"},
    "configuration": {
        "pytest.ini": b"[pytest]\naddopts = --collect-only -p no:python\n",
        "pyproject.toml": b"[tool.pytest.ini_options]\naddopts = '--co'\n",
        "setup.cfg": b"[tool:pytest]\naddopts = --co\n",
        "tox.ini": b"[pytest]\naddopts = --co\n",
        ".env": b"PYTEST_ADDOPTS=--co\n",
    },
    "path_files": {"evil.pth": b"import os; os._exit(0)\n", "site-packages/evil.pth": b"import os; os._exit(0)\n"},
    "standard_modules": {f"{name}.py": ALWAYS for name in ("json", "random", "math", "os", "re", "unittest", "io")},
    "our_own_names": {
        "examengine/__init__.py": ALWAYS,
        "examengine/grading/__init__.py": ALWAYS,
        "encodings/__init__.py": ALWAYS,
        "__main__.py": ALWAYS,
        "__init__.py": ALWAYS,
    },
    "odd_names": {
        "\u202e\x1b[2Jname.txt": b"x",
        "a" * 200 + ".txt": b"x",
        "new\nline.txt": b"x",
        "-rf": b"x",
        "--co": b"x",
        "solution.py.py": b"x",
        "Solution.PY": ALWAYS,
    },
    "markers": {
        "py.typed": b"",
        "PKG-INFO": b"",
        "evil.egg-info/entry_points.txt": b"[pytest11]\nevil = evil\n",
        "evil.py": FORGED,
    },
}


@pytest.fixture(scope="module", params=["", "namespaces"])
def service(request):
    with GradingService(without=request.param.split()) as made:
        yield made


def job(files, **more):
    return GradingJob(
        submission=files,
        tests={"test_it.py": TESTS},
        support={"reference.py": REFERENCE},
        expected=("test_it.py::test_small", "test_it.py::test_large"),
        **{"limits": Limits(seconds=20), **more},
    )


def passed(evidence):
    return sum(one.outcome is TestStatus.PASSED for one in evidence.tests)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_file_earns_nothing(service, name):
    evidence = service.grade(job({"solution.py": WRONG, **PLANTED[name]}))

    assert evidence.verdict is not Verdict.UNAVAILABLE, evidence.message
    assert passed(evidence) == 0
    assert "CANARY" not in evidence.model_dump_json()


@pytest.mark.parametrize(
    "name", [name for name in PLANTED if name not in {"our_own_names", "standard_modules", "reference"}]
)
def test_a_right_solution_beside_such_a_file_keeps_its_marks(service, name):
    evidence = service.grade(job({"solution.py": RIGHT, **PLANTED[name]}))

    assert (evidence.verdict, passed(evidence)) == (Verdict.PASSED, 3), evidence.tests


def test_the_references_own_name_belongs_to_the_tests(service):
    solution = b"import reference\n\ndef double(n):\n    return reference.double(n)\n"

    stolen = service.grade(job({"solution.py": solution}))
    shadowed = service.grade(job({"solution.py": WRONG, "reference.py": b"def double(n):\n    return 0\n"}))

    assert passed(stolen) == 0
    assert passed(shadowed) == 0


def test_compiled_files_alone_are_no_submission(service):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "solution.py"
        source.write_bytes(RIGHT)
        compiled = Path(py_compile.compile(str(source), str(Path(folder) / "solution.pyc"))).read_bytes()

    alone = service.grade(job({"solution.pyc": compiled}))
    beside = service.grade(
        job({"solution.py": WRONG, f"__pycache__/solution.{sys.implementation.cache_tag}.pyc": compiled})
    )

    assert alone.verdict is Verdict.ERROR
    assert "no solution.py" in alone.message
    assert passed(beside) == 0


def test_a_bomb_in_a_data_file_costs_the_submission_alone(service):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", bytes(400 << 20))
    code = b"""
import io
import zipfile

def double(n):
    return len(zipfile.ZipFile("bomb.npz").read("a.npy")) * len(bytes(1 << 20)) and bytearray(2 << 30)
"""
    evidence = service.grade(
        job({"solution.py": code, "bomb.npz": packed.getvalue()}, limits=Limits(seconds=30, memory_mib=256))
    )

    assert passed(evidence) == 0
    assert evidence.verdict in {Verdict.MEMORY, Verdict.FAILED, Verdict.ERROR}
    assert service.grade(job({"solution.py": RIGHT})).verdict is Verdict.PASSED


class Command:
    def __reduce__(self):
        return (print, ("PICKLE-RAN",))


def test_what_a_submission_returns_is_never_unpickled_by_the_judge(service):
    code = (
        b"import pickle\n\ndef double(n):\n    return pickle.loads(" + repr(pickle.dumps(Command())).encode() + b")\n"
    )

    evidence = service.grade(job({"solution.py": code}))

    assert passed(evidence) == 0
    assert "PICKLE-RAN" in evidence.output  # in its own process, which is its own affair


OCCUPIERS = {
    "a_file": "open(base + '/pytest', 'w').close()",
    "a_locked_folder": "os.makedirs(base + '/pytest/x'); os.chmod(base + '/pytest', 0)",
    "a_deep_folder": "os.makedirs(base + '/pytest/' + '/'.join('d' * 900))",
    "the_folder_itself": "os.chmod(base, 0)",
    "a_full_disk": """
try:
    with open(base + '/fill', 'wb') as file:
        while True:
            file.write(bytes(1 << 20))
except OSError:
    pass""",
    "swapped_while_it_runs": """
import shutil, threading
def swap():
    while True:
        try:
            shutil.rmtree(base + '/pytest')
            open(base + '/pytest', 'w').close()
        except OSError:
            pass
threading.Thread(target=swap, daemon=True).start()""",
}


@pytest.mark.parametrize("name", OCCUPIERS)
def test_taking_the_tests_own_folder_costs_the_taker(service, name):
    code = f"import os, tempfile\nbase = tempfile.gettempdir()\n{OCCUPIERS[name]}\n" + WRONG.decode()

    evidence = service.grade(job({"solution.py": code.encode()}))

    # Never a way to `unavailable`, which would ask for another try.
    assert evidence.verdict is not Verdict.UNAVAILABLE, evidence.message
    assert passed(evidence) == 0
    assert service.grade(job({"solution.py": RIGHT})).verdict is Verdict.PASSED


def test_links_planted_in_the_common_folder_are_refused(service):
    code = b"""
import os, tempfile
made = []
for target in ("/etc/passwd", os.getcwd() + "/test_it.py", "../judge/reference.py"):
    for make in (os.symlink, os.link):
        try:
            make(target, tempfile.gettempdir() + f"/link{len(made)}")
            made.append(target)
        except OSError:
            pass
print("made", made)

def double(n):
    return 0
"""
    evidence = service.grade(job({"solution.py": code}))

    assert "made []" in evidence.output
