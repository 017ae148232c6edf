import logging, warnings
import pytest
import solution as s
def test_exc(caplog):
    s.divide(1, 0)
    assert caplog.records[0].exc_info[0] is ZeroDivisionError
    assert "ZeroDivisionError" in caplog.text
    assert caplog.records[0].funcName == "divide" and caplog.records[0].filename == "solution.py"
def test_args(caplog):
    with caplog.at_level(logging.INFO):
        s.sold(3)
    r = caplog.records[0]
    assert (r.msg, r.args, r.n, r.getMessage()) == ("sold %d of %s", (3, "tea"), 3, "sold 3 of tea")
    assert caplog.record_tuples[1] == ("shop", logging.WARNING, "plain")
    assert caplog.messages[2] == "dict 1"
    s.obj()
def test_unittest():
    import unittest
    class T(unittest.TestCase):
        def runTest(self):
            with self.assertLogs("shop", "INFO") as got:
                s.sold(3)
            assert got.output[0] == "INFO:shop:sold 3 of tea"
    T().runTest()
def test_warn():
    with pytest.warns(UserWarning) as rec: s.warn()
    assert rec[0].message.args == ("code", 7)
def test_old():
    with pytest.warns(s.Old, match="m") as rec: s.old()
    assert rec[0].message.code == 7
def test_dep():
    with pytest.deprecated_call(): s.dep()
def test_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(s.Old): s.old()
        with pytest.raises(DeprecationWarning, match="old"): s.dep()
