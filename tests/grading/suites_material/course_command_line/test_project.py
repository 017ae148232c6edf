import random
import subprocess
import sys
from unittest.mock import patch

import pytest

import project
from project import Jar, convert, get_level, is_valid, main, value

# submission: project


@pytest.mark.parametrize("text, want", [("hello", 0), ("HELLO there", 0), ("hey", 20), ("What's up?", 100), ("  Hello", 0)])
def test_value(text, want):
    assert value(text) == want


@pytest.mark.parametrize("text, want", [("9 AM to 5 PM", "09:00 to 17:00"), ("9:30 AM to 12 AM", "09:30 to 00:00"), ("12 PM to 1 PM", "12:00 to 13:00")])
def test_convert(text, want):
    assert convert(text) == want


@pytest.mark.parametrize("text", ["9:60 AM to 5 PM", "9 AM - 5 PM", "09:00 to 17:00", "cat"])
def test_convert_errors(text):
    with pytest.raises(ValueError):
        convert(text)


def test_plates():
    assert is_valid("CS50")
    assert not is_valid("CS05")
    assert not is_valid("50")
    assert not is_valid("CS50P2")
    assert not is_valid("PI3.14")


def test_jar():
    jar = Jar(3)
    assert str(jar) == ""
    jar.deposit(2)
    assert str(jar) == "🍪🍪"
    assert jar.size == 2
    assert jar.capacity == 3
    with pytest.raises(ValueError):
        jar.deposit(5)
    with pytest.raises(ValueError):
        jar.withdraw(9)
    with pytest.raises(ValueError):
        Jar(-1)
    with pytest.raises(AttributeError):
        jar.size = 3


def test_level_asks_again(capsys):
    with patch("builtins.input", side_effect=["cat", "-1", "10"]):
        assert get_level() == 10


def test_main_with_arguments(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["project.py", "3"])
    main()
    assert capsys.readouterr().out == "meow\nmeow\nmeow\n"


def test_main_without_arguments_exits(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["project.py"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == "Missing command-line argument"


def test_random_is_patched():
    with patch("project.random.randint", return_value=7):
        assert project.guess_target(10) == 7
    random.seed(3)
    want = random.randint(1, 10)
    random.seed(3)
    assert project.guess_target(10) == want


def run(*arguments, text=""):
    return subprocess.run([sys.executable, "project.py", *arguments], input=text, capture_output=True, text=True, timeout=20)


def test_program():
    done = run("2")
    assert done.returncode == 0
    assert done.stdout == "meow\nmeow\n"
    assert done.stderr == ""


def test_program_fails():
    done = run()
    assert done.returncode == 1
    assert "Missing command-line argument" in done.stderr
    done = run("x")
    assert done.returncode == 1
    assert "ValueError" in done.stderr


def test_program_reads_input():
    done = run("ask", text="Ann\n")
    assert done.stdout == "Name? hello, Ann\n"


def test_program_module_form():
    out = subprocess.check_output([sys.executable, "-m", "project", "1"], text=True)
    assert out == "meow\n"


def test_check_raises():
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run([sys.executable, "project.py"], capture_output=True, check=True)
