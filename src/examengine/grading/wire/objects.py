# ruff: noqa: BLE001, TRY301 - exceptions of the other side may refuse everything
"""The tables of one side: what it has handed out, what it holds of the other side, and classes.

Objects are handed out under a key and kept alive until the other side lets go of the key. Keys are
the only thing the other side can name; it reaches nothing that was not handed to it.
"""

import enum
import types
import weakref
from collections import deque
from collections.abc import Iterable
from typing import Any, Final, Protocol

from examengine.grading.wire import describe, layout
from examengine.grading.wire.classes import build_class
from examengine.grading.wire.decoder import Decoder
from examengine.grading.wire.encoder import Encoder
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.known import is_class, is_exception, known_name
from examengine.grading.wire.links import Links
from examengine.grading.wire.proxies import (
    Reference,
    Remote,
    RemoteMethod,
    RemoteObject,
    reference_of,
)

MAX_EXPORTS: Final = 2_000_000
_FOR_GOOD: Final = 1 << 62
_MAX_CHAIN: Final = 6
_MAX_TEXT: Final = 20_000
_MAX_PLAIN_ATTRIBUTES: Final = 100

_PLAIN_COPIES: Final[dict[type, Any]] = {
    int: lambda v: int.__add__(v, 0),
    float: lambda v: float.__mul__(v, 1.0),
    complex: complex.__pos__,
    str: str.__str__,
    bytes: lambda v: bytes.__add__(v, b""),
    tuple: lambda v: tuple.__getitem__(v, slice(None)),
}
_SUBCLASS_KINDS: Final[dict[Any, int]] = {list: layout.SUB_LIST, dict: layout.SUB_DICT, set: layout.SUB_SET}


