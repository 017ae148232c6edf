"""How long the program takes from its start to its first painted screen, beside an empty Textual app.

    make bench-start
    python benchmarks/bench_start.py --rounds 15

Each round starts every program once, in turn, in a pseudo-terminal of 80x24, and stops the clock when the marked
text arrives there. The medians and their ratios to the empty app are printed; the machine's load falls on all alike.
"""

import argparse
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

from examengine import __version__
from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy, Sitting
from examengine.delivery.start_session import start_exam
from examengine.session import commands as cmd

TARGET = 1.5
_LONGEST_SECONDS = 60.0
_MAIN = "from examengine.cli.main import main; main()"
_EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("first-paint")

Empty().run()
"""


@dataclass(frozen=True, slots=True)
class Program:
    """Something to start, and the text that tells that it is there."""

    name: str
    arguments: Sequence[str]
    shows: str


def main() -> int:
    """Run the rounds and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="examengine-bench-") as folder:
        home = Path(folder)
        programs = [
            Program("empty Textual app", ["-c", _EMPTY], "first-paint"),
            Program("examengine: home", ["-c", _MAIN], __version__),
            Program("examengine resume: first item", ["-c", _MAIN, "resume"], _open_exam(home)),
            Program("examengine --version", ["-c", _MAIN, "--version"], __version__),
        ]
        # The first round warms the disk's cache and is not counted.
        times: dict[str, list[float]] = {program.name: [] for program in programs}
        for number in range(rounds + 1):
            for program in programs:
                seconds = _seconds_to_paint(program, home)
                if number:
                    times[program.name].append(seconds)
    empty = statistics.median(times[programs[0].name])
    print(f"{'median of ' + str(rounds):<32} {'ms':>6} {'fastest':>8} {'ratio to the empty app':>24}")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:<32} {1000 * median:6.0f} {1000 * min(found):8.0f} {median / empty:24.2f}")
    print(f"target for the first painted screen: a ratio of at most {TARGET}")
    return 0


def _open_exam(home: Path) -> str:
    """Leave an exam open at its first item; return a part of what that item's screen shows."""
    services = Services(home=home)
    try:
        sitting = Sitting.open(services, start_exam(services, "cmla.mock", 7))
        if isinstance(sitting, Busy):
            raise SystemExit("a fresh session is open elsewhere")
        with sitting:
            sitting.perform(cmd.OpenSection())
            # The header comes with the item; a word of the stem alone may stand anywhere.
            return f"item 1 of {len(sitting.form.entries)}"
    finally:
        services.close()


def _seconds_to_paint(program: Program, home: Path) -> float:
    dropped = ("PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES", "NO_COLOR")
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment |= {"EXAMENGINE_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    wanted = program.shows.encode()
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, *program.arguments], environment)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    try:
        return _wait_for(wanted, terminal, began)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _wait_for(wanted: bytes, terminal: int, began: float) -> float:
    seen = b""
    while time.perf_counter() - began < _LONGEST_SECONDS:
        ready, _, _ = select.select([terminal], [], [], 1.0)
        if ready:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
            if wanted in seen:
                return time.perf_counter() - began
    raise SystemExit(f"{wanted!r} was never shown; the end of what was: {seen[-400:]!r}")


if __name__ == "__main__":
    sys.exit(main())
