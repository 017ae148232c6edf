"""What the submission sees as its standard streams: the tests' own, across the wire."""

import contextlib
import io
import os
from typing import Any

from examengine.grading.wire.endpoint import Endpoint
from examengine.grading.wire.operations import ASK, READ_INPUT

_BUFFERED = 8192


class PrintedText(io.TextIOBase):
    """A text stream whose text is sent to the judge: before each answer, and when much has come."""

    def __init__(self, endpoint: Endpoint, stream: int, budget: "PrintBudget", *, live: bool = False) -> None:
        """`live`: each line leaves at once, for somebody watches."""
        self._live = live
        self._is_parted = False
        self._endpoint = endpoint
        self._stream = stream
        self._budget = budget
        self._parts: list[str] = []
        self._size = 0

    encoding = "utf-8"
    errors = "replace"

    def writable(self) -> bool:
        """Say that text can be written."""
        return True

    def write(self, text: str) -> int:
        """Take text; what exceeds the output limit is dropped."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._is_parted:
            with contextlib.suppress(OSError):
                os.write(self._stream, text.encode("utf-8", "replace"))
            return len(text)
        kept = self._budget.take(text)
        if kept:
            self._parts.append(kept)
            self._size += len(kept)
            if self._size > _BUFFERED or (self._live and "\n" in kept):
                self.send()
        return len(text)

    def flush(self) -> None:
        """Send nothing yet unless somebody watches: the text leaves with the next message."""
        if self._live and not self._is_parted:
            self.send()

    def part(self) -> None:
        """Forget what was not sent and write to the descriptor from now on: this is a fork."""
        self._is_parted = True
        self._parts = []

    def send(self) -> None:
        """Send the text that has come since the last time."""
        if self._parts:
            text = "".join(self._parts)
            self._parts = []
            self._size = 0
            self._endpoint.print(self._stream, text)

    @property
    def buffer(self) -> Any:
        """Return a binary view of the stream."""
        return _Bytes(self)


class _Bytes(io.RawIOBase):
    """The binary side of a text stream."""

    def __init__(self, text: PrintedText) -> None:
        self._text = text

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        content = bytes(data)
        self._text.write(content.decode("utf-8", "replace"))
        return len(content)


class PrintBudget:
    """How many characters the submission may still print."""

    def __init__(self, characters: int) -> None:
        self._left = characters
        self.dropped = 0

    def take(self, text: str) -> str:
        """Return the part of a text that still fits."""
        kept = text[: self._left]
        self._left -= len(kept)
        self.dropped += len(text) - len(kept)
        return kept


class FedInput(io.TextIOBase):
    """Standard input: each line is read where the tests are."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def readable(self) -> bool:
        """Say that text can be read."""
        return True

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        """Read one line of what the test provides."""
        return str(self._endpoint.request(READ_INPUT, "readline", -1 if size is None else size))

    def read(self, size: int | None = -1) -> str:
        """Read what the test provides."""
        return str(self._endpoint.request(READ_INPUT, "read", -1 if size is None else size))

    def isatty(self) -> bool:
        """Say that nobody sits at a keyboard."""
        return False


def input_for(endpoint: Endpoint) -> Any:
    """Return the function that stands for `input`: it asks the test's own."""

    def ask(prompt: object = "", /) -> str:
        return str(endpoint.request(ASK, str(prompt)))

    ask.__name__ = ask.__qualname__ = "input"
    return ask