class Side(Protocol):
    """What differs between judge and candidate in handing out and taking in."""

    compares_values: bool
    """Whether the other side's classes of values may compare and calculate by their own methods."""

    def owns(self, module: str) -> bool:
        """Tell whether a module holds code of this side (submission, or tests), no library."""

    def is_library(self, module: str) -> bool:
        """Tell whether a module is a library's, whose classes the other side's may stand for."""

    def reference(self, value: Any) -> tuple[str, str] | None:
        """Return the module and name under which the other side has the same function."""

    def resolve(self, module: str, qualname: str) -> Any:
        """Return what the other side means by a module and name, or raise `WireError`."""

    def shown(self, description: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return what of a class's description the other side may know."""

    def given(self, key: int) -> None:
        """Take note that the other side gave an object which it had given before."""

    def told(self, error: BaseException, arguments: tuple[Any, ...], text: str) -> tuple[tuple[Any, ...], str]:
        """Return arguments and text of an exception as the other side may know them."""

    def check_export(self, value: Any) -> None:
        """Raise `TypeError` for an object that must not be handed out at all."""


def _own_hash(value: Any, cls: type) -> int | None:
    """Return the hash of an object whose class computes it; None where none is needed or it fails."""
    own: Any = cls.__hash__
    if own is None or own is object.__hash__:
        return None
    try:
        return hash(value)
    except Exception:
        return None


class ObjectTables:
    """Encodes and decodes everything that is no plain data, for one side of one wire."""

    def __init__(self, remote: Remote, side: Side, parity: int, message_bytes: int) -> None:
        self.links = Links(parity)
        self._remote = remote
        self._side = side
        self._message_bytes = message_bytes
        self._next_key = 1
        self._exports: dict[int, Any] = {}
        self._export_keys: dict[int, int] = {}
        self._class_keys: dict[Any, int] = {}
        self._sent: dict[int, int] = {}
        self._classes: dict[int, type] = {}
        self._references: dict[int, weakref.ref[Reference]] = {}
        self._instances: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        self._released: deque[int] = deque()
        self.hashes: dict[int, int] = {}
        """Hashes of the objects that stand as keys in the message being read."""
        self.messages_sent = 0
        self.messages_received = 0

    # Messages --------------------------------------------------------------------------------

    def encode(self, body: Any, *, link_all: bool) -> bytearray:
        """Return one message for the other side."""
        encoder = Encoder(self, link_all=link_all)
        releases = []
        while self._released:
            key = self._released.popleft()
            if key not in self._references:
                releases.append((key, self.messages_received))
        try:
            message = encoder.message(body, releases)
            if len(message) > self._message_bytes:
                raise ValueError(f"{len(message)} bytes are more than one message may have")
        except BaseException:
            encoder.roll_back()
            for cls in encoder.described:
                del self._class_keys[cls]
            self._released.extend(key for key, _ in releases)
            raise
        self.messages_sent += 1
        for key in encoder.handles:
            self._sent[key] = self.messages_sent
        return message

    def decode(self, data: memoryview) -> Any:
        """Read one message of the other side; raise `WireError` when it is none."""
        decoder = Decoder(self, data)
        try:
            body = decoder.message()
        finally:
            self.hashes.clear()
        self.messages_received += 1
        for key, seen in decoder.releases:
            if self._sent.get(key, 0) <= seen and key in self._exports:
                value = self._exports[key]
                if not isinstance(value, type):
                    del self._exports[key]
                    self._export_keys.pop(id(value), None)
                    self._sent.pop(key, None)
        for key in decoder.dropped:
            self.links.drop(key)
        return body

    def register(self, key: int, value: Any) -> Reference:
        """Let a local object (a module's stand-in) stand for the other side's object `key`."""
        reference = self._reference(key)
        self._instances[key] = value
        return reference

    def hand_out(self, value: Any) -> int:
        """Hand an object out for good, outside of any message's values; return its key."""
        key = self._export_keys.get(id(value))
        if key is None:
            key = self._next_key
            self._next_key += 1
            self._exports[key] = value
            self._export_keys[id(value)] = key
        self._sent[key] = _FOR_GOOD
        if isinstance(value, type):
            self._class_keys[value] = key
        return key

    # Out -------------------------------------------------------------------------------------

    def encode_object(self, encoder: Encoder, value: Any) -> None:
        """Write a value that is no plain data."""
        cls = type(value)
        if cls is types.TracebackType:
            # Frames stay at home; `__exit__` and its like see no traceback.
            encoder.value(None)
            return
        if cls is RemoteMethod:
            encoder.tag(layout.METHOD)
            encoder.value(object.__getattribute__(value, "_wire_target"))
            encoder.text(object.__getattribute__(value, "_wire_method"))
            return
        reference = self._own_reference(value, cls)
        if reference is not None:
            encoder.tag(layout.YOURS)
            encoder.key(reference.key)
        elif issubclass(cls, type):
            named = self._side.reference(value)
            if named is None:
                encoder.tag(layout.CLASS)
                encoder.key(self.class_key(encoder, value))
            else:
                encoder.tag(layout.REFERENCE)
                encoder.text(named[0])
                encoder.text(named[1])
        elif issubclass(cls, enum.Enum):
            self._encode_member(encoder, value)
        elif issubclass(cls, BaseException):
            self._encode_exception(encoder, value, _MAX_CHAIN)
        else:
            self._encode_instance(encoder, value, cls)

    def _own_reference(self, value: Any, cls: type) -> Reference | None:
        """Return the reference behind a stand-in for an object of the other side."""
        if issubclass(cls, RemoteObject):
            return reference_of(value)
        if issubclass(cls, type):
            found = vars(value).get("_wire_class")
        elif issubclass(cls, BaseException) or hasattr(cls, "_wire_module"):
            found = vars(value).get("_wire_ref")
        else:
            return None
        if isinstance(found, Reference) and found.remote is self._remote:
            return found
        return None

    def _encode_member(self, encoder: Encoder, value: Any) -> None:
        encoder.tag(layout.MEMBER)
        encoder.value(type(value))
        name = value._name_
        known = type(name) is str and name in type(value).__members__
        encoder.value(name if known else None)
        encoder.value(None if known else value._value_)

    def _encode_exception(self, encoder: Encoder, value: BaseException, chain: int) -> None:
        cls = type(value)
        encoder.tag(layout.EXCEPTION)
        encoder.key(self._export(encoder, value))
        encoder.value(cls)
        try:
            text = str(value)[:_MAX_TEXT]
        except Exception:
            text = ""
        arguments = value.args if type(value.args) is tuple else ()
        if isinstance(value, BaseExceptionGroup):
            # A list is filled after it is made; a group within a group must have its own at once.
            arguments = (value.message, value.exceptions)
        arguments, text = self._side.told(value, arguments, text)
        attributes = tuple(
            (name, item)
            for name, item in list(vars(value).items())[:_MAX_PLAIN_ATTRIBUTES]
            if type(name) is str and not name.startswith("_wire")
        )
        attributes += tuple((name, item) for name, item in _native_fields(value) if item is not None)
        encoder.value(_short(arguments))
        encoder.value(text)
        encoder.value(attributes)
        for linked in (value.__cause__, value.__context__):
            if linked is None or chain == 0 or self._own_reference(linked, type(linked)):
                encoder.value(linked if chain else None)
            elif known_name(type(linked)) or issubclass(type(linked), BaseException):
                self._encode_exception(encoder, linked, chain - 1)
        encoder.value(bool(value.__suppress_context__))
        encoder.value(_origin(value))

    def _encode_instance(self, encoder: Encoder, value: Any, cls: type) -> None:
        kind, base = describe.class_kind(cls)
        if kind == describe.VALUE and self._takes_apart(cls):
            encoder.tag(layout.INSTANCE)
            encoder.value(cls)
            encoder.value(_PLAIN_COPIES[base](value))
            try:
                attributes = tuple(object.__getattribute__(value, "__dict__").items())
            except AttributeError:
                attributes = ()
            encoder.value(tuple((n, v) for n, v in attributes if type(n) is str))
            return
        if kind == describe.STORAGE:
            encoder.linked_container(_SUBCLASS_KINDS[base], value)
            return
        named = self._side.reference(value)
        if named is not None:
            encoder.tag(layout.REFERENCE)
            encoder.text(named[0])
            encoder.text(named[1])
            return
        self._side.check_export(value)
        encoder.tag(layout.HANDLE)
        encoder.key(self._export(encoder, value))
        encoder.key(self.class_key(encoder, cls))
        encoder.value(_own_hash(value, cls) if encoder.is_hashed else None)

    def _takes_apart(self, cls: type) -> bool:
        # numpy's own subclasses of float, bytes and so on are met only where they hold objects.
        return not issubclass(cls, RemoteObject) and cls.__module__ != "numpy"

    def _export(self, encoder: Encoder, value: Any) -> int:
        key = self._export_keys.get(id(value))
        if key is None:
            if len(self._exports) >= MAX_EXPORTS:
                raise ValueError("too many objects handed out")
            key = self._next_key
            self._next_key += 1
            self._exports[key] = value
            self._export_keys[id(value)] = key
        encoder.handles.append(key)
        return key

    def class_key(self, encoder: Encoder, cls: type) -> int:
        """Return the key of a class; a stand-in's is the other side's key, negated."""
        reference = self._own_reference(cls, type(cls))
        if reference is not None:
            return -reference.key
        key = self._class_keys.get(cls)
        if key is not None:
            return key
        owned = self._side.owns(cls.__module__ if type(cls.__module__) is str else "")
        bases = cls.__bases__ if owned else ()
        if not owned and issubclass(cls, BaseException):
            bases = tuple(c for c in cls.__mro__[1:] if known_name(c))[:1]
        for base in bases:
            if known_name(base) is None:
                self.class_key(encoder, base)
        key = self._next_key
        self._next_key += 1
        self._exports[key] = cls
        self._export_keys[id(cls)] = key
        self._class_keys[cls] = key
        encoder.described.append(cls)
        description = describe.describe(key, cls, owned=owned, bases=bases)
        encoder.add_class(self._side.shown(description))
        return key

    # In --------------------------------------------------------------------------------------

    def decode_object(self, decoder: Decoder, tag: int) -> Any:
        """Read a value that is no plain data; its tag has been read."""
        match tag:
            case layout.HANDLE:
                key, class_key, hashed = decoder.key(), decoder.key(), decoder.value()
                if type(hashed) is int:
                    self.hashes[key] = hashed
                return self._import(key, class_key)
            case layout.YOURS:
                return self._mine(decoder.key())
            case layout.CLASS:
                return self._class(decoder.key())
            case layout.INSTANCE:
                return self._decode_instance(decoder)
            case layout.MEMBER:
                return self._decode_member(decoder)
            case layout.EXCEPTION:
                return self._decode_exception(decoder)
            case layout.METHOD:
                target, name = decoder.value(), decoder.text()
                return self._side_attribute(target, name)
            case layout.REFERENCE:
                return self._side.resolve(decoder.text(), decoder.text())
        raise WireError("an unknown tag")

    def _side_attribute(self, target: Any, name: str) -> Any:
        return Late(target, name)

    def _mine(self, key: int) -> Any:
        try:
            return self._exports[key]
        except KeyError:
            raise WireError("an object that was never handed out") from None

    def _class(self, key: int) -> type:
        found = self._mine(-key) if key < 0 else self._classes.get(key)
        if found is None or not is_class(found):
            raise WireError("an unknown class")
        return found

    def _reference(self, key: int) -> Reference:
        known = self._references.get(key)
        reference = known() if known is not None else None
        if reference is None:
            reference = Reference(self._remote, key)
            references, released = self._references, self._released

            def gone(slot: "weakref.ref[Reference]") -> None:
                if references.get(key) is slot:
                    del references[key]
                    released.append(key)

            self._references[key] = weakref.ref(reference, gone)
        return reference

    def _import(self, key: int, class_key: int) -> Any:
        known = self._instances.get(key)
        if known is not None:
            self._side.given(key)
            return known
        cls = self._class(class_key)
        if not issubclass(cls, RemoteObject):
            raise WireError("an object of a class that has values")
        stand_in = object.__new__(cls)
        object.__setattr__(stand_in, "_wire_ref", self._reference(key))
        self._instances[key] = stand_in
        return stand_in

    def _decode_instance(self, decoder: Decoder) -> Any:
        cls, plain, attributes = decoder.value(), decoder.value(), decoder.value()
        if not is_class(cls):
            raise WireError("a value of no class")
        kind, base = describe.class_kind(cls)
        if kind != describe.VALUE or type(plain) is not base:
            raise WireError("a value that does not fit its class")
        make: Any = base.__new__
        value = make(cls, plain)
        _set_plain_attributes(value, attributes)
        return value

    def _decode_member(self, decoder: Decoder) -> Any:
        cls, name, value = decoder.value(), decoder.value(), decoder.value()
        if is_class(cls) and issubclass(cls, enum.Enum):
            if name is not None:
                member = cls.__members__.get(name)
                if member is None:
                    raise WireError("an unknown member of an enumeration")
                return member
            if issubclass(cls, enum.Flag) and type(value) is int:
                return cls(value)
        raise WireError("a damaged member of an enumeration")

    def _decode_exception(self, decoder: Decoder) -> BaseException:
        key, cls, args, text = decoder.key(), decoder.value(), decoder.value(), decoder.value()
        attributes, cause, context = decoder.value(), decoder.value(), decoder.value()
        suppress, origin = decoder.value(), decoder.value()
        if not is_class(cls) or not issubclass(cls, BaseException):
            raise WireError("an exception that is none")
        if type(args) is not tuple or type(text) is not str:
            raise WireError("a damaged exception")
        if any(e is not None and not is_exception(e) for e in (cause, context)):
            raise WireError("a damaged exception")
        value = _new_exception(cls, args, text)
        _set_plain_attributes(value, attributes)
        _set_native_fields(value, attributes)
        local = vars(value)
        local["_wire_ref"] = self._reference(key)
        local["_wire_text"] = text
        local["_wire_origin"] = origin if type(origin) is str else ""
        value.__cause__ = cause
        value.__context__ = context
        value.__suppress_context__ = suppress is True
        return value

    def define_class(self, description: tuple[Any, ...]) -> None:
        """Take the description of a class of the other side."""
        if len(self._classes) > 10_000:
            raise WireError("too many classes")
        key, cls = build_class(
            self._remote, description, compares_values=self._side.compares_values, is_library=self._side.is_library
        )
        if key in self._classes:
            raise WireError("a class described twice")
        self._classes[key] = cls

    def adopt_class(self, key: int, cls: type) -> None:
        """Let a class of this side stand for the class `key` that the other side made for it."""
        self._classes[key] = cls

    def subclass_shell(self, class_key: int, base: type) -> Any:
        """Make an empty instance of a class that derives from list, dict or set."""
        cls = self._class(class_key)
        if not issubclass(cls, base):
            raise WireError("a container that does not fit its class")
        make: Any = base.__new__
        return make(cls)


class Late:
    """A method named by the other side, looked up only where it is used."""

    __slots__ = ("name", "target")

    def __init__(self, target: Any, name: str) -> None:
        self.target = target
        self.name = name


def _short(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        item[:_MAX_TEXT] if type(item) in {str, bytes} and len(item) > _MAX_TEXT else item
        for item in arguments[:_MAX_PLAIN_ATTRIBUTES]
    )


def _origin(error: BaseException) -> str:
    """Return where in the submission an exception arose: file name and line."""
    found = getattr(error, "_wire_found", "")
    return found if type(found) is str else ""


_NATIVE_FIELDS: Final[dict[type[BaseException], tuple[str, ...]]] = {
    OSError: ("filename", "filename2"),
    ImportError: ("name", "path"),
    NameError: ("name",),
    AttributeError: ("name",),
}


def _native_fields(value: BaseException) -> Iterable[tuple[str, Any]]:
    """Return what the language's own exceptions carry beside their arguments."""
    for base, names in _NATIVE_FIELDS.items():
        if isinstance(value, base):
            for name in names:
                item = getattr(value, name, None)
                yield name, item if type(item) in {str, int, bytes} else None


def _set_native_fields(value: BaseException, attributes: Any) -> None:
    given = dict(_pairs(attributes))
    for base, names in _NATIVE_FIELDS.items():
        if isinstance(value, base):
            for name in names:
                if type(given.get(name)) in {str, int, bytes}:
                    setattr(value, name, given[name])


def _set_plain_attributes(value: Any, attributes: Any) -> None:
    if type(attributes) is not tuple:
        raise WireError("damaged attributes")
    if not attributes:
        return
    local = object.__getattribute__(value, "__dict__")
    for name, item in _pairs(attributes):
        if not name.startswith("_wire"):
            local[name] = item


def _pairs(attributes: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for pair in attributes:
        if type(pair) is not tuple or len(pair) != 2 or type(pair[0]) is not str:
            raise WireError("damaged attributes")
        yield pair


class CandidateInterrupt(BaseException):
    """What a KeyboardInterrupt of the other side becomes: a failure, never control flow here."""


def _new_exception(cls: type[BaseException], args: tuple[Any, ...], text: str) -> BaseException:
    """Make an exception without running an `__init__` that is not the language's own."""
    if issubclass(cls, KeyboardInterrupt):
        cls = CandidateInterrupt
    if type(cls) is type and known_name(cls) is not None:
        try:
            made: BaseException = cls(*args)
        except Exception:
            made = cls.__new__(cls, *args) if not issubclass(cls, BaseExceptionGroup) else (Exception(text))
        if made.args != args and not issubclass(cls, OSError):
            made.args = args
        return made
    if issubclass(cls, BaseExceptionGroup):
        return cls.__new__(cls, *args[:2])
    native = next(base for base in cls.__mro__ if type(base) is type and known_name(base) is not None)
    make: Any = native.__new__
    made = make(cls)
    made.args = args
    return made
