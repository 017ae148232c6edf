"""Reads lines without standing still: a session must hear its clock while nobody types."""

import queue
import threading
from collections.abc import Iterable, Iterator


class LineSource:
    """Lines of a stream, read by a thread of its own."""

    def __init__(self, stream: Iterable[str]) -> None:
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._ended = False
        self._thread = threading.Thread(target=self._read, args=(iter(stream),), name="lines", daemon=True)
        self._thread.start()

    def next_line(self, seconds: float) -> str | None:
        """Return the next line without its end, or None when none came in time.

        Raises:
            EOFError: the stream has ended.
        """
        if self._ended:
            raise EOFError
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return None
        if line is None:
            self._ended = True
            raise EOFError
        return line.rstrip("\r\n")

    def _read(self, lines: Iterator[str]) -> None:
        try:
            for line in lines:
                self._lines.put(line)
        except (OSError, ValueError):
            pass  # a terminal that went away reads as the end of the lines
        finally:
            self._lines.put(None)
