"""Drills by what was met before, and a note on a defect, from the command line alone."""

import json
from pathlib import Path

from cli.test_main import run

BANK = str(Path(__file__).resolve().parents[1] / "corpora" / "sound_banks" / "short")


def test_what_was_missed_can_be_drilled_and_its_defects_noted(tmp_path: Path) -> None:
    words = ["--banks", BANK, "drill", "short"]
    first = run(*words, "--all", "--plain", "--json", "--seed", "3", stdin="next\nsubmit\n")
    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    assert f"{len(report['items'])} items fit your choice." in first.stderr
    seen = [item["id"] for item in report["items"] if item["seen"]]
    assert len(seen) == 2

    missed = run(*words, "--missed", "--all", "--plain", "--json", stdin="submit\n")
    assert "2 items fit your choice." in missed.stderr
    assert {item["id"] for item in json.loads(missed.stdout)["items"]} == set(seen)

    flagged = run(*words, "--flagged", "--plain", stdin="")
    assert flagged.returncode == 4
    assert "no item fits: in bank short, none of the" in flagged.stderr
    assert "items is flagged" in flagged.stderr

    note = run("report", "--defect", "1", "-o", str(tmp_path / "note.md"))
    assert note.returncode == 0, note.stderr
    text = (tmp_path / "note.md").read_text(encoding="utf-8")
    assert text.startswith("# Defect in short.")
    assert "| bank version | short 1.0.0, SHA-256" in text
    assert run("report", "--defect", "99").returncode == 2
