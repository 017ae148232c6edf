"""Small immutable values of the standard library: how each becomes plain arguments and back.

The receiver rebuilds the exact type; the sender uses these only for exact types, never subclasses.
"""

import datetime as dt
import decimal
import fractions
import functools
import ipaddress
import operator
import pathlib
import types
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any, Final

from examengine.grading.wire.known import is_class, known_name

Pack = Callable[[Any], tuple[Any, ...]]
Unpack = Callable[..., Any]

_MAX_DIGITS: Final = 1_000_000


def _plain_zone(zone: dt.tzinfo | None) -> Any:
    if zone is None:
        return None
    if type(zone) is dt.timezone:
        return zone
    if type(zone) is zoneinfo.ZoneInfo and zone.key is not None:
        return zone
    raise TypeError("a time zone of an own class does not cross by value")


def _pack_datetime(value: dt.datetime) -> tuple[Any, ...]:
    return (
        value.year,
        value.month,
        value.day,
        value.hour,
        value.minute,
        value.second,
        value.microsecond,
        _plain_zone(value.tzinfo),
        value.fold,
    )


def _unpack_datetime(*parts: Any) -> dt.datetime:
    return dt.datetime(*parts[:8], fold=parts[8])  # noqa: DTZ001 - the zone is among the parts


def _pack_time(value: dt.time) -> tuple[Any, ...]:
    zone = _plain_zone(value.tzinfo)
    return (value.hour, value.minute, value.second, value.microsecond, zone, value.fold)


def _unpack_time(*parts: Any) -> dt.time:
    return dt.time(*parts[:5], fold=parts[5])


def _pack_timezone(value: dt.timezone) -> tuple[Any, ...]:
    offset = value.utcoffset(None)
    # The name is kept only where it was given: tzname() would otherwise invent one.
    named = value != dt.UTC and value.tzname(None) != dt.timezone(offset).tzname(None)
    return (offset, value.tzname(None)) if named else (offset,)


def _unpack_timezone(*parts: Any) -> dt.timezone:
    if parts == (dt.timedelta(0),):
        return dt.UTC
    return dt.timezone(*parts)


def _pack_decimal(value: decimal.Decimal) -> tuple[Any, ...]:
    return (str(value),)


def _unpack_decimal(text: str) -> decimal.Decimal:
    if type(text) is not str or len(text) > _MAX_DIGITS:
        raise ValueError("too long a decimal number")
    return decimal.Decimal(text)


def _pack_alias(value: types.GenericAlias) -> tuple[Any, ...]:
    if known_name(value.__origin__) is None:
        raise TypeError("a generic class of an own kind does not cross by value")
    return (value.__origin__, value.__args__)


def _unpack_alias(origin: Any, arguments: Any) -> types.GenericAlias:
    if not is_class(origin) or type(arguments) is not tuple:
        raise ValueError("a damaged type")
    return types.GenericAlias(origin, arguments)


def _pack_union(value: types.UnionType) -> tuple[Any, ...]:
    return value.__args__


def _unpack_union(*arguments: Any) -> Any:
    if not arguments or not all(is_class(one) or type(one) is types.GenericAlias for one in arguments):
        raise ValueError("a damaged type")
    return functools.reduce(operator.or_, (type(None) if one is None else one for one in arguments))


def _unpack_zone(key: str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(key)


def _path_parts(value: pathlib.PurePath) -> tuple[Any, ...]:
    return (str(value),)


SCALARS: Final[tuple[tuple[type, Pack, Unpack], ...]] = (
    (dt.datetime, _pack_datetime, _unpack_datetime),
    (dt.date, lambda v: (v.year, v.month, v.day), dt.date),
    (dt.time, _pack_time, _unpack_time),
    (
        dt.timedelta,
        lambda v: (v.days, v.seconds, v.microseconds),
        dt.timedelta,
    ),
    (dt.timezone, _pack_timezone, _unpack_timezone),
    (zoneinfo.ZoneInfo, lambda v: (v.key,), _unpack_zone),
    (decimal.Decimal, _pack_decimal, _unpack_decimal),
    (fractions.Fraction, lambda v: (v.numerator, v.denominator), fractions.Fraction),
    (uuid.UUID, lambda v: (None, None, None, None, v.int), uuid.UUID),
    (type(pathlib.Path()), _path_parts, pathlib.Path),
    (pathlib.PurePosixPath, _path_parts, pathlib.PurePosixPath),
    (pathlib.PureWindowsPath, _path_parts, pathlib.PureWindowsPath),
    (ipaddress.IPv4Address, lambda v: (int(v),), ipaddress.IPv4Address),
    (ipaddress.IPv6Address, lambda v: (int(v),), ipaddress.IPv6Address),
    (range, lambda v: (v.start, v.stop, v.step), range),
    (types.GenericAlias, _pack_alias, _unpack_alias),
    (types.UnionType, _pack_union, _unpack_union),
    (slice, lambda v: (v.start, v.stop, v.step), slice),
)
"""Each exact type with its packing and unpacking; the position in this table is its code."""

PACKERS: Final = {kind: (code, pack) for code, (kind, pack, _) in enumerate(SCALARS)}
UNPACKERS: Final = tuple(unpack for _, _, unpack in SCALARS)
