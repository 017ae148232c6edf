"""Tests that never came to light are counted as pytest would have named them."""

import subprocess
import sys

from delivery.batches import IDS, TESTS
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.delivery.listed_tests import listed_tests, with_every_test

FILE = """\
import unittest

import pytest

VALUES = [1, 2]


@pytest.mark.parametrize("x", [1, -2.5, None, True, "a b", b"c", "1"])
@pytest.mark.parametrize("y", ["p", "q"])
def test_product(x, y):
    pass


@pytest.mark.parametrize(("a", "b"), [([1], 2), (3, {}), pytest.param(1, 2, id="named")])
def test_objects(a, b):
    pass


@pytest.mark.parametrize("n", [1, 2], ids=["one", "two"])
def test_ids(n):
    pass


@pytest.mark.parametrize("n", [1, 1, 2])
def test_same(n):
    pass


@pytest.mark.parametrize("z", ["é", "tab\\t"])
class TestAround:
    @pytest.mark.parametrize("n", [0, 1])
    def test_inside(self, n, z):
        pass


class Case(unittest.TestCase):
    def test_case(self):
        pass


def helper():
    pass
"""


def test_ids_are_those_that_pytest_collects(tmp_path):
    (tmp_path / "test_all.py").write_text(FILE)
    words = ["-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_all.py"]
    done = subprocess.run([sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, check=True)
    collected = [line for line in done.stdout.splitlines() if "::" in line]
    assert sorted(listed_tests({"test_all.py": FILE.encode()})) == sorted(collected)
    assert len(collected) == 27


def test_computed_parameters_count_once():
    text = b"import pytest\n@pytest.mark.parametrize('x', range(5))\ndef test_x(x): pass\n"
    assert listed_tests({"test_x.py": text}) == ["test_x.py::test_x"]


def test_a_file_that_was_never_collected_stands_for_all_its_tests():
    evidence = Evidence(
        verdict=Verdict.ERROR,
        tests=(
            TestOutcome(id="test_calc.py", outcome=TestStatus.ERROR, message="no import"),
            TestOutcome(id="conftest.py", outcome=TestStatus.ERROR, message="no import"),
        ),
    )
    whole = with_every_test(evidence, {"test_calc.py": TESTS.encode(), "conftest.py": b"x = 1\n"})
    assert [test.id for test in whole.tests] == IDS
    assert {test.message for test in whole.tests} == {"no import"}
