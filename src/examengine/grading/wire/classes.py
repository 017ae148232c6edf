# ruff: noqa: SLF001, TRY004 - damaged bytes are one kind of error, whatever is wrong with them
"""Stand-in classes, built from descriptions of the other side's classes. Every part is checked.

They are real classes with the real bases where that is safe, and real enumerations, so that
`isinstance`, `except`, `super()`, pattern matching and identity work without asking anybody.
"""

import abc
import dataclasses
import enum
import functools
import io
import operator
import types
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from examengine.grading.wire import describe
from examengine.grading.wire.frames import WireError
from examengine.grading.wire.known import is_class, resolve
from examengine.grading.wire.layout import KINDS
from examengine.grading.wire.proxies import (
    FORWARDS,
    Member,
    Property,
    Reference,
    Remote,
    RemoteAwaitable,
    RemoteObject,
    RemoteType,
    reference_of,
)
from examengine.grading.wire.scalars import PACKERS

_TEXT: Final = frozenset({"__repr__", "__str__", "__format__", "__copy__", "__deepcopy__"})
_COMPUTED: Final = frozenset({describe.DESCRIPTOR, describe.PROPERTY})
_MAX_NAME: Final = 300
_DATA_PACKAGES: Final = frozenset({"numpy", "pandas", "scipy"})
"""Libraries whose data crosses by value: no stand-in may pass for it."""
_DATA: Final = (*describe.VALUE_BASES, *describe.STORAGE_BASES, *PACKERS, *KINDS, frozenset, enum.Enum)
_UNFIT_OUTCOMES: Final = ("_pytest", "pytest", "unittest", "bdb", "hypothesis", "examengine")
"""Packages whose exceptions steer a run of tests; the class says where it stands, not the name it was asked by."""


class Description(NamedTuple):
    """What `describe` tells of a class; of a hostile side, nothing in it is what it should be."""

    key: Any
    name: Any
    qualname: Any
    module: Any
    doc: Any
    kind: Any
    base: Any
    owned: Any
    bases: Any
    specials: Any
    unhashable: Any
    members: Any
    extra: Any
    abstract: Any
    metaclass: Any

    def check(self) -> None:
        """Raise `WireError` where a part has the wrong type."""
        texts = (self.name, self.qualname, self.module, self.kind)
        if any(type(text) is not str or len(text) > _MAX_NAME or "\0" in text for text in texts):
            raise WireError("a class with a damaged name")
        if type(self.key) is not int or not is_class(self.base) or type(self.bases) is not tuple:
            raise WireError("a damaged class")

    @property
    def has_values(self) -> bool:
        """Tell whether the class's objects are, beneath, plain values or containers."""
        return self.kind in {describe.VALUE, describe.STORAGE, describe.ENUM}

    @property
    def stand_ins(self) -> list[type]:
        """Return the bases that are classes here."""
        return [base for base in self.bases if is_class(base)]


def build_class(
    remote: Remote,
    description: tuple[Any, ...],
    *,
    compares_values: bool,
    is_library: Callable[[str], bool],
) -> tuple[int, type]:
    """Build the stand-in class that a description asks for; return it with its key.

    With `compares_values` unset, values with classes of their own (an int or a tuple subclass, an
    enum member) are compared and calculated with by this side's own rules alone.
    """
    told = Description(*description)
    told.check()
    real = None
    if not told.owned and is_library(told.module):
        real = _library_class(told.module, told.qualname)
        if real is not None and issubclass(real, BaseException):
            return told.key, real
    body: dict[str, Any] = {
        "__module__": told.module,
        "__qualname__": told.qualname,
        "__doc__": told.doc if type(told.doc) is str else None,
        "_wire_class": Reference(remote, told.key),
    }
    known = {text: member for text, member in told.members if type(text) is str}
    forwards = _forwards(told, compares_values=compares_values)
    if told.kind == describe.ENUM:
        return told.key, _build_enum(body, told.name, forwards, known, told.extra)
    body |= forwards
    bases = _complete(told, body)
    if told.kind == describe.STORAGE and told.owned and not compares_values:
        body |= {"__setattr__": _set_beside, "__delattr__": _delete_beside}
    made = [_member(text, member) for text, member in known.items() if text not in body and _fits_member(text)]
    body |= {member._wire_name: member for member in made}
    body["_wire_shortcuts"] = frozenset(text for text, member in known.items() if member == describe.FUNCTION).union(
        *(getattr(base, "_wire_shortcuts", frozenset()) for base in bases)
    )
    if told.metaclass is not None:
        # A metaclass may have a say in isinstance(); "type" itself never does.
        body["_wire_checks"] = True
        body["_wire_metaclass"] = _metaclass(told.metaclass, is_library)
    if real is not None and told.kind == describe.OBJECT:
        body["__class__"] = property(lambda _: real)
        if real in _BINDING:
            body["__get__"] = _bound
    cls = _make(told, bases, body)
    for member in made:
        member._wire_owner = cls
    if real is not None:
        type.__setattr__(cls, "_wire_library", real)
        for stream in _STREAMS:
            if issubclass(real, stream):
                stream.register(cls)
    return told.key, cls


