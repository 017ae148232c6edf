"""Colours are remembered between runs; a damaged file is as good as none."""

from pathlib import Path

import pytest

from examengine.delivery.settings import SETTINGS, Settings, read_settings, write_settings


def test_what_was_chosen_is_read_back(tmp_path: Path) -> None:
    write_settings(tmp_path / "new" / "home", Settings(theme="exam-light"))
    assert read_settings(tmp_path / "new" / "home") == Settings(theme="exam-light")
    assert [path.name for path in (tmp_path / "new" / "home").iterdir()] == [SETTINGS]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"theme": 3}', b'{"theme": null}', b"\xff\xfe\x00", b"[" * 9000, b'{"other": "x"}'],
)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SETTINGS).write_bytes(content)
    assert read_settings(tmp_path) == Settings()


def test_a_missing_file_is_as_good_as_none(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "nowhere") == Settings()


def test_a_disk_that_refuses_costs_no_more_than_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    write_settings(tmp_path / "file" / "home", Settings(theme="exam-light"))
    assert read_settings(tmp_path / "file" / "home") == Settings()
