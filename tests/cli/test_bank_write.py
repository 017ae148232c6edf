"""The commands that begin a bank: data on stdout, what comes next on stderr, exit codes."""

import json
from pathlib import Path

import pytest

from bank.bank_folder import write_bank
from examengine.bank.schema import KINDS
from examengine.cli import main
from examengine.cli.bank_write import _KINDS


def test_a_bank_is_begun_filled_in_and_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main._run(["bank", "new", "mine", "--title", "Mine"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "mine/bank.yaml\n"
    assert "examengine bank check mine" in printed.err
    assert main._run(["bank", "check", "mine"]) == 1
    assert "mine/bank.yaml:6:10: still to be filled in: the licence" in capsys.readouterr().out
    (tmp_path / "mine/bank.yaml").unlink()
    write_bank(tmp_path / "mine")
    assert main._run(["bank", "new-item", "mine", "numeric", "alpha.third", "--file", "items/alpha/choice.yaml"]) == 0
    assert capsys.readouterr().out == "mine/items/alpha/choice.yaml:16\n"
    assert main._run(["bank", "check", "mine"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) > 10
    assert all("demo.alpha.third: still to be filled in" in line for line in told)


def test_an_exercise_prints_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_bank(tmp_path / "mine")
    assert main._run(["bank", "new-exercise", "mine", "total", "--notebook"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "mine/exercises/total/exercise.yaml",
        "mine/exercises/total/wrong/first_mistake.py",
        "mine/exercises/total/exercise.ipynb",
    ]


def test_what_is_there_is_left_alone_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write_bank(tmp_path / "mine")
    assert main._run(["bank", "new", str(tmp_path / "mine")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "bank.yaml is there already; nothing was written" in printed.err


def test_schemas_are_printed_by_kind_or_all_and_written_for_editors(tmp_path: Path, capsys):
    assert main._run(["bank", "schema", "items"]) == 0
    items = json.loads(capsys.readouterr().out)
    assert main._run(["bank", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["items"] == items
    assert main._run(["bank", "schema", "--out", str(tmp_path / "out")]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert len(written) == len(KINDS)
    assert json.loads((tmp_path / "out/items.schema.json").read_text()) == items


def test_the_kinds_that_the_command_offers_are_those_there_are():
    assert _KINDS == KINDS
