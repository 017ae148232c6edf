"""An exercise in a folder of the person's, to work on in another program; what is saved there comes back.

Files of others are never overwritten: they are named first, and kept beside. Where the session and the folder both
changed the same file, the text saved in the folder is taken and the session's is kept beside it.
"""

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from examengine.delivery.exercise_files import NOTEBOOK, ExerciseFiles
from examengine.delivery.external_editor import free_name

_MARKER = ".examengine.json"
_MAX_BYTES = 4_000_000


def default_folder(session: str, item_id: str) -> Path:
    """Return where an exercise is written unless the person says otherwise."""
    return Path.home() / "examengine" / session / item_id.rsplit(".", 1)[-1]


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the folder brought."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """Files to take into the session: name to text."""
    remarks: tuple[str, ...] = ()
    """What is to be told, one sentence each."""


class CodeFolder:
    """One exercise in one folder; not to be used from two threads at once."""

    def __init__(self, path: Path, files: ExerciseFiles) -> None:
        self.path = path
        self.saves = 0
        """How many saves were taken."""
        self._files = files
        self._base: dict[str, str] = {}
        """The candidate's files as the session and the folder last agreed on them."""
        self._seen: dict[str, str] = {}
        """Digest of each file as it was last written or looked at; empty: it was gone or not to be read."""
        self._ours: dict[str, str] = {}
        """Digest of each file as it was last written here."""
        self._doubted: dict[str, str] = {}
        """Files that were gone or empty at the last look: programs write in two steps."""

    def foreign(self, texts: Mapping[str, str]) -> list[str]:
        """Return the files that writing would replace and that somebody else wrote or changed."""
        ours = self._read_marker()
        return [
            name
            for name, data in self._contents(texts).items()
            if (self.path / name).exists()
            and (there := self._digest(name)) != hashlib.sha256(data).hexdigest()
            and there != ours.get(name, "-")
        ]

    def write(self, texts: Mapping[str, str]) -> list[str]:
        """Write everything; return the names under which files of somebody else are kept now.

        Raises:
            OSError: the folder or a file cannot be written.
        """
        foreign = self.foreign(texts)
        kept = []
        for name, data in self._contents(texts).items():
            path = self.path / name
            if name in foreign:
                aside = free_name(path, "old")
                path.rename(aside)
                kept.append(aside.name)
            self._write(name, data)
        self._base = dict(texts)
        self._write_marker()
        return kept

    def look(self, texts: Mapping[str, str]) -> Found:
        """Return what was saved in the folder since the last look, and bring it what the session has changed.

        `texts`: the files of the response as they are in the session.
        """
        remarks: list[str] = []
        saved = self._saved(texts, remarks)
        taken: dict[str, str] = {}
        for name, now in texts.items():
            base = self._base.get(name, now)
            if name not in saved:
                if now != base:
                    self._bring(name, now, remarks)
                continue
            text, source = saved[name]
            if text == now:
                self._base[name] = now
                continue
            if now not in (base, text):
                remarks.append(self._keep_other(name, now, source))
            taken[name] = text
        return Found(taken, tuple(remarks))

    def agree(self, name: str, text: str) -> None:
        """Hear that the session has taken a text; the folder's other form of it follows."""
        self.saves += 1
        self._base[name] = text
        with contextlib.suppress(OSError):
            self._follow({**self._base, name: text})

    def refuse(self, name: str, text: str) -> None:
        """Hear that the session did not take a text; it stays in the folder alone."""
        self._base[name] = text

    def _saved(self, texts: Mapping[str, str], remarks: list[str]) -> dict[str, tuple[str, str]]:
        """Return the texts that were saved since the last look, each with the file it comes from."""
        saved: dict[str, tuple[str, str]] = {}
        for name in texts:
            data = self._new(name, remarks)
            if data is None:
                continue
            try:
                saved[name] = data.decode("utf-8-sig"), name
            except UnicodeDecodeError:
                remarks.append(f"{name} in the folder is not UTF-8 text; it is not taken, and stays as it is.")
        data = self._new(NOTEBOOK, remarks)
        if data is None:
            return saved
        returned = self._files.returned(data, texts)
        if isinstance(returned, str):
            remarks.append(f"{NOTEBOOK} is not taken: {returned}")
            return saved
        remarks += returned.remarks
        for name, text in returned.files.items():
            if name not in texts or text == self._base.get(name):
                continue
            if name in saved and saved[name][0] != text:
                remarks.append(self._keep_other(name, text, name, word="from-notebook"))
            else:
                saved[name] = text, NOTEBOOK
        return saved

    def _new(self, name: str, remarks: list[str]) -> bytes | None:
        """Return the content of a file that changed since the last look; what cannot be read is told once."""
        digest = self._digest(name)
        if digest == self._seen.get(name):
            self._doubted.pop(name, None)
            return None
        data = self._read(name)
        if not data or hashlib.sha256(data).hexdigest() != digest:
            doubt = "gone" if data is None else "empty" if not data else "moving"
            if doubt != "moving" and self._doubted.get(name) == doubt:
                self._seen[name] = digest
                remarks.append(_lost(name, doubt, self.path / name))
            self._doubted[name] = doubt
            return None
        self._doubted.pop(name, None)
        self._seen[name] = digest
        return data

    def _bring(self, name: str, text: str, remarks: list[str]) -> None:
        """Write what the session has changed to the folder."""
        self._base[name] = text
        try:
            self._follow({**self._base, name: text})
        except OSError as error:
            remarks.append(f"{self.path} cannot be written: {error.strerror or error}. Your code is safe here.")

    def _follow(self, texts: Mapping[str, str]) -> None:
        """Bring the files in the folder up to date; a notebook that another program has saved is left to it."""
        for name, text in texts.items():
            data = text.encode()
            if self._seen.get(name) and self._seen[name] != hashlib.sha256(data).hexdigest():
                self._write(name, data)
        if self._seen.get(NOTEBOOK) and self._seen[NOTEBOOK] == self._ours.get(NOTEBOOK):
            data = self._files.notebook(texts)
            if hashlib.sha256(data).hexdigest() != self._seen[NOTEBOOK]:
                self._write(NOTEBOOK, data)
        self._write_marker()

    def _keep_other(self, name: str, text: str, source: str, *, word: str = "in-session") -> str:
        place = free_name(self.path / name, word)
        try:
            place.write_bytes(text.encode())
        except OSError as error:
            return f"{name} changed in two places, and {place} cannot be written ({error.strerror}); ^Z brings it back."
        where = "the notebook" if word != "in-session" else "the session"
        return f"{name} changed in {where} too: {source} is taken, the other text is kept as {place.name}."

    def _contents(self, texts: Mapping[str, str]) -> dict[str, bytes]:
        own = {name: text.encode() for name, text in texts.items()}
        everything = {**self._files.beside(), **own, NOTEBOOK: self._files.notebook(texts)}
        return {name: data for name, data in everything.items() if _stays_within(name)}

    def _write(self, name: str, data: bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.part")
        partial.write_bytes(data)
        partial.replace(path)
        self._seen[name] = self._ours[name] = hashlib.sha256(data).hexdigest()

    def _read(self, name: str) -> bytes | None:
        """Return the content of a regular file; None where there is none, or it cannot be read."""
        try:
            # A pipe in place of the file must not hold the program up.
            opened = os.open(self.path / name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(opened, "rb") as file:
                is_file = stat.S_ISREG(os.fstat(opened).st_mode)
                data = file.read(_MAX_BYTES + 1) if is_file else b""
        except OSError:
            return None
        return data if is_file and len(data) <= _MAX_BYTES else None

    def _digest(self, name: str) -> str:
        data = self._read(name)
        return "" if data is None else hashlib.sha256(data).hexdigest()

    def _read_marker(self) -> dict[str, str]:
        """Return the digests of what was written here before; empty where nothing tells."""
        data = self._read(_MARKER)
        try:
            found = json.loads(data or b"{}")
        except ValueError:
            return {}
        return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}

    def _write_marker(self) -> None:
        (self.path / _MARKER).write_text(json.dumps(self._ours, indent=1, sort_keys=True), encoding="utf-8")


def _stays_within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _lost(name: str, doubt: str, path: Path) -> str:
    if doubt == "empty":
        return f"{name} in the folder is empty; it is not taken."
    what = "cannot be read or is larger than 4 MB" if path.exists() else "was deleted"
    return f"{name} in the folder {what}; your code stays as it is."
