"""Watching a bank: what was saved is noticed, and only what has changed is read again."""

from pathlib import Path

import pytest

from bank.bank_folder import CHOICE, write_bank
from examengine.delivery.watch_files import LOOK_SECONDS, Watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "demo")


def test_a_file_that_is_written_made_or_removed_is_a_change(folder: Path):
    watched = Watched([folder])
    assert watched.changed() == []
    (folder / "items/alpha/choice.yaml").write_text(CHOICE + "# a word\n")
    (folder / "items/alpha/more.yaml").write_text("[]\n")
    (folder / "items/beta/others.yaml").unlink()
    names = ["items/alpha/choice.yaml", "items/alpha/more.yaml", "items/beta/others.yaml"]
    assert watched.changed() == [str(folder / name) for name in names]
    assert watched.changed() == []


def test_what_is_no_part_of_the_bank_is_no_change(folder: Path):
    watched = Watched([folder])
    (folder / "notes.txt").write_text("x")
    (folder / "items/alpha/.choice.yaml.swp").write_text("x")
    (folder / "schemas").mkdir()
    (folder / "schemas/bank.schema.json").write_text("{}")
    assert watched.changed() == []


def test_waiting_ends_once_saving_is_over(folder: Path):
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) in (2, 3):
            (folder / f"items/alpha/new{len(waited)}.yaml").write_text("[]\n")

    found = Watched([folder], wait).wait_for_change()
    assert found == [str(folder / "items/alpha/new2.yaml"), str(folder / "items/alpha/new3.yaml")]
    assert waited == [LOOK_SECONDS] * 4


def test_a_bank_is_read_again_only_where_a_file_has_changed(folder: Path, tmp_path: Path):
    other = write_bank(tmp_path / "other")
    watched = Watched([folder, other])
    first, kept = watched.read(folder), watched.read(other)
    assert watched.read(folder) is first
    (folder / "items/alpha/choice.yaml").write_text(CHOICE.replace("key: b", "key: z"))
    again = watched.read(folder)
    assert [problem.code for problem in again.problems] == ["invalid"]
    assert watched.read(other) is kept
