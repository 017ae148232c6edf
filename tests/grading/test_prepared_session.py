"""pytest's start made ahead: nothing is left behind, and tests find what they always find."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent / "wire")]

from pair import grade_with_pair  # noqa: E402

from examengine.grading.judge import session  # noqa: E402

SOLUTION = "def double(n):\n    print('doubling')\n    return 2 * n\n"
CONFTEST = """
import pytest

seen = []


def pytest_addoption(parser):
    parser.addoption("--factor", type=int, default=2)


def pytest_configure(config):
    seen.append("configure")
    config.addinivalue_line("markers", "careful: as the name says")


def pytest_sessionstart(session):
    seen.append(("sessionstart", session.config.rootpath.name))


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.name)


@pytest.fixture
def begun():
    return seen


@pytest.fixture(scope="session")
def factor(request):
    return request.config.getoption("--factor")
"""
TESTS = """
import logging
import os
import unittest
import warnings
from pathlib import Path

import pytest
from solution import double


def test_conftest_hooks_ran(begun, request):
    assert begun == ["configure", ("sessionstart", Path(__file__).parent.name)]
    assert request.config.rootpath == Path(__file__).parent == request.config.invocation_params.dir


def test_options_of_a_conftest_have_their_default(factor):
    assert double(3) == factor * 3


def test_printed_text_is_captured(capsys):
    double(1)
    assert capsys.readouterr().out == "doubling\\n"


def test_logs_are_captured(caplog):
    logging.getLogger("here").warning("careful")
    assert caplog.messages == ["careful"]


def test_a_folder_of_its_own(tmp_path, tmp_path_factory):
    assert tmp_path.is_relative_to(tmp_path_factory.getbasetemp())
    assert tmp_path.name.startswith("test_a_folder")


@pytest.mark.careful
@pytest.mark.parametrize("given", [1, 2])
def test_marks_and_parameters(given):
    assert double(given) == 2 * given


def test_warnings_are_seen():
    with pytest.warns(UserWarning, match="soft"):
        warnings.warn("soft", stacklevel=1)


def test_standard_input_is_closed():
    with pytest.raises(OSError):
        input()


def test_variables_are_patched(monkeypatch):
    monkeypatch.setenv("MODE", "b")
    assert os.environ["MODE"] == "b"
    assert "test_variables_are_patched" in os.environ["PYTEST_CURRENT_TEST"]


class OldStyle(unittest.TestCase):
    def test_method(self):
        for given in (1, 2):
            with self.subTest(given=given):
                self.assertEqual(double(given), 2 * given)


def test_wrong():
    assert double(2) == 5
"""


@pytest.mark.parametrize("is_ahead", [True, False], ids=["made ahead", "from scratch"])
def test_tests_find_the_same_session_however_it_began(is_ahead: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_ahead:
        monkeypatch.setattr(session, "prepare", lambda: None)
    run = grade_with_pair({"solution.py": SOLUTION}, {"test_it.py": TESTS}, support={"conftest.py": CONFTEST})

    failed = {name for name, outcome in run.outcomes.items() if outcome != "passed"}
    assert failed == {"test_it.py::test_wrong"}, run.texts
    assert len(run.outcomes) == 12
    names = [name.partition("::")[2] for name in run.of("collected")[0]["ids"]]
    assert names == sorted(names, key=lambda name: name.rpartition("::")[2])
    assert run.texts["test_it.py::test_wrong"]


def test_a_folder_below_has_its_own_conftest() -> None:
    run = grade_with_pair(
        {"solution.py": SOLUTION},
        {
            "deep/test_in.py": "def test_inner(inner):\n    assert inner == 1\n",
            "test_out.py": "def test_outer(request):\n    import pytest\n"
            "    with pytest.raises(pytest.FixtureLookupError):\n        request.getfixturevalue('inner')\n",
        },
        support={"deep/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef inner():\n    return 1\n"},
    )

    assert run.outcomes == {"deep/test_in.py::test_inner": "passed", "test_out.py::test_outer": "passed"}


def test_a_session_made_ahead_leaves_its_process_as_it_was() -> None:
    program = """
        import json, logging, os, pdb, sys, threading, warnings
        import pytest
        from examengine.grading.judge import main, session

        def state():
            return {
                "descriptors": sorted(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else [],
                "environment": dict(os.environ),
                "hooks": [repr(one) for one in sys.meta_path],
                "path": list(sys.path),
                "streams": [id(one) for one in (sys.stdin, sys.stdout, sys.stderr)],
                "handlers": [repr(one) for one in logging.getLogger().handlers],
                "filters": len(warnings.filters),
                "threads": threading.active_count(),
                "set_trace": pdb.set_trace.__qualname__,
                "folder": os.getcwd(),
            }

        os.environ["PYTEST_ADDOPTS"] = "--maxfail=1"
        os.environ["PYTEST_PLUGINS"] = "no_such_plugin"
        before = state()
        main.prepare()
        print(json.dumps([before, state(), session.prepare() is not None]))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True, cwd="/"
    )
    before, after, is_made = json.loads(done.stdout)

    assert is_made
    assert after == before
