"""The typed queries on sessions; the only place that speaks SQL about them."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examengine.bank.bank import ExercisePackage
from examengine.core.clock import Reading
from examengine.core.errors import StoreError, UsageError
from examengine.core.evidence import Evidence
from examengine.forms.form import Form
from examengine.session.events import EVENT, Recorded
from examengine.store.database import open_database
from examengine.store.session_lock import SessionLock

DATABASE = "examengine.db"
LOCKS = "locks"
_PRACTICE = ("response_given", "file_edited")
"""Kinds of events that show that somebody worked."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as the history lists it."""

    id: str
    form_digest: str
    blueprint: str
    title: str
    kind: str
    seed: int
    created: float
    """Seconds since 1970, UTC."""
    phase: str


class SessionStore:
    """Sessions in one SQLite file; may be used from several threads."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._connection = open_database(home / DATABASE)
        self._mutex = threading.Lock()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def lock_session(self, session: str) -> SessionLock | None:
        """Return the session's lock, or None while it is held."""
        return SessionLock.take(self._home / LOCKS, session)

    def create_session(
        self,
        row: SessionRow,
        form: Form,
        packages: Mapping[str, ExercisePackage],
        journal: Sequence[Recorded],
    ) -> None:
        """Write a new session with its form, its exercise packages and its first events, all or nothing."""
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO forms VALUES (?, ?)", (row.form_digest, form.model_dump_json()))
            for digest, package in packages.items():
                db.execute("INSERT OR IGNORE INTO packages VALUES (?, ?)", (digest, package.model_dump_json()))
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row.id,
                    row.form_digest,
                    row.blueprint,
                    row.title,
                    row.kind,
                    row.seed,
                    row.created,
                    row.phase,
                ),
            )
            self._insert_events(db, row.id, 0, journal)

    def append(self, session: str, count: int, journal: Sequence[Recorded], phase: str) -> None:
        """Append events behind the `count` that are there, all or nothing, on disk when this returns.

        Raises:
            StoreError: the disk refuses, or another process has appended meanwhile.
        """
        with self._transaction() as db:
            self._insert_events(db, session, count, journal)
            db.execute("UPDATE sessions SET phase = ? WHERE id = ? AND phase <> ?", (phase, session, phase))

    def read_journal(self, session: str) -> list[Recorded]:
        """Return all events of a session, oldest first."""
        rows = self._all("SELECT at, event FROM events WHERE session = ? ORDER BY sequence", (session,))
        return [Recorded(at=Reading.model_validate_json(at), event=EVENT.validate_json(event)) for at, event in rows]

    def read_practice_times(self) -> list[float]:
        """Return when responses were given, in any session: seconds since 1970, one for each quarter of an hour.

        Days begin at a quarter of an hour in every time zone, so nothing is lost for counting days.
        """
        given = " OR ".join(f'event LIKE \'{{"kind":"{kind}"%\'' for kind in _PRACTICE)
        quarters = self._all(
            f"SELECT DISTINCT CAST(json_extract(at, '$.wall') / 900 AS INTEGER) FROM events WHERE {given}",  # noqa: S608
            (),
        )
        return sorted(quarter * 900.0 for (quarter,) in quarters)

    def read_form(self, digest: str) -> Form:
        """Return a stored form."""
        return Form.model_validate_json(self._one("SELECT body FROM forms WHERE digest = ?", (digest,)))

    def read_package(self, digest: str) -> ExercisePackage:
        """Return a stored exercise package."""
        return ExercisePackage.model_validate_json(self._one("SELECT body FROM packages WHERE digest = ?", (digest,)))

    def write_pulse(self, session: str, at: Reading) -> None:
        """Note that the process holding the session is alive."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO pulses VALUES (?, ?) ON CONFLICT (session) DO UPDATE SET at = excluded.at",
                (session, at.model_dump_json()),
            )

    def read_pulse(self, session: str) -> Reading | None:
        """Return the last sign of life of a process that held the session."""
        rows = self._all("SELECT at FROM pulses WHERE session = ?", (session,))
        return Reading.model_validate_json(rows[0][0]) if rows else None

    def list_sessions(self) -> list[SessionRow]:
        """Return all sessions, newest first."""
        rows = self._all(
            "SELECT id, form_digest, blueprint, title, kind, seed, created, phase"
            " FROM sessions ORDER BY created DESC, id",
            (),
        )
        return [SessionRow(*row) for row in rows]

    def read_session(self, session: str) -> SessionRow:
        """Return one session by its id or by the beginning of its id.

        Raises:
            UsageError: there is none, or the beginning fits several.
        """
        found = [row for row in self.list_sessions() if row.id.startswith(session)]
        exact = [row for row in found if row.id == session]
        if len(exact or found) != 1:
            what = "no session" if not found else f"{len(found)} sessions"
            raise UsageError(f"{what} with an id that begins with {session!r}", hint="see examengine history")
        return (exact or found)[0]

    def write_evidence(self, session: str, number: int, response_digest: str, evidence: Evidence, at: float) -> None:
        """Keep the evidence of one response; a new grading of the same response replaces it."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, ?, ?)",
                (session, number, response_digest, evidence.model_dump_json(), at),
            )

    def read_evidence(self, session: str) -> dict[tuple[int, str], Evidence]:
        """Return the evidence of a session by entry number and response digest."""
        rows = self._all("SELECT number, response_digest, body FROM evidence WHERE session = ?", (session,))
        return {(number, digest): Evidence.model_validate_json(body) for number, digest, body in rows}

    @staticmethod
    def _insert_events(db: sqlite3.Connection, session: str, count: int, journal: Sequence[Recorded]) -> None:
        db.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?)",
            [
                (session, count + index, one.at.model_dump_json(), EVENT.dump_json(one.event).decode())
                for index, one in enumerate(journal)
            ],
        )

    def _all(self, query: str, values: tuple[object, ...]) -> list[Any]:
        try:
            with self._mutex:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"the database of sessions cannot be read: {error}") from error

    def _one(self, query: str, values: tuple[object, ...]) -> str:
        rows = self._all(query, values)
        if not rows:
            raise StoreError("the database of sessions lacks a record that another one points to")
        return str(rows[0][0])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._mutex:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(
                    f"the session cannot be written: {error}",
                    hint="check the disk; nothing written before is lost",
                ) from error
