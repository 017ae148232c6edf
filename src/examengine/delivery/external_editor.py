"""Opens a text in the person's own editor, and takes every save of it."""

import shlex
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_LOOK_SECONDS = 0.3
_MAX_BYTES = 1_000_000
_FALLBACKS = ("nano", "vi")


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """Return the command of VISUAL, else of EDITOR, else nano or vi where there is one; empty: there is none."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(name, ""))
        except ValueError:  # a quote that is never closed
            words = []
        if words:
            return words
    return next(([found] for name in _FALLBACKS if (found := shutil.which(name))), [])


def edit_outside(
    command: Sequence[str], name: str, text: str, on_saved: Callable[[str], object], kept: Path
) -> list[str]:
    """Open a text in an editor, which gets the terminal, and wait for its end; return what is to be told.

    `on_saved` gets the text of every save, in order, on another thread while the editor is open. What cannot be
    taken as text is kept in the folder `kept`.
    """
    with tempfile.TemporaryDirectory(prefix="examengine-") as folder:
        path = Path(folder, Path(name).name)
        path.write_bytes(text.encode())
        watcher = _Saves(path, text, on_saved)
        watcher.start()
        try:
            ended = subprocess.run([*command, str(path)], check=False).returncode
        except OSError as error:
            return [f"{command[0]} cannot be started: {error.strerror or error}. Set $VISUAL or $EDITOR."]
        finally:
            watcher.end()
        return [*_how_it_ended(command[0], ended), *_what_is_left(path, kept)]


def _how_it_ended(command: str, ended: int) -> list[str]:
    if ended == 0:
        return []
    how = f"was ended by signal {-ended}" if ended < 0 else f"ended with status {ended}"
    return [f"{Path(command).name} {how}; what it had saved is taken, the rest of your code is as it was."]


def _what_is_left(path: Path, kept: Path) -> list[str]:
    data = _read(path)
    if data is None:
        return ["The file was deleted in the editor; your code is as it was last saved."]
    if not data:
        return ["The editor left an empty file; it is not taken, and your code is as it was last saved."]
    if _text(data) is None:
        kept.mkdir(parents=True, exist_ok=True)
        place = free_name(kept / path.name, "kept")
        place.write_bytes(data)
        why = "is too large" if len(data) > _MAX_BYTES else "is not UTF-8 text"
        return [f"What the editor saved {why}; it is not taken, and kept as {place}."]
    return []


def free_name(path: Path, word: str) -> Path:
    """Return a path beside another one that is not taken: `solution.kept-1.py`."""
    number = 1
    while (place := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")).exists():
        number += 1
    return place


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except OSError:
        return None


def _text(data: bytes) -> str | None:
    if len(data) > _MAX_BYTES:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


class _Saves:
    """Looks at a file until told to end, and once more then."""

    def __init__(self, path: Path, text: str, on_saved: Callable[[str], object]) -> None:
        self._path = path
        self._last = text
        self._on_saved = on_saved
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="editor-saves", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            self._look()
        self._look()

    def _look(self) -> None:
        # An empty file may be one that is being written; what is no text is told at the end.
        data = _read(self._path)
        text = _text(data) if data else None
        if text is not None and text != self._last:
            self._last = text
            self._on_saved(text)
