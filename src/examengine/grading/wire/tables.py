"""pandas frames, series, indexes, extension arrays and scalars by value.

Imported only when pandas is loaded, or when such a value arrives.
"""

from typing import Any, Final

import numpy as np
import pandas as pd

from examengine.grading.wire import numeric
from examengine.grading.wire.frames import WireError

_MASKED: Final = (
    pd.arrays.IntegerArray,
    pd.arrays.FloatingArray,
    pd.arrays.BooleanArray,
)
_INDEXES: Final = (
    pd.Index,
    pd.RangeIndex,
    pd.MultiIndex,
    pd.DatetimeIndex,
    pd.TimedeltaIndex,
    pd.PeriodIndex,
    pd.CategoricalIndex,
    pd.IntervalIndex,
)
_SCALARS: Final = (pd.Timestamp, pd.Timedelta, pd.Period, pd.Interval, type(pd.NaT), type(pd.NA))


def kind_of(cls: type) -> str:
    """Return the kind of a pandas class that crosses by value, else nothing."""
    if cls is pd.DataFrame:
        return "frame"
    if cls is pd.Series:
        return "series"
    if cls in _INDEXES:
        return "index"
    if cls in _SCALARS:
        return "pandas scalar"
    if issubclass(cls, pd.api.extensions.ExtensionArray) and vars(pd.arrays).get(cls.__name__):
        return "extension"
    if cls is pd.Categorical:
        return "extension"
    if issubclass(cls, pd.api.extensions.ExtensionDtype) and cls.__module__.startswith("pandas."):
        return "extension"
    return ""


class _ByHandle(Exception):  # noqa: N818 - tells how the value crosses
    """Part of the value has no plain form."""


def pack(value: Any) -> tuple[Any, ...] | None:
    """Take a pandas value apart; None when part of it has no plain form."""
    try:
        return _pack(value)
    except _ByHandle:
        return None


def _pack(value: Any) -> tuple[Any, ...]:
    if isinstance(value, pd.DataFrame):
        columns = tuple(_column(value.iloc[:, number].array) for number in range(value.shape[1]))
        return (
            "pandas.frame",
            _index(value.index),
            _index(value.columns),
            columns,
            _attributes(value),
        )
    if isinstance(value, pd.Series):
        return (
            "pandas.series",
            _index(value.index),
            _column(value.array),
            value.name,
            _attributes(value),
        )
    if isinstance(value, pd.Index):
        return ("pandas.index", _index(value))
    if value is pd.NaT:
        return ("pandas.NaT",)
    if value is pd.NA:
        return ("pandas.NA",)
    if isinstance(value, pd.Timestamp):
        zone = None if value.tz is None else str(value.tz)
        return ("pandas.Timestamp", int(value.asm8.view("i8")), zone, value.unit)
    if isinstance(value, pd.Timedelta):
        return ("pandas.Timedelta", int(value.asm8.view("i8")), value.unit)
    if isinstance(value, pd.Period):
        return ("pandas.Period", int(value.ordinal), value.freqstr)
    if isinstance(value, pd.Interval):
        return ("pandas.Interval", value.left, value.right, value.closed)
    if isinstance(value, pd.api.extensions.ExtensionDtype):
        return ("pandas.dtype", _dtype(value))
    return ("pandas.array", _column(value))


def _attributes(value: Any) -> tuple[Any, ...]:
    return tuple(value.attrs.items())


def _index(index: Any) -> tuple[Any, ...]:
    if type(index) is pd.RangeIndex:
        return ("range", index.start, index.stop, index.step, index.name)
    if type(index) is pd.MultiIndex:
        return (
            "multi",
            tuple(_index(level) for level in index.levels),
            tuple(numeric.pack_array(np.asarray(code)) for code in index.codes),
            tuple(index.names),
        )
    if type(index) not in _INDEXES:
        raise _ByHandle
    freq = getattr(index, "freqstr", None) if type(index) is pd.DatetimeIndex else None
    return ("array", _column(index.array), index.name, freq)


