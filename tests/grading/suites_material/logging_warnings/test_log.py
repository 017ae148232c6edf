import logging
import unittest
import warnings

import pytest

import solution


def test_warns():
    with pytest.warns(UserWarning, match="old"):
        assert solution.old() == 1
    with pytest.warns(DeprecationWarning):
        solution.deprecated()


def test_deprecated_call():
    with pytest.deprecated_call():
        solution.deprecated()


def test_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert solution.quiet() == 2


def test_warning_as_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning):
            solution.old()


def test_recwarn(recwarn):
    solution.old()
    assert len(recwarn) == 1
    assert recwarn.pop(UserWarning).message.args[0] == "old thing"


def test_custom_warning():
    with pytest.warns(solution.MyWarning):
        solution.mine()


def test_caplog(caplog):
    with caplog.at_level(logging.INFO):
        solution.work()
    assert "started" in caplog.text
    assert [r.levelname for r in caplog.records] == ["INFO", "WARNING"]
    assert caplog.records[1].getMessage() == "low on 3"


class LogTest(unittest.TestCase):
    def test_logs(self):
        with self.assertLogs("solution", level="INFO") as cm:
            solution.work()
        self.assertEqual(cm.output[0], "INFO:solution:started")

    def test_warns(self):
        with self.assertWarns(UserWarning):
            solution.old()
