"""Opens the database and brings its schema up to date, one numbered step in one transaction at a time."""

import sqlite3
from importlib import resources
from pathlib import Path

from examengine.core.errors import StoreError

_BUSY_SECONDS = 10.0


def open_database(path: Path) -> sqlite3.Connection:
    """Open or create the database; autocommit, so that a caller begins its transactions itself.

    Raises:
        StoreError: the file cannot be used, or was written by a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a response that was shown as given survives a power cut, not only a crash.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"the database {path} cannot be opened: {error}",
            hint="set EXAMENGINE_HOME to a folder on a local disk",
        ) from error
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    steps = sorted(
        (
            entry
            for entry in resources.files("examengine.store").joinpath("schema").iterdir()
            if entry.name.endswith(".sql")
        ),
        key=lambda entry: entry.name,
    )
    at = _version(connection)
    if at > len(steps):
        raise StoreError(f"the database {path} was written by a newer examengine", hint="update examengine")
    for number, step in enumerate(steps, start=1):
        if number <= at:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken the step while this one waited for the lock.
            if _version(connection) < number:
                for statement in step.read_text(encoding="utf-8").split(";"):
                    if statement.strip():
                        connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
