"""Small material for batches: tests, submissions of every kind, and an assignment."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from examengine.core.limits import Limits
from examengine.delivery.assignments import SuiteAssignment

RIGHT = "def add(a, b):\n    return a + b\n\n\ndef mul(a, b):\n    return a * b\n"
WRONG = RIGHT.replace("a * b", "a + b")
TESTS = """\
import pytest
from solution import add, mul


@pytest.mark.parametrize(("a", "b", "c"), [(1, 2, 3), (0, 0, 0)])
def test_add(a, b, c):
    assert add(a, b) == c


def test_mul():
    assert mul(2, 3) == 6


class TestSigns:
    def test_negative(self):
        assert add(-1, 1) == 0
"""
IDS = [
    "test_calc.py::test_add[1-2-3]",
    "test_calc.py::test_add[0-0-0]",
    "test_calc.py::test_mul",
    "test_calc.py::TestSigns::test_negative",
]


def an_assignment(seconds: float = 3.0, tests: str = TESTS) -> SuiteAssignment:
    return SuiteAssignment(
        module="solution",
        tests={"test_calc.py": tests.encode()},
        support={},
        data={},
        limits=Limits(seconds=seconds),
    )


def a_zip(files: Mapping[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def write_tree(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
