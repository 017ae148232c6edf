"""How this terminal can show pictures; decided before the screens take it over."""

import os
import select
import sys
import time
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

OVERRIDE = "EXAMENGINE_FIGURES"
_ANSWER_SECONDS = 0.2
"""How long a terminal has to say what it can; one that says nothing gets blocks."""
_DEFAULT_CELL = (10, 20)
_KONSOLE_WITH_SIXEL = 220400
_QUERY = b"\x1b[c"


class FigureMode(Enum):
    """How pictures are drawn."""

    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    """Two pixels a character: works wherever there are colours."""
    TEXT = "text"
    """The text alternative alone."""


class Cell(NamedTuple):
    """The size of a character in pixels."""

    width: int
    height: int

    @classmethod
    def usual(cls) -> "Cell":
        """Return a size that most terminals are near."""
        return cls(*_DEFAULT_CELL)


def mode_by_environment(environment: Mapping[str, str]) -> FigureMode | None:
    """Return what the environment tells; None where only the terminal itself can say.

    The override wins. Multiplexers swallow pictures, so within them blocks are used.
    """
    wanted = environment.get(OVERRIDE, "").strip().lower()
    if wanted in {mode.value for mode in FigureMode}:
        return FigureMode(wanted)
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if term == "dumb":
        return FigureMode.TEXT
    if "TMUX" in environment or "STY" in environment or term.startswith(("screen", "tmux")) or term == "linux":
        return FigureMode.BLOCKS
    if environment.get("TEXTUAL_DRIVER"):  # a browser shows characters alone
        return FigureMode.BLOCKS
    if term in ("xterm-kitty", "xterm-ghostty") or "KITTY_WINDOW_ID" in environment or program == "ghostty":
        # The picture's number travels as a colour, which a person who wants none would take away.
        return FigureMode.BLOCKS if environment.get("NO_COLOR") else FigureMode.KITTY
    konsole = environment.get("KONSOLE_VERSION", "")
    if term.startswith(("foot", "mlterm", "contour", "yaft")) or program in ("WezTerm", "iTerm.app"):
        return FigureMode.SIXEL
    if konsole.isdecimal() and int(konsole) >= _KONSOLE_WITH_SIXEL:
        return FigureMode.SIXEL
    if program in ("vscode", "Apple_Terminal") or "VTE_VERSION" in environment:
        return FigureMode.BLOCKS
    return None


def mode_by_question() -> FigureMode:
    """Ask the terminal what it can; only before the screens are up, for they read all that comes in."""
    if not (sys.__stdin__ and sys.__stdout__ and sys.__stdin__.isatty() and sys.__stdout__.isatty()):
        return FigureMode.BLOCKS
    answer = _ask(sys.__stdin__.fileno(), sys.__stdout__.fileno())
    return FigureMode.SIXEL if has_sixel(answer) else FigureMode.BLOCKS


def has_sixel(answer: bytes) -> bool:
    """Return whether a terminal's list of its abilities (`ESC [ ? 62 ; 4 ; 22 c`) holds sixel pictures."""
    start, end = answer.find(b"\x1b[?"), answer.rfind(b"c")
    return 0 <= start < end and b"4" in answer[start + 3 : end].split(b";")[1:]


def cell_size() -> Cell:
    """Return the size of a character, where the terminal's device knows it; else a usual one."""
    try:
        import fcntl
        import struct
        import termios

        out = sys.__stdout__
        if out is not None and out.isatty():
            packed = fcntl.ioctl(out.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
            rows, columns, width, height = struct.unpack("HHHH", packed)
            if rows and columns and width >= columns and height >= rows:
                return Cell(width // columns, height // rows)
    except (ImportError, OSError, ValueError):
        pass
    return Cell.usual()


def _ask(stdin: int, stdout: int) -> bytes:
    import termios
    import tty

    answer = b""
    try:
        before = termios.tcgetattr(stdin)
    except termios.error:
        return answer
    try:
        tty.setcbreak(stdin, termios.TCSANOW)
        os.write(stdout, _QUERY)
        until = time.monotonic() + _ANSWER_SECONDS
        while not answer.endswith(b"c") and (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([stdin], [], [], left)
            if not ready:
                break
            answer += os.read(stdin, 64)
    except OSError:
        return b""
    finally:
        termios.tcsetattr(stdin, termios.TCSANOW, before)
    return answer
