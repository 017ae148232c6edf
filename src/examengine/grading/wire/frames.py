"""Frames on a stream socket: a length, a lane, a kind and a payload. Knows nothing of values."""

import os
import socket
import struct
from typing import Final

HEADER: Final = struct.Struct("<IHB")
"""Payload length in bytes, lane, kind; little endian."""

REQUEST: Final = 1
RETURN: Final = 2
RAISE: Final = 3
OUTPUT: Final = 4
LISTEN: Final = 5
"""Without contents: several threads run on the sender's side, so requests may come at any time."""
KINDS: Final = frozenset({REQUEST, RETURN, RAISE, OUTPUT, LISTEN})

_CHUNK: Final = 256 * 1024


class WireError(BaseException):
    """The other side sent what is no message of the wire.

    Not an `Exception`: a test's `pytest.raises(Exception)` must not take a broken wire for an
    answer of the submission.
    """


class WireClosed(WireError):  # noqa: N818 - an end, not always an error
    """The stream ended: the other process is gone, or closed its descriptor."""


class FrameStream:
    """Whole frames over a blocking stream socket; not thread-safe for two readers or two writers."""

    def __init__(self, channel: socket.socket, frame_bytes: int) -> None:
        self._socket = channel
        self._frame_bytes = frame_bytes
        self._buffer = bytearray()
        self._start = 0

    def fileno(self) -> int:
        """Return the descriptor of the socket."""
        return self._socket.fileno()

    def send(self, lane: int, kind: int, payload: bytes | bytearray) -> None:
        """Send one frame; raise `WireClosed` when the other side is gone."""
        size = len(payload)
        if size > self._frame_bytes:
            raise ValueError(f"a message of {size} bytes is larger than the wire allows")
        head = HEADER.pack(size, lane, kind)
        try:
            if size < _CHUNK:
                self._socket.sendall(head + payload)
            else:
                self._socket.sendall(head)
                self._socket.sendall(payload)
        except OSError as error:
            raise WireClosed(f"the wire is closed ({os.strerror(error.errno or 0)})") from None

    def receive(self) -> tuple[int, int, memoryview]:
        """Wait for one frame: lane, kind and payload."""
        length, lane, kind = HEADER.unpack(self._take(HEADER.size))
        if kind not in KINDS:
            raise WireError(f"unknown kind of message: {kind}")
        if length > self._frame_bytes:
            raise WireError(f"a message of {length} bytes is larger than the wire allows")
        return lane, kind, memoryview(self._take(length))

    def _take(self, size: int) -> bytes:
        """Return exactly `size` bytes."""
        have = len(self._buffer) - self._start
        if have >= size:
            end = self._start + size
            taken = bytes(self._buffer[self._start : end])
            if end == len(self._buffer):
                self._buffer = bytearray()
                self._start = 0
            else:
                self._start = end
            return taken
        if size > _CHUNK:
            return self._take_large(size)
        while have < size:
            part = self._read(_CHUNK)
            self._buffer += part
            have += len(part)
        return self._take(size)

    def _take_large(self, size: int) -> bytes:
        """Collect a long payload piece by piece: the claimed size alone reserves no memory."""
        pieces = [bytes(self._buffer[self._start :])]
        self._buffer = bytearray()
        self._start = 0
        missing = size - len(pieces[0])
        while missing:
            part = self._read(min(missing, 1 << 20))
            pieces.append(part)
            missing -= len(part)
        return b"".join(pieces)

    def _read(self, size: int) -> bytes:
        try:
            part = self._socket.recv(size)
        except OSError as error:
            raise WireClosed(f"the wire is closed ({os.strerror(error.errno or 0)})") from None
        if not part:
            raise WireClosed("the wire is closed")
        return part
