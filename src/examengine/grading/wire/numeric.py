"""NumPy values by value; hands pandas and SciPy on to their own files. Loads none of them early.

Each value becomes a tuple of a name and plain parts, and is rebuilt as the exact library type.
Subclasses are not taken apart here: they cross as objects of their own.
"""

import re
import sys
from typing import Any, Final

from examengine.grading.wire.frames import WireError

_PACKAGES: Final = frozenset({"numpy", "pandas", "scipy"})
_SIMPLE_DTYPE: Final = re.compile(r"[<>|=]?[biufcSUV?](\d{1,9})?|[<>|=][mM]8(\[\d{0,9}[a-zA-Z]{1,7}\])?")
_LARGEST_EMPTY: Final = 1_000_000
_MAX_CODE_POINT: Final = 0x10FFFF


def is_numeric(value: Any) -> bool:
    """Tell whether a value belongs to NumPy, pandas or SciPy, and crosses by value."""
    return _kind(value) != ""


def is_mutable(value: Any) -> bool:
    """Tell whether a numeric value can change in place (arrays, frames, series, sparse)."""
    return _kind(value) in {"array", "masked", "matrix", "record", "frame", "series", "sparse"}


def pack(value: Any) -> tuple[Any, ...] | None:
    """Take a value apart; None: it must cross as an object."""
    kind = _kind(value)
    if kind in {"frame", "series", "index", "extension", "pandas scalar"}:
        from examengine.grading.wire import tables

        return tables.pack(value)
    if kind == "sparse":
        from examengine.grading.wire import sparse

        return sparse.pack(value)
    if kind == "":
        return None
    packed: tuple[Any, ...] | None = _PACK[kind](value)
    return packed


def unpack(parts: tuple[Any, ...], *, mutable: bool) -> Any:
    """Rebuild the exact type from checked parts."""
    name = parts[0] if parts else None
    if type(name) is not str:
        raise WireError("a numeric value without a name")
    if name in _UNPACK:
        value = _UNPACK[name](*parts[1:])
    elif name.startswith("pandas."):
        from examengine.grading.wire import tables

        value = tables.unpack(name, parts[1:])
    elif name.startswith("scipy."):
        from examengine.grading.wire import sparse

        value = sparse.unpack(name, parts[1:])
    else:
        raise WireError("an unknown numeric value")
    if is_mutable(value) != mutable:
        raise WireError("a numeric value in the wrong place")
    return value


def replace(target: Any, value: Any) -> None:
    """Give a value that tests already hold the content that the other side left in it."""
    import numpy as np

    if isinstance(target, np.ndarray):
        if type(value) is not type(target):
            raise WireError("an array changed its kind")
        if target.shape == value.shape and target.dtype == value.dtype:
            was_writeable = target.flags.writeable
            if was_writeable:
                target[...] = value
            return
        target.resize(value.shape, refcheck=False)
        target[...] = value
        return
    if _kind(target) in {"frame", "series"}:
        from examengine.grading.wire import tables

        tables.replace(target, value)
        return
    from examengine.grading.wire import sparse

    sparse.replace(target, value)


_KINDS: Final[dict[type, str]] = {}


def _kind(value: Any) -> str:
    cls = type(value)
    known = _KINDS.get(cls)
    if known is not None:
        return known
    package = cls.__module__.partition(".")[0] if type(cls.__module__) is str else ""
    if package not in _PACKAGES or package not in sys.modules:
        # A class of the submission may lie about its module, so nothing is remembered here.
        return ""
    kind = _find_kind(cls, package)
    if len(_KINDS) < 1000:
        _KINDS[cls] = kind
    return kind


def _find_kind(cls: type, package: str) -> str:
    if package == "pandas":
        from examengine.grading.wire import tables

        return tables.kind_of(cls)
    if package == "scipy":
        from examengine.grading.wire import sparse

        return sparse.kind_of(cls)
    import numpy as np

    exact = {
        np.ndarray: "array",
        np.ma.MaskedArray: "masked",
        np.matrix: "matrix",
        np.recarray: "record",
    }
    if cls in exact:
        return exact[cls]
    if issubclass(cls, np.generic) and vars(np).get(cls.__name__) is cls:
        return "scalar"
    if issubclass(cls, np.generic) and cls in np.sctypeDict.values():
        return "scalar"
    if issubclass(cls, np.dtype):
        return "dtype"
    return ""


