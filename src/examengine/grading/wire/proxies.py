# ruff: noqa: SLF001, D102 - stand-ins keep their own names apart by a prefix; `Remote` is a list of verbs
"""Local stand-ins for objects and classes of the other side.

An instance holds a key and nothing else; what is done to it is sent across. A stand-in class is a
real class here, so that `isinstance`, `except`, `super()` and pattern matching work natively.
What a comparison or an operator may rely on is the policy of the side, not of this file.
"""

import asyncio
import types
from collections.abc import Callable, Generator
from typing import Any, Final, Protocol

from examengine.grading.wire import describe
from examengine.grading.wire.frames import WireError


class Remote(Protocol):
    """What a stand-in asks of its side."""

    def get_attribute(self, target: Any, name: str) -> Any: ...
    def set_attribute(self, target: Any, name: str, value: Any) -> None: ...
    def delete_attribute(self, target: Any, name: str) -> None: ...
    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...
    def call_method(self, target: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...
    def special(self, target: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...
    def call_inherited(
        self, cls: Any, name: str, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any: ...
    def bind(self, cls: Any, name: str, target: Any) -> Any: ...
    def restore(self, target: Any, name: str) -> None: ...
    def start(self, target: Any) -> tuple[bool | None, Any]: ...
    def poll(self, target: Any) -> tuple[bool | None, Any]: ...
    def cancel(self, target: Any) -> tuple[bool | None, Any]: ...
    def pickled(self, target: Any, protocol: int) -> bytes: ...
    def unpickle(self, data: bytes) -> Any: ...
    def names(self, target: Any) -> list[str]: ...
    def text(self, target: Any, how: str) -> str: ...
    def is_instance(self, value: Any, cls: Any) -> bool: ...
    def derive(
        self, cls: Any, name: str, bases: tuple[Any, ...], body: dict[str, Any], kwargs: dict[str, Any]
    ) -> None: ...


class Reference:
    """The key of an object of the other side."""

    __slots__ = ("__weakref__", "key", "remote")

    def __init__(self, remote: Remote, key: int) -> None:
        self.remote = remote
        self.key = key


_get = object.__getattribute__
_LOCAL: Final = frozenset(
    {
        "__class__",
        "__reduce_ex__",
        "__reduce__",
        "__getstate__",
        "__init_subclass__",
        "__subclasshook__",
        "__new__",
        "__getattribute__",
        "__setattr__",
        "__delattr__",
        "__weakref__",
        "__sizeof__",
        "__copy__",
        "__deepcopy__",
        "_wire_ref",
    }
)
_ASKABLE: Final = (
    frozenset(
        f"__{name}__"
        for name in [
            "dict",
            "doc",
            "name",
            "qualname",
            "module",
            "wrapped",
            "code",
            "defaults",
            "kwdefaults",
            "annotations",
            "closure",
            "self",
            "func",
            "signature",
            "init",
            "isabstractmethod",
            "abstractmethods",
            "members",
            "match_args",
            "orig_bases",
            "parameters",
            "args",
            "origin",
            "slots",
            "objclass",
            "text_signature",
            "type_params",
            "notes",
            "cause",
            "context",
            "version",
            "author",
            "all",
            "path",
            "file",
        ]
    )
    | describe.SPECIALS
)


def may_ask(name: str) -> bool:
    """Tell whether an attribute is fetched from the other side.

    Libraries look for double-underscore names of protocols by which an object takes part in their
    work (NumPy's reach into raw memory); a stand-in takes part in none but the language's own.
    """
    return not (name.startswith("__") and name.endswith("__")) or name in _ASKABLE or name.startswith("__sklearn_")


_METHODS_PAUSED: set[type] = set()
"""Stand-in classes that tests have patched: their methods are looked up anew at each use."""


real_mro: Final[Callable[[type], Any]] = vars(type)["__mro__"].__get__
"""A class's order of bases with what only the wire knows of; nothing while the class is being made."""
_BASES: Final[Any] = vars(type)["__bases__"]
_BASE: Final[Any] = vars(type)["__base__"]
_ROOTS: Final[list[type]] = []
"""Bases that stand-in classes have, and the classes that they stand for have not."""


class RemoteType(type):
    """The class of stand-in classes."""

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        body: dict[str, Any],
        /,
        **kwargs: Any,
    ) -> "RemoteType":
        if "_wire_class" in body or body.get("_wire_root"):
            return type.__new__(mcs, name, bases, body)
        return _derive(mcs, name, bases, body, kwargs)

    def __init__(cls, *args: Any, **kwargs: Any) -> None:
        pass

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return cls._wire_class.remote.call(cls, args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_wire") or not may_ask(name):
            raise AttributeError(name)
        return type.__getattribute__(cls, "_wire_class").remote.get_attribute(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith("_wire") or name in {"__abstractmethods__", "__doc__", "__bases__"}:
            type.__setattr__(cls, name, value)
            return
        _METHODS_PAUSED.add(cls)
        if isinstance(value, Member) or FORWARDS.get(name) is value:
            # A test puts back what it found here: the member itself never left the other side.
            cls._wire_class.remote.restore(cls, name)
            return
        if isinstance(vars(cls).get("_wire_body"), dict):
            type.__setattr__(cls, name, value)
        cls._wire_class.remote.set_attribute(cls, name, value)

    def __delattr__(cls, name: str) -> None:
        _METHODS_PAUSED.add(cls)
        cls._wire_class.remote.delete_attribute(cls, name)

    def __instancecheck__(cls, instance: Any) -> bool:
        if type.__instancecheck__(cls, instance):
            return True
        if vars(cls).get("_wire_checks"):
            return bool(cls._wire_class.remote.is_instance(instance, cls))
        return False

    @property
    def __mro__(cls) -> tuple[type, ...]:
        return tuple(one for one in real_mro(cls) if one not in _ROOTS)

    def mro(cls) -> list[type]:
        """Return the order of the bases; asked while the class is made, the whole of it."""
        return type.mro(cls) if real_mro(cls) is None else list(cls.__mro__)

    @property
    def __bases__(cls) -> tuple[type, ...]:
        shown = tuple(one for one in _BASES.__get__(cls) if one not in _ROOTS)
        return shown or (object,)

    @__bases__.setter
    def __bases__(cls, bases: tuple[type, ...]) -> None:
        _BASES.__set__(cls, bases)

    @property
    def __base__(cls) -> type:
        found: type = _BASE.__get__(cls)
        return object if found in _ROOTS else found

    @property  # type: ignore[misc]
    def __class__(cls) -> Any:
        return type.__getattribute__(cls, "__dict__").get("_wire_metaclass") or RemoteType

    @property
    def __annotations__(cls) -> Any:  # type: ignore[override]
        return cls._wire_class.remote.get_attribute(cls, "__annotations__")

    def __dir__(cls) -> list[str]:
        return list(cls._wire_class.remote.names(cls))

    def __bool__(cls) -> bool:
        return True

    def __len__(cls) -> int:
        return int(cls._wire_class.remote.special(cls, "__len__", (), {}))

    def __iter__(cls) -> Any:
        return cls._wire_class.remote.special(cls, "__iter__", (), {})

    def __getitem__(cls, key: Any) -> Any:
        return cls._wire_class.remote.special(cls, "__getitem__", (key,), {})

    def __contains__(cls, item: Any) -> bool:
        return bool(cls._wire_class.remote.special(cls, "__contains__", (item,), {}))


NOT_DERIVED: Final = frozenset({"__classcell__", "__qualname__", "__slots__", "__dict__", "__weakref__"})
"""What of a class's body stays with the class when its counterpart is made."""


def _derive(
    mcs: type[RemoteType], name: str, bases: tuple[type, ...], body: dict[str, Any], kwargs: dict[str, Any]
) -> RemoteType:
    """Make a class of this side that derives from one of the other side; it lives there too."""
    remote_bases = tuple(base for base in bases if isinstance(base, RemoteType))
    remote = remote_bases[0]._wire_class.remote
    cls = type.__new__(mcs, name, bases, {**body, "_wire_body": body})
    members = {key: value for key, value in body.items() if key not in NOT_DERIVED}
    remote.derive(cls, name, bases, members, kwargs)
    return cls


class RemoteObject(metaclass=RemoteType):
    """A stand-in for one object of the other side."""

    _wire_root = True
    _wire_shortcuts: frozenset[str] = frozenset()
    __slots__ = ("__weakref__", "_wire_ref")

    def __getattribute__(self, name: str) -> Any:
        if name in _LOCAL:
            return _get(self, name)
        if name == "__dataclass_fields__":
            return getattr(type(self), name)
        if not may_ask(name):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        reference: Reference = _get(self, "_wire_ref")
        cls = type(self)
        if name in cls._wire_shortcuts and not (_METHODS_PAUSED and _METHODS_PAUSED.intersection(cls.__mro__)):
            return RemoteMethod(self, name)
        return reference.remote.get_attribute(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if callable(value):
            _METHODS_PAUSED.add(type(self))
        reference: Reference = _get(self, "_wire_ref")
        reference.remote.set_attribute(self, name, value)

    def __delattr__(self, name: str) -> None:
        reference: Reference = _get(self, "_wire_ref")
        reference.remote.delete_attribute(self, name)

    def __repr__(self) -> str:
        reference: Reference = _get(self, "_wire_ref")
        return reference.remote.text(self, "repr")

    def __str__(self) -> str:
        reference: Reference = _get(self, "_wire_ref")
        return reference.remote.text(self, "str")

    def __format__(self, spec: str) -> str:
        reference: Reference = _get(self, "_wire_ref")
        return str(reference.remote.special(self, "__format__", (spec,), {}))

    def __dir__(self) -> list[str]:
        reference: Reference = _get(self, "_wire_ref")
        return reference.remote.names(self)

    def __copy__(self) -> Any:
        reference: Reference = _get(self, "_wire_ref")
        return reference.remote.special(self, "__copy__", (), {})

    def __deepcopy__(self, memo: Any) -> Any:
        reference: Reference = _get(self, "_wire_ref")
        return reference.remote.special(self, "__deepcopy__", (), {})

    def __reduce_ex__(self, protocol: Any) -> Any:
        reference: Reference = _get(self, "_wire_ref")
        data = reference.remote.pickled(self, int(protocol))
        _PICKLED_BY[:] = [reference.remote]
        return unpickled, (data,)


_PICKLED_BY: Final[list[Remote]] = []


def unpickled(data: bytes) -> Any:
    """Return the object that the other side makes of what it pickled."""
    if not _PICKLED_BY or type(data) is not bytes:
        raise TypeError("nothing was pickled")
    return _PICKLED_BY[0].unpickle(data)


type.__delattr__(RemoteObject, "__slots__")  # the layout is made; whoever asks means the other side's


class RemoteAwaitable(RemoteObject):
    """A stand-in for a coroutine or another awaitable: it runs in the other side's event loop.

    This side's loop goes on meanwhile and asks now and then, so that several can run at a time.
    """

    _wire_root = True
    __slots__ = ("_wire_running",)

    def __getattribute__(self, name: str) -> Any:
        if name in _AWAITABLE_NAMES:
            return _get(self, name)
        return RemoteObject.__getattribute__(self, name)

    def __await__(self) -> Generator[Any, Any, Any]:
        reference: Reference = _get(self, "_wire_ref")
        state, value = reference.remote.start(self)
        cancelled: asyncio.CancelledError | None = None
        while state is None:
            try:
                yield from asyncio.sleep(_POLL_SECONDS).__await__()
                state, value = reference.remote.poll(self)
            except asyncio.CancelledError as error:
                cancelled = error
                state, value = reference.remote.cancel(self)
            except GeneratorExit:
                reference.remote.cancel(self)
                raise
        if state is False:
            if cancelled is not None and type(value).__name__ == "CancelledError":
                raise cancelled
            raise value
        return value

    def _wire_generator(self) -> Generator[Any, Any, Any]:
        try:
            running: Generator[Any, Any, Any] = _get(self, "_wire_running")
        except AttributeError:
            running = RemoteAwaitable.__await__(self)
            object.__setattr__(self, "_wire_running", running)
        return running

    def send(self, value: Any) -> Any:
        """Go on, as an event loop does with a coroutine."""
        return _get(self, "_wire_generator")().send(value)

    def throw(self, *error: Any) -> Any:
        """Raise an exception where the coroutine waits."""
        return _get(self, "_wire_generator")().throw(*error)

    def close(self) -> None:
        """Give the coroutine up."""
        _get(self, "_wire_generator")().close()


_ROOTS.extend((RemoteObject, RemoteAwaitable))
_AWAITABLE_NAMES: Final = frozenset({"send", "throw", "close", "__await__", "_wire_generator", "_wire_running"})
_POLL_SECONDS: Final = 0.001


class RemoteMethod:
    """A method of an object of the other side, fetched only when more than its call is wanted."""

    __slots__ = ("_wire_method", "_wire_target")

    def __init__(self, target: Any, name: str) -> None:
        object.__setattr__(self, "_wire_target", target)
        object.__setattr__(self, "_wire_method", name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        target = _get(self, "_wire_target")
        return reference_of(target).remote.call_method(target, _get(self, "_wire_method"), args, kwargs)

    def __getattribute__(self, name: str) -> Any:
        if name in {"_wire_target", "_wire_method"}:
            return _get(self, name)
        if name == "__class__":
            return types.MethodType
        if name == "__self__":
            return _get(self, "_wire_target")
        target = _get(self, "_wire_target")
        whole = reference_of(target).remote.get_attribute(target, _get(self, "_wire_method"))
        return getattr(whole, name)

    def __setattr__(self, name: str, value: Any) -> None:
        target = _get(self, "_wire_target")
        whole = reference_of(target).remote.get_attribute(target, _get(self, "_wire_method"))
        setattr(whole, name, value)

    def __eq__(self, other: object) -> bool:
        return (
            type(other) is RemoteMethod
            and _get(other, "_wire_target") is _get(self, "_wire_target")
            and _get(other, "_wire_method") == _get(self, "_wire_method")
        )

    def __hash__(self) -> int:
        return hash((id(_get(self, "_wire_target")), _get(self, "_wire_method")))

    def __repr__(self) -> str:
        return f"<bound method {_get(self, '_wire_method')}>"


class Member:
    """What a stand-in class holds for each member: used by `super()` and by values with methods."""

    __slots__ = ("_wire_kind", "_wire_name", "_wire_owner")

    def __init__(self, name: str, kind: str) -> None:
        self._wire_name = name
        self._wire_kind = kind
        self._wire_owner: Any = None

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return _MEMBER_CLASSES.get(self._wire_kind, type(self))

    def __getattr__(self, name: str) -> Any:
        # Whoever looks into the class's namespace sees the function itself.
        if name.startswith("_wire") or self._wire_owner is None or not may_ask(name):
            raise AttributeError(name)
        return getattr(self._wire_owner._wire_class.remote.get_attribute(self._wire_owner, self._wire_name), name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._wire_owner._wire_class.remote.get_attribute(self._wire_owner, self._wire_name)(*args, **kwargs)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        remote = self._wire_owner._wire_class.remote
        if instance is None:
            return remote.get_attribute(owner, self._wire_name)
        if self._wire_kind != describe.FUNCTION:
            return remote.bind(self._wire_owner, self._wire_name, instance)

        def method(*args: Any, **kwargs: Any) -> Any:
            return remote.call_inherited(self._wire_owner, self._wire_name, instance, args, kwargs)

        method.__name__ = method.__qualname__ = self._wire_name
        return method


_MEMBER_CLASSES: Final[dict[str, type]] = {
    describe.FUNCTION: types.FunctionType,
    describe.STATIC: staticmethod,
    describe.CLASS: classmethod,
    describe.PROPERTY: property,
}


class Property(Member):
    """A member of a value that is computed, never stored here."""

    __slots__ = ()

    def __set__(self, instance: Any, value: Any) -> None:
        raise AttributeError(f"can't set attribute {self._wire_name!r}")


def reference_of(target: Any) -> Reference:
    """Return the reference behind a stand-in (instance, class or exception)."""
    if isinstance(target, type):
        found = type.__getattribute__(target, "_wire_class")
    else:
        try:
            found = _get(target, "_wire_ref")
        except AttributeError:
            found = type.__getattribute__(type(target), "_wire_class")
    if not isinstance(found, Reference):
        raise WireError("no stand-in")
    return found


def _forward(name: str) -> Callable[..., Any]:
    def special(self: Any, *args: Any, **kwargs: Any) -> Any:
        return reference_of(self).remote.special(self, name, args, kwargs)

    special.__name__ = special.__qualname__ = name
    return special


def _call(self: Any, *args: Any, **kwargs: Any) -> Any:
    return reference_of(self).remote.call(self, args, kwargs)


FORWARDS: Final = {name: _forward(name) for name in describe.SPECIALS | describe.DESCRIPTORS} | {"__call__": _call}
