"""How long the screens take from a key to the painted change, beside an empty Textual app in the same run.

    make bench-screens
    python benchmarks/bench_screens.py --rounds 60

Every program runs in a pseudo-terminal of its own; the rounds go from one to the next, so that the machine's load
falls on all alike. A key is written to the terminal; what comes back is noted with its time, and afterwards drawn by a
terminal emulator: the change is painted when the last of it has arrived that changed anything on the screen. The
clocks are hidden, or their ticks would be counted as changes. Printed are median and 95th percentile in milliseconds,
what they are over the empty app, and the memory of each process.
"""

import argparse
import contextlib
import os
import platform
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from fcntl import ioctl
from itertools import cycle
from pathlib import Path

import pyte

from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy, Sitting
from examengine.delivery.start_session import start_exam
from examengine.delivery.store_session import store_session
from examengine.itemtypes.coding.model import Coding
from examengine.session import commands as cmd

TARGET_RATIO, TARGET_MORE_MS = 1.5, 25.0
"""A change may take so many times what it takes in the empty app, and so much on top."""
SIZES = (65, 500)
_CHOICES = ("multiple_choice", "multiple_response")
_LONGEST_SECONDS = 30.0
_QUIET_SECONDS = 0.3
_SETTLED_SECONDS = 0.25
# Questions to the terminal at the start, which the emulator would print.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?]?[0-9;]*(?:u|\$p)|\x1b\[[>=][0-9;]*[a-zA-Z]|\x1bP.*?\x1b\\", re.DOTALL)
_MAIN = "from examengine.cli.main import main; main()"
_EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    count = 0
    def compose(self):
        yield Static("first-paint")
    def on_key(self, event):
        self.count += 1
        self.query_one(Static).update(f"key {event.key} {self.count}")

Empty().run()
"""


@dataclass(frozen=True, slots=True)
class Move:
    """A key that changes something."""

    name: str
    key: bytes
    back: bytes = b""
    """Takes the change back; not timed."""


@dataclass(slots=True)
class Program:
    """A program in its terminal."""

    name: str
    arguments: Sequence[str]
    shows: bytes
    moves: Sequence[Move]
    times: dict[str, list[float]] = field(default_factory=dict)
    screen: pyte.Screen = field(default_factory=lambda: pyte.Screen(80, 24))
    stream: pyte.ByteStream = field(default_factory=pyte.ByteStream)
    terminal: int = -1
    process: int = 0

    def start(self, home: Path, size: tuple[int, int]) -> None:
        """Start it and wait for its first screen."""
        dropped = ("PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES", "NO_COLOR", "TEXTUAL")
        environment = {name: value for name, value in os.environ.items() if name not in dropped}
        environment |= {"EXAMENGINE_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        child, terminal = pty.fork()
        if child == 0:
            os.execve(sys.executable, [sys.executable, *self.arguments], environment)
        self.process, self.terminal = child, terminal
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        seen = b""
        until = time.perf_counter() + _LONGEST_SECONDS
        while self.shows not in seen:
            if time.perf_counter() > until:
                raise SystemExit(f"{self.name}: {self.shows!r} was never shown: {seen[-400:]!r}")
            seen += self._read(1.0)
        self.rest()
        if self.moves is not _EMPTY_MOVES:
            os.write(terminal, _HIDE_CLOCK)
            self.rest()

    def rest(self) -> None:
        """Wait until nothing is painted any more."""
        while self._read(_QUIET_SECONDS):
            pass

    def time(self, move: Move) -> None:
        """Press a key; note how long its change took."""
        began = time.perf_counter()
        os.write(self.terminal, move.key)
        self.times.setdefault(move.name, []).append(1000 * (self._painted(move, began) - began))
        if move.back:
            os.write(self.terminal, move.back)
            self.rest()

    def _painted(self, move: Move, began: float) -> float:
        """Return when the last byte came that changed the screen."""
        painted, before = began, self._drawn()
        while painted == began:
            if time.perf_counter() - began > _LONGEST_SECONDS:
                raise SystemExit(f"{self.name}, {move.name}: the key changed nothing")
            for at, piece in self._pieces():
                self.stream.feed(piece)
                now = self._drawn()
                if now != before:
                    painted, before = at, now
        return painted

    def _pieces(self) -> list[tuple[float, bytes]]:
        """Return what comes until the terminal is quiet, with its times; drawing waits until then."""
        pieces = []
        while piece := self._read(_SETTLED_SECONDS if pieces else 1.0, keep=False):
            pieces.append((time.perf_counter(), piece))
        return pieces

    def _drawn(self) -> int:
        screen = self.screen
        return hash(tuple(tuple(screen.buffer[y][x] for x in range(screen.columns)) for y in range(screen.lines)))

    def _read(self, seconds: float, *, keep: bool = True) -> bytes:
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        got = os.read(self.terminal, 1 << 20) if ready else b""
        if keep and got:
            self.stream.feed(_UNKNOWN_TO_PYTE.sub(b"", got))
        return got

    def memory(self) -> float:
        """Return the resident memory in MB; where the system does not tell, NaN."""
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self.process}/status").read_text(encoding="ascii").splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        return float("nan")

    def end(self) -> None:
        """End it as a closed window would."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            os.close(self.terminal)


