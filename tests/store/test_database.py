"""The database: made once, kept, and refused where it cannot be trusted."""

import sqlite3
from pathlib import Path

import pytest

from examengine.core.errors import StoreError
from examengine.store.database import open_database
from examengine.store.session_lock import SessionLock


def test_every_answer_is_on_disk_before_the_screen(tmp_path: Path):
    connection = open_database(tmp_path / "x.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()


def test_opening_again_changes_nothing(tmp_path: Path):
    open_database(tmp_path / "x.db").close()
    connection = open_database(tmp_path / "x.db")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert tables == {"forms", "packages", "sessions", "events", "pulses", "evidence"}


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path):
    connection = open_database(tmp_path / "x.db")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="newer"):
        open_database(tmp_path / "x.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path):
    (tmp_path / "x.db").write_text("not a database, but long enough to be read as one" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_database(tmp_path / "x.db")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="EXAMENGINE_HOME"):
        open_database(tmp_path / "file" / "x.db")


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    connection = sqlite3.connect(tmp_path / "x.db")
    connection.execute("CREATE TABLE events (strange TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError):
        open_database(tmp_path / "x.db")
    connection = sqlite3.connect(tmp_path / "x.db")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert tables == {"events"}


def test_a_lock_is_held_once_and_free_after_release(tmp_path: Path):
    lock = SessionLock.take(tmp_path, "s")
    assert lock is not None
    assert SessionLock.take(tmp_path, "s") is None
    assert SessionLock.take(tmp_path, "other") is not None
    lock.release()
    again = SessionLock.take(tmp_path, "s")
    assert again is not None
    again.release()
