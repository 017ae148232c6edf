"""Reads lines without standing still: a session must hear its clock while nobody types."""

import queue
import threading
from collections.abc import Iterable, Iterator


class LineSource:
    """Lines of a stream, read by a thread of its own, each when it is asked for.

    Between two lines nothing is read: an editor that is given the terminal has it alone.
    """

    def __init__(self, stream: Iterable[str]) -> None:
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._ended = False
        self._is_asked = False
        self._wanted = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._read, args=(iter(stream),), name="lines", daemon=True)
        self._thread.start()

    def next_line(self, seconds: float) -> str | None:
        """Return the next line without its end, or None when none came in time.

        Raises:
            EOFError: the stream has ended.
        """
        if self._ended:
            raise EOFError
        if not self._is_asked:
            self._is_asked = True
            self._wanted.release()
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return None
        self._is_asked = False
        if line is None:
            self._ended = True
            raise EOFError
        return line.rstrip("\r\n")

    def _read(self, lines: Iterator[str]) -> None:
        try:
            self._wanted.acquire()
            for line in lines:
                self._lines.put(line)
                self._wanted.acquire()
        except (OSError, ValueError):
            pass  # a terminal that went away reads as the end of the lines
        finally:
            self._lines.put(None)
