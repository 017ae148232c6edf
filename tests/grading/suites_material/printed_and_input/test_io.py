import io
import sys
from contextlib import redirect_stdout
from unittest.mock import patch

import pytest

import solution


def test_capsys(capsys):
    solution.greet("Ada")
    out, err = capsys.readouterr()
    assert out == "Hello, Ada!\n"
    assert err == ""


def test_stderr(capsys):
    solution.complain()
    captured = capsys.readouterr()
    assert captured.err == "oh no\n"
    assert captured.out == ""


def test_input(monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda prompt="": "42")
    assert solution.ask_number() == 42


def test_input_sequence(monkeypatch):
    answers = iter(["x", "7"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert solution.ask_number() == 7


@patch("builtins.input", side_effect=["3", "4"])
def test_mocked_input(fake):
    assert solution.add_two_inputs() == 7
    assert fake.call_count == 2


def test_stdin(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n2\n3\n"))
    assert solution.sum_stdin() == 6


def test_stdin_with_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("9\n"))
    assert solution.ask_number() == 9
    assert capsys.readouterr().out == "number? "


def test_patched_stdout():
    with patch("sys.stdout", new=io.StringIO()) as fake:
        solution.greet("Bob")
        assert fake.getvalue().strip() == "Hello, Bob!"


def test_redirect():
    buffer = io.StringIO()
    with redirect_stdout(buffer):
        solution.table(2)
    assert buffer.getvalue() == "1 2\n2 4\n"


def test_patched_print():
    with patch("builtins.print") as fake:
        solution.greet("C")
    fake.assert_called_once_with("Hello, C!")


def test_write_to_given_stream():
    out = io.StringIO()
    solution.write_report(out)
    assert out.getvalue() == "a,b\n1,2\n"


def test_read_given_stream():
    assert solution.read_csv(io.StringIO("x,y\n1,2\n")) == [["x", "y"], ["1", "2"]]


def test_order_of_output(capsys):
    print("before")
    solution.greet("D")
    print("after")
    assert capsys.readouterr().out.splitlines() == ["before", "Hello, D!", "after"]


def test_eof(monkeypatch):
    def no_more(prompt=""):
        raise EOFError

    monkeypatch.setattr("builtins.input", no_more)
    with pytest.raises(EOFError):
        solution.add_two_inputs()


def test_sys_stdout_write(capsys):
    solution.raw()
    assert capsys.readouterr().out == "raw é"