# dtypes ---------------------------------------------------------------------------------------


def pack_dtype(dtype: Any) -> Any:
    """Describe a dtype by plain data; raise `TypeError` for one that needs code."""
    if dtype.names is not None:
        fields = [dtype.fields[name] for name in dtype.names]
        return (
            "struct",
            tuple(dtype.names),
            tuple(pack_dtype(field[0]) for field in fields),
            tuple(field[1] for field in fields),
            dtype.itemsize,
            bool(dtype.isalignedstruct),
        )
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return ("sub", pack_dtype(base), tuple(shape))
    if dtype.kind == "O":
        return "O"
    if dtype.kind == "T":
        if getattr(dtype, "na_object", None) is not None:
            raise TypeError
        return "T"
    if _SIMPLE_DTYPE.fullmatch(dtype.str) is None:
        raise TypeError(dtype.str)
    return dtype.str


def unpack_dtype(description: Any, depth: int = 0) -> Any:
    """Rebuild a dtype."""
    import numpy as np

    if depth > 8:
        raise WireError("a dtype nested too deeply")
    if type(description) is str:
        if description == "O":
            return np.dtype(object)
        if description == "T":
            return np.dtypes.StringDType()
        if _SIMPLE_DTYPE.fullmatch(description) is None:
            raise WireError("an unknown dtype")
        return np.dtype(description)
    if type(description) is not tuple or not description:
        raise WireError("an unknown dtype")
    if description[0] == "sub" and len(description) == 3:
        return np.dtype((unpack_dtype(description[1], depth + 1), description[2]))
    if description[0] == "struct" and len(description) == 6:
        _, names, formats, offsets, size, aligned = description
        return np.dtype(
            {
                "names": list(names),
                "formats": [unpack_dtype(item, depth + 1) for item in formats],
                "offsets": list(offsets),
                "itemsize": size,
            },
            align=bool(aligned),
        )
    raise WireError("an unknown dtype")


# Arrays ---------------------------------------------------------------------------------------


def pack_array(array: Any) -> tuple[Any, ...] | None:
    """Take an array apart: dtype, shape, order, writeable, and its bytes or items."""
    dtype = array.dtype
    try:
        described = pack_dtype(dtype)
    except TypeError:
        return None
    if described in {"O", "T"}:
        return ("items", described, array.shape, tuple(array.ravel().tolist()))
    if dtype.hasobject:
        return None
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    return (
        "array",
        described,
        array.shape,
        order,
        bool(array.flags.writeable),
        array.tobytes(order=order),
    )


def _unpack_array(dtype: Any, shape: Any, order: Any, writeable: Any, data: Any) -> Any:
    import numpy as np

    if type(data) is not bytes or order not in {"C", "F"}:
        raise WireError("a damaged array")
    kind = unpack_dtype(dtype)
    if kind.hasobject or kind.kind in "OT":
        raise WireError("an array of objects has no bytes")
    count = _size(shape)
    if count * kind.itemsize != len(data):
        raise WireError("an array whose size does not fit its bytes")
    if len(data) == 0:
        if count > _LARGEST_EMPTY:
            raise WireError("too large an array")
        return np.zeros(shape, kind, order=order)
    array = np.frombuffer(data, kind, count=count).reshape(shape, order=order).copy(order)
    _make_valid(array)
    if not writeable:
        array.flags.writeable = False
    return array