def _bound(self: Any, instance: Any, _owner: Any = None) -> Any:
    """Bind a function of the other side that a class of this side holds, as a function of this side would be."""
    return self if instance is None else types.MethodType(self, instance)


_STREAMS: Final = (io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase)
"""Classes by which libraries tell, of an object's type, whether it takes text or bytes."""

_BINDING: Final[tuple[type, ...]] = (types.FunctionType, type(functools.cache(lambda: None)))
"""Library classes whose objects become methods in a class's body."""


def _forwards(told: Description, *, compares_values: bool) -> dict[str, Any]:
    """Return the special methods that are sent across."""
    allowed = describe.SPECIALS & set(told.specials)
    if told.has_values:
        allowed = allowed - {"__hash__"}
        if not compares_values:
            allowed = allowed - describe.COMPARISONS - describe.BINARY - describe.UNARY
    else:
        allowed = allowed - _TEXT
        if told.owned and not compares_values:
            allowed |= describe.DESCRIPTORS & set(told.specials)
    body: dict[str, Any] = {text: FORWARDS[text] for text in allowed}
    if "__next__" in body and "__copy__" not in told.specials:
        # itertools.tee copies what can be copied, and keeps the items of what cannot.
        body["__copy__"] = _Absent()
    return body


class _Absent:
    """A name that a class does not have, whatever its bases say."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        raise AttributeError("__copy__")


def _complete(told: Description, body: dict[str, Any]) -> tuple[type, ...]:
    """Add to the body what the kind of class needs; return the bases to derive it from."""
    if told.extra and told.extra[0] == "dataclass":
        body["__dataclass_fields__"] = _dataclass_fields(told.extra[1])
        body["__dataclass_params__"] = types.SimpleNamespace(**{name: flag is True for name, flag in told.extra[2]})
    if told.kind == describe.OBJECT:
        body["__slots__"] = ()
        if told.unhashable:
            body["__hash__"] = None
        local: tuple[type, ...] = tuple(base for base in told.stand_ins if isinstance(base, RemoteType))
        if "__await__" in body and not local:
            del body["__await__"]
            return (RemoteAwaitable,)
        return local or (RemoteObject,)
    if told.kind == describe.EXCEPTION:
        local = tuple(base for base in told.stand_ins if issubclass(base, BaseException))
        bases = tuple(_fit_exception(base) for base in local) or (Exception,)
        if not any(isinstance(base, RemoteType) for base in bases):
            body |= {"__getattr__": _exception_attribute, "__str__": _exception_text}
        return bases
    if told.has_values and told.base in (*describe.VALUE_BASES, *describe.STORAGE_BASES):
        body["__getattr__"] = _value_attribute
        body |= _fields(told.extra)
        derived = [base for base in told.stand_ins if isinstance(base, RemoteType)]
        return tuple(base for base in derived if issubclass(base, told.base)) or (told.base,)
    raise WireError("an unknown kind of class")


def _member(name: str, kind: str) -> Member:
    return Property(name, kind) if kind in _COMPUTED else Member(name, kind)


def _make(told: Description, bases: tuple[type, ...], body: dict[str, Any]) -> type:
    """Make the class; bases that do not go together here give way to the first."""
    libraries = _library_bases(bases) if told.kind == describe.OBJECT else []
    if libraries:
        body["__class__"] = _shown_class(told, libraries)
    cls: Any
    try:
        cls = type.__new__(RemoteType, told.name, bases, body)
    except TypeError:
        first = RemoteObject if told.kind == describe.OBJECT else bases[0]
        cls = type.__new__(RemoteType, told.name, (first,), body)
    if "__slots__" in vars(cls):
        type.__delattr__(cls, "__slots__")
    if told.kind == describe.OBJECT and told.abstract:
        type.__setattr__(cls, "__abstractmethods__", frozenset(told.abstract))
    for library in libraries:
        if isinstance(library, abc.ABCMeta):
            abc.ABCMeta.register(library, cls)
    return cls  # type: ignore[no-any-return]


def _library_bases(bases: tuple[type, ...]) -> list[type]:
    """Return the libraries' own classes that stand-ins among the bases stand for."""
    found = [vars(c).get("_wire_library") for base in bases for c in type.mro(base)]
    # The hooks of typing's own classes look into every class that is registered.
    return [library for library in found if library is not None and library.__module__ != "typing"]


