"""An editor of one's own: each save is taken, and whatever it leaves behind, nothing is lost."""

import stat
from pathlib import Path

import pytest

from examengine.delivery.external_editor import edit_outside, editor_command


def an_editor(folder: Path, script: str) -> list[str]:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return [str(path)]


def edited(folder: Path, script: str, text: str = "before\n") -> tuple[list[str], list[str]]:
    """Return what was saved, and what is to be told."""
    saves: list[str] = []
    told = edit_outside(an_editor(folder, script), "solution.py", text, saves.append, folder / "kept")
    return saves, told


def test_the_text_goes_out_and_the_saved_one_comes_back(tmp_path: Path) -> None:
    saves, told = edited(tmp_path, 'cat "$1" > "$1.copy"; echo after >> "$1.copy"; mv "$1.copy" "$1"')
    assert saves == ["before\nafter\n"]
    assert told == []


def test_every_save_is_taken_while_the_editor_is_open(tmp_path: Path) -> None:
    saves, told = edited(tmp_path, 'echo one > "$1"; sleep 1; echo two > "$1"; sleep 1; echo three > "$1"')
    assert saves == ["one\n", "two\n", "three\n"]
    assert told == []


def test_an_editor_that_changes_nothing_gives_nothing(tmp_path: Path) -> None:
    assert edited(tmp_path, "true") == ([], [])


@pytest.mark.parametrize(
    ("script", "saves", "told"),
    [
        ('rm "$1"', [], "deleted"),
        (': > "$1"', [], "empty file"),
        ("exit 3", [], "ended with status 3"),
        ("kill -9 $$", [], "ended by signal 9"),
        ('echo half > "$1"; kill -9 $$', ["half\n"], "ended by signal 9"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_the_last_save_stands(
    tmp_path: Path, script: str, saves: list[str], told: str
) -> None:
    found = edited(tmp_path, script)
    assert found[0] == saves
    assert len(found[1]) == 1
    assert told in found[1][0]


def test_what_is_no_text_is_kept_in_a_file_of_its_own(tmp_path: Path) -> None:
    for number in (1, 2):
        saves, told = edited(tmp_path, 'printf "\\377\\376" > "$1"')
        place = tmp_path / "kept" / f"solution.kept-{number}.py"
        assert saves == []
        assert place.read_bytes() == b"\xff\xfe"
        assert str(place) in told[0]


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = edit_outside([str(tmp_path / "none")], "solution.py", "x", lambda _text: None, tmp_path)
    assert "cannot be started" in told[0]


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vi"}, ["code", "--wait"]),
        ({"EDITOR": "'my editor' -x"}, ["my editor", "-x"]),
        ({"VISUAL": " ", "EDITOR": "ed"}, ["ed"]),
        ({"VISUAL": "'never closed", "EDITOR": "ed"}, ["ed"]),
    ],
)
def test_visual_goes_before_editor(environment: dict[str, str], command: list[str]) -> None:
    assert editor_command(environment) == command


def test_without_either_a_common_editor_is_taken_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert editor_command({}) == []
    vi = tmp_path / "vi"
    vi.write_text("#!/bin/sh\n")
    vi.chmod(0o755)
    assert editor_command({}) == [str(vi)]
