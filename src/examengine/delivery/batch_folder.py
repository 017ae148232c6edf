"""The folder of a batch: its journal, its results and its feedback; whole or as before, whatever ends the program."""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import ConfigDict, ValidationError

from examengine.core.errors import StoreError, UsageError
from examengine.core.model import Model
from examengine.delivery.batch_row import BatchRow, row_as_contract
from examengine.delivery.batch_table import rows_as_csv

JOURNAL = "journal.jsonl"
RESULTS = "results.jsonl"
TABLE = "results.csv"
SUMMARY = "summary.json"
TIMINGS = "timings.jsonl"
FEEDBACK = "feedback"
_LOCK = ".lock"
_NEW = ".new"
_CHECK_CHARACTERS = 16
_NAME_CHARACTERS = 80
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


class JournalEntry(Model):
    """A submission that was graded, with all that its files are made of."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    key: str
    """What decides the row: submission, assignment, limits, version."""
    row: BatchRow
    feedback: bytes


class BatchFolder:
    """A folder that one batch at a time writes to. `keep` and `write_feedback` are called from one thread at a time."""

    def __init__(self, folder: Path, lock: int) -> None:
        self.folder = folder
        self._lock = lock
        self._journal = folder / JOURNAL
        self._places = _read_journal(self._journal)

    @classmethod
    def open(cls, folder: Path, submissions: Path) -> Self:
        """Take a folder for a batch; it is made where it is missing.

        Raises:
            StoreError: it cannot be written, or another batch is writing to it.
            UsageError: it is in use for something else.
        """
        place, theirs = folder.resolve(), submissions.resolve()
        if place == theirs or place.is_relative_to(theirs):
            raise UsageError(f"{folder} lies among the submissions", hint="choose another folder for --out")
        try:
            if (
                folder.is_dir()
                and not (folder / JOURNAL).exists()
                and any(one.name != _LOCK for one in folder.iterdir())
            ):
                raise UsageError(f"{folder} holds other files", hint="choose an empty or a new folder for --out")
            (folder / FEEDBACK).mkdir(parents=True, exist_ok=True)
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                os.close(lock)
                raise StoreError(f"{folder} is in use by another run", hint="wait for it, or stop it") from error
            except OSError:
                pass  # a file system without locks
            for left in (*folder.glob(f".*{_NEW}"), *(folder / FEEDBACK).glob(f".*{_NEW}")):
                left.unlink()
            _end_line(folder / JOURNAL)
            return cls(folder, lock)
        except OSError as error:
            raise StoreError(f"{folder} cannot be written: {error.strerror or error}") from error

    def find(self, key: str) -> JournalEntry | None:
        """Return what was kept for a key; None where nothing was, or where it is damaged."""
        place = self._places.get(key)
        if place is None:
            return None
        try:
            with self._journal.open("rb") as opened:
                opened.seek(place[0])
                return _entry_of(opened.read(place[1]))
        except OSError:
            return None

    def keep(self, entry: JournalEntry) -> None:
        """Write an entry to the journal's end; on disk when this returns.

        Raises:
            StoreError: it cannot be written.
        """
        text = entry.model_dump_json().encode()
        line = _check_of(text) + b" " + text + b"\n"
        with self._writing(), self._journal.open("ab") as opened:
            opened.write(line)
            opened.flush()
            os.fsync(opened.fileno())

    def write_feedback(self, name: str, content: bytes) -> None:
        """Write one submission's feedback where it differs from what is there.

        Raises:
            StoreError: it cannot be written.
        """
        path = self.folder / FEEDBACK / name
        with self._writing():
            if not path.is_file() or path.read_bytes() != content:
                write_whole(path, content)

    def finish(self, rows: Sequence[BatchRow], summary: dict[str, Any]) -> None:
        """Write the results of all rows, sorted as given.

        Raises:
            StoreError: they cannot be written.
        """
        with self._writing():
            self._finish(rows, summary)

    def _finish(self, rows: Sequence[BatchRow], summary: dict[str, Any]) -> None:
        kept = {row.feedback for row in rows}
        for path in sorted((self.folder / FEEDBACK).iterdir()):
            if path.name not in kept and path.suffix in {".md", ".ipynb"} and path.is_file():
                path.unlink()  # of a submission that is gone or is named otherwise now
        write_whole(self.folder / TABLE, rows_as_csv(rows).encode())
        write_whole(self.folder / SUMMARY, (json.dumps(summary, indent=2, ensure_ascii=False) + "\n").encode())
        timings = ({"submission": row.submission, "seconds": round(row.seconds, 3)} for row in rows)
        write_whole(self.folder / TIMINGS, _lines(timings))
        write_whole(self.folder / RESULTS, _lines(map(row_as_contract, rows)))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            hint = "what is done is kept; the same command goes on from there"
            raise StoreError(f"{self.folder} cannot be written: {error.strerror or error}", hint=hint) from error

    def close(self) -> None:
        """Let the folder go."""
        os.close(self._lock)


def feedback_names(submissions: Sequence[str]) -> dict[str, str]:
    """Return a file name without suffix for each submission: sound on every system, and unlike any other."""
    plain = {name: _file_name(name) for name in submissions}
    counts = Counter(name.casefold() for name in plain.values())
    return {
        name: plain[name]
        if plain[name] == name and counts[name.casefold()] == 1
        else f"{plain[name]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        for name in submissions
    }


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is the old one or the new one, however the program ends."""
    beside = path.with_name(f".{path.name}{_NEW}")
    with beside.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(path)


def _file_name(name: str) -> str:
    plain = re.sub(r"[^\w.@+-]+", "_", unicodedata.normalize("NFC", name))[:_NAME_CHARACTERS].strip("._")
    return "_" + plain if not plain or _RESERVED.fullmatch(plain) or plain[0] in "-+@" else plain


def _lines(values: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()


def _check_of(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:_CHECK_CHARACTERS].encode()


def _entry_of(line: bytes) -> JournalEntry | None:
    """Return a line's entry; None where the line is not whole."""
    check, _, text = line.rstrip(b"\n").partition(b" ")
    if check != _check_of(text):
        return None
    try:
        return JournalEntry.model_validate_json(text)
    except ValidationError:
        return None  # of another version


def _read_journal(path: Path) -> dict[str, tuple[int, int]]:
    """Return where each key's last whole line lies: offset and length in bytes."""
    places: dict[str, tuple[int, int]] = {}
    if not path.exists():
        return places
    offset = 0
    with path.open("rb") as opened:
        for line in opened:
            entry = _entry_of(line)
            if entry is not None:
                places[entry.key] = (offset, len(line))
            offset += len(line)
    return places


def _end_line(path: Path) -> None:
    """Close a half-written last line, so that the next one is not lost with it; makes the file where it is missing."""
    with path.open("a+b") as opened:
        if opened.tell() > 0:
            opened.seek(-1, os.SEEK_END)
            if opened.read(1) != b"\n":
                opened.write(b"\n")
