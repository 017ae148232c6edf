"""`bank check` in words, as annotations and as JSON, once or whenever a file is saved."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bank.bank_folder import CHOICE, write_bank
from examengine.bank.guessers import sit_guessers
from examengine.bank.problem import Problem
from examengine.bank.read import read_bank
from examengine.cli import main
from examengine.cli.problem_lines import candidate_lines, github_line

BROKEN = CHOICE.replace("key: b", "key: z")


def a_problem(**over: object) -> Problem:
    fields = {
        "file": "a.yaml",
        "line": 3,
        "column": 5,
        "item": "demo.a.b",
        "code": "invalid",
        "message": "no",
        "hint": "",
    }
    return Problem.model_validate(fields | over)


def test_an_annotation_names_file_line_and_column():
    line = github_line(a_problem(hint="write yes"), Path("/course"))
    assert line == "::error file=a.yaml,line=3,col=5,title=bank check%3A invalid::demo.a.b: no; write yes"
    assert github_line(a_problem(severity="warning", item=""), Path("/course")).startswith("::warning file=a.yaml")


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("/course/bank/a.yaml", "bank/a.yaml"),
        ("/other/a.yaml", "/other/a.yaml"),
        ("odd,name:1%.yaml", "odd%2Cname%3A1%25.yaml"),
    ],
)
def test_the_file_of_an_annotation_is_told_from_the_working_folder(file: str, shown: str):
    assert github_line(a_problem(file=file), Path("/course")).startswith(f"::error file={shown},line=3,")


def test_no_message_ends_its_annotation_or_begins_another():
    message = "50 %\r\n::error::forged, and: more"
    line = github_line(a_problem(message=message), Path("/course"))
    assert "\n" not in line
    assert line.endswith("::demo.a.b: 50 %25%0D%0A::error::forged, and: more")
    assert line.startswith("::error file=a.yaml,")


def test_the_formats_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_bank(tmp_path / "demo", {"items/alpha/choice.yaml": BROKEN})
    printed = {}
    for words in (["--format", "text"], ["--format", "github"], ["--format", "json"], ["--json"]):
        assert main._run(["bank", "check", "demo", *words]) == 1
        printed[words[-1]] = capsys.readouterr()
    (problem,) = json.loads(printed["json"].out)[0]["problems"]
    assert printed["--json"].out == printed["json"].out
    assert f"{problem['file']}:{problem['line']}:{problem['column']}: " in printed["text"].out
    assert printed["github"].out.startswith(f"::error file=demo/items/alpha/choice.yaml,line={problem['line']},")
    assert "1 error," in printed["text"].err
    assert printed["json"].err == ""


def test_the_candidates_who_decide_are_shown_least_likely_first():
    items = [*read_bank_of_the_program()]
    guessers = sit_guessers(items)
    lines = list(candidate_lines(guessers))
    judged = [one for one in guessers if one.decides]
    assert len(judged) > 6
    likely = min(judged, key=lambda one: one.probability)
    assert lines[0].split() == ["candidates", "who", "know", "nothing", "choices", "hits", "chance", "at", "most"]
    assert lines[1].split()[:3] == [likely.strategy, str(likely.questions), str(likely.hits)]
    assert len(lines) == 8
    assert lines[-1] == f"  and {len(judged) - 6} more, nearer to chance"
    assert list(candidate_lines(sit_guessers(items[:3]))) == []


def read_bank_of_the_program():
    bank = read_bank(Path(__file__).parents[2] / "question_banks/cmla").bank
    assert bank is not None
    return bank.items


def test_a_watched_bank_is_checked_again_when_a_file_is_saved(tmp_path: Path):
    folder = write_bank(tmp_path / "demo")
    words = [sys.executable, "-u", "-m", "examengine", "bank", "check", str(folder), "--watch"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        try:
            for line in running.stderr:
                if line.startswith("Watching"):
                    break
            (folder / "items/alpha/choice.yaml").write_text(BROKEN)
            told = next(line for line in running.stdout if "[warning]" not in line)
            assert re.search(r"choice\.yaml:\d+:\d+: demo\.alpha\.sky: key 'z' is not an option", told)
            for line in running.stderr:
                if line.startswith("Watching"):
                    break
        finally:
            running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 1
