"""Values to bytes and back: plain data by value, everything else through the object tables.

A message is a list of class descriptions, a list of container definitions and a body. Mutable
containers stand in the body as references; their contents follow apart, so that cycles, shared
members and any nesting of lists and dicts need no recursion. Nothing here runs code of the other
side: the decoder builds exact types from checked bytes and raises `WireError` on all else.
"""

import array
import collections
import struct
import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

from examengine.grading.wire import numeric
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.known import is_class, known_name, known_type
from examengine.grading.wire.links import Link, Links
from examengine.grading.wire.scalars import PACKERS, UNPACKERS

MAX_DEPTH: Final = 120
"""Nesting of tuples, frozensets and exceptions; lists and dicts are not counted."""
MAX_INT_BYTES: Final = 1 << 20
MAX_VALUES: Final = 20_000_000

_U8: Final = struct.Struct("<B")
_U32: Final = struct.Struct("<I")
_I64: Final = struct.Struct("<q")
_F64: Final = struct.Struct("<d")
_C128: Final = struct.Struct("<dd")

# One byte in front of every value.
NONE, TRUE, FALSE = ord("N"), ord("T"), ord("F")
INT, BIG_INT, FLOAT, COMPLEX = ord("i"), ord("I"), ord("d"), ord("c")
STR, BYTES, TUPLE, FROZENSET = ord("s"), ord("b"), ord("t"), ord("z")
SCALAR, ELLIPSIS, NOT_IMPLEMENTED = ord("x"), ord("e"), ord("n")
LINKED, LOCAL = ord("K"), ord("k")
KNOWN_TYPE, NUMERIC = ord("G"), ord("A")
HANDLE, YOURS, CLASS, REFERENCE = ord("H"), ord("Y"), ord("C"), ord("R")
EXCEPTION, INSTANCE, MEMBER, METHOD = ord("X"), ord("V"), ord("E"), ord("M")

# Kinds of container contents.
LIST, DICT, SET, BYTEARRAY, DEQUE = 1, 2, 3, 4, 5
ORDERED_DICT, COUNTER, DEFAULT_DICT, ARRAY = 6, 7, 8, 9
NUMERIC_CONTENT: Final = 10
SUB_LIST, SUB_DICT, SUB_SET = 11, 12, 13

# How the items of a list or tuple are laid out.
_ANY, _FLOATS, _INTS = 0, 1, 2
_PACK_FROM: Final = 8

# Flags of a container definition.
_NEW, _UPDATE, _TEMPORARY = 0, 1, 2

_TYPECODES: Final = frozenset("bBhHiIlLqQfd")


class Objects(Protocol):
    """What the codec asks of the object tables of its side."""

    links: Links

    def encode_object(self, encoder: "Encoder", value: Any) -> None:
        """Write a value that is no plain data."""

    def decode_object(self, decoder: "Decoder", tag: int) -> Any:
        """Read a value that is no plain data; its tag has been read."""

    def define_class(self, description: tuple[Any, ...]) -> None:
        """Take the description of a class of the other side."""

    def subclass_shell(self, class_key: int, base: type) -> Any:
        """Make an empty local stand-in of a class that derives from list, dict or set."""

    def class_key(self, encoder: "Encoder", cls: type) -> int:
        """Return the key of a class of this side, describing it to the other side if need be."""


def container_kind(value: Any) -> int | None:
    """Return the kind of contents of a mutable container of an exact type."""
    kind = _KINDS.get(type(value))
    if kind is None and numeric.is_mutable(value):
        return NUMERIC_CONTENT
    return kind


