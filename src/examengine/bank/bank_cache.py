"""Keeps what was read of banks, as authenticated bytes in files of the user's cache folder.

An entry is one file: a line with its format and its code, then the content. The code is keyed (BLAKE2b) by a secret of
this user that lies outside the cache folder, so that an entry that anybody else put there, or that was damaged, is not
one. Whatever is doubtful is no entry; nothing here raises on what it finds on disk. See docs/adr/0007.
"""

import contextlib
import hmac
import os
import re
import secrets
import stat
import tempfile
from hashlib import blake2b
from pathlib import Path

MAX_ENTRY_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 512 * 1024 * 1024
MAX_ENTRIES = 64
_MAGIC = b"examengine bank cache 1 "
_KEY_BYTES = 32
_CODE_BYTES = 32
_HEAD_BYTES = len(_MAGIC) + 2 * _CODE_BYTES + 1
_NAME = re.compile(r"[0-9a-f]{64}\.bank")
_TEMPORARY = ".writing-"
_FORGOTTEN_SECONDS = 3600
"""A temporary file this much older than the newest entry belongs to a process that died."""


class BankCache:
    """Entries by name; several processes may read and write at the same time."""

    def __init__(
        self,
        folder: Path,
        key_file: Path,
        *,
        max_total_bytes: int = MAX_TOTAL_BYTES,
        max_entries: int = MAX_ENTRIES,
    ) -> None:
        """Name the places; nothing is touched before the first entry is asked for.

        Args:
            folder: where entries lie; made when it is missing, for this user alone.
            key_file: the secret; made when it is missing, for this user alone. It does not lie in `folder`.
            max_total_bytes: of all entries; those that were used longest ago go first.
            max_entries: of how many banks and versions of banks.
        """
        self.folder = folder
        self.key_file = key_file
        self.max_total_bytes = max_total_bytes
        self.max_entries = max_entries

    def load(self, name: str) -> bytes | None:
        """Return the content of an entry as it was stored; None where there is none, or any doubt.

        Args:
            name: 64 hexadecimal digits.
        """
        path = self._path(name)
        try:
            key = self._key(may_make=False)
            if key is None or not _is_own_alone(os.lstat(self.folder)):
                return None
            whole = _read_own(path, MAX_ENTRY_BYTES + _HEAD_BYTES)
        except OSError:
            return None
        if whole is None or len(whole) < _HEAD_BYTES:
            return None
        content = memoryview(whole)[_HEAD_BYTES:]
        if not hmac.compare_digest(whole[:_HEAD_BYTES], _head(key, name, content)):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # it was used: it goes later
        return bytes(content)

    def store(self, name: str, content: bytes) -> bool:
        """Keep an entry; return whether that could be done. The entry is there whole or not at all."""
        if len(content) > min(MAX_ENTRY_BYTES, self.max_total_bytes):
            return False
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = self._key(may_make=True)
            if key is None or not _is_own_alone(os.lstat(self.folder)):
                return False
            _write_whole(self._path(name), _head(key, name, memoryview(content)), content)
            self._make_room(name)
        except OSError:  # a full disk, a read-only home: the bank was read all the same
            return False
        return True

    def drop(self, name: str) -> None:
        """Forget an entry."""
        with contextlib.suppress(OSError):
            self._path(name).unlink()

    def _path(self, name: str) -> Path:
        file = f"{name}.bank"
        if not _NAME.fullmatch(file):
            raise ValueError("an entry's name is 64 hexadecimal digits")
        return self.folder / file

    def _key(self, *, may_make: bool) -> bytes | None:
        with contextlib.suppress(OSError):
            key = _read_own(self.key_file, _KEY_BYTES, is_secret=True)
            if key is not None and len(key) == _KEY_BYTES:
                return key
        if not may_make:
            return None
        # Also where the file is there but others may have read it: what it authenticated counts no more.
        key = secrets.token_bytes(_KEY_BYTES)
        self.key_file.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(self.key_file, key)
        # Of several that make one at once the last is on disk; what the others keep is doubtful from then on.
        return _read_own(self.key_file, _KEY_BYTES, is_secret=True)

    def _make_room(self, kept: str) -> None:
        """Remove what was used longest ago, beyond the bounds; and what dead writers left."""
        entries: list[tuple[int, int, Path]] = []
        temporary: list[tuple[int, Path]] = []
        with os.scandir(self.folder) as found:
            for one in found:
                with contextlib.suppress(OSError):
                    status = one.stat(follow_symlinks=False)
                    if _NAME.fullmatch(one.name):
                        entries.append((status.st_mtime_ns, status.st_size, Path(one.path)))
                    elif one.name.startswith(_TEMPORARY):
                        temporary.append((status.st_mtime_ns, Path(one.path)))
        newest = max((used for used, _, _ in entries), default=0)
        for written, path in temporary:
            if newest - written > _FORGOTTEN_SECONDS * 10**9:
                with contextlib.suppress(OSError):
                    path.unlink()
        entries.sort(key=lambda entry: (entry[2].stem == kept, entry[0]), reverse=True)
        total = 0
        for place, (_, size, path) in enumerate(entries):
            total += size
            if place >= self.max_entries or total > self.max_total_bytes:
                with contextlib.suppress(OSError):
                    path.unlink()


def _head(key: bytes, name: str, content: memoryview) -> bytes:
    """Return an entry's first line; the name is part of the code, so that no entry can stand in for another."""
    code = blake2b(key=key, digest_size=_CODE_BYTES)
    code.update(name.encode())
    code.update(content)
    return _MAGIC + code.hexdigest().encode() + b"\n"


def _is_own_alone(status: os.stat_result, *, is_secret: bool = False) -> bool:
    """Return whether a file or folder is this user's, and nobody else may write (or, of a secret, read) it."""
    if os.name != "posix":
        return True
    shared = 0o077 if is_secret else 0o022
    return status.st_uid == os.geteuid() and not status.st_mode & shared and not stat.S_ISLNK(status.st_mode)


def _read_own(path: Path, most: int, *, is_secret: bool = False) -> bytes | None:
    """Return a regular file of this user alone; None where it is none, or larger than `most` bytes."""
    # Opened without waiting and without following links: neither a pipe nor a link may stand in for an entry.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or not _is_own_alone(status, is_secret=is_secret):
            return None
        if status.st_size > most:
            return None
        content = file.read(most + 1)
    return content if len(content) <= most else None


def _write_whole(path: Path, *pieces: bytes) -> None:
    """Write a file under another name, for this user alone, and move it to its place."""
    handle, made = tempfile.mkstemp(prefix=_TEMPORARY, dir=path.parent)
    temporary = Path(made)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
