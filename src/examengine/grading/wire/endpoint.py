# ruff: noqa: BLE001, TRY301 - every exception of a call crosses; damaged bytes break the wire in one place
"""Calls across the wire, both ways and nested: one side of the connection.

Each thread talks on a lane of its own, so that calls of several threads do not wait for each other.
Whoever waits for an answer reads for all. A side that runs several threads says so once (`LISTEN`): from
then on the other side reads even while none of its threads waits for an answer.
"""

import _thread
import contextlib
import copy
import operator
import socket
import threading
import time
import types
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Protocol

from examengine.grading.wire.describe import DESCRIPTORS, SPECIALS
from examengine.grading.wire.frames import (
    LISTEN,
    OUTPUT,
    RAISE,
    REQUEST,
    RETURN,
    FrameStream,
    WireError,
)
from examengine.grading.wire.known import is_exception
from examengine.grading.wire.loops import Loop
from examengine.grading.wire.objects import Late, ObjectTables, Side
from examengine.grading.wire.proxies import (
    NOT_DERIVED,
    Reference,
    RemoteObject,
    RemoteType,
    real_mro,
    reference_of,
)
from examengine.grading.wire.signatures import pack_signature, unpack_signature

CALL, CALL_METHOD, GET, SET, DELETE, SPECIAL = 1, 2, 3, 4, 5, 6
NAMES, TEXT, INSTANCE_CHECK, BIND, CALL_INHERITED, NEXT = 7, 8, 9, 10, 11, 12
SIGNATURE, DERIVE, RESTORE, START, POLL, CANCEL = 13, 14, 15, 16, 17, 18
PICKLE, UNPICKLE = 19, 20

FUNCTION_MEMBER: Final = "\0function"
STATIC_MEMBER: Final = "\0static"
CLASS_MEMBER: Final = "\0class"
PROPERTY_MEMBER: Final = "\0property"

MAX_LANES: Final = 64
_BATCH_SECONDS: Final = 0.005
_RESERVE_BYTES: Final = 4 << 20
"""Set aside (never touched, so it takes no memory but address space) to answer when there is no more."""


_ROOM: Final = 40
"""Levels of calls that a request needs for itself: one that ran out of them in the middle of a message, or before an
answer was sent, would leave the two sides at odds."""


