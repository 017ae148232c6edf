"""Frames between the supervisor, the warm parent and its children: JSON, bytes, descriptors.

A frame is two lengths, a JSON object and raw bytes. Never pickle: the other end may be a process
that runs strangers' code. Sizes are bounded on arrival.
"""

import array
import json
import socket
import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

_LENGTHS = struct.Struct("!IQ")
HEADER_BYTES = 64 * 1024 * 1024
BLOB_BYTES = 4 * 1024 * 1024 * 1024
_MAX_DESCRIPTORS = 8


class Frame(NamedTuple):
    """One message: what it says, raw bytes, and open descriptors that came with it."""

    header: dict[str, Any]
    blob: bytes
    descriptors: tuple[int, ...]


class FrameError(Exception):
    """The other end sent what is no frame, or ended in the middle of one."""


def send(
    channel: socket.socket,
    header: dict[str, Any],
    blob: bytes | Sequence[bytes] = b"",
    descriptors: Sequence[int] = (),
) -> None:
    """Send one frame; `blob` may come in pieces, which are not joined.

    Raises:
        OSError: the other end is gone.
    """
    pieces = [blob] if isinstance(blob, bytes) else list(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    start = _LENGTHS.pack(len(text), sum(map(len, pieces))) + text
    if descriptors:
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
        sent = channel.sendmsg([start], rights)
        start = start[sent:]
    channel.sendall(start)
    for piece in filter(None, pieces):
        # An empty one is no part of the frame: the reader may have it all and be gone, and even this write would fail.
        channel.sendall(piece)


def _exactly(channel: socket.socket, count: int, *, at_start: bool = False) -> bytes:
    buffer = bytearray(count)
    view = memoryview(buffer)
    got = 0
    while got < count:
        received = channel.recv_into(view[got:])
        if received == 0:
            if at_start and got == 0:
                raise EOFError
            raise FrameError("the connection ended in the middle of a message")
        got += received
    return bytes(buffer)


def receive(channel: socket.socket, *, header_bytes: int = HEADER_BYTES, blob_bytes: int = BLOB_BYTES) -> Frame:
    """Wait for one frame.

    Raises:
        EOFError: the other end closed the connection between two frames.
        FrameError: what came is no frame, or larger than allowed.
        OSError: the connection broke.
    """
    first, ancillary, _flags, _address = channel.recvmsg(_LENGTHS.size, socket.CMSG_SPACE(_MAX_DESCRIPTORS * 4))
    if not first:
        raise EOFError
    descriptors = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    if len(first) < _LENGTHS.size:
        first += _exactly(channel, _LENGTHS.size - len(first))
    header_length, blob_length = _LENGTHS.unpack(first)
    if header_length > header_bytes or blob_length > blob_bytes:
        raise FrameError("a message is larger than allowed")
    text = _exactly(channel, header_length)
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FrameError("a message is not JSON") from error
    if not isinstance(header, dict):
        raise FrameError("a message is not an object")
    return Frame(header, _exactly(channel, blob_length) if blob_length else b"", tuple(descriptors))


class Decoder:
    """Frames out of a stream that arrives in any pieces, for a reader that must not wait."""

    def __init__(self, *, header_bytes: int = 4 * 1024 * 1024) -> None:
        self._buffer = bytearray()
        self._header_bytes = header_bytes

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """Take what arrived and return the headers now complete; raw bytes are not allowed here.

        Raises:
            FrameError: what came is no frame, or larger than allowed.
        """
        self._buffer += data
        complete: list[dict[str, Any]] = []
        while len(self._buffer) >= _LENGTHS.size:
            header_length, blob_length = _LENGTHS.unpack_from(self._buffer)
            if header_length > self._header_bytes or blob_length:
                raise FrameError("a message is larger than allowed")
            end = _LENGTHS.size + header_length
            if len(self._buffer) < end:
                break
            try:
                header = json.loads(self._buffer[_LENGTHS.size : end])
            except (ValueError, RecursionError) as error:
                raise FrameError("a message is not JSON") from error
            if not isinstance(header, dict):
                raise FrameError("a message is not an object")
            complete.append(header)
            del self._buffer[:end]
        return complete