def _column(array: Any) -> tuple[Any, ...]:
    """Take one column (an extension array) apart."""
    if isinstance(array, pd.arrays.NumpyExtensionArray):
        packed = numeric.pack_array(array.to_numpy())
        if packed is None:
            raise _ByHandle
        return ("numpy", packed)
    if isinstance(array, pd.Categorical):
        return (
            "categorical",
            _index(array.categories),
            numeric.pack_array(np.asarray(array.codes)),
            bool(array.ordered),
        )
    if isinstance(array, pd.arrays.DatetimeArray):
        zone = None if array.tz is None else str(array.tz)
        return ("datetime", numeric.pack_array(array.asi8), array.unit, zone)
    if isinstance(array, pd.arrays.TimedeltaArray):
        return ("timedelta", numeric.pack_array(array.asi8), array.unit)
    if isinstance(array, pd.arrays.PeriodArray):
        return ("period", numeric.pack_array(array.asi8), array.freqstr)
    if isinstance(array, pd.arrays.IntervalArray):
        return ("interval", _index(array.left), _index(array.right), array.closed)
    if isinstance(array, _MASKED):
        missing = np.asarray(array.isna())
        filled = array.to_numpy(dtype=array.dtype.numpy_dtype, na_value=array.dtype.type(0))
        return (
            "masked",
            str(array.dtype),
            numeric.pack_array(filled),
            numeric.pack_array(missing),
        )
    if isinstance(array, pd.arrays.SparseArray):
        return (
            "sparse",
            numeric.pack_array(np.asarray(array)),
            numeric.pack_array(np.asarray(array.fill_value)),
        )
    if isinstance(array.dtype, pd.StringDtype):
        missing = np.asarray(array.isna())
        texts = tuple(None if absent else str(text) for text, absent in zip(array, missing, strict=True))
        return ("string", _dtype(array.dtype), texts)
    raise _ByHandle


def _dtype(dtype: Any) -> tuple[Any, ...]:
    if isinstance(dtype, pd.StringDtype):
        return ("string", dtype.storage, dtype.na_value is pd.NA)
    if isinstance(dtype, pd.CategoricalDtype):
        categories = None if dtype.categories is None else _index(dtype.categories)
        return ("categorical", categories, bool(dtype.ordered))
    if type(dtype).__module__.startswith("pandas."):
        return ("named", str(dtype))
    raise _ByHandle


# Back -------------------------------------------------------------------------------------------


def unpack(name: str, parts: tuple[Any, ...]) -> Any:
    """Rebuild a pandas value."""
    match name:
        case "pandas.frame":
            return _frame(*parts)
        case "pandas.series":
            index, column, label, attributes = parts
            series = pd.Series(_array(column), index=_indexed(index), name=label, copy=False)
            _set_attributes(series, attributes)
            return series
        case "pandas.index":
            return _indexed(parts[0])
        case "pandas.NaT":
            return pd.NaT
        case "pandas.NA":
            return pd.NA
        case "pandas.Timestamp":
            value, zone, unit = parts
            stamp = pd.Timestamp(np.array(_whole(value), "i8").view(f"M8[{_unit(unit)}]")[()])
            return stamp if zone is None else stamp.tz_localize("UTC").tz_convert(_text(zone))
        case "pandas.Timedelta":
            value, unit = parts
            return pd.Timedelta(np.array(_whole(value), "i8").view(f"m8[{_unit(unit)}]")[()])
        case "pandas.Period":
            return pd.Period(ordinal=_whole(parts[0]), freq=_text(parts[1]))
        case "pandas.Interval":
            return pd.Interval(parts[0], parts[1], closed=_text(parts[2]))
        case "pandas.dtype":
            return _dtyped(parts[0])
        case "pandas.array":
            return _array(parts[0])
        case _:
            raise WireError("an unknown pandas value")


def _frame(index: Any, columns: Any, data: Any, attributes: Any) -> Any:
    labels = _indexed(columns)
    rows = _indexed(index)
    if len(labels) != len(data):
        raise WireError("a frame whose columns do not fit")
    frame = pd.DataFrame({number: _array(column) for number, column in enumerate(data)}, index=rows, copy=False)
    frame.columns = labels
    _set_attributes(frame, attributes)
    return frame


