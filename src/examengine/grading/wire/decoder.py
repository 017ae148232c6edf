# ruff: noqa: SLF001, BLE001, TRY301, ARG002 - whatever fails on hostile bytes is damage; the table of readers names methods of the class above it
"""Bytes to values: exact types from checked bytes, `WireError` for all else.

Runs no code of the other side; every length is checked against what is left of the message.
"""

import array
import collections
import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

from examengine.grading.wire import numeric
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.known import known_type
from examengine.grading.wire.layout import (
    ANY,
    ARRAY,
    BIG_INT,
    BYTEARRAY,
    BYTES,
    C128,
    COMPLEX,
    COUNTER,
    DEFAULT_DICT,
    DEQUE,
    DICT,
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
    KNOWN_TYPE,
    LINKED,
    LIST,
    LOCAL,
    MAX_DEPTH,
    MAX_INT_BYTES,
    MAX_VALUES,
    NEW,
    NONE,
    NOT_IMPLEMENTED,
    NUMERIC,
    NUMERIC_CONTENT,
    ORDERED_DICT,
    SCALAR,
    SET,
    STR,
    SUB_DICT,
    SUB_LIST,
    SUB_SET,
    TEMPORARY,
    TRUE,
    TUPLE,
    TYPECODES,
    U32,
    UPDATE,
)
from examengine.grading.wire.links import Link, Links
from examengine.grading.wire.scalars import UNPACKERS


class TakenIn(Protocol):
    """What the decoder asks of the object tables of its side."""

    @property
    def links(self) -> Links:
        """Return the table of mutable values that live on both sides."""

    def decode_object(self, decoder: "Decoder", tag: int) -> Any:
        """Read a value that is no plain data; its tag has been read."""

    def define_class(self, description: tuple[Any, ...]) -> None:
        """Take the description of a class of the other side."""

    def subclass_shell(self, class_key: int, base: type) -> Any:
        """Make an empty local stand-in of a class that derives from list, dict or set."""


class Decoder:
    """Reads one message; every length is checked against what is left of it."""

    def __init__(self, objects: TakenIn, data: memoryview) -> None:
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
        number: int = I64.unpack(self._take(8))[0]
        return number

    def _take(self, size: int) -> memoryview:
        at = self._at
        end = at + size
        if size < 0 or end > self._end:
            raise WireError("a message shorter than its contents")
        self._at = end
        return self._data[at:end]

    def _number(self) -> int:
        number: int = U32.unpack(self._take(4))[0]
        return number

    def _count(self, least: int) -> int:
        """Read a count of things of at least `least` bytes each."""
        count = self._number()
        if count * least > self._end - self._at:
            raise WireError("a count larger than the message")
        return count

    def _int(self) -> int:
        number: int = I64.unpack(self._take(8))[0]
        return number

    def _big_int(self) -> int:
        size = self._number()
        if size > MAX_INT_BYTES:
            raise WireError("too large a whole number")
        return int.from_bytes(self._take(size), "little", signed=True)

    def _float(self) -> float:
        number: float = F64.unpack(self._take(8))[0]
        return number

    def _complex(self) -> complex:
        return complex(*C128.unpack(self._take(16)))

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
        if layout == ANY:
            if count > self._end - self._at:
                raise WireError("a count larger than the message")
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise WireError("values nested too deeply")
            read = self.value
            values = [read() for _ in range(count)]
            self._depth -= 1
            return values
        if layout not in {FLOATS, INTS}:
            raise WireError("an unknown layout")
        self._values += count
        if self._values > MAX_VALUES:
            raise WireError("too many values in one message")
        packed = array.array("d" if layout == FLOATS else "q")
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

    def _inline(self) -> Any:
        """Read a list, dict or set that nothing else of the message refers to."""
        kind = self.byte()
        if kind == LIST:
            return self.items()
        if kind == SET:
            return set(self.items())
        if kind != DICT:
            raise WireError("an unknown kind of container")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise WireError("values nested too deeply")
        made = dict(self._pairs())
        self._depth -= 1
        return made

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
            if flag != TEMPORARY:
                link = self._links.get(key)
                if link is None or link.kind != kind:
                    raise WireError("a container changed its kind")
                link.snapshot = bytes(self._data[start:end])
        self._at = after

    def _make(self, flag: int, kind: int, key: int, start: int, end: int) -> None:
        if flag == UPDATE:
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
        if flag == UPDATE:
            numeric.replace(self._known_link(key, kind).value, value)
        else:
            self._store(flag, kind, key, value)

    def _store(self, flag: int, kind: int, key: int, value: Any) -> None:
        if flag == TEMPORARY:
            self._temporary[key] = value
        elif flag == NEW and self._links.get(key) is None:
            self._links.add_theirs(key, kind, value)
        else:
            raise WireError("a container defined twice")

    def _known_link(self, key: int, kind: int) -> Link:
        link = self._links.get(key)
        if link is None or link.kind != kind:
            raise WireError("a change of an unknown container")
        return link

    def _fill(self, flag: int, kind: int, key: int, start: int, end: int) -> None:
        value = self._temporary[key] if flag == TEMPORARY else self._known_link(key, kind).value
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
        if code not in TYPECODES:
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
    INLINE: Decoder._inline,
    KNOWN_TYPE: Decoder._known_type,
    NUMERIC: Decoder._numeric,
}
