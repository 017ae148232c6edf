"""A class of this side, as plain data from which the other side builds its stand-in."""

import dataclasses
import enum
import types
from typing import Any, Final

from examengine.grading.wire.known import known_name

ARITHMETIC: Final = [
    "add",
    "sub",
    "mul",
    "matmul",
    "truediv",
    "floordiv",
    "mod",
    "divmod",
    "pow",
    "lshift",
    "rshift",
    "and",
    "xor",
    "or",
]
COMPARISONS: Final = frozenset({"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"})
BINARY: Final = frozenset(
    f"__{prefix}{name}__" for name in ARITHMETIC for prefix in ("", "r", "i") if (prefix, name) != ("i", "divmod")
)
UNARY: Final = frozenset(
    f"__{name}__"
    for name in ["neg", "pos", "abs", "invert", "int", "float", "complex", "index", "round", "trunc", "floor", "ceil"]
)
SPECIALS: Final = (
    COMPARISONS
    | BINARY
    | UNARY
    | frozenset(
        f"__{name}__"
        for name in [
            "len",
            "getitem",
            "setitem",
            "delitem",
            "contains",
            "iter",
            "next",
            "reversed",
            "missing",
            "call",
            "enter",
            "exit",
            "aenter",
            "aexit",
            "aiter",
            "anext",
            "await",
            "bool",
            "hash",
            "repr",
            "str",
            "format",
            "bytes",
            "copy",
            "deepcopy",
            "fspath",
            "length_hint",
            "array",
        ]
    )
)
"""The special methods that a stand-in may forward; numpy's override protocols are not among them."""

DESCRIPTORS: Final = frozenset({"__get__", "__set__", "__delete__", "__set_name__"})
"""Special methods of what stands in a class's body: the submission's descriptors work in a test's classes too."""

VALUE_BASES: Final[tuple[type, ...]] = (int, float, complex, str, bytes, tuple)
STORAGE_BASES: Final[tuple[type, ...]] = (list, dict, set)

# Kinds of classes.
OBJECT, EXCEPTION, VALUE, STORAGE, ENUM = "object", "exception", "value", "storage", "enum"

# Kinds of members.
FUNCTION, STATIC, CLASS, DESCRIPTOR, PROPERTY = "f", "s", "c", "p", "P"


def class_kind(cls: type) -> tuple[str, type]:
    """Return the kind of a class and the builtin type that its instances are by value."""
    if issubclass(cls, BaseException):
        return EXCEPTION, BaseException
    if issubclass(cls, enum.Enum):
        return ENUM, enum.Enum
    for base in VALUE_BASES:
        if issubclass(cls, base):
            return VALUE, base
    for base in STORAGE_BASES:
        if issubclass(cls, base):
            return STORAGE, base
    return OBJECT, object


def describe(key: int, cls: type, *, owned: bool, bases: tuple[type, ...]) -> tuple[Any, ...]:
    """Return the description of a class: names and kinds of its members, never their code."""
    kind, base = class_kind(cls)
    flat = not owned or kind in {VALUE, STORAGE, ENUM}
    sources = [c for c in cls.__mro__ if c is not object] if flat else [cls]
    if flat:
        sources = [c for c in sources if c not in _PLAIN_BASES]
    specials: set[str] = set()
    unhashable = False
    members: dict[str, str] = {}
    for source in reversed(sources):
        for name, value in vars(source).items():
            if name == "__hash__":
                unhashable = value is None
            if name in SPECIALS or (owned and name in DESCRIPTORS):
                if value is not None:
                    specials.add(name)
            elif owned and (not _is_dunder(name) or name == "__init__"):
                member = _member_kind(value)
                if member is not None:
                    members[name] = member
    if unhashable:
        specials.discard("__hash__")
    return (
        key,
        cls.__name__,
        cls.__qualname__,
        cls.__module__ if type(cls.__module__) is str else "",
        cls.__doc__ if type(cls.__doc__) is str else None,
        kind,
        base,
        owned,
        bases,
        tuple(sorted(specials)),
        unhashable,
        tuple(sorted(members.items())),
        _extra(cls, kind),
        tuple(sorted(name for name in getattr(cls, "__abstractmethods__", ()) if type(name) is str)),
        None if type(cls) is type else (type(cls).__module__, type(cls).__qualname__),
    )


_PLAIN_BASES: Final = frozenset(
    {object, enum.Enum, enum.Flag, enum.IntEnum, enum.IntFlag, enum.StrEnum, enum.ReprEnum}
    | set(VALUE_BASES)
    | set(STORAGE_BASES)
)


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _member_kind(value: Any) -> str | None:
    if isinstance(value, types.FunctionType):
        return FUNCTION
    if isinstance(value, staticmethod):
        return STATIC
    if isinstance(value, classmethod):
        return CLASS
    if type(value) is property:
        return PROPERTY
    if hasattr(type(value), "__get__") and not isinstance(value, type):
        return DESCRIPTOR
    return None


def _is_plain(value: Any) -> bool:
    if type(value) is tuple:
        return all(_is_plain(item) for item in value)
    return value is None or type(value) in {bool, int, float, complex, str, bytes}


def _extra(cls: type, kind: str) -> tuple[Any, ...]:
    if kind == ENUM:
        found = list(cls.__members__.items())  # type: ignore[attr-defined]
        plain = all(_is_plain(member._value_) for _, member in found)
        members = tuple((name, member._value_ if plain else f"\0{member._name_}") for name, member in found)
        mixin = next((c for c in cls.__mro__[1:] if c in VALUE_BASES), None)
        flavour = next(c for c in cls.__mro__[1:] if c in _PLAIN_BASES and issubclass(c, enum.Enum))
        return ("enum", flavour, mixin, members, plain)
    fields = getattr(cls, "_fields", None)
    if kind == VALUE and issubclass(cls, tuple) and type(fields) is tuple:
        return ("fields", tuple(name for name in fields if type(name) is str))
    if dataclasses.is_dataclass(cls):
        fields = tuple(_field(field) for field in dataclasses.fields(cls) if type(field.name) is str)
        params = tuple((name, getattr(vars(cls).get("__dataclass_params__"), name, False) is True) for name in _PARAMS)
        return ("dataclass", fields, params)
    return ()


_PARAMS: Final = ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots")


def _field(field: "dataclasses.Field[Any]") -> tuple[Any, ...]:
    """Return what there is to know of a field of a dataclass; defaults only where they are plain data."""
    has_default = field.default is not dataclasses.MISSING and _is_plain(field.default)
    return (
        field.name,
        _annotation(field.type),
        has_default,
        field.default if has_default else None,
        field.default_factory if known_name(field.default_factory) is not None else None,
        tuple(getattr(field, flag) is True for flag in FIELD_FLAGS),
    )


def _annotation(annotation: Any) -> Any:
    if type(annotation) is str or known_name(annotation) is not None:
        return annotation
    name = getattr(annotation, "__name__", "") if isinstance(annotation, type) else repr(annotation)
    return name if type(name) is str else ""


FIELD_FLAGS: Final = ("init", "repr", "compare", "kw_only")