class Policy(Side, Protocol):
    """What one side allows, and how it calculates with stand-ins."""

    def get(self, target: Any, name: str) -> Any:
        """Return an attribute that the other side asks for."""

    def special(self, endpoint: "Endpoint", target: Any, name: str, args: Any, kwargs: Any) -> Any:
        """Carry out a special method of a stand-in."""

    def print(self, stream: int, text: str) -> None:
        """Take printed text of the other side."""

    def caught(self, error: BaseException) -> None:
        """Look at an exception of this side before it crosses."""

    def before_request(self) -> None:
        """Bring the other side up to date before a request of this side."""

    def before_answer(self) -> None:
        """Do what must come before an answer of this side."""

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute for the other side."""

    def delete(self, target: Any, name: str) -> None:
        """Delete an attribute for the other side."""

    def text(self, target: Any, how: str) -> str:
        """Return `str()` or `repr()` of an object of this side."""

    def names(self, target: Any) -> list[str]:
        """Return the attribute names of an object of this side that the other side may know."""

    def bind(self, cls: Any, name: str, target: Any) -> Any:
        """Return a member of a class of this side bound to an object, as `super()` would."""

    def method_result(self, name: str, args: Any, result: Any) -> Any:
        """Look at what a method of a stand-in gave."""

    def named(self, name: str, found: Any) -> None:
        """Look at what was taken from a module under a name."""

    def called(self, target: Any, result: Any) -> None:
        """Look at what a call of a stand-in gave."""


class Endpoint:
    """One side of the wire."""

    def __init__(self, channel: socket.socket, policy: Policy, *, parity: int, frame_bytes: int) -> None:
        self.policy = policy
        self.objects = ObjectTables(self, policy, parity, frame_bytes)
        self.broken: WireError | None = None
        """Why the wire is of no more use, once it is."""
        self.handlers: dict[int, Callable[..., Any]] = {
            CALL: self._serve_call,
            CALL_METHOD: self._serve_call_method,
            GET: self._serve_get,
            SET: self._serve_set,
            DELETE: self._serve_delete,
            SPECIAL: self._serve_special,
            NAMES: self._serve_names,
            TEXT: self._serve_text,
            INSTANCE_CHECK: self._serve_instance_check,
            BIND: self._serve_bind,
            CALL_INHERITED: self._serve_call_inherited,
            NEXT: self._serve_next,
            SIGNATURE: self._serve_signature,
            START: self._serve_start,
            POLL: self._serve_poll,
            CANCEL: self._serve_cancel,
        }
        self._frames = FrameStream(channel, frame_bytes)
        self._writing = threading.RLock()
        self._turn = threading.Condition(threading.Lock())
        self._is_reading = False
        self._inboxes: dict[int, deque[tuple[int, Any]]] = {0: deque()}
        self._has_said_listen = False
        self._is_listening = False
        self._parity = parity
        self._next_lane = parity + 2
        self._thread = threading.local()
        self._thread.lane = 0
        self._loop: Loop | None = None
        self._reserve: bytearray | None = bytearray(_RESERVE_BYTES)
        self.calls = 0

    # Requests of this side -------------------------------------------------------------------

    def request(self, operation: int, *arguments: Any) -> Any:
        """Ask the other side for something and wait; raise what it raises."""
        if self.broken is not None:
            raise self.broken
        self.policy.before_request()
        return self.bare_request(operation, *arguments)

    def bare_request(self, operation: int, *arguments: Any) -> Any:
        """Ask without bringing the other side up to date first."""
        if getattr(self._thread, "is_decoding", False):
            # A library's hook looks at a class that is being made: this thread is the one that reads.
            raise AttributeError("not known while a message is being read")
        lane = self._lane()
        _need_room(_ROOM)
        self.calls += 1
        self._send(lane, REQUEST, (operation, *arguments), link_all=True)
        while True:
            kind, body = self._wait(lane)
            if kind == RETURN:
                return body[0]
            if kind == RAISE:
                error = body[0]
                if not is_exception(error):
                    raise self._break(WireError("an exception that is none"))
                raise error
            held = [body]
            del body
            self._answer(lane, held)

    def serve(self, lane: int = 0) -> None:
        """Answer requests until the other side is gone."""
        self._thread.lane = lane
        while True:
            kind, body = self._wait(lane)
            if kind != REQUEST:
                raise self._break(WireError("an answer without a question"))
            held = [body]
            del body
            self._answer(lane, held)

    def print(self, stream: int, text: str) -> None:
        """Send printed text ahead of whatever comes next."""
        with self._writing:
            self._frames.send(0, OUTPUT, bytes([stream]) + text.encode("utf-8", "replace"))

    def _lane(self) -> int:
        lane: int | None = getattr(self._thread, "lane", None)
        if lane is None:
            with self._writing:
                lane = self._next_lane
                self._next_lane += 2
            if lane > 2 * MAX_LANES:
                raise RuntimeError("too many threads call across the wire")
            self._thread.lane = lane
            self._inboxes[lane] = deque()
        return lane

    def _send(self, lane: int, kind: int, body: tuple[Any, ...], *, link_all: bool) -> None:
        with self._writing:
            message = self.objects.encode(body, link_all=link_all)
            try:
                if not self._has_said_listen and threading.active_count() > 1:
                    self._has_said_listen = True
                    self._frames.send(0, LISTEN, b"")
                self._frames.send(lane, kind, message)
            except WireError as error:
                raise self._break(error) from None

    def _wait(self, lane: int) -> tuple[int, Any]:
        """Return the next message of a lane."""
        return self._next(self._inboxes[lane])

    def _next(self, inbox: deque[tuple[int, Any]]) -> tuple[int, Any]:
        """Return the next message of an inbox; whoever waits first reads for all."""
        while True:
            with self._turn:
                while not inbox and self._is_reading:
                    self._turn.wait()
                if inbox:
                    return inbox.popleft()
                if self.broken is not None:
                    raise self.broken
                self._is_reading = True
            try:
                self._read_one()
            finally:
                with self._turn:
                    self._is_reading = False
                    self._turn.notify_all()

    def _read_one(self) -> None:
        try:
            lane, kind, payload = self._frames.receive()
            if kind == OUTPUT:
                if not payload or payload[0] not in {1, 2}:
                    raise WireError("printed text for no stream")
                self.policy.print(payload[0], str(payload[1:], "utf-8", "replace"))
                return
            if kind == LISTEN:
                self._listen_from_now_on()
                return
            with self._writing:
                self._thread.is_decoding = True
                try:
                    body = self.objects.decode(payload)
                finally:
                    self._thread.is_decoding = False
            if type(body) is not tuple or not body:
                raise WireError("a message without contents")
        except WireError as error:
            raise self._break(error) from None
        inbox = self._inboxes.get(lane)
        if inbox is None:
            if kind != REQUEST or len(self._inboxes) > MAX_LANES or lane % 2 == self._parity % 2:
                raise self._break(WireError("a message on an unknown lane"))
            inbox = self._inboxes[lane] = deque()
            _start_uncounted(self._serve_lane, lane)
        inbox.append((kind, body))

    def _listen_from_now_on(self) -> None:
        """Read while no thread waits for an answer: a request of another thread may come at any time."""
        if not self._is_listening:
            self._is_listening = True
            _start_uncounted(self._listen)

    def _listen(self) -> None:
        with contextlib.suppress(WireError):
            self._next(deque())

    def _serve_lane(self, lane: int) -> None:
        with contextlib.suppress(WireError):
            self.serve(lane)

    def _break(self, error: WireError) -> WireError:
        if self.broken is None:
            self.broken = error
        return self.broken

    # Answers of this side --------------------------------------------------------------------

    def _answer(self, lane: int, held: list[tuple[Any, ...]]) -> None:
        """Carry out a request and send what comes of it.

        The request is taken out of `held`, so that nothing refers to its arguments any more when
        the tables look who still holds them.
        """
        outcome: tuple[Any, ...]
        try:
            outcome = (self._perform(held.pop()),)
            self.policy.before_answer()
            kind = RETURN
        except WireError:
            raise
        except BaseException as error:
            if isinstance(error, MemoryError):
                # Without this the answer itself would find no memory.
                self._reserve = None
            self.policy.caught(error)
            error.__traceback__ = None
            outcome = (error,)
            kind = RAISE
        try:
            self._send(lane, kind, outcome, link_all=kind == RAISE)
        except WireError:
            raise
        except BaseException as error:
            outcome = ()
            if isinstance(error, MemoryError):
                self._reserve = None
            self._send(lane, RAISE, (self._cannot_send(error),), link_all=True)
        if self._reserve is None:
            with contextlib.suppress(MemoryError):
                # Only with room to spare: what was set free is needed for the requests to come.
                bytearray(4 * _RESERVE_BYTES)
                self._reserve = bytearray(_RESERVE_BYTES)

    def _cannot_send(self, error: BaseException) -> BaseException:
        if isinstance(error, MemoryError):
            return MemoryError()
        return ValueError(f"this value cannot cross to the tests: {error}")

    def _perform(self, body: tuple[Any, ...]) -> Any:
        operation = body[0]
        handler = self.handlers.get(operation) if type(operation) is int else None
        if handler is None:
            raise self._break(WireError("an unknown operation"))
        return handler(*body[1:])

    def _serve_call(self, target: Any, args: Any, kwargs: Any) -> Any:
        return self._arrived(target)(*self._plain(args), **kwargs)

    def _serve_call_method(self, target: Any, name: Any, args: Any, kwargs: Any) -> Any:
        return self.policy.get(self._arrived(target), name)(*self._plain(args), **kwargs)

    def _serve_get(self, target: Any, name: Any) -> Any:
        return self.policy.get(self._arrived(target), name)

    def _serve_set(self, target: Any, name: Any, value: Any) -> None:
        self.policy.set(self._arrived(target), name, self._arrived(value))

    def _serve_delete(self, target: Any, name: Any) -> None:
        self.policy.delete(self._arrived(target), name)

    def _serve_special(self, target: Any, name: Any, args: Any, kwargs: Any) -> Any:
        if name not in SPECIALS and not (self.policy.compares_values and name in DESCRIPTORS):
            raise self._break(WireError("no special method"))
        return perform_special(self._arrived(target), name, self._plain(args), kwargs)

    def _serve_names(self, target: Any) -> list[str]:
        return self.policy.names(self._arrived(target))

    def _serve_text(self, target: Any, how: Any) -> str:
        return self.policy.text(self._arrived(target), how)

    def _serve_instance_check(self, value: Any, cls: Any) -> bool:
        return isinstance(value, cls)

    def _serve_bind(self, cls: Any, name: Any, target: Any) -> Any:
        return self.policy.bind(cls, name, self._arrived(target))

    def _serve_call_inherited(self, cls: Any, name: Any, target: Any, args: Any, kwargs: Any) -> Any:
        return self._serve_bind(cls, name, target)(*self._plain(args), **kwargs)

    def _serve_next(self, target: Any, count: Any) -> tuple[Any, ...]:
        """Return up to `count` items of an iterator: items, ended, its value, its exception.

        A batch also ends when it takes long: an item that is there is not held back for the next.
        """
        items: list[Any] = []
        stop_at = time.perf_counter() + _BATCH_SECONDS
        while len(items) < count:
            try:
                items.append(next(target))
            except StopIteration as stop:
                return (tuple(items), True, stop.value, None)
            except Exception as error:
                self.policy.caught(error)
                error.__traceback__ = None
                return (tuple(items), True, None, error)
            if time.perf_counter() > stop_at:
                break
        return (tuple(items), False, None, None)

    def _serve_start(self, target: Any) -> tuple[bool | None, Any]:
        if self._loop is None:
            self._loop = Loop()
        return self._loop.start(self._arrived(target))

    def _serve_poll(self, target: Any) -> tuple[bool | None, Any]:
        if self._loop is None:
            raise self._break(WireError("nothing was started"))
        return self._loop.poll(self._arrived(target))

    def _serve_cancel(self, target: Any) -> tuple[bool | None, Any]:
        if self._loop is None:
            raise self._break(WireError("nothing was started"))
        return self._loop.cancel(self._arrived(target))

    def _serve_signature(self, target: Any) -> tuple[Any, ...]:
        return pack_signature(self._arrived(target))

    def _plain(self, values: Any) -> Any:
        if any(type(value) is Late for value in values):
            return tuple(self._arrived(value) for value in values)
        return values

    def _arrived(self, value: Any) -> Any:
        if type(value) is Late:
            return self.policy.get(self._arrived(value.target), value.name)
        return value

    # What stand-ins ask for (the protocol `Remote`) ------------------------------------------

    def get_attribute(self, target: Any, name: str) -> Any:
        """Return an attribute of an object of the other side."""
        if name == "__signature__":
            try:
                return unpack_signature(self.request(SIGNATURE, target))
            except (TypeError, ValueError):
                raise AttributeError(name) from None
        return self.request(GET, target, name)

    def set_attribute(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute of an object of the other side."""
        if isinstance(target, RemoteType):
            value = _as_class_member(value)
        self.request(SET, target, name, value)

    def delete_attribute(self, target: Any, name: str) -> None:
        """Delete an attribute of an object of the other side."""
        self.request(DELETE, target, name)

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an object of the other side."""
        result = self.request(CALL, target, args, kwargs)
        self.policy.called(target, result)
        return result

    def call_method(self, target: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a method of an object of the other side."""
        result = self.request(CALL_METHOD, target, name, args, kwargs)
        return self.policy.method_result(name, args, result)

    def call_inherited(self, cls: Any, name: str, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a member of a given class of the other side with an object as its self."""
        return self.request(CALL_INHERITED, cls, name, target, args, kwargs)

    def bind(self, cls: Any, name: str, target: Any) -> Any:
        """Return a member of a given class of the other side, bound to an object."""
        return self.request(BIND, cls, name, target)

    def special(self, target: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Carry out a special method of a stand-in, as the policy of this side allows."""
        if getattr(self._thread, "is_decoding", False):
            return self._special_while_reading(target, name)
        return self.policy.special(self, target, name, args, kwargs)

    def _special_while_reading(self, target: Any, name: str) -> Any:
        """Put a stand-in among the keys of a dict or set: its hash came along, and keys differ from each other."""
        hashed = self.objects.hashes.get(reference_of(target).key)
        if hashed is not None and name == "__hash__":
            return hashed
        if name in {"__eq__", "__ne__"}:
            return NotImplemented
        raise AttributeError("not known while a message is being read")

    def forward_special(self, target: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Carry out a special method on the other side."""
        return self.request(SPECIAL, target, name, args, kwargs)

    def next_items(self, target: Any, count: int) -> tuple[tuple[Any, ...], bool, Any, BaseException | None]:
        """Return up to `count` items of an iterator, whether it ended, its value or exception."""
        found = self.request(NEXT, target, count)
        if type(found) is not tuple or len(found) != 4 or type(found[0]) is not tuple:
            raise self._break(WireError("items that are none"))
        items, ended, value, error = found
        if error is not None and not is_exception(error):
            raise self._break(WireError("an exception that is none"))
        return items, ended is True, value, error

    def start(self, target: Any) -> tuple[bool | None, Any]:
        """Start an awaitable of the other side."""
        return self._state(self.request(START, target))

    def poll(self, target: Any) -> tuple[bool | None, Any]:
        """Ask how far an awaitable of the other side has come."""
        return self._state(self.request(POLL, target))

    def cancel(self, target: Any) -> tuple[bool | None, Any]:
        """Cancel an awaitable of the other side."""
        return self._state(self.request(CANCEL, target))

    def pickled(self, target: Any, protocol: int) -> bytes:
        """Have the other side pickle one of its objects; this side only keeps the bytes."""
        data = self.request(PICKLE, target, protocol)
        if type(data) is not bytes:
            raise self._break(WireError("pickled data that is none"))
        return data

    def unpickle(self, data: bytes) -> Any:
        """Have the other side unpickle what it pickled."""
        return self.request(UNPICKLE, data)

    def _state(self, found: Any) -> tuple[bool | None, Any]:
        if type(found) is not tuple or len(found) != 2 or type(found[0]) not in {bool, type(None)}:
            raise self._break(WireError("a state that is none"))
        if found[0] is False and not is_exception(found[1]):
            raise self._break(WireError("an exception that is none"))
        return found

    def restore(self, target: Any, name: str) -> None:
        """Undo what was set on a class of the other side."""
        self.request(RESTORE, target, name)

    def names(self, target: Any) -> list[str]:
        """Return the attribute names of an object of the other side."""
        return list(self.request(NAMES, target))

    def text(self, target: Any, how: str) -> str:
        """Return `str()` or `repr()` of an object of the other side."""
        found = self.request(TEXT, target, how)
        return found if type(found) is str else ""

    def is_instance(self, value: Any, cls: Any) -> bool:
        """Ask the other side's class whether a value is one of its own."""
        return self.request(INSTANCE_CHECK, value, cls) is True

    def derive(self, cls: Any, name: str, bases: tuple[Any, ...], body: dict[str, Any], kwargs: dict[str, Any]) -> None:
        """Have the other side make the counterpart of a class that derives from one of its own."""
        shared, before, after = self._sorted_bases(bases)
        for source in before:
            body = {**source, **body}
        added: dict[str, Any] = {}
        for source in after:
            added = {**source, **added}
        members, lesser = (tuple((key, _as_member(value)) for key, value in part.items()) for part in (body, added))
        key = self.request(DERIVE, cls.__qualname__, name, shared, members, lesser, kwargs)
        if type(key) is not int:
            raise self._break(WireError("a class without a key"))
        self.objects.adopt_class(key, cls)
        type.__setattr__(cls, "_wire_class", Reference(self, key))

    def _sorted_bases(
        self, bases: tuple[Any, ...]
    ) -> tuple[tuple[Any, ...], list[dict[str, Any]], list[dict[str, Any]]]:
        """Tell bases that both sides have from this side's own, whose members are sent instead.

        The own ones come nearest last: in front of the first base of the other side, and after it.
        """
        shared: list[Any] = []
        parts: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
        has_theirs = False
        for base in bases:
            is_theirs = isinstance(base, RemoteType)
            has_theirs = has_theirs or is_theirs
            if is_theirs or not self.policy.owns(base.__module__):
                shared.append(base)
                continue
            for source in real_mro(base):
                if isinstance(source, RemoteType) or not self.policy.owns(source.__module__):
                    continue
                parts[has_theirs].append({k: v for k, v in vars(source).items() if k not in NOT_DERIVED})
        return tuple(shared), parts[False], parts[True]


def _need_room(levels: int) -> None:
    """Raise RecursionError here, before anything was sent, where there are fewer levels of calls left."""
    if levels:
        _need_room(levels - 1)


def _start_uncounted(work: Callable[..., None], *arguments: Any) -> None:
    """Run something in a thread that `threading` does not list: tests and submissions may count those."""
    _thread.start_new_thread(work, arguments)


def _as_member(value: Any) -> Any:
    """Mark what must become a function, property and so on of the other side's class."""
    if isinstance(value, types.FunctionType):
        return (FUNCTION_MEMBER, value)
    if isinstance(value, staticmethod):
        return (STATIC_MEMBER, value.__func__)
    if isinstance(value, classmethod):
        return (CLASS_MEMBER, value.__func__)
    if isinstance(value, property):
        return (PROPERTY_MEMBER, (value.fget, value.fset, value.fdel))
    return value


def _as_class_member(value: Any) -> Any:
    """Mark what is set on a class of the other side, so that it is bound there as it would be here."""
    kind = type(value)
    if kind in _BOUND_BY_THEIR_OWN or isinstance(value, type | RemoteObject) or not hasattr(kind, "__get__"):
        return _as_member(value)
    setter = getattr(kind, "__set__", None)

    def read(owner: Any) -> Any:
        return kind.__get__(value, owner, type(owner))

    def write(owner: Any, new: Any) -> None:
        if setter is None:
            raise AttributeError("can't set attribute")
        setter(value, owner, new)

    return (PROPERTY_MEMBER, (read, write, None))


_BOUND_BY_THEIR_OWN: Final = frozenset(
    {types.FunctionType, types.BuiltinFunctionType, types.MethodType, staticmethod, classmethod, property}
)


def perform_special(target: Any, name: Any, args: Any, kwargs: Any) -> Any:
    """Carry out a special method by the language's own rules for it."""
    plain = _BY_FUNCTION.get(name)
    if plain is not None:
        return plain(target, *args, **kwargs)
    method = getattr(type(target), name, None)
    if method is None:
        raise AttributeError(f"{type(target).__name__!r} object has no attribute {name!r}")
    return method(target, *args, **kwargs)


def bind_member(cls: Any, name: str, target: Any) -> Any:
    """Return the member `name` that a class or its bases define, bound to an object."""
    for source in real_mro(cls):
        if name in vars(source):
            raw = vars(source)[name]
            getter = getattr(type(raw), "__get__", None)
            return raw if getter is None else getter(raw, target, type(target))
    raise AttributeError(name)


_BY_FUNCTION: Final[dict[str, Callable[..., Any]]] = {
    "__len__": len,
    "__iter__": iter,
    "__next__": next,
    "__getitem__": operator.getitem,
    "__setitem__": operator.setitem,
    "__delitem__": operator.delitem,
    "__contains__": operator.contains,
    "__format__": format,
    "__hash__": hash,
    "__bool__": bool,
    "__copy__": copy.copy,
    "__deepcopy__": copy.deepcopy,
}
