"""The test functions of a file are those that pytest would collect."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from examengine.bank.hidden_tests import find_tests
from examengine.bank.yaml_source import Fault

FILE = """
import sys
import unittest
from unittest import TestCase

import pytest


def test_plain():
    pass


async def test_later():
    pass


def helper_test():
    pass


@pytest.mark.parametrize("x", [1, 2])
def test_many(x):
    def test_inner():
        pass


if sys.version_info > (3,):
    def test_in_branch():
        pass
else:
    def test_in_other_branch():
        pass


class TestShapes:
    def test_square(self):
        pass

    def helper(self):
        pass


class Base(unittest.TestCase):
    def test_inherited(self):
        pass


class Signs(Base):
    def test_minus(self):
        pass


class Plain:
    def test_not_collected(self):
        pass
"""


def test_functions_methods_and_inherited_methods_are_found():
    assert set(find_tests(FILE)) == {
        "test_plain",
        "test_later",
        "test_many",
        "test_in_branch",
        "test_in_other_branch",
        "TestShapes::test_square",
        "Base::test_inherited",
        "Signs::test_inherited",
        "Signs::test_minus",
    }


def test_what_is_found_is_what_pytest_collects(tmp_path: Path):
    text = FILE.replace("else:\n    def test_in_other_branch", "if True:\n    def test_in_other_branch")
    text = text.replace("async def", "def")
    path = tmp_path / "test_subject.py"
    path.write_text(text)
    arguments = ["--collect-only", "-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={tmp_path}", str(path)]
    run = subprocess.run([sys.executable, "-m", "pytest", *arguments], capture_output=True, text=True, check=True)
    collected = {line.split("::", 1)[1].split("[")[0] for line in run.stdout.splitlines() if "::" in line}
    assert set(find_tests(text)) == collected


def test_a_class_that_inherits_from_itself_ends():
    assert find_tests("class TestA(TestA):\n    def test_x(self): ...\n") == {"TestA::test_x": 2}


@pytest.mark.parametrize("text", ["def test_x(:", "\x00", "(" * 5000, "x = " + "-" * 100_000 + "1"])
def test_what_is_no_python_is_told(text):
    assert isinstance(find_tests(text), Fault)
