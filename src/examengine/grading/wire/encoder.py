# ruff: noqa: SLF001, ARG002 - the table of writers names methods of the class above it
"""Values to bytes: plain data by value, everything else through the object tables."""

import array
import collections
import sys
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol

from examengine.grading.wire import numeric
from examengine.grading.wire.known import is_class, known_name
from examengine.grading.wire.layout import (
    ANY,
    BIG_INT,
    BYTES,
    C128,
    COMPLEX,
    ELLIPSIS,
    F64,
    FALSE,
    FLOAT,
    FLOATS,
    FROZENSET,
    I64,
    INLINE,
    INT,
    INTS,
    KINDS,
    KNOWN_TYPE,
    LINKED,
    LIST,
    LOCAL,
    MAX_DEPTH,
    MAX_INLINE_DEPTH,
    MAX_INT_BYTES,
    NEW,
    NONE,
    NOT_IMPLEMENTED,
    NUMERIC,
    PACK_FROM,
    SCALAR,
    SET,
    STR,
    TEMPORARY,
    TRUE,
    TUPLE,
    U32,
    UPDATE,
    container_kind,
)
from examengine.grading.wire.links import Link, Links
from examengine.grading.wire.scalars import PACKERS


class HandedOut(Protocol):
    """What the encoder asks of the object tables of its side."""

    @property
    def links(self) -> Links:
        """Return the table of mutable values that live on both sides."""

    def encode_object(self, encoder: "Encoder", value: Any) -> None:
        """Write a value that is no plain data."""

    def class_key(self, encoder: "Encoder", cls: type) -> int:
        """Return the key of a class of this side, describing it to the other side if need be."""


class Encoder:
    """Writes one message."""

    def __init__(self, objects: HandedOut, *, link_all: bool) -> None:
        self._objects = objects
        self._links = objects.links
        self._link_all = link_all
        self.out = bytearray()
        self._depth = 0
        self.is_hashed = False
        """Whether the value being written is a key of a dict or a member of a set, or part of one."""
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
        head += U32.pack(len(releases))
        for key, seen in releases:
            head += I64.pack(key)
            head += I64.pack(seen)
        head += U32.pack(len(dropped))
        for key in dropped:
            head += I64.pack(key)
        head += U32.pack(count)
        head += described
        head += U32.pack(self._defined)
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
        self.out += U32.pack(len(data))
        self.out += data

    def key(self, value: int) -> None:
        """Write a bare 64-bit number (no tag)."""
        self.out += I64.pack(value)

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
            self.out += I64.pack(value)
            return
        size = (value.bit_length() + 8) // 8
        if size > MAX_INT_BYTES:
            raise ValueError("a whole number of more than a million bytes does not cross the wire")
        self.out.append(BIG_INT)
        self.out += U32.pack(size)
        self.out += value.to_bytes(size, "little", signed=True)

    def _float(self, value: float) -> None:
        self.out.append(FLOAT)
        self.out += F64.pack(value)

    def _complex(self, value: complex) -> None:
        self.out.append(COMPLEX)
        self.out += C128.pack(value.real, value.imag)

    def _str(self, value: str) -> None:
        self.out.append(STR)
        data = value.encode("utf-8", "surrogatepass")
        self.out += U32.pack(len(data))
        self.out += data

    def _bytes(self, value: bytes) -> None:
        self.out.append(BYTES)
        self.out += U32.pack(len(value))
        self.out += value

    def _tuple(self, value: tuple[Any, ...]) -> None:
        self.out.append(TUPLE)
        self.items(value)

    def _frozenset(self, value: frozenset[Any]) -> None:
        self.out.append(FROZENSET)
        self._members(value)

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
        self.out += U32.pack(count)
        if count >= PACK_FROM:
            kinds = set(map(type, values))
            if kinds == {float}:
                self.out.append(FLOATS)
                self.out += _little(array.array("d", values))
                return
            if kinds == {int}:
                try:
                    packed = array.array("q", values)
                except OverflowError:
                    pass
                else:
                    self.out.append(INTS)
                    self.out += _little(packed)
                    return
        self.out.append(ANY)
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
            self.out += I64.pack(link.key)
            return
        index = self._locals.get(id(value))
        if index is None:
            kind = container_kind(value)
            if kind is None:
                raise ValueError(f"no container: {type(value).__name__}")
            if self._link_all or sys.getrefcount(value) > self._fresh:
                self._linked(kind, value)
                return
            if kind <= SET and self._depth < MAX_INLINE_DEPTH:
                self._inline(kind, value)
                return
            index = len(self._alive)
            self._locals[id(value)] = index
            self._alive.append(value)
            self._pending.append((TEMPORARY, kind, value, None))
        self.out.append(LOCAL)
        self.out += U32.pack(index)

    def _inline(self, kind: int, value: Any) -> None:
        """Write a list, dict or set in its place: nobody else holds it, so it stands nowhere else."""
        self.out.append(INLINE)
        self.out.append(kind)
        if kind == LIST:
            self.items(value)
        elif kind == SET:
            self._members(value)
        else:
            self._depth += 1
            self._pairs(value)
            self._depth -= 1

    def linked_container(self, kind: int, value: Any) -> None:
        """Write a reference to a container that is linked whatever its references."""
        link = self._links.find(value)
        if link is not None:
            self.out.append(LINKED)
            self.out += I64.pack(link.key)
            return
        self._linked(kind, value)

    def _linked(self, kind: int, value: Any) -> None:
        link = self._links.add_own(kind, value)
        self.new_links.append(link)
        self._pending.append((NEW, kind, value, link))
        self.out.append(LINKED)
        self.out += I64.pack(link.key)

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
            self._define(UPDATE, link.kind, link.key, content)
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
        self._definitions += I64.pack(key)
        self._definitions += U32.pack(len(content))
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
                self._members(value)
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
                self._members(set.__iter__(value))
            case _:
                raise ValueError(f"unknown kind of container: {kind}")

    def _members(self, value: Iterable[Any]) -> None:
        """Write the members of a set."""
        before, self.is_hashed = self.is_hashed, True
        self.items(tuple(value))
        self.is_hashed = before

    def _pairs(self, value: dict[Any, Any]) -> None:
        self.out += U32.pack(len(value))
        for name, item in value.items():
            before, self.is_hashed = self.is_hashed, True
            self.value(name)
            self.is_hashed = before
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
    **dict.fromkeys(PACKERS, Encoder._scalar),
    **dict.fromkeys(KINDS, Encoder.container),
}


def _measure_fresh(holder: Any) -> int:
    """Count the references to a list that only its holder and the encoder know of."""
    counts: list[int] = []

    def count(_: Encoder, value: Any) -> None:
        counts.append(sys.getrefcount(value))

    kept = _WRITERS[list]
    _WRITERS[list] = count
    try:
        probe = Encoder(_NoObjects(), link_all=False)
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

    def encode_object(self, _: Encoder, value: Any) -> None:
        raise TypeError(type(value).__name__)

    def class_key(self, _: Encoder, cls: type) -> int:
        raise TypeError(cls.__name__)


_FRESH_ITEM: int = 0
_FRESH_PAIR: int = 0
_FRESH_ITEM = _measure_fresh(([],))
_FRESH_PAIR = _measure_fresh({0: []})