# Function keys as xterm sends them.
_F2, _F4, _F8, _F9, _ESCAPE = b"\x1bOQ", b"\x1bOS", b"\x1b[19~", b"\x1b[20~", b"\x1b"
_EXAM_MOVES = (
    Move("pick an option", b"b"),
    Move("flag", _F4),
    Move("next item", _F8),
    Move("all items, by F2", _F2, _ESCAPE),
    Move("review, by F9", _F9, _ESCAPE),
)
_EMPTY_MOVES = (Move("any key", b"x"),)
_CODE_MOVES = (Move("type a letter", b"x", b"\x7f"),)
_HIDE_CLOCK = b"\x0c"


def main() -> int:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--size", default="120x40", help="columns x lines of the terminals")
    given = parser.parse_args()
    columns, lines = (int(part) for part in given.size.split("x"))
    with tempfile.TemporaryDirectory(prefix="examengine-bench-") as folder:
        programs = [Program("empty Textual app", ["-c", _EMPTY], b"first-paint", _EMPTY_MOVES)]
        for size in SIZES:
            shows = _open_exam(Path(folder) / str(size), size)
            programs.append(Program(f"{size} items", ["-c", _MAIN, "resume"], shows, _EXAM_MOVES))
        shows = _open_code(Path(folder) / "code")
        programs.append(Program("code", ["-c", _MAIN, "resume"], shows, _CODE_MOVES))
        try:
            for program in programs:
                program.start(Path(folder) / program.name.split()[0], (columns, lines))
            before = {program.name: program.memory() for program in programs}
            _rounds(programs, given.rounds)
            _print(programs, before, given.rounds, given.size)
        finally:
            for program in programs:
                program.end()
    return 0


def _rounds(programs: Sequence[Program], rounds: int) -> None:
    # The first keys load what comes in when it is first used: they are not counted.
    warm = 3
    for number in range(rounds + warm):
        for program in programs:
            for move in program.moves:
                program.time(move)
        if number == warm - 1:
            for program in programs:
                program.times.clear()


def _print(programs: Sequence[Program], before: dict[str, float], rounds: int, size: str) -> None:
    print(f"{_machine()}, terminal {size}, {rounds} rounds")
    print(f"{'':<34} {'median':>8} {'95 %':>8} {'ratio':>7} {'over by':>9}")
    empty = statistics.median(programs[0].times["any key"])
    is_met = True
    for program in programs:
        for name, times in program.times.items():
            median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            fits = median <= TARGET_RATIO * empty + TARGET_MORE_MS
            is_met &= fits
            mark = "" if fits else "  over the target"
            words = f"{program.name}: {name}"
            print(f"{words:<34} {median:6.1f}ms {high:6.1f}ms {median / empty:7.2f} {median - empty:7.1f}ms{mark}")
    for program in programs:
        grown = program.memory() - before[program.name]
        print(f"{program.name:<34} {program.memory():6.0f} MB, {grown:+.1f} MB over the rounds")
    met = "met" if is_met else "missed"
    print(f"target for every median: {TARGET_RATIO} times the empty app and {TARGET_MORE_MS:.0f} ms on top: {met}")


def _machine() -> str:
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} processors, load {load:.1f}, Python {platform.python_version()}"


def _open_exam(home: Path, size: int) -> bytes:
    """Leave an exam of so many items open at its first one; return a part of what its screen shows.

    The items are those of the bank's mock exam that have options to pick, over and over.
    """
    services = Services(home=home)
    try:
        mock = services.store.read_form(services.store.read_session(start_exam(services, "cmla.mock", 7)).form_digest)
        whole = [entry for entry in mock.entries if entry.item.type in _CHOICES and not entry.item.stimulus]
        section = mock.sections[0].model_copy(update={"seconds": 1e6})
        entries = tuple(
            entry.model_copy(update={"number": number, "section": section.id, "pretest": False})
            for number, entry in zip(range(1, size + 1), cycle(whole), strict=False)
        )
        changes = {"entries": entries, "sections": (section,), "seconds": 1e6, "stimuli": ()}
        session = store_session(services, mock.model_copy(update=changes), {}, 1.0)
        with _taken_up(services, session) as sitting:
            sitting.perform(cmd.OpenSection())
        return f"item 1 of {size}".encode()
    finally:
        services.close()


def _open_code(home: Path) -> bytes:
    """Leave the mock exam open at its first exercise; return a part of what its screen shows."""
    services = Services(home=home)
    try:
        with _taken_up(services, start_exam(services, "cmla.mock", 7)) as sitting:
            for section in sitting.form.sections:
                sitting.perform(cmd.OpenSection(section.id))
                first = sitting.form.entries_of(section.id)[0]
                if isinstance(first.item, Coding):
                    return f"item {first.number} of".encode()
                sitting.perform(cmd.LeaveSection())
    finally:
        services.close()
    raise SystemExit("the mock exam has no exercise")


def _taken_up(services: Services, session: str) -> Sitting:
    opened = Sitting.open(services, session)
    if isinstance(opened, Busy):
        raise SystemExit("a fresh session is open elsewhere")
    return opened


if __name__ == "__main__":
    sys.exit(main())