_KINDS: Final[dict[type, int]] = {
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


class Encoder:
    """Writes one message."""

    def __init__(self, objects: Objects, *, link_all: bool) -> None:
        self._objects = objects
        self._links = objects.links
        self._link_all = link_all
        self.out = bytearray()
        self._depth = 0
        self._fresh = _FRESH_ITEM
        self._pending: collections.deque[tuple[int, int, Any, Link | None]] = collections.deque()
        self._locals: dict[int, int] = {}
        self._alive: list[Any] = []
        self._classes: list[tuple[Any, ...]] = []
        self._definitions = bytearray()
        self._defined = 0
        self.handles: list[int] = []
        """Keys of the objects this message hands out."""
        self.new_links: list[Link] = []
        self.described: list[type] = []
        self._snapshots: list[tuple[Link, bytes]] = []

    def message(self, body: Any, releases: list[tuple[int, int]]) -> bytearray:
        """Return the whole message: classes, changed and new containers, and the body."""
        self.value(body)
        main = self.out
        self._add_changes()
        self._define_pending()
        # Only now, when every change has been written, may links end that nobody needs any more.
        dropped = self._links.take_unreferenced()
        self.out = head = bytearray()
        # Classes come first in the message, though they were met last; describing one may meet
        # others, which join the list while it is walked.
        described = bytearray()
        count = 0
        while count < len(self._classes):
            self.out = described
            self.value(self._classes[count])
            count += 1
        head += _U32.pack(len(releases))
        for key, seen in releases:
            head += _I64.pack(key)
            head += _I64.pack(seen)
        head += _U32.pack(len(dropped))
        for key in dropped:
            head += _I64.pack(key)
        head += _U32.pack(count)
        head += described
        head += _U32.pack(self._defined)
        head += self._definitions
        head += main
        return head

    def roll_back(self) -> None:
        """Undo what this message has noted as sent: it will not be sent."""
        for link in self.new_links:
            self._links.drop(link.key)
        for link, snapshot in self._snapshots:
            link.snapshot = snapshot

    def add_class(self, description: tuple[Any, ...]) -> None:
        """Send a class description (immutable plain data) ahead of everything else."""
        self._classes.append(description)

    # Values ----------------------------------------------------------------------------------

    def value(self, value: Any) -> None:
        """Write any value."""
        write = _WRITERS.get(type(value)) or _writer_of(value)
        write(self, value)

    def text(self, value: str) -> None:
        """Write a bare string (no tag)."""
        data = value.encode("utf-8", "surrogatepass")
        self.out += _U32.pack(len(data))
        self.out += data

    def key(self, value: int) -> None:
        """Write a bare 64-bit number (no tag)."""
        self.out += _I64.pack(value)

    def tag(self, tag: int) -> None:
        """Write the byte in front of a value."""
        self.out.append(tag)

    def _none(self, value: None) -> None:
        self.out.append(NONE)

    def _bool(self, value: bool) -> None:
        self.out.append(TRUE if value else FALSE)

    def _int(self, value: int) -> None:
        if -0x8000000000000000 <= value < 0x8000000000000000:
            self.out.append(INT)
            self.out += _I64.pack(value)
            return
        size = (value.bit_length() + 8) // 8
        if size > MAX_INT_BYTES:
            raise ValueError("a whole number of more than a million bytes does not cross the wire")
        self.out.append(BIG_INT)
        self.out += _U32.pack(size)
        self.out += value.to_bytes(size, "little", signed=True)

    def _float(self, value: float) -> None:
        self.out.append(FLOAT)
        self.out += _F64.pack(value)

    def _complex(self, value: complex) -> None:
        self.out.append(COMPLEX)
        self.out += _C128.pack(value.real, value.imag)

    def _str(self, value: str) -> None:
        self.out.append(STR)
        data = value.encode("utf-8", "surrogatepass")
        self.out += _U32.pack(len(data))
        self.out += data

    def _bytes(self, value: bytes) -> None:
        self.out.append(BYTES)
        self.out += _U32.pack(len(value))
        self.out += value

    def _tuple(self, value: tuple[Any, ...]) -> None:
        self.out.append(TUPLE)
        self.items(value)

    def _frozenset(self, value: frozenset[Any]) -> None:
        self.out.append(FROZENSET)
        self.items(tuple(value))

    def _ellipsis(self, value: Any) -> None:
        self.out.append(ELLIPSIS)

    def _not_implemented(self, value: Any) -> None:
        self.out.append(NOT_IMPLEMENTED)

    def _scalar(self, value: Any) -> None:
        code, pack = PACKERS[type(value)]
        try:
            parts = pack(value)
        except TypeError:
            self._objects.encode_object(self, value)
            return
        self.out.append(SCALAR)
        self.out.append(code)
        self.items(parts)

    def items(self, values: list[Any] | tuple[Any, ...]) -> None:
        """Write the items of a sequence (count and layout first, no tag)."""
        count = len(values)
        self.out += _U32.pack(count)
        if count >= _PACK_FROM:
            kinds = set(map(type, values))
            if kinds == {float}:
                self.out.append(_FLOATS)
                self.out += _little(array.array("d", values))
                return
            if kinds == {int}:
                try:
                    packed = array.array("q", values)
                except OverflowError:
                    pass
                else:
                    self.out.append(_INTS)
                    self.out += _little(packed)
                    return
        self.out.append(_ANY)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError("values nested too deeply for the wire")
        fresh, self._fresh = self._fresh, _FRESH_ITEM
        writers = _WRITERS
        for item in values:
            write = writers.get(type(item)) or _writer_of(item)
            write(self, item)
        self._fresh = fresh
        self._depth -= 1

    def _numeric(self, value: Any) -> None:
        packed = numeric.pack(value)
        if packed is None:
            self._objects.encode_object(self, value)
            return
        self.out.append(NUMERIC)
        self._packed(packed)

    def _object(self, value: Any) -> None:
        name = known_name(value) if is_class(value) else None
        if name is not None:
            self.out.append(KNOWN_TYPE)
            self.text(name)
            return
        self._objects.encode_object(self, value)

    def _packed(self, packed: tuple[Any, ...]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError("values nested too deeply for the wire")
        self.items(packed)
        self._depth -= 1

    # Containers ------------------------------------------------------------------------------

    def container(self, value: Any) -> None:
        """Write a reference to a mutable container; its contents follow apart."""
        link = self._links.find(value)
        if link is not None:
            self.out.append(LINKED)
            self.out += _I64.pack(link.key)
            return
        index = self._locals.get(id(value))
        if index is None:
            kind = container_kind(value)
            if kind is None:
                raise ValueError(f"no container: {type(value).__name__}")
            if self._link_all or sys.getrefcount(value) > self._fresh:
                self._linked(kind, value)
                return
            index = len(self._alive)
            self._locals[id(value)] = index
            self._alive.append(value)
            self._pending.append((_TEMPORARY, kind, value, None))
        self.out.append(LOCAL)
        self.out += _U32.pack(index)

    def linked_container(self, kind: int, value: Any) -> None:
        """Write a reference to a container that is linked whatever its references."""
        link = self._links.find(value)
        if link is not None:
            self.out.append(LINKED)
            self.out += _I64.pack(link.key)
            return
        self._linked(kind, value)

    def _linked(self, kind: int, value: Any) -> None:
        link = self._links.add_own(kind, value)
        self.new_links.append(link)
        self._pending.append((_NEW, kind, value, link))
        self.out.append(LINKED)
        self.out += _I64.pack(link.key)

    def _add_changes(self) -> None:
        """Define again every linked container that this side changed since it last crossed."""
        fresh = {entry[3].key for entry in self._pending if entry[3] is not None}
        kept_link_all = self._link_all
        # A member of a linked container must be linked: the other side addresses it by its key.
        self._link_all = True
        for link in self._links.all():
            if link.key in fresh:
                continue
            handed_out = len(self.handles)
            content = self._content_of(link.kind, link.value)
            if content == link.snapshot:
                del self.handles[handed_out:]
                continue
            self._snapshots.append((link, link.snapshot))
            link.snapshot = content
            self._define(_UPDATE, link.kind, link.key, content)
        self._link_all = kept_link_all

    def _define_pending(self) -> None:
        kept_link_all = self._link_all
        temporary = 0
        while self._pending:
            flag, kind, value, link = self._pending.popleft()
            if link is None:
                self._link_all = kept_link_all
                self._define(flag, kind, temporary, self._content_of(kind, value))
                temporary += 1
            else:
                self._link_all = True
                content = self._content_of(kind, value)
                link.snapshot = content
                self._define(flag, kind, link.key, content)
        self._link_all = kept_link_all

    def _define(self, flag: int, kind: int, key: int, content: bytes) -> None:
        self._defined += 1
        self._definitions.append(flag)
        self._definitions.append(kind)
        self._definitions += _I64.pack(key)
        self._definitions += _U32.pack(len(content))
        self._definitions += content

    def _content_of(self, kind: int, value: Any) -> bytes:
        kept, self.out = self.out, bytearray()
        try:
            self._content(kind, value)
            return bytes(self.out)
        finally:
            self.out = kept

    def _content(self, kind: int, value: Any) -> None:
        match kind:
            case 1:  # LIST
                self.items(value)
            case 2 | 6 | 7:  # DICT, ORDERED_DICT, COUNTER
                self._pairs(value)
            case 3:  # SET
                self.items(tuple(value))
            case 4:  # BYTEARRAY
                self.out += value
            case 5:  # DEQUE
                self.value(value.maxlen)
                self.items(tuple(value))
            case 8:  # DEFAULT_DICT
                self.value(value.default_factory)
                self._pairs(value)
            case 9:  # ARRAY
                self.text(value.typecode)
                self.out += value.tobytes()
            case 10:  # NUMERIC_CONTENT
                packed = numeric.pack(value)
                if packed is None:
                    raise ValueError(f"{type(value).__name__} does not cross by value")
                self._packed(packed)
            case 11:  # SUB_LIST
                self.key(self._objects.class_key(self, type(value)))
                self.items(tuple(list.__iter__(value)))
            case 12:  # SUB_DICT
                self.key(self._objects.class_key(self, type(value)))
                self._pairs(dict(dict.items(value)))
            case 13:  # SUB_SET
                self.key(self._objects.class_key(self, type(value)))
                self.items(tuple(set.__iter__(value)))
            case _:
                raise ValueError(f"unknown kind of container: {kind}")

    def _pairs(self, value: dict[Any, Any]) -> None:
        self.out += _U32.pack(len(value))
        for name, item in value.items():
            self.value(name)
            self._fresh = _FRESH_PAIR
            self.value(item)
            self._fresh = _FRESH_ITEM


def _writer_of(value: Any) -> Callable[[Encoder, Any], None]:
    if not numeric.is_numeric(value):
        return Encoder._object
    if not numeric.is_mutable(value):
        return Encoder._numeric
    if numeric.pack(value) is None:
        return Encoder._object
    return Encoder.container


def _little(packed: "array.array[Any]") -> bytes:
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


_WRITERS: Final[dict[type, Callable[[Encoder, Any], None]]] = {
    type(None): Encoder._none,
    bool: Encoder._bool,
    int: Encoder._int,
    float: Encoder._float,
    complex: Encoder._complex,
    str: Encoder._str,
    bytes: Encoder._bytes,
    tuple: Encoder._tuple,
    frozenset: Encoder._frozenset,
    type(Ellipsis): Encoder._ellipsis,
    type(NotImplemented): Encoder._not_implemented,
    **{kind: Encoder._scalar for kind in PACKERS},
    **{kind: Encoder.container for kind in _KINDS},
}


class Decoder:
    """Reads one message; every length is checked against what is left of it."""

    def __init__(self, objects: Objects, data: memoryview) -> None:
        self._objects = objects
        self._links = objects.links
        self._data = data
        self._at = 0
        self._end = len(data)
        self._depth = 0
        self._values = 0
        self._temporary: dict[int, Any] = {}
        self.releases: list[tuple[int, int]] = []
        self.dropped: list[int] = []

    def message(self) -> Any:
        """Read the whole message; return its body."""
        try:
            for _ in range(self._count(16)):
                self.releases.append((self.key(), self.key()))
            for _ in range(self._count(8)):
                self.dropped.append(self.key())
            for _ in range(self._count(1)):
                description = self.value()
                if type(description) is not tuple:
                    raise WireError("a class description is no tuple")
                self._objects.define_class(description)
            self._definitions()
            body = self.value()
        except WireError:
            raise
        except RecursionError:
            raise WireError("values nested too deeply") from None
        except MemoryError:
            raise WireError("a message too large for the memory") from None
        except Exception as error:
            raise WireError(f"a damaged message ({type(error).__name__})") from None
        if self._at != self._end:
            raise WireError("a message longer than its contents")
        return body

    # Values ----------------------------------------------------------------------------------

    def value(self) -> Any:
        """Read any value."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise WireError("too many values in one message")
        tag = self.byte()
        read = _READERS.get(tag)
        if read is not None:
            return read(self)
        return self._objects.decode_object(self, tag)

    def byte(self) -> int:
        """Read one byte."""
        at = self._at
        if at >= self._end:
            raise WireError("a message shorter than its contents")
        self._at = at + 1
        return self._data[at]

    def text(self) -> str:
        """Read a bare string."""
        return str(self._take(self._number()), "utf-8", "surrogatepass")

    def key(self) -> int:
        """Read a bare 64-bit number."""
        number: int = _I64.unpack(self._take(8))[0]
        return number

    def _take(self, size: int) -> memoryview:
        at = self._at
        end = at + size
        if size < 0 or end > self._end:
            raise WireError("a message shorter than its contents")
        self._at = end
        return self._data[at:end]

    def _number(self) -> int:
        number: int = _U32.unpack(self._take(4))[0]
        return number

    def _count(self, least: int) -> int:
        """Read a count of things of at least `least` bytes each."""
        count = self._number()
        if count * least > self._end - self._at:
            raise WireError("a count larger than the message")
        return count

    def _int(self) -> int:
        number: int = _I64.unpack(self._take(8))[0]
        return number

    def _big_int(self) -> int:
        size = self._number()
        if size > MAX_INT_BYTES:
            raise WireError("too large a whole number")
        return int.from_bytes(self._take(size), "little", signed=True)

    def _float(self) -> float:
        number: float = _F64.unpack(self._take(8))[0]
        return number

    def _complex(self) -> complex:
        return complex(*_C128.unpack(self._take(16)))

    def _bytes(self) -> bytes:
        return bytes(self._take(self._number()))

    def _tuple(self) -> tuple[Any, ...]:
        return tuple(self.items())

    def _frozenset(self) -> frozenset[Any]:
        return frozenset(self.items())

    def _scalar(self) -> Any:
        code = self.byte()
        if code >= len(UNPACKERS):
            raise WireError("an unknown kind of value")
        return UNPACKERS[code](*self.items())

    def items(self) -> list[Any]:
        """Read the items of a sequence."""
        count = self._number()
        layout = self.byte()
        if layout == _ANY:
            if count > self._end - self._at:
                raise WireError("a count larger than the message")
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise WireError("values nested too deeply")
            read = self.value
            values = [read() for _ in range(count)]
            self._depth -= 1
            return values
        if layout not in {_FLOATS, _INTS}:
            raise WireError("an unknown layout")
        self._values += count
        if self._values > MAX_VALUES:
            raise WireError("too many values in one message")
        packed = array.array("d" if layout == _FLOATS else "q")
        packed.frombytes(self._take(count * 8))
        if sys.byteorder == "big":
            packed.byteswap()
        return packed.tolist()

    def _known_type(self) -> Any:
        found = known_type(self.text())
        if found is None:
            raise WireError("an unknown type")
        return found

    def _numeric(self) -> Any:
        return numeric.unpack(self._packed(), mutable=False)

    def _packed(self) -> tuple[Any, ...]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise WireError("values nested too deeply")
        parts = tuple(self.items())
        self._depth -= 1
        return parts

    def _linked(self) -> Any:
        link = self._links.get(self.key())
        if link is None:
            raise WireError("a reference to an unknown container")
        return link.value

    def _local(self) -> Any:
        try:
            return self._temporary[self._number()]
        except KeyError:
            raise WireError("a reference to an unknown container") from None

    # Containers ------------------------------------------------------------------------------

    def _definitions(self) -> None:
        """Make every container first, then fill them: members may refer to each other freely."""
        entries: list[tuple[int, int, int, int, int]] = []
        for _ in range(self._count(14)):
            flag, kind, key = self.byte(), self.byte(), self.key()
            size = self._number()
            start = self._at
            self._take(size)
            entries.append((flag, kind, key, start, self._at))
        after = self._at
        # Frames and arrays are complete when made; those inside others come later in the message.
        for entry in entries:
            if entry[1] != NUMERIC_CONTENT:
                self._make(*entry)
        for entry in reversed(entries):
            if entry[1] == NUMERIC_CONTENT:
                self._make_numeric(*entry)
        for entry in entries:
            if entry[1] != NUMERIC_CONTENT:
                self._fill(*entry)
        for flag, kind, key, start, end in entries:
            if flag != _TEMPORARY:
                link = self._links.get(key)
                if link is None or link.kind != kind:
                    raise WireError("a container changed its kind")
                link.snapshot = bytes(self._data[start:end])
        self._at = after

    def _make(self, flag: int, kind: int, key: int, start: int, end: int) -> None:
        if flag == _UPDATE:
            self._known_link(key, kind)
            return
        self._at = start
        if kind in _SHELLS:
            shell: Any = _SHELLS[kind]()
        elif kind == DEQUE:
            limit = self.value()
            if limit is not None and type(limit) is not int:
                raise WireError("a length that is no number")
            shell = collections.deque(maxlen=limit)
        elif kind == ARRAY:
            shell = array.array(self._typecode())
        elif kind in _BASES:
            shell = self._objects.subclass_shell(self.key(), _BASES[kind])
        else:
            raise WireError("an unknown kind of container")
        self._store(flag, kind, key, shell)

    def _make_numeric(self, flag: int, kind: int, key: int, start: int, end: int) -> None:
        self._at = start
        value = numeric.unpack(self._packed(), mutable=True)
        if self._at != end:
            raise WireError("a container longer than its contents")
        if flag == _UPDATE:
            numeric.replace(self._known_link(key, kind).value, value)
        else:
            self._store(flag, kind, key, value)

    def _store(self, flag: int, kind: int, key: int, value: Any) -> None:
        if flag == _TEMPORARY:
            self._temporary[key] = value
        elif flag == _NEW and self._links.get(key) is None:
            self._links.add_theirs(key, kind, value)
        else:
            raise WireError("a container defined twice")

    def _known_link(self, key: int, kind: int) -> Link:
        link = self._links.get(key)
        if link is None or link.kind != kind:
            raise WireError("a change of an unknown container")
        return link

    def _fill(self, flag: int, kind: int, key: int, start: int, end: int) -> None:
        value = self._temporary[key] if flag == _TEMPORARY else self._known_link(key, kind).value
        self._at = start
        match kind:
            case 1:  # LIST
                value[:] = self.items()
            case 2 | 6:  # DICT, ORDERED_DICT
                pairs = self._pairs()
                value.clear()
                value.update(pairs)
            case 7:  # COUNTER
                pairs = self._pairs()
                value.clear()
                dict.update(value, pairs)
            case 3:  # SET
                members = self.items()
                value.clear()
                value.update(members)
            case 4:  # BYTEARRAY
                value[:] = self._take(end - start)
            case 5:  # DEQUE
                self.value()
                members = self.items()
                value.clear()
                value.extend(members)
            case 8:  # DEFAULT_DICT
                value.default_factory = _callable_or_none(self.value())
                pairs = self._pairs()
                value.clear()
                value.update(pairs)
            case 9:  # ARRAY
                self._typecode()
                del value[:]
                value.frombytes(self._take(end - self._at))
            case 11:  # SUB_LIST
                self.key()
                list.__setitem__(value, slice(None), self.items())
            case 12:  # SUB_DICT
                self.key()
                pairs = self._pairs()
                dict.clear(value)
                dict.update(value, pairs)
            case 13:  # SUB_SET
                self.key()
                members = self.items()
                set.clear(value)
                set.update(value, members)
        if self._at != end:
            raise WireError("a container longer than its contents")

    def _typecode(self) -> str:
        code = self.text()
        if code not in _TYPECODES:
            raise WireError("an unknown kind of array")
        return code

    def _pairs(self) -> list[tuple[Any, Any]]:
        count = self._count(2)
        return [(self.value(), self.value()) for _ in range(count)]


def _callable_or_none(value: Any) -> Any:
    if value is not None and not callable(value):
        raise WireError("a default that cannot be called")
    return value


_SHELLS: Final[dict[int, Callable[[], Any]]] = {
    LIST: list,
    DICT: dict,
    SET: set,
    BYTEARRAY: bytearray,
    ORDERED_DICT: collections.OrderedDict,
    COUNTER: collections.Counter,
    DEFAULT_DICT: collections.defaultdict,
}
_BASES: Final[dict[int, type]] = {SUB_LIST: list, SUB_DICT: dict, SUB_SET: set}

_READERS: Final[dict[int, Callable[[Decoder], Any]]] = {
    NONE: lambda _: None,
    TRUE: lambda _: True,
    FALSE: lambda _: False,
    ELLIPSIS: lambda _: Ellipsis,
    NOT_IMPLEMENTED: lambda _: NotImplemented,
    INT: Decoder._int,
    BIG_INT: Decoder._big_int,
    FLOAT: Decoder._float,
    COMPLEX: Decoder._complex,
    STR: Decoder.text,
    BYTES: Decoder._bytes,
    TUPLE: Decoder._tuple,
    FROZENSET: Decoder._frozenset,
    SCALAR: Decoder._scalar,
    LINKED: Decoder._linked,
    LOCAL: Decoder._local,
    KNOWN_TYPE: Decoder._known_type,
    NUMERIC: Decoder._numeric,
}


def _measure_fresh(holder: Any) -> int:
    """Count the references to a list that only its holder and the encoder know of."""
    counts: list[int] = []

    class Probe(Encoder):
        def container(self, value: Any) -> None:
            counts.append(sys.getrefcount(value))

    kept = _WRITERS[list]
    _WRITERS[list] = Probe.container
    try:
        probe = Probe(_NoObjects(), link_all=False)
        if type(holder) is dict:
            probe._pairs(holder)
        else:
            probe.items(holder)
    finally:
        _WRITERS[list] = kept
    return counts[0]


class _NoObjects:
    """Object tables for the measurement: plain data alone."""

    def __init__(self) -> None:
        self.links = Links(0)

    def encode_object(self, encoder: Encoder, value: Any) -> None:
        raise ValueError

    def decode_object(self, decoder: Decoder, tag: int) -> Any:
        raise WireError

    def define_class(self, description: tuple[Any, ...]) -> None:
        raise WireError

    def subclass_shell(self, class_key: int, base: type) -> Any:
        raise WireError

    def class_key(self, encoder: Encoder, cls: type) -> int:
        raise ValueError


_FRESH_ITEM: int = 0
_FRESH_PAIR: int = 0
_FRESH_ITEM = _measure_fresh(([],))
_FRESH_PAIR = _measure_fresh({0: []})
