"""SciPy's sparse matrices and arrays by value. Imported only when one is met."""

from typing import Any, Final

from examengine.grading.wire import numeric
from examengine.grading.wire.frames import WireError

_FORMATS: Final = ("csr", "csc", "bsr", "coo", "dia", "lil", "dok")


def _classes() -> dict[str, type]:
    from scipy import sparse

    return {
        f"{form}_{flavour}": getattr(sparse, f"{form}_{flavour}")
        for form in _FORMATS
        for flavour in ("matrix", "array")
    }


def kind_of(cls: type) -> str:
    """Return "sparse" for SciPy's own sparse classes, else nothing."""
    if not cls.__module__.startswith("scipy.sparse"):
        return ""
    return "sparse" if cls in _classes().values() else ""


def pack(value: Any) -> tuple[Any, ...] | None:
    """Take a sparse matrix apart as coordinates or compressed arrays."""
    name = type(value).__name__
    form = name.partition("_")[0]
    shape = tuple(int(length) for length in value.shape)
    if form in {"csr", "csc", "bsr"}:
        parts: tuple[Any, ...] = (value.data, value.indices, value.indptr)
    elif form == "dia":
        parts = (value.data, value.offsets)
    else:
        listed = value.tocoo()
        parts = (listed.data, *listed.coords)
    packed = tuple(numeric.pack_array(part) for part in parts)
    if None in packed:
        return None
    return (f"scipy.{name}", shape, packed)


def unpack(name: str, parts: tuple[Any, ...]) -> Any:
    """Rebuild a sparse matrix; SciPy itself checks that the indices fit the shape."""
    cls = _classes().get(name.removeprefix("scipy."))
    if cls is None or len(parts) != 2:
        raise WireError("an unknown sparse matrix")
    shape, packed = parts
    arrays = [numeric.any_array(part) for part in packed]
    form = name.removeprefix("scipy.").partition("_")[0]
    if form in {"csr", "csc", "bsr"}:
        data, indices, pointers = arrays
        value: Any = cls((data, indices, pointers), shape=shape)
        value.check_format(full_check=True)
        return value
    if form == "dia":
        data, offsets = arrays
        return cls((data, offsets), shape=shape)
    from scipy import sparse

    data, *coordinates = arrays
    listed = sparse.coo_array((data, tuple(coordinates)), shape=shape)
    if name.endswith("_matrix"):
        listed = sparse.coo_matrix(listed)
    return cls(listed)


def replace(target: Any, value: Any) -> None:
    """Give an existing matrix the other's content."""
    if type(target) is not type(value):
        raise WireError("a sparse matrix changed its kind")
    target.__dict__.update(vars(value))
