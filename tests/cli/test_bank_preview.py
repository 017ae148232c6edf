"""`bank preview --plain`: the item on stdout as line mode says it, what is wrong with it on stderr."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bank.bank_folder import CHOICE, write_bank
from examengine.cli import main
from examengine.delivery.preview_item import preview_item, report_preview

BROKEN = CHOICE.replace("key: b", "key: z")


def test_the_candidates_side_is_printed_and_the_key_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = str(write_bank(tmp_path / "demo"))
    assert main._run(["bank", "preview", "demo.alpha.sky", "--bank", folder, "--plain"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("demo.alpha.sky\n")
    assert "Which colour does a clear sky have at noon in summer?" in shown
    assert "Short waves" not in shown
    assert main._run(["bank", "preview", "alpha.sky", "--bank", folder, "--plain", "--key"]) == 0
    with_key = capsys.readouterr().out
    assert with_key.startswith(shown)
    assert "[key] Blue" in with_key or "[missed key] Blue" in with_key
    assert "Short waves are scattered most." in with_key


def test_a_seed_decides_what_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    template = CHOICE.replace("  stem: Which", '  parameters: {n: {range: [1, 500]}}\n  stem: "{{n}} or which').replace(
        "summer?", 'summer?"'
    )
    folder = str(write_bank(tmp_path / "demo", {"items/alpha/choice.yaml": template}))
    seen = []
    for seed in ("1", "2", "1"):
        assert main._run(["bank", "preview", "demo.alpha.sky", "--bank", folder, "--plain", "--seed", seed]) == 0
        seen.append(capsys.readouterr().out)
    assert seen[0] == seen[2] != seen[1]
    assert seen[0].splitlines()[1].startswith("drawn: n = ")


def test_what_is_wrong_with_the_item_is_told_and_other_items_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = str(write_bank(tmp_path / "demo", {"items/alpha/choice.yaml": BROKEN}))
    assert main._run(["bank", "preview", "demo.alpha.sky", "--bank", folder, "--plain"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "key 'z' is not an option" in printed.err
    assert main._run(["bank", "preview", "demo.beta.half", "--bank", folder, "--plain"]) == 0
    assert capsys.readouterr().err == ""


def test_an_item_that_does_not_exist_is_told_with_those_like_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = str(write_bank(tmp_path / "demo"))
    assert main._run(["bank", "preview", "demo.alpha.skies", "--bank", folder, "--plain"]) == 2
    assert "did you mean demo.alpha.sky" in capsys.readouterr().err


def test_an_exercise_is_previewed_too_and_its_parts_stand_in_the_report(tmp_path: Path):
    folder = write_bank(tmp_path / "demo")
    shown = preview_item(folder, "demo.ex.double")
    assert shown.entry is not None
    assert shown.entry.points == 4
    report = report_preview(shown.entry, None)
    assert [part.title for part in report.parts] == ["Plain numbers", "Signs"]
    assert report.mark == "blank"


def test_a_watched_item_is_printed_again_when_it_is_saved(tmp_path: Path):
    folder = write_bank(tmp_path / "demo")
    words = [sys.executable, "-u", "-m", "examengine", "bank", "preview", "demo.alpha.sky", "--bank", str(folder)]
    with subprocess.Popen(
        [*words, "--plain", "--watch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        try:
            next(line for line in running.stderr if line.startswith("Watching"))
            (folder / "items/alpha/choice.yaml").write_text(CHOICE.replace("Which colour", "What colour"))
            assert next(line for line in running.stdout if line.startswith("What colour"))
            next(line for line in running.stderr if line.startswith("Watching"))
        finally:
            running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 0