def _make_valid(array: Any) -> None:
    """Bring bytes that no honest array holds back to valid values, in place."""
    import numpy as np

    if array.dtype.names is not None:
        for name in array.dtype.names:
            _make_valid(array[name])
    elif array.dtype.kind == "b":
        array[...] = array.view(np.uint8) != 0
    elif array.dtype.kind == "U" and array.size:
        points = np.ascontiguousarray(array).view(np.uint32)
        if array.dtype.byteorder == (">" if sys.byteorder == "little" else "<"):
            points = points.byteswap()
        if int(points.max()) > _MAX_CODE_POINT:
            raise WireError("text that is no text")


def _unpack_items(dtype: Any, shape: Any, items: Any) -> Any:
    import numpy as np

    if dtype not in {"O", "T"} or type(items) is not tuple or _size(shape) != len(items):
        raise WireError("a damaged array of objects")
    array = np.empty(len(items), unpack_dtype(dtype))
    for position, item in enumerate(items):
        array[position] = item
    return array.reshape(shape)


def _size(shape: Any) -> int:
    if type(shape) is not tuple or len(shape) > 32:
        raise WireError("a damaged shape")
    count = 1
    for length in shape:
        if type(length) is not int or not 0 <= length < 1 << 62:
            raise WireError("a damaged shape")
        count *= length
    return count


def _pack_scalar(value: Any) -> tuple[Any, ...] | None:
    try:
        described = pack_dtype(value.dtype)
    except TypeError:
        return None
    if value.dtype.hasobject:
        return None
    return ("scalar", described, value.tobytes())


def _unpack_scalar(dtype: Any, data: Any) -> Any:
    kind = unpack_dtype(dtype)
    if kind.itemsize == 0:
        import numpy as np

        return np.zeros((), kind)[()]
    return _unpack_array(dtype, (), "C", True, data)[()]


def _pack_dtype_value(value: Any) -> tuple[Any, ...] | None:
    try:
        return ("dtype", pack_dtype(value))
    except TypeError:
        return None


def _pack_masked(value: Any) -> tuple[Any, ...] | None:
    import numpy as np

    data = pack_array(np.asarray(value.data))
    mask = value.mask
    packed_mask = None if mask is np.ma.nomask else pack_array(np.asarray(mask))
    fill = pack_array(np.asarray(value.fill_value))
    return None if data is None else ("masked", data, packed_mask, fill)


def _unpack_masked(data: Any, mask: Any, fill: Any) -> Any:
    import numpy as np

    return np.ma.MaskedArray(
        any_array(data),
        mask=np.ma.nomask if mask is None else any_array(mask),
        fill_value=None if fill is None else any_array(fill)[()],
    )


def any_array(parts: Any) -> Any:
    """Rebuild an array from the parts that `pack_array` made."""
    if type(parts) is tuple and parts and parts[0] == "array":
        return _unpack_array(*parts[1:])
    if type(parts) is tuple and parts and parts[0] == "items":
        return _unpack_items(*parts[1:])
    raise WireError("a damaged array")


def _pack_matrix(value: Any) -> tuple[Any, ...] | None:
    import numpy as np

    data = pack_array(np.asarray(value))
    return None if data is None else ("matrix", data)


def _unpack_matrix(data: Any) -> Any:
    import numpy as np

    array = any_array(data)
    if array.ndim != 2:
        raise WireError("a matrix of other than two dimensions")
    return array.view(np.matrix)


def _pack_record(value: Any) -> tuple[Any, ...] | None:
    import numpy as np

    data = pack_array(value.view(np.ndarray).view(np.dtype((np.void, value.dtype))))
    return None if data is None else ("record", data)


def _unpack_record(data: Any) -> Any:
    import numpy as np

    return any_array(data).view(np.recarray)


_PACK: Final[dict[str, Any]] = {
    "array": pack_array,
    "scalar": _pack_scalar,
    "dtype": _pack_dtype_value,
    "masked": _pack_masked,
    "matrix": _pack_matrix,
    "record": _pack_record,
}
_UNPACK: Final[dict[str, Any]] = {
    "array": _unpack_array,
    "items": _unpack_items,
    "scalar": _unpack_scalar,
    "dtype": unpack_dtype,
    "masked": _unpack_masked,
    "matrix": _unpack_matrix,
    "record": _unpack_record,
}
