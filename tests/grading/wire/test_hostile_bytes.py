"""Whatever bytes come from the candidate, the judge answers with `WireError`, nothing else.

`WIRE_FUZZ` sets the number of damaged messages; `make fuzz-wire` runs 200,000.
"""

import collections
import dataclasses
import datetime as dt
import decimal
import enum
import os
import random
import resource
import struct
import types
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from examengine.grading.candidate.policy import CandidatePolicy
from examengine.grading.judge.policy import JudgePolicy
from examengine.grading.judge.trust import Trust
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.objects import ObjectTables

COUNT = int(os.environ.get("WIRE_FUZZ", "6000"))


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Pair(NamedTuple):
    left: int
    right: str


class Thing:
    kind = "thing"

    def method(self):
        return self

    def __add__(self, other):
        return self


class TroubleError(ValueError):
    pass


class Items(list):
    pass


@dataclasses.dataclass(order=True)
class Record:
    number: int
    text: str = "x"
    items: list = dataclasses.field(default_factory=list, compare=False)

    @property
    def twice(self):
        return 2 * self.number


def _trouble():
    error = TroubleError("no", 3)
    error.__cause__ = KeyError("k")
    return error


def _loop():
    loop = [1]
    loop.append(loop)
    return loop


BODIES = [
    (None, True, 1, -(2**70), 1.5, 2j, "é", b"x", (1, (2,)), frozenset({1}), ...),
    ([1, [2, {3: {4}}]], {"a": [1.0] * 20, "b": list(range(30))}, bytearray(b"xy")),
    (dt.datetime(2024, 1, 1, tzinfo=dt.UTC), decimal.Decimal("1.5"), range(3)),
    (collections.Counter("aab"), collections.deque([1], 4), collections.OrderedDict(a=1)),
    (np.arange(12.0).reshape(3, 4), np.zeros(2, "U3"), np.float32(1), np.array([1, None], object)),
    (np.zeros(3, [("a", "i4"), ("b", "?")]), np.ma.array([1, 2], mask=[0, 1]), np.dtype("f4")),
    (
        pd.DataFrame({"a": [1, 2], "c": pd.Categorical(["x", "y"])}),
        pd.Series(["a", None]),
        pd.date_range("2024", periods=2, tz="UTC"),
        pd.Timestamp("2024"),
    ),
    (sparse.csr_matrix(np.eye(3)), sparse.coo_array(np.eye(2))),
    (Thing(), Thing, Thing().method, len, _trouble(), TroubleError),
    (Colour.RED, Colour, Pair(1, "a"), Items([1, 2]), types.SimpleNamespace(a=1)),
    (_loop(), [[]] * 3),
    ([{"deep": [{1, 2}, [[{"a": [None]}], {}]]} for _ in range(3)],),
    (Record(1), Record, list[int], int | None, FileNotFoundError(2, "no such file", "name"), {1: 2}.keys()),
]


class _NoRemote:
    """Nothing can be asked: the decoder must not need to."""

    def __getattr__(self, name):
        raise AssertionError(f"the decoder asked the candidate for {name}")


def _messages() -> list[bytes]:
    made = []
    for body in BODIES:
        for link_all in (True, False):
            side = CandidatePolicy((__name__,), lambda: None)
            tables = ObjectTables(_NoRemote(), side, 1, 1 << 28)
            made.append(bytes(tables.encode(body, link_all=link_all)))
    return made


def _judge_tables(tmp_path) -> ObjectTables:
    side = JudgePolicy(str(tmp_path), Trust(), lambda stream, text: None)
    tables = ObjectTables(_NoRemote(), side, 0, 1 << 28)
    tables.hand_out(object())
    return tables


@pytest.mark.parametrize("number", range(len(BODIES) * 2))
def test_honest_messages_are_read(number, tmp_path):
    assert type(_judge_tables(tmp_path).decode(memoryview(_messages()[number]))) is tuple


def _mutate(message: bytearray, chance: random.Random, corpus: list[bytes]) -> bytearray:
    for _ in range(chance.choice((1, 1, 1, 2, 4, 9))):
        at = chance.randrange(len(message) + 1)
        match chance.randrange(8):
            case 0:
                message[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del message[at : at + chance.randrange(1, 20)]
            case 2:
                message[at:at] = chance.randbytes(chance.randrange(1, 9))
            case 3:
                message[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 7, 2**16, 2**31, 2**32 - 1)))
            case 4:
                message[at : at + 8] = struct.pack("<q", chance.choice((0, 1, -1, 2**62, -(2**63))))
            case 5:
                other = chance.choice(corpus)
                start = chance.randrange(len(other))
                message[at : at + 16] = other[start : start + chance.randrange(1, 60)]
            case 6:
                message[at : at + 1] = bytes([chance.choice(b"NTFidcIsbtzxenKklGAHYCRXVEM")])
            case 7:
                for _ in range(chance.randrange(1, 5)):
                    message[at : at + 1] = message[at : at + 1] * 2
    return message


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_damaged_messages_end_in_a_wire_error(tmp_path):
    chance = random.Random(20261121)
    corpus = _messages()
    before = _peak_megabytes()
    refused = 0
    for _ in range(COUNT):
        message = _mutate(bytearray(chance.choice(corpus)), chance, corpus)
        try:
            _judge_tables(tmp_path).decode(memoryview(bytes(message)))
        except WireError:
            refused += 1
    assert refused > COUNT // 4
    assert _peak_megabytes() - before < 512


def test_random_bytes_end_in_a_wire_error_unless_they_happen_to_be_a_value(tmp_path):
    chance = random.Random(7)
    refused = 0
    for _ in range(COUNT // 4):
        head = struct.pack("<IIII", 0, 0, 0, 0)[: 4 * chance.randrange(5)]
        message = head + chance.randbytes(chance.randrange(200))
        try:
            _judge_tables(tmp_path).decode(memoryview(message))
        except WireError:
            refused += 1
    assert refused > COUNT // 5
