"""Local stand-ins for objects and classes of the other side.

An instance holds a key and nothing else; what is done to it is sent across. A stand-in class is a
real class here, so that `isinstance`, `except`, `super()` and pattern matching work natively.
What a comparison or an operator may rely on is the policy of the side, not of this file.
"""

import abc
import asyncio
import dataclasses
import enum
import operator
import types
from collections.abc import Callable, Generator
from typing import Any, Final, Protocol

from examengine.grading.wire import describe
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.known import is_class, known_name, resolve


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
    def names(self, target: Any) -> list[str]: ...
    def text(self, target: Any, how: str) -> str: ...
    def is_instance(self, value: Any, cls: Any) -> bool: ...
    def derive(self, cls: Any, name: str, bases: tuple[Any, ...], body: dict[str, Any]) -> None: ...


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
        "__slots__",
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
        for name in (
            "dict doc name qualname module wrapped code defaults kwdefaults annotations closure self func "
            "signature init isabstractmethod abstractmethods members match_args orig_bases parameters "
            "args origin slots objclass text_signature type_params notes cause context version author "
            "all path file"
        ).split()
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


class RemoteType(type):
    """The class of stand-in classes."""

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        body: dict[str, Any],
        **kwargs: Any,
    ) -> "RemoteType":
        if "_wire_class" in body or body.get("_wire_root"):
            return type.__new__(mcs, name, bases, body)
        return _derive(mcs, name, bases, body)

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
        if isinstance(value, Member) or _FORWARDS.get(name) is value:
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
            return cls._wire_class.remote.is_instance(instance, cls)
        return False

    @property
    def __class__(cls) -> Any:  # type: ignore[override]
        return type.__getattribute__(cls, "__dict__").get("_wire_metaclass") or RemoteType

    @property
    def __annotations__(cls) -> Any:  # type: ignore[override]
        return cls._wire_class.remote.get_attribute(cls, "__annotations__")

    def __dir__(cls) -> list[str]:
        return cls._wire_class.remote.names(cls)

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


def _derive(mcs: type[RemoteType], name: str, bases: tuple[type, ...], body: dict[str, Any]) -> RemoteType:
    """Make a class of this side that derives from one of the other side; it lives there too."""
    remote_bases = tuple(base for base in bases if isinstance(base, RemoteType))
    remote = remote_bases[0]._wire_class.remote
    cls = type.__new__(mcs, name, bases, {**body, "_wire_body": body})
    members = {
        key: value
        for key, value in body.items()
        if key not in {"__classcell__", "__qualname__", "__slots__", "__dict__", "__weakref__"}
    }
    remote.derive(cls, name, bases, members)
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
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")


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
        while state is None:
            yield from asyncio.sleep(_POLL_SECONDS).__await__()
            state, value = reference.remote.poll(self)
        if state is False:
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


class _Property(Member):
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


_FORWARDS: Final = {name: _forward(name) for name in describe.SPECIALS} | {"__call__": _call}
_TEXT: Final = frozenset({"__repr__", "__str__", "__format__", "__copy__", "__deepcopy__"})

_MAX_NAME: Final = 300
_DATA_PACKAGES: Final = frozenset({"numpy", "pandas", "scipy"})
"""Libraries whose data crosses by value: no stand-in may pass for it."""
_UNFIT_OUTCOMES: Final = ("_pytest", "pytest", "unittest", "bdb", "examengine")


