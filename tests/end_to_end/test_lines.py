"""A whole exam in line mode, through pipes, with the program killed in the middle."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from end_to_end.short_form import BANK, EXAM, SEED, SOLUTION, right_letters, short_form, wrong_letter
from examengine.forms.form import FormEntry
from seeded_cache import seed_home

COMMAND = [sys.executable, "-c", "from examengine.cli.main import main; main()"]


def environment(home: Path) -> dict[str, str]:
    seed_home(home)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"EXAMENGINE_HOME": str(home)}


def run(home: Path, *arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=lines,
        capture_output=True,
        text=True,
        env=environment(home),
        timeout=120,
        check=False,
    )


@contextmanager
def running(home: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
        env=environment(home),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str], wanted: str) -> str:
    """Read what is said until a line holds a text; the test's time limit is the bound."""
    assert process.stderr is not None
    for line in process.stderr:
        if wanted in line:
            return line
    raise AssertionError(f"the program ended before it said {wanted!r}")


def right_line(entry: FormEntry) -> str:
    return "answer 0.75" if entry.item.type == "numeric" else f"answer {' '.join(right_letters(entry))}"


def test_a_script_sits_the_short_exam_and_gets_its_report_as_json(tmp_path: Path) -> None:
    form = short_form(tmp_path / "other")
    script = "\n".join(
        [
            "# a comment, and a blank line",
            "",
            *(line for entry in form.entries[:3] for line in (right_line(entry), "next")),
            "leave",
            "answer <<END",
            "def running_total(numbers):",
            f"    {SOLUTION}",
            "END",
            "submit",
        ]
    )
    ended = run(
        tmp_path / "home", "--banks", str(BANK), "exam", EXAM, "--plain", "--seed", str(SEED), "--json", lines=script
    )
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert [item["id"] for item in report["items"]] == [entry.item.id for entry in form.entries]
    assert [item["mark"] for item in report["items"]] == ["right"] * 4
    assert (report["outcome"], report["scaled"], report["earned"]) == ("passed", 1000, 25)


def test_what_was_acknowledged_before_sigkill_is_there_after_resuming(tmp_path: Path) -> None:
    home = tmp_path / "home"
    form = short_form(tmp_path / "other")
    choice = next(entry for entry in form.entries if entry.item.type == "multiple_choice")
    number = next(entry for entry in form.entries if entry.item.type == "numeric")

    with running(home, "--banks", str(BANK), "exam", EXAM, "--plain", "--seed", str(SEED)) as process:
        hear(process, "Item 1 of 4")
        say(process, f"goto {choice.number}")
        say(process, f"answer {wrong_letter(choice)}")
        hear(process, f"Your response: {wrong_letter(choice)}.")
        say(process, f"answer {right_letters(choice)[0]}")
        hear(process, f"Your response: {right_letters(choice)[0]}.")
        say(process, "flag")
        hear(process, "is flagged")
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL

    script = f"list\ngoto {number.number}\nanswer 0.25\nsubmit\n"
    ended = run(home, "resume", "--plain", "--json", lines=script)
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    marks = {item["number"]: item["mark"] for item in report["items"]}
    assert marks[choice.number] == "right"
    assert marks[number.number] == "wrong"
    assert sorted(marks.values()) == ["blank", "blank", "right", "wrong"]
    kept = report["items"][choice.number - 1]
    assert kept["flagged"]
    assert kept["changes"] == 1
    (gap,) = report["gaps"]
    assert gap["cause"] == "killed"
    assert gap["charged_seconds"] == 0
    taught = next(option for option in report["items"][number.number - 1]["options"] if option["is_picked"])
    assert taught["rationale"] == "That is the share of false alerts."


def test_a_session_that_is_not_over_keeps_its_keys(tmp_path: Path) -> None:
    home = tmp_path / "home"
    left = run(home, "--banks", str(BANK), "exam", EXAM, "--plain", "--seed", str(SEED), lines="next\nquit\n")
    assert left.returncode == 0
    report = run(home, "report")
    listed = run(home, "history", "--json")
    assert report.returncode == 2
    for said in (left, report, listed):
        assert "[key]" not in said.stdout + said.stderr
        assert "Recall asks how many" not in said.stdout + said.stderr


def test_the_report_comes_in_every_format_on_stdout(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "--banks", str(BANK), "exam", EXAM, "--plain", "--seed", str(SEED), lines="submit\n")
    starts = {"text": "Short exam\n", "markdown": "# Short exam", "json": "{", "html": "<!doctype html>"}
    for name, start in starts.items():
        ended = run(home, "report", "--format", name)
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.lstrip().startswith(start)
