"""How a message is laid out: tags, kinds of containers, limits. Shared by encoder and decoder.

A message is a list of class descriptions, a list of container definitions and a body. Mutable
containers stand in the body as references; their contents follow apart, so that cycles, shared
members and any nesting of lists and dicts need no recursion.
"""

import array
import collections
import struct
from typing import Any, Final

from examengine.grading.wire import numeric

MAX_DEPTH: Final = 120
"""Nesting of tuples, frozensets and exceptions; lists and dicts are not counted."""
MAX_INLINE_DEPTH: Final = 40
"""Lists, dicts and sets that nobody else holds stand in their place down to here, deeper ones apart."""
MAX_INT_BYTES: Final = 1 << 20
MAX_VALUES: Final = 20_000_000

U8: Final = struct.Struct("<B")
U32: Final = struct.Struct("<I")
I64: Final = struct.Struct("<q")
F64: Final = struct.Struct("<d")
C128: Final = struct.Struct("<dd")

# One byte in front of every value.
NONE, TRUE, FALSE = ord("N"), ord("T"), ord("F")
INT, BIG_INT, FLOAT, COMPLEX = ord("i"), ord("I"), ord("d"), ord("c")
STR, BYTES, TUPLE, FROZENSET = ord("s"), ord("b"), ord("t"), ord("z")
SCALAR, ELLIPSIS, NOT_IMPLEMENTED = ord("x"), ord("e"), ord("n")
LINKED, LOCAL, INLINE = ord("K"), ord("k"), ord("l")
KNOWN_TYPE, NUMERIC = ord("G"), ord("A")
HANDLE, YOURS, CLASS, REFERENCE = ord("H"), ord("Y"), ord("C"), ord("R")
EXCEPTION, INSTANCE, MEMBER, METHOD = ord("X"), ord("V"), ord("E"), ord("M")

# Kinds of container contents.
LIST, DICT, SET, BYTEARRAY, DEQUE = 1, 2, 3, 4, 5
ORDERED_DICT, COUNTER, DEFAULT_DICT, ARRAY = 6, 7, 8, 9
NUMERIC_CONTENT: Final = 10
SUB_LIST, SUB_DICT, SUB_SET = 11, 12, 13

# How the items of a list or tuple are laid out.
ANY, FLOATS, INTS = 0, 1, 2
PACK_FROM: Final = 8

# Flags of a container definition.
NEW, UPDATE, TEMPORARY = 0, 1, 2

TYPECODES: Final = frozenset("bBhHiIlLqQfd")


def container_kind(value: Any) -> int | None:
    """Return the kind of contents of a mutable container of an exact type."""
    kind = KINDS.get(type(value))
    if kind is None and numeric.is_mutable(value):
        return NUMERIC_CONTENT
    return kind


KINDS: Final[dict[type, int]] = {
    list: LIST,
    dict: DICT,
    set: SET,
    bytearray: BYTEARRAY,
    collections.deque: DEQUE,
    collections.OrderedDict: ORDERED_DICT,
    collections.Counter: COUNTER,
    collections.defaultdict: DEFAULT_DICT,
    array.array: ARRAY,
}
