"""A notebook exercise in a session: edited as Python text, its sample tests run, its hidden tests graded."""

import pytest

from builders import services_in
from examengine.core.evidence import TestStatus, Verdict
from examengine.delivery.grade_session import grade_response
from examengine.delivery.run_samples import run_samples
from examengine.itemtypes.coding.model import CodingResponse
from examengine.itemtypes.coding.scoring import score
from examengine.itemtypes.registry import spec_of
from fakes.clock import FakeClock
from notebooks.made import LOG, MEAN, SPREAD

STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()"


class OnePackage:
    """A store that holds one exercise."""

    def __init__(self, package):
        self._package = package

    def read_package(self, digest):
        assert digest == self._package.item.package_digest
        return self._package

    def close(self):
        pass


@pytest.fixture
def sitting(tmp_path, temperatures, service, monkeypatch):
    made = services_in(tmp_path / "data", clock=FakeClock(), grading=service)
    monkeypatch.setitem(made.__dict__, "store", OnePackage(temperatures.package))
    return made


def test_the_sample_tests_are_the_visible_parts_of_the_test_cells(sitting, temperatures):
    item = temperatures.package.item
    evidence = run_samples(sitting, item, CodingResponse())
    assert [test.id for test in evidence.tests] == [
        f"test_sample.py::{name}" for name in ("test_mean", "test_tools", "test_spread", "test_log")
    ]
    assert evidence.tests[0].outcome is TestStatus.FAILED
    text = item.starter["solution.py"].replace(f"def mean(values):\n{STUB}", "def mean(values):\n    return 3")
    evidence = run_samples(sitting, item, CodingResponse(files={"solution.py": text}))
    assert evidence.tests[0].outcome is TestStatus.PASSED


def test_a_response_is_graded_by_the_hidden_tests(sitting, temperatures):
    item = temperatures.package.item
    text = item.starter["solution.py"].replace(f"def mean(values):\n{STUB}", MEAN)
    text = text.replace(f"def spread(values):\n{STUB}", SPREAD.replace("abs", "absolute"))
    response = CodingResponse(files={"solution.py": text})
    evidence = grade_response(sitting, item, response)
    assert score(item, response, evidence).earned == 4
    told = next(test.message for test in evidence.tests if test.id.endswith("test_spread"))
    assert "(cell 4 ('spread'), line 2)" in told
    text = text.replace("# YOUR CODE HERE\nraise NotImplementedError()", LOG).replace("absolute", "abs")
    assert grade_response(sitting, item, CodingResponse(files={"solution.py": text})).verdict is Verdict.PASSED


def test_the_starter_is_blank_and_lints_clean(temperatures):
    item = temperatures.package.item
    spec = spec_of(item)
    assert spec.is_blank(item, CodingResponse(files=item.starter))
    assert spec.lint(item) == []