def _shown_class(told: Description, libraries: list[type]) -> property:
    """Return what `__class__` shows, so that `isinstance` knows a library's class among the bases."""
    plain = [library for library in libraries if not isinstance(library, abc.ABCMeta)]
    shadow = (_shadow(told, tuple(plain)) or _shadow(told, tuple(plain[:1]))) if plain else None
    return property(lambda self: shadow or type(self))


def _shadow(told: Description, libraries: tuple[type, ...]) -> type | None:
    """Return an empty class of the same name that derives from libraries': all that is shown of it."""
    try:
        return types.new_class(
            told.name, libraries, {}, lambda body: body.update(__module__=told.module, __qualname__=told.qualname)
        )
    except Exception:  # noqa: BLE001 - a library may refuse to be derived from
        return None


def _metaclass(named: Any, is_library: Callable[[str], bool]) -> type | None:
    """Return the metaclass to show: a library's own, where it is loaded here."""
    module, qualname = named
    if type(module) is not str or type(qualname) is not str:
        raise WireError("a damaged class")
    found: Any = _library_class(module, qualname) if is_library(module) else None
    return found if is_class(found) and issubclass(found, type) else None


def _fits_member(name: str) -> bool:
    is_special = name.startswith("__") and name.endswith("__")
    return name == "__init__" or not (is_special or name.startswith("_wire"))


def _library_class(module: str, qualname: str) -> type | None:
    """Return this side's own class of that name, if it is loaded here and safe to stand in for."""
    if module == "builtins":
        return _TYPES_BY_NAME.get(qualname)
    try:
        value = resolve(module, qualname, load=False)
    except LookupError:
        return None
    if not is_class(value):
        return None
    found: type = value
    if issubclass(found, BaseException):
        packages = {module.partition(".")[0], str(found.__module__).partition(".")[0]}
        unfit = not packages.isdisjoint(_UNFIT_OUTCOMES) or not issubclass(found, Exception)
        return None if unfit else found
    if issubclass(found, _DATA) or module.partition(".")[0] in _DATA_PACKAGES:
        return None
    return found


_TYPES_BY_NAME: Final = {
    value.__qualname__: value
    for value in vars(types).values()
    if isinstance(value, type) and value.__module__ == "builtins"
} | {
    value.__qualname__: value
    for value in (
        *(map, filter, zip, enumerate, reversed, property, memoryview),
        *map(type, ({}.keys(), {}.values(), {}.items())),
    )
}


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


def _value_attribute(self: Any, name: str) -> Any:
    if name.startswith(("_wire", "__array")) or name == "__dict__":
        raise AttributeError(name)
    if issubclass(type(self), enum.Enum) and name.startswith("_"):
        raise AttributeError(name)
    return reference_of(self).remote.get_attribute(self, name)


def _set_beside(self: Any, name: str, value: Any) -> None:
    """Set an attribute of a list, dict or set of the other side, by its class's own rules."""
    if name.startswith("_wire"):
        object.__setattr__(self, name, value)
        return
    reference_of(self).remote.set_attribute(self, name, value)


def _delete_beside(self: Any, name: str) -> None:
    reference_of(self).remote.delete_attribute(self, name)


def _fields(extra: tuple[Any, ...]) -> dict[str, Any]:
    if not extra or extra[0] != "fields":
        return {}
    names = [name for name in extra[1] if type(name) is str and _fits_member(name)]
    getters: dict[str, Any] = {name: property(operator.itemgetter(position)) for position, name in enumerate(names)}
    return {**getters, "_fields": tuple(names), "__match_args__": tuple(names)}


def _dataclass_fields(told: Any) -> dict[str, Any]:
    """Rebuild the fields of a dataclass, for `dataclasses.fields` and all that rests on it."""
    made: dict[str, Any] = {}
    for name, annotation, has_default, default, factory, flags in told:
        if type(name) is not str or (factory is not None and not is_class(factory)):
            raise WireError("a damaged field")
        chosen: dict[str, Any] = dict(zip(describe.FIELD_FLAGS, (flag is True for flag in flags), strict=True))
        make: Any = dataclasses.field
        if has_default is True:
            chosen["default"] = default
        elif factory is not None:
            chosen["default_factory"] = factory
        field = make(**chosen)
        field.name, field.type, field._field_type = name, annotation, _FIELD_TYPE
        made[name] = field
    return made


def _take_field_type() -> Any:
    made: Any = dataclasses.make_dataclass("_Sample", ["sample"])
    return made.__dataclass_fields__["sample"]._field_type


_FIELD_TYPE: Final = _take_field_type()
"""The mark by which `dataclasses` knows a field that is stored."""


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
        if kind == describe.FUNCTION or kind in _COMPUTED:
            member = _member(text, kind)
            made.append(member)
            namespace[text] = member
    for text, forward in forwards.items():
        namespace[text] = forward

    if not plain_values:
        namespace["value"] = Property("value", describe.DESCRIPTOR)
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
