"""A program in a real pseudo-terminal, and what a person would see in it."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

from seeded_cache import seed_home

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pagedown": "\x1b[6~",
    "f2": "\x1bOQ",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
}
_LONGEST_WAIT_SECONDS = 30.0
# Sequences that the emulator would print: keyboard protocol, mode reports and device queries.
UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=?]?[0-9;]*(?:u|\$p)|\x1b\[[>=][0-9;]*[a-zA-Z]|\x1bP.*?\x1b\\",
    re.DOTALL,
)
_WHOLE = re.compile(
    rb"\x1b(\[[0-9;:<=>?$!\"' ]*[@-~]|[^\[P\]]|\][^\x07\x1b]*(\x07|\x1b\\)|P.*\x1b\\)",
    re.DOTALL,
)


class Terminal:
    """Starts `examengine` (by its module, so that no entry script is needed) in a terminal of a size."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        home: Path,
        columns: int = 80,
        lines: int = 24,
        more: Mapping[str, str] | None = None,
    ) -> None:
        seed_home(home)
        environment = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "NO_COLOR")
        }
        environment |= {"EXAMENGINE_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment |= more or {}
        for name in ("COLUMNS", "LINES"):
            environment.pop(name, None)
        self._process = pexpect.spawn(
            sys.executable,
            ["-c", "from examengine.cli.main import main; main()", *arguments],
            dimensions=(lines, columns),
            env=environment,
            timeout=None,
        )
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.close(force=True)

    @property
    def process_id(self) -> int:
        """Return the id of the program's process."""
        return int(self._process.pid)

    def text(self) -> str:
        """Return the screen as it stands, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, wanted: str | Callable[[str], bool]) -> str:
        """Read on until the screen shows a text (blanks and line ends do not matter) or fits; return the screen."""
        fits = wanted if callable(wanted) else lambda text: " ".join(wanted.split()) in " ".join(text.split())
        deadline = time.monotonic() + _LONGEST_WAIT_SECONDS
        while not fits(self.text()):
            assert time.monotonic() < deadline, f"never shown: {wanted}\n{self.text()}"
            assert self._read(), f"the program ended before it showed {wanted}\n{self.text()}"
        return self.text()

    def press(self, *keys: str) -> None:
        """Press keys: single characters, names of the table, or `ctrl+q`."""
        for key in keys:
            if key.startswith("ctrl+"):
                self._process.send(chr(ord(key[-1]) - 96))
            else:
                self._process.send(key if len(key) == 1 else KEYS[key])

    def type(self, text: str) -> None:
        """Type a text."""
        self._process.send(text)

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._process.kill(signal.SIGKILL)
        self._process.wait()

    def wait_for_end(self) -> int:
        """Read on until the program ends; return its exit code."""
        deadline = time.monotonic() + _LONGEST_WAIT_SECONDS
        while self._read():
            assert time.monotonic() < deadline, f"the program goes on\n{self.text()}"
        self._process.wait()
        assert self._process.exitstatus is not None, f"ended by signal {self._process.signalstatus}"
        return int(self._process.exitstatus)

    def _read(self) -> bool:
        """Take in what the program wrote; return whether it is still there."""
        try:
            got = self._rest + self._process.read_nonblocking(65536, timeout=0.2)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        # A sequence may be cut in two: its beginning waits for the rest.
        cut = got.rfind(b"\x1b", max(0, len(got) - 32))
        got, self._rest = (got[:cut], got[cut:]) if cut >= 0 and not _WHOLE.match(got[cut:]) else (got, b"")
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", got))
        return True
