"""Frames survive any cutting, and hostile bytes end in an error, never in a hang or a crash."""

import os
import random
import socket
import struct

import pytest

from examengine.grading import framing


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    ours.settimeout(5)
    theirs.settimeout(5)
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_frame_arrives_with_bytes_and_descriptors(ends):
    ours, theirs = ends
    reading, writing = os.pipe()

    framing.send(ours, {"kind": "pair", "text": "ü"}, [b"ab", b"cd"], [writing])
    frame = framing.receive(theirs)

    assert frame.header == {"kind": "pair", "text": "ü"}
    assert frame.blob == b"abcd"
    os.write(frame.descriptors[0], b"!")
    assert os.read(reading, 1) == b"!"
    for one in (reading, writing, *frame.descriptors):
        os.close(one)


def test_a_reader_that_has_the_whole_frame_may_leave_while_empty_files_are_sent(ends):
    ours, theirs = ends

    class LeavesWhenItHasAll:
        def sendall(self, data):
            ours.sendall(data)
            if theirs.fileno() >= 0:
                assert framing.receive(theirs).header == {"kind": "orders"}
                theirs.close()

    framing.send(LeavesWhenItHasAll(), {"kind": "orders"}, [b"", b""])


def test_the_end_between_frames_is_told_from_the_end_inside_one(ends):
    ours, theirs = ends
    ours.shutdown(socket.SHUT_WR)
    with pytest.raises(EOFError):
        framing.receive(theirs)

    theirs.send(struct.pack("!IQ", 10, 0) + b"abc")
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(framing.FrameError):
        framing.receive(ours)


def test_a_length_beyond_the_bound_is_refused_before_memory_is_taken(ends):
    ours, theirs = ends
    ours.send(struct.pack("!IQ", 4_000_000_000, 0))

    with pytest.raises(framing.FrameError):
        framing.receive(theirs, header_bytes=1000)


@pytest.mark.parametrize("text", [b"[]", b"3", b"{", b"\xff\xfe", b"[" * 100_000, b'"a"', b"nul"])
def test_what_is_no_object_is_refused(text):
    with pytest.raises(framing.FrameError):
        framing.Decoder().feed(struct.pack("!IQ", len(text), 0) + text)


def test_frames_cut_anywhere_come_out_whole():
    ours, theirs = socket.socketpair()
    sent = [{"n": n, "text": "x" * n} for n in range(50)]
    for one in sent:
        framing.send(ours, one)
    ours.close()
    stream = b""
    while data := theirs.recv(65536):
        stream += data
    theirs.close()

    for seed in range(20):
        chance = random.Random(seed)
        decoder = framing.Decoder()
        got, start = [], 0
        while start < len(stream):
            size = chance.choice([1, 3, 12, 13, 100, 5000])
            got += decoder.feed(stream[start : start + size])
            start += size
        assert got == sent


def test_random_bytes_never_do_more_than_fail():
    chance = random.Random(7)
    valid = struct.pack("!IQ", 2, 0) + b"{}"
    for _ in range(20_000):
        data = bytearray(chance.randbytes(chance.randint(0, 40)))
        if chance.random() < 0.5:
            data = bytearray(valid)
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            headers = framing.Decoder(header_bytes=1 << 16).feed(bytes(data))
        except framing.FrameError:
            continue
        assert all(isinstance(one, dict) for one in headers)
