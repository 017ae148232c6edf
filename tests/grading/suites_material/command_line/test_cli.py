import sys

import pytest

import solution


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["tool", *arguments])
    return solution.main()


def test_sum(monkeypatch, capsys):
    run(monkeypatch, "sum", "1", "2", "3")
    assert capsys.readouterr().out == "6\n"


def test_flag(monkeypatch, capsys):
    run(monkeypatch, "sum", "--verbose", "4")
    assert capsys.readouterr().out.splitlines() == ["adding 1 numbers", "4"]


def test_usage_error(monkeypatch, capsys):
    with pytest.raises(SystemExit) as info:
        run(monkeypatch, "nonsense")
    assert info.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_help(monkeypatch, capsys):
    with pytest.raises(SystemExit) as info:
        run(monkeypatch, "--help")
    assert info.value.code == 0
    assert "usage:" in capsys.readouterr().out


def test_exit_code(monkeypatch):
    with pytest.raises(SystemExit, match="7"):
        run(monkeypatch, "sum", "--fail", "1")


def test_explicit_arguments(capsys):
    solution.main(["sum", "5"])
    assert capsys.readouterr().out == "5\n"


def test_game(monkeypatch, capsys):
    guesses = iter(["50", "75", "60"])
    monkeypatch.setattr("builtins.input", lambda *a: next(guesses))
    monkeypatch.setattr("random.randint", lambda a, b: 60)
    solution.guessing_game()
    assert capsys.readouterr().out.splitlines() == ["higher", "lower", "got it in 3"]
