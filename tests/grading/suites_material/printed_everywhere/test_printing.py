import contextlib
import io
import logging
import os
import subprocess
import sys
import unittest
import warnings

import pytest

import solution


def test_print(capsys):
    solution.say("hello")
    captured = capsys.readouterr()
    assert captured.out == "hello\n"
    assert captured.err == ""


def test_stderr(capsys):
    solution.complain("bad")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "error: bad\n"


def test_nothing_left_after_reading(capsys):
    solution.say("a")
    capsys.readouterr()
    solution.say("b")
    assert capsys.readouterr().out == "b\n"


def test_sep_end_flush(capsys):
    solution.progress(3)
    assert capsys.readouterr().out == "0..1..2..done"


def test_sys_stdout_write(capsys):
    solution.raw("x")
    assert capsys.readouterr().out == "x|x"


def test_capfd_sees_prints_and_descriptors(capfd):
    solution.say("printed")
    solution.by_descriptor("written")
    out, err = capfd.readouterr()
    assert "printed\n" in out
    assert "written\n" in out
    assert err == ""


def test_capfd_stderr(capfd):
    solution.by_descriptor("oops", 2)
    assert capfd.readouterr().err == "oops\n"


def test_redirect_stdout():
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        solution.say("caught")
        print("also")
    assert buffer.getvalue() == "caught\nalso\n"


def test_redirect_inside_the_solution(capsys):
    assert solution.captured(lambda: print("inner")) == "captured"
    assert capsys.readouterr().out == "inner\n"


def test_order_of_both_sides(capsys):
    print("before")
    solution.say("middle")
    print("after")
    assert capsys.readouterr().out == "before\nmiddle\nafter\n"


def test_order_with_callback(capsys):
    solution.around(lambda: print("inside"))
    assert capsys.readouterr().out == "begin\ninside\nend\n"


def test_table(capsys):
    solution.table([("a", 1), ("bb", 22)])
    assert capsys.readouterr().out.splitlines() == ["a      1", "bb    22"]


def test_pprint_and_unicode(capsys):
    solution.pretty({"b": 1, "a": [1, 2]})
    assert capsys.readouterr().out == "{'a': [1, 2], 'b': 1}\n"
    solution.say("naïve ☃ 日本")
    assert capsys.readouterr().out == "naïve ☃ 日本\n"


def test_bytes_to_buffer(capsysbinary):
    solution.binary(b"\x00\x01")
    assert capsysbinary.readouterr().out == b"\x00\x01"


def test_disabled(capsys):
    with capsys.disabled():
        pass
    solution.say("still")
    assert capsys.readouterr().out == "still\n"


def test_menu_loop(monkeypatch, capsys):
    answers = iter(["add 2", "add 3", "show", "nonsense", "quit"])
    monkeypatch.setattr("builtins.input", lambda _="": next(answers))
    solution.menu()
    assert capsys.readouterr().out == "5\n?\nbye\n"


def test_stdin_text(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("3\n4\n5\n"))
    assert solution.sum_stdin() == 12
    monkeypatch.setattr(sys, "stdin", io.StringIO("a b\nc\n"))
    assert solution.read_all() == ["a", "b", "c"]


def test_eof(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(EOFError):
        solution.menu()


def test_arguments(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["prog", "--times", "2", "yo"])
    solution.main()
    assert capsys.readouterr().out == "yo\nyo\n"
    with pytest.raises(SystemExit) as exit_:
        solution.main(["--times", "x", "yo"])
    assert exit_.value.code == 2
    assert "invalid int value" in capsys.readouterr().err


def test_exit_codes():
    with pytest.raises(SystemExit, match="3"):
        solution.leave(3)
    with pytest.raises(SystemExit) as caught:
        solution.leave("message")
    assert caught.value.code == "message"


def test_log(caplog):
    with caplog.at_level(logging.INFO):
        solution.work(3)
    assert "working on 3" in caplog.text
    assert [r.levelname for r in caplog.records] == ["INFO", "WARNING"]
    assert caplog.record_tuples[1] == ("solution", logging.WARNING, "large: 3")
    caplog.clear()
    assert not caplog.records


def test_warnings(recwarn):
    with pytest.warns(DeprecationWarning, match="old"):
        assert solution.old() == 1
    with pytest.warns(solution.TooHot) as found:
        solution.heat(100)
    assert str(found[0].message) == "100 degrees"
    assert len(found) == 1
    warnings.simplefilter("error")
    with pytest.raises(solution.TooHot):
        solution.heat(100)


def test_recwarn(recwarn):
    solution.heat(100)
    w = recwarn.pop(solution.TooHot)
    assert issubclass(w.category, UserWarning)
    assert "100" in str(w.message)
    assert len(recwarn) == 0


def test_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        solution.heat(10)


def test_record():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        solution.heat(100)
        solution.heat(101)
    assert [str(w.message) for w in caught] == ["100 degrees", "101 degrees"]


class TestUnit(unittest.TestCase):
    def test_logs(self):
        with self.assertLogs("solution", level="INFO") as cm:
            solution.work(2)
        self.assertEqual(cm.output[0], "INFO:solution:working on 2")
        with self.assertNoLogs("other"):
            solution.work(1)

    def test_warns(self):
        with self.assertWarns(solution.TooHot):
            solution.heat(200)
        with self.assertWarnsRegex(DeprecationWarning, "old"):
            solution.old()

    def test_exit(self):
        with self.assertRaises(SystemExit) as cm:
            solution.leave(4)
        self.assertEqual(cm.exception.code, 4)