def _set_attributes(value: Any, attributes: Any) -> None:
    if attributes:
        value.attrs = dict(attributes)


def _indexed(parts: Any) -> Any:
    match parts[0]:
        case "range":
            _, start, stop, step, name = parts
            return pd.RangeIndex(_whole(start), _whole(stop), _whole(step), name=name)
        case "multi":
            _, levels, codes, names = parts
            return pd.MultiIndex(
                levels=[_indexed(level) for level in levels],
                codes=[numeric.any_array(code) for code in codes],
                names=list(names),
            )
        case "array":
            _, column, name, freq = parts
            index = pd.Index(_array(column), name=name, copy=False)
            if freq is not None and isinstance(index, pd.DatetimeIndex):
                index.freq = _text(freq)
            return index
        case _:
            raise WireError("an unknown index")


def _array(parts: Any) -> Any:
    match parts[0]:
        case "numpy":
            return pd.arrays.NumpyExtensionArray(numeric.any_array(parts[1]))
        case "categorical":
            _, categories, codes, ordered = parts
            return pd.Categorical.from_codes(
                numeric.any_array(codes), categories=_indexed(categories), ordered=bool(ordered)
            )
        case "datetime":
            _, data, unit, zone = parts
            values = numeric.any_array(data).view(f"M8[{_unit(unit)}]")
            naive = pd.DatetimeIndex(values)
            aware = naive if zone is None else naive.tz_localize("UTC").tz_convert(_text(zone))
            return aware.array
        case "timedelta":
            values = numeric.any_array(parts[1]).view(f"m8[{_unit(parts[2])}]")
            return pd.TimedeltaIndex(values).array
        case "period":
            return pd.PeriodIndex.from_ordinals(numeric.any_array(parts[1]), freq=_text(parts[2])).array
        case "interval":
            _, left, right, closed = parts
            return pd.arrays.IntervalArray.from_arrays(_indexed(left), _indexed(right), closed=_text(closed))
        case "masked":
            _, name, data, missing = parts
            kinds = {"boolean": pd.arrays.BooleanArray}
            kind = kinds.get(name) or (
                pd.arrays.FloatingArray if _text(name).startswith("Float") else pd.arrays.IntegerArray
            )
            return kind(numeric.any_array(data), numeric.any_array(missing))
        case "sparse":
            fill = numeric.any_array(parts[2])[()]
            return pd.arrays.SparseArray(numeric.any_array(parts[1]), fill_value=fill)
        case "string":
            texts = parts[2]
            if any(text is not None and type(text) is not str for text in texts):
                raise WireError("text that is no text")
            return pd.array(list(texts), dtype=_dtyped(parts[1]))
        case _:
            raise WireError("an unknown array")


def _dtyped(parts: Any) -> Any:
    match parts[0]:
        case "string":
            _, storage, masked = parts
            if storage not in {"python", "pyarrow"}:
                raise WireError("an unknown kind of text")
            return pd.StringDtype(storage, na_value=pd.NA if masked else np.nan)
        case "categorical":
            categories = None if parts[1] is None else _indexed(parts[1])
            return pd.CategoricalDtype(categories, ordered=bool(parts[2]))
        case "named":
            return pd.api.types.pandas_dtype(_text(parts[1]))
        case _:
            raise WireError("an unknown dtype")


def _text(value: Any) -> str:
    if type(value) is not str or len(value) > 200:
        raise WireError("a name that is no text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise WireError("a count that is no whole number")
    return value


def _unit(value: Any) -> str:
    if value not in {"s", "ms", "us", "ns"}:
        raise WireError("an unknown unit of time")
    return str(value)


def replace(target: Any, value: Any) -> None:
    """Give an existing frame or series the other's content, in place."""
    if type(target) is not type(value):
        raise WireError("a frame changed its kind")
    target._mgr = value._mgr  # noqa: SLF001 - pandas has no public way to fill a frame in place
    if isinstance(target, pd.Series):
        target.name = value.name
    target.attrs = value.attrs
