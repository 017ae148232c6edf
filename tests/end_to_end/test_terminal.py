"""A whole exam in a real pseudo-terminal, with the program killed in the middle."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from end_to_end.short_form import BANK, EXAM, SEED, SOLUTION, right_letters, short_form
from end_to_end.terminal import Terminal
from examengine.core.evidence import IsolationLevel

GAP_SECONDS = 3.0


def shown_clock(text: str) -> int | None:
    """Return the seconds left in the exam, if the screen shows them."""
    found = re.search(r"exam (\d+):(\d\d)", text)
    return None if found is None else 60 * int(found[1]) + int(found[2])


def exam_clock(terminal: Terminal) -> int:
    """Wait for the clock; return the seconds left in the exam."""
    left = shown_clock(terminal.wait_for(lambda text: shown_clock(text) is not None))
    assert left is not None
    return left


def start(home: Path, *arguments: str) -> Terminal:
    return Terminal(["--banks", str(BANK), *arguments], home=home)


def printed(home: Path, *arguments: str) -> str:
    """Run a command that shows no screens; return what it prints."""
    ended = subprocess.run(
        [sys.executable, "-m", "examengine", *arguments],
        env=os.environ | {"EXAMENGINE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return ended.stdout


def answer(terminal: Terminal, entry) -> None:
    terminal.wait_for(f"item {entry.number} of 4")
    if entry.item.type == "numeric":
        terminal.type("0.75")
        terminal.wait_for("Read as 0.75")
        return
    for letter in right_letters(entry):
        terminal.press(letter)
        terminal.wait_for(lambda text, letter=letter: re.search(rf"[(\[][●x][)\]] {letter} ", text) is not None)


def wait_for_a_tick(terminal: Terminal) -> None:
    """Wait until the clock moves on: what was painted before has its keys by then."""
    before = exam_clock(terminal)
    terminal.wait_for(lambda text: (shown_clock(text) or before) < before)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), pytest.param(120, 40, marks=pytest.mark.slow)])
def test_a_short_form_of_every_type_is_sat_killed_resumed_submitted_and_reported(
    tmp_path: Path, columns: int, lines: int
) -> None:
    home = tmp_path / "home"
    form = short_form(tmp_path / "other")
    first, second, third, _code = form.entries
    assert {entry.item.type for entry in form.entries} == {"multiple_choice", "multiple_response", "numeric", "coding"}

    with Terminal(
        ["--banks", str(BANK), "exam", EXAM, "--seed", str(SEED)], home=home, columns=columns, lines=lines
    ) as terminal:
        terminal.wait_for("Short exam")
        terminal.wait_for("Enter Begin")
        terminal.press("enter")
        terminal.wait_for("Begin the section")
        terminal.press("enter")
        answer(terminal, first)
        terminal.press("f4")
        terminal.wait_for("flagged")
        terminal.press("f8")
        answer(terminal, second)
        before = exam_clock(terminal)
        terminal.kill()
    time.sleep(GAP_SECONDS)  # a gap is time that passes; nothing else can be awaited in it

    with Terminal(["resume"], home=home, columns=columns, lines=lines) as terminal:
        text = terminal.wait_for("item 2 of 4")
        assert before - 2 <= exam_clock(terminal) <= before + 1
        if second.item.type == "numeric":
            assert "0.75" in text
        else:
            for letter in right_letters(second):
                assert re.search(rf"[(\[][●x][)\]] {letter} ", text), text
        terminal.press("f7")
        terminal.wait_for("item 1 of 4")
        terminal.wait_for("flagged")
        terminal.press("f8")
        terminal.wait_for("item 2 of 4")
        terminal.press("f8")
        answer(terminal, third)
        terminal.press("f9")
        terminal.wait_for("3 of 3 answered")
        terminal.press("f9")
        terminal.wait_for("Leave it for good")
        terminal.press("y")
        terminal.wait_for("Questions: closed")
        terminal.press("enter")
        terminal.wait_for("item 4 of 4")
        terminal.wait_for("raise NotImplementedError")
        wait_for_a_tick(terminal)
        terminal.press("down", "down")
        terminal.type("def running_total(numbers):")
        terminal.press("enter")
        terminal.type(SOLUTION[:30])
        terminal.wait_for(SOLUTION[:30])
        terminal.kill()

    with Terminal(["resume"], home=home, columns=columns, lines=lines) as terminal:
        terminal.wait_for(SOLUTION[:30])
        wait_for_a_tick(terminal)
        terminal.press("down", "down", "down", "down", "end")
        terminal.type(SOLUTION[30:])
        terminal.wait_for(SOLUTION)
        terminal.press("f5")
        terminal.wait_for("Sample tests: 1 of 1 passed")
        terminal.press("f9")
        terminal.wait_for("1 of 1 answered")
        terminal.press("f9")
        terminal.wait_for("y ")
        terminal.press("y")
        terminal.wait_for("PASS 1000 on a scale of 0 to 1000")
        terminal.wait_for("25 of 25 points (100.0 %)")
        terminal.wait_for("Code")
        terminal.press("o", "end", "enter")
        terminal.wait_for("Plain sums (code): 5 of 5 points, 2 of 2 tests")
        terminal.press("escape")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0

    report = json.loads(printed(home, "report", "--format", "json"))
    assert report["outcome"] == "passed"
    assert [item["mark"] for item in report["items"]] == ["right"] * 4
    assert report["items"][0]["flagged"]
    assert [gap["cause"] for gap in report["gaps"]] == ["killed", "killed"]
    assert all(gap["charged_seconds"] == 0 for gap in report["gaps"])
    assert report["gaps"][0]["seconds"] >= GAP_SECONDS
    assert report["items"][3]["isolation"] in [level.value for level in IsolationLevel]


def test_a_second_window_can_only_look(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with start(home, "exam", EXAM, "--seed", str(SEED)) as terminal:
        terminal.wait_for("Enter Begin")
        terminal.press("enter")
        terminal.wait_for("Begin the section")
        terminal.press("enter")
        terminal.wait_for("item 1 of 4")
        with start(home, "resume") as other:
            other.wait_for("look")
            other.press("q")
            other.wait_for("History")
            other.press("q")
            assert other.wait_for_end() == 0
        terminal.press("f8")
        terminal.wait_for("item 2 of 4")