def build_class(
    remote: Remote,
    description: tuple[Any, ...],
    *,
    compares_values: bool,
    is_library: Callable[[str], bool],
) -> tuple[int, type]:
    """Build the stand-in class that a description asks for; every part of it is checked.

    With `compares_values` unset, values with classes of their own (an int or a tuple subclass, an
    enum member) are compared and calculated with by this side's own rules alone.
    """
    (key, name, qualname, module, doc, kind, base, owned, bases, specials, unhashable, members,
     extra, abstract, metaclass) = description  # fmt: skip
    texts = (name, qualname, module, kind)
    if any(type(text) is not str or len(text) > _MAX_NAME or "\0" in text for text in texts):
        raise WireError("a class with a damaged name")
    if type(key) is not int or not isinstance(base, type) or type(bases) is not tuple:
        raise WireError("a damaged class")
    if not owned and is_library(module):
        found = _library_class(module, qualname)
        if found is not None and issubclass(found, BaseException):
            return key, found
    body: dict[str, Any] = {
        "__module__": module,
        "__qualname__": qualname,
        "__doc__": doc if type(doc) is str else None,
        "_wire_class": Reference(remote, key),
    }
    known = {text: kind_ for text, kind_ in members if type(text) is str}
    allowed = describe.SPECIALS & set(specials)
    if kind in {describe.VALUE, describe.STORAGE, describe.ENUM} and not compares_values:
        allowed = allowed - describe.COMPARISONS - describe.BINARY - describe.UNARY
    if kind in {describe.VALUE, describe.STORAGE, describe.ENUM}:
        allowed = allowed - {"__hash__"}
    forwards = {text: _FORWARDS[text] for text in allowed if text not in _TEXT or kind != "object"}
    if kind == describe.ENUM:
        return key, _build_enum(remote, body, name, forwards, known, extra)
    body |= forwards
    if unhashable and kind == describe.OBJECT:
        body["__hash__"] = None
    stand_ins = [item for item in bases if isinstance(item, type)]
    if kind == describe.OBJECT:
        body["__slots__"] = ()
        local = tuple(item for item in stand_ins if isinstance(item, RemoteType))
        bases_here: tuple[type, ...] = local or (RemoteObject,)
        if "__await__" in allowed and not local:
            bases_here = (RemoteAwaitable,)
            del body["__await__"]
    elif kind == describe.EXCEPTION:
        local = tuple(item for item in stand_ins if issubclass(item, BaseException))
        bases_here = tuple(_fit_exception(item) for item in local) or (Exception,)
        body |= _EXCEPTION_BODY
        if not any(isinstance(item, RemoteType) for item in bases_here):
            body |= {"__getattr__": _exception_attribute, "__str__": _exception_text}
    elif kind in {describe.VALUE, describe.STORAGE}:
        if base not in describe.VALUE_BASES and base not in describe.STORAGE_BASES:
            raise WireError("a damaged class")
        local = tuple(item for item in stand_ins if isinstance(item, RemoteType) and issubclass(item, base))
        bases_here = local or (base,)
        body["__getattr__"] = _value_attribute
        body |= _fields(extra)
    else:
        raise WireError("an unknown kind of class")
    made = [
        Member(text, member) if member != describe.DESCRIPTOR else _Property(text, member)
        for text, member in known.items()
        if text not in body and not text.startswith("_wire") and _fits_member(text)
    ]
    body |= {member._wire_name: member for member in made}
    body["_wire_shortcuts"] = frozenset(text for text, member in known.items() if member == describe.FUNCTION).union(
        *(getattr(item, "_wire_shortcuts", frozenset()) for item in bases_here)
    )
    if extra and extra[0] == "dataclass":
        body["__dataclass_fields__"] = _dataclass_fields(extra[1])
        body["__dataclass_params__"] = None
    if metaclass is not None:
        # A metaclass may have a say in isinstance(); "type" itself never does.
        body["_wire_checks"] = True
        body["_wire_metaclass"] = _metaclass(metaclass, is_library)
    real = None if owned or not is_library(module) else _library_class(module, qualname)
    if real is not None and kind == describe.OBJECT:
        body["__class__"] = property(lambda _: real)
    try:
        cls = type.__new__(RemoteType, name, bases_here, body)
    except TypeError:
        fallback = RemoteObject if kind == describe.OBJECT else bases_here[0]
        cls = type.__new__(RemoteType, name, (fallback,), body)
    if abstract and kind == describe.OBJECT:
        type.__setattr__(cls, "__abstractmethods__", frozenset(abstract))
    for member in made:
        member._wire_owner = cls
    for item in stand_ins:
        found = vars(item).get("_wire_library")
        if isinstance(found, abc.ABCMeta) and kind == describe.OBJECT:
            found.register(cls)
    if real is not None:
        cls._wire_library = real  # type: ignore[attr-defined]
    return key, cls


def _metaclass(named: Any, is_library: Callable[[str], bool]) -> type | None:
    """Return the metaclass to show: a library's own, where it is loaded here."""
    module, qualname = named
    if type(module) is not str or type(qualname) is not str:
        raise WireError("a damaged class")
    found = _library_class(module, qualname) if is_library(module) else None
    return found if isinstance(found, type) and issubclass(found, type) else None


def _fits_member(name: str) -> bool:
    return not (name.startswith("__") and name.endswith("__")) or name == "__init__"


def _library_class(module: str, qualname: str) -> type | None:
    """Return this side's own class of that name, if it is loaded here and safe to stand in for."""
    if module == "builtins":
        return _TYPES_BY_NAME.get(qualname)
    try:
        found = resolve(module, qualname, load=False)
    except LookupError:
        return None
    if not is_class(found):
        return None
    if issubclass(found, BaseException):
        unfit = module.partition(".")[0] in _UNFIT_OUTCOMES or not issubclass(found, Exception)
        return None if unfit else found
    if known_name(found) is not None or module.partition(".")[0] in _DATA_PACKAGES:
        return None
    return found


