"""The files of a bank's folder: which there are, and their bytes; nothing outside the folder is ever read."""

import hashlib
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from examengine.bank.problem_list import ProblemList
from examengine.bank.yaml_source import MAX_BYTES, Fault, decode_text

MANIFEST = "bank.yaml"
FOLDERS = ("items", "stimuli", "exercises", "exams", "figures", "data")
MAX_FILES = 20_000
MAX_FOLDER_DEPTH = 8
MAX_TOTAL_BYTES = 256 * 1024 * 1024


class BankFiles:
    """The regular files of a bank, by name relative to its folder with `/` between the parts."""

    def __init__(self, folder: Path, problems: ProblemList, folders: Sequence[str] = FOLDERS) -> None:
        """Look through a bank's folder; `folders` names the entries in it that count."""
        self.folder = folder
        self.problems = problems
        self.paths: dict[str, Path] = {}
        self.contents: dict[str, bytes] = {}
        """What was read so far."""
        self.ahead: dict[str, bytes] = {}
        """What was read before it was asked for; does not count as read."""
        self.total = 0
        self._root = folder.resolve()
        self._is_full = False
        if self._is_usable(MANIFEST, folder / MANIFEST):
            self.paths[MANIFEST] = folder / MANIFEST
        for name in folders:
            if os.path.lexists(folder / name):
                self._scan_entry(name, folder / name, 0)

    def under(self, folder: str, suffix: str = "") -> list[str]:
        """Return the sorted names of the files in a folder and below it."""
        return sorted(name for name in self.paths if name.startswith(f"{folder}/") and name.endswith(suffix))

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None, with a problem told, where that cannot be."""
        if name in self.contents:
            return self.contents[name]
        path = self.paths.get(name)
        if path is None:
            return None
        content = self.ahead.get(name)
        if content is None:
            content = self._read_anew(name, path)
        if content is None:
            return None
        self.total += len(content)
        if self.total > MAX_TOTAL_BYTES:
            if self.total - len(content) <= MAX_TOTAL_BYTES:
                self.problems.add(name, "bank-too-large", f"the bank has more than {MAX_TOTAL_BYTES} bytes")
            return None
        self.contents[name] = content
        return content

    def read_ahead(self) -> dict[str, bytes] | None:
        """Read every file, and return their SHA-256 by name; None, with nothing told, where one cannot be read.

        What is asked for later is what was read here, whatever happens to the files meanwhile.
        """
        digests: dict[str, bytes] = {}
        total = 0
        for name, path in self.paths.items():
            content = _bytes_of(path)
            total += len(content) if content is not None else 0
            if content is None or total > MAX_TOTAL_BYTES:
                self.ahead.clear()
                return None
            self.ahead[name] = content
            digests[name] = hashlib.sha256(content).digest()
        return digests

    def _read_anew(self, name: str, path: Path) -> bytes | None:
        try:
            # Opened without waiting: a pipe put in the file's place must not hang the reader.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(handle, "rb") as file:
                size = os.fstat(handle).st_size
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    self._special(name)
                    return None
                if size > MAX_BYTES:
                    self.problems.add(
                        name, "file-too-large", f"the file has {size} bytes", f"a file has at most {MAX_BYTES}"
                    )
                    return None
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            self.problems.add(name, "unreadable", f"the file cannot be read: {error.strerror}")
            return None

    def read_text(self, name: str, *, item: str = "") -> str | None:
        """Return a file's text with Unix line ends; None, with a problem told, where that cannot be."""
        content = self.read(name)
        if content is None:
            return None
        text = decode_text(content)
        if isinstance(text, Fault):
            self.problems.add(name, text.code, text.message, text.hint, place=(text.line, text.column), item=item)
            return None
        return text.replace("\r\n", "\n")

    def _scan(self, name: str, folder: Path, depth: int) -> None:
        if depth > MAX_FOLDER_DEPTH:
            self.problems.add(name, "folder-too-deep", f"folders are nested more than {MAX_FOLDER_DEPTH} deep")
            return
        try:
            entries = sorted(path.name for path in folder.iterdir())
        except OSError as error:
            self.problems.add(name, "unreadable", f"the folder cannot be read: {error.strerror}")
            return
        for entry in entries:
            if not entry.startswith(".") and entry != "__pycache__" and not entry.endswith((".pyc", "~")):
                self._scan_entry(f"{name}/{entry}", folder / entry, depth + 1)

    def _scan_entry(self, name: str, path: Path, depth: int) -> None:
        if self._is_full:
            return
        if not name.isprintable():
            self.problems.add(name, "file-name", "the file's name is not printable text", "rename it")
            return
        if path.is_dir() and not path.is_symlink():
            self._scan(name, path, depth)
        elif self._is_usable(name, path):
            if len(self.paths) >= MAX_FILES:
                self._is_full = True
                self.problems.add(name, "too-many-files", f"the bank has more than {MAX_FILES} files", "split it")
                return
            self.paths[name] = path

    def _is_usable(self, name: str, path: Path) -> bool:
        if not os.path.lexists(path):
            return False
        try:
            if path.is_symlink():
                if not path.exists():
                    self.problems.add(name, "broken-link", "the link leads nowhere", "remove it")
                    return False
                if not path.resolve().is_relative_to(self._root):
                    self.problems.add(name, "link-leaves-bank", "the link leads out of the bank", "copy the file")
                    return False
                if path.is_dir():
                    self.problems.add(name, "linked-folder", "linked folders are not read", "copy the folder")
                    return False
            is_regular = stat.S_ISREG(path.stat().st_mode)
        except (OSError, RuntimeError):
            self.problems.add(name, "broken-link", "the link leads nowhere or in a circle", "remove it")
            return False
        if not is_regular:
            self._special(name)
        return is_regular

    def _special(self, name: str) -> None:
        self.problems.add(name, "special-file", "this is not a regular file", "a bank holds plain files and folders")


def _bytes_of(path: Path) -> bytes | None:
    """Return the bytes of a regular file of at most MAX_BYTES; None of anything else."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            content = file.read(MAX_BYTES + 1)
    except OSError:
        return None
    return content if len(content) <= MAX_BYTES else None
