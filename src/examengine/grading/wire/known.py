"""Types that both sides know by name: a reference to one crosses as its name alone."""

import builtins
import collections
import datetime as dt
import decimal
import enum
import fractions
import functools
import importlib
import io
import pathlib
import random
import sys
import types
import uuid
from typing import Any, Final


def _standard_types() -> dict[str, type]:
    named: dict[str, type] = {}
    for name, value in vars(builtins).items():
        if isinstance(value, type) and value.__name__ == name:
            named[f"builtins.{name}"] = value
    for name, value in vars(types).items():
        if isinstance(value, type) and not name.startswith("_"):
            named[f"types.{name}"] = value
    for value in (
        collections.OrderedDict,
        collections.Counter,
        collections.defaultdict,
        collections.deque,
        collections.ChainMap,
        dt.date,
        dt.datetime,
        dt.time,
        dt.timedelta,
        dt.timezone,
        decimal.Decimal,
        enum.Enum,
        enum.IntEnum,
        enum.Flag,
        enum.IntFlag,
        enum.StrEnum,
        fractions.Fraction,
        functools.partial,
        io.StringIO,
        io.BytesIO,
        pathlib.Path,
        pathlib.PurePath,
        pathlib.PosixPath,
        pathlib.PurePosixPath,
        random.Random,
        uuid.UUID,
    ):
        named[f"{value.__module__}.{value.__qualname__}"] = value
    return named


_BY_NAME: Final = _standard_types()
_BY_TYPE: Final = {value: name for name, value in reversed(_BY_NAME.items())}

_NUMERIC: Final = ("numpy", "pandas")


def known_name(value: Any) -> str | None:
    """Return the shared name of a type, or None."""
    try:
        name = _BY_TYPE.get(value)
    except TypeError:
        return None
    if name is not None:
        return name
    module = getattr(value, "__module__", None)
    if type(module) is str and module.split(".")[0] in _NUMERIC and is_class(value):
        for package in _NUMERIC:
            found: Any = vars(sys.modules[package]).get(value.__name__) if package in sys.modules else None
            if found is value:
                return f"{package}.{value.__name__}"
    return None


def known_type(name: str) -> type | None:
    """Return the type behind a shared name; packages are looked up only where already loaded."""
    found = _BY_NAME.get(name)
    if found is not None:
        return found
    package, _, member = name.partition(".")
    if package in _NUMERIC and package in sys.modules:
        value = vars(sys.modules[package]).get(member)
        if isinstance(value, type) and is_class(value):
            return value
    return None


def is_class(value: Any) -> bool:
    """Tell whether a value really is a class: a stand-in's `__class__` is only what it claims."""
    return issubclass(type(value), type)


def is_exception(value: Any) -> bool:
    """Tell whether a value really is an exception."""
    return issubclass(type(value), BaseException)


def resolve(module: str, qualname: str, *, load: bool) -> Any:
    """Walk to `module.qualname`; raise `LookupError` when there is no such thing.

    With `load` unset, only modules that are loaded already are looked at: what the other side
    names must never make this side import.
    """
    if load:
        try:
            value: Any = importlib.import_module(module)
        except ImportError as error:
            raise LookupError(module) from error
    else:
        value = sys.modules.get(module)
    if type(value) is not types.ModuleType:
        raise LookupError(module)
    for part in qualname.split("."):
        try:
            value = vars(value)[part]
        except (TypeError, KeyError):
            raise LookupError(f"{module}.{qualname}") from None
    return value