_TYPES_BY_NAME: Final = {
    value.__qualname__: value
    for value in vars(types).values()
    if isinstance(value, type) and value.__module__ == "builtins"
} | {value.__qualname__: value for value in (map, filter, zip, enumerate, reversed, property)}


def _fit_exception(cls: type) -> type:
    """Return the class to derive a stand-in exception from: control flow never crosses."""
    if cls is KeyboardInterrupt:
        return BaseException
    return cls


def _exception_attribute(self: Any, name: str) -> Any:
    if name.startswith("_wire") or name in {"__notes__", "__dict__"}:
        raise AttributeError(name)
    reference = vars(self).get("_wire_ref")
    if not isinstance(reference, Reference):
        raise AttributeError(name)
    return reference.remote.get_attribute(self, name)


def _exception_text(self: Any) -> str:
    text = vars(self).get("_wire_text")
    return text if type(text) is str else BaseException.__str__(self)


_EXCEPTION_BODY: Final[dict[str, Any]] = {}


def _value_attribute(self: Any, name: str) -> Any:
    if name.startswith(("_wire", "__array")) or name == "__dict__":
        raise AttributeError(name)
    if issubclass(type(self), enum.Enum) and name.startswith("_"):
        raise AttributeError(name)
    return reference_of(self).remote.get_attribute(self, name)


def _fields(extra: tuple[Any, ...]) -> dict[str, Any]:
    if not extra or extra[0] != "fields":
        return {}
    names = [name for name in extra[1] if type(name) is str and _fits_member(name)]
    getters: dict[str, Any] = {name: property(operator.itemgetter(position)) for position, name in enumerate(names)}
    return {**getters, "_fields": tuple(names), "__match_args__": tuple(names)}


def _dataclass_fields(names: Any) -> dict[str, Any]:
    made = dataclasses.make_dataclass("_Fields", [name for name in names if type(name) is str])
    fields: dict[str, Any] = made.__dataclass_fields__
    return fields


class RemoteEnumType(enum.EnumType):
    """The class of stand-in enumerations: real enumerations here, with the same members."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        reference = vars(cls).get("_wire_class")
        if not isinstance(reference, Reference):
            raise AttributeError(name)
        return reference.remote.get_attribute(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        reference = vars(cls).get("_wire_class")
        if not isinstance(reference, Reference) or name.startswith("_"):
            super().__setattr__(name, value)
            return
        reference.remote.set_attribute(cls, name, value)


def _build_enum(
    remote: Remote,
    body: dict[str, Any],
    name: str,
    forwards: dict[str, Any],
    members: dict[str, str],
    extra: tuple[Any, ...],
) -> type:
    """Build a real enumeration with the members of the other side's."""
    _, flavour, mixin, values, plain_values = extra
    if not isinstance(flavour, type) or not issubclass(flavour, enum.Enum):
        raise WireError("a damaged enumeration")
    if not plain_values:
        # Values that are objects or containers stay where they are and are fetched when asked for.
        mixin = None
    plain = mixin in describe.VALUE_BASES and not issubclass(flavour, mixin)
    bases = (mixin, flavour) if plain else (flavour,)
    namespace: Any = RemoteEnumType.__prepare__(name, bases)
    for text in ("__module__", "__qualname__", "__doc__"):
        namespace[text] = body[text]
    listed = {text for text, _ in values}
    made: list[Member] = []
    for text, kind in members.items():
        if text in listed or text.startswith("_"):
            continue
        if kind == describe.FUNCTION or kind == describe.DESCRIPTOR:
            member = Member(text, kind) if kind == describe.FUNCTION else _Property(text, kind)
            made.append(member)
            namespace[text] = member
    for text, forward in forwards.items():
        namespace[text] = forward

    if not plain_values:
        namespace["value"] = _Property("value", describe.DESCRIPTOR)
        made.append(namespace["value"])

    def missing(cls: Any, value: object) -> Any:
        reference = vars(cls).get("_wire_class")
        return None if reference is None else reference.remote.call(cls, (value,), {})

    if not issubclass(flavour, enum.Flag):
        namespace["_missing_"] = classmethod(missing)
    for text, value in values:
        if type(text) is not str or not text.isidentifier() or text in namespace:
            raise WireError("a damaged enumeration")
        namespace[text] = value
    cls: Any = RemoteEnumType.__new__(RemoteEnumType, name, bases, namespace)
    type.__setattr__(cls, "_wire_class", body["_wire_class"])
    type.__setattr__(cls, "__getattr__", _value_attribute)
    for member in made:
        member._wire_owner = cls
    return cls  # type: ignore[no-any-return]
