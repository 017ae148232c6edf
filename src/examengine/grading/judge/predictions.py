"""Predictions of a submission as plain arrays: what is no such thing is refused with a sentence."""

from typing import Any, Final

from examengine.grading.judge.metric_data import Tables, plain_label
from examengine.grading.judge.trust import Distrust, is_remote

_SCALARS: Final = (bool, int, float, str)
_SHOWN: Final = 40


class MetricFault(Distrust):
    """A measurement that ends here: one sentence for the candidate, without a value of the hold-out rows."""


def read_predictions(given: Any, tables: Tables, kind: str, rows: int) -> Any:
    """Return predictions for `rows` rows as an ndarray.

    Codes of labels (rows,), finite numbers (rows,), or probabilities (rows, classes) where there are more than two.

    Raises:
        MetricFault: they are of another kind, length or shape, or not finite.
    """
    import numpy as np

    columns = len(tables.classes) if kind == "probabilities" and len(tables.classes) > 2 else 1
    found = _as_array(given)
    if found.ndim == 2 and found.shape[1] == 1 and columns == 1:
        found = found[:, 0]
    if found.ndim == 2 and columns == 1:
        more = "; of predict_proba's columns, give that of the positive label" if kind != "labels" else ""
        raise MetricFault(f"The function gave {found.shape[1]} columns; one prediction for each row is wanted{more}.")
    if columns > 1 and found.shape[1:] != (columns,):
        raise MetricFault(f"The function must give {columns} columns of probabilities, one for each label in order.")
    if len(found) != rows:
        raise MetricFault(f"The function gave {len(found)} predictions for {rows} rows; give one for each, in order.")
    if kind == "labels":
        return _codes(found, tables)
    if found.dtype.kind not in "biuf":
        raise MetricFault("The predictions are not numbers.")
    numbers = np.asarray(found, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise MetricFault("Among the predictions are NaN or infinite values.")
    if kind == "probabilities":
        if numbers.min() < -1e-9 or numbers.max() > 1 + 1e-9:
            raise MetricFault("The predictions are no probabilities: some lie below 0 or above 1.")
        numbers = np.clip(numbers, 0.0, 1.0)
        if columns > 1 and np.abs(numbers.sum(axis=1) - 1).max() > 1e-3:
            raise MetricFault("The probabilities of a row do not add up to 1.")
    return numbers


def _as_array(given: Any) -> Any:
    """Return plain data as an ndarray of one or two dimensions and a plain dtype."""
    import numpy as np
    import pandas as pd

    if is_remote(given):
        raise MetricFault(
            f"The function gave an object of type {type(given).__name__!r}; give an array, a Series or a list."
        )
    # Whatever is not remote was rebuilt here, as the library's own type.
    if isinstance(given, pd.Index | pd.api.extensions.ExtensionArray) and not isinstance(given, pd.MultiIndex):
        given = pd.Series(given)
    if type(given) is pd.DataFrame or type(given) is pd.Series:
        if given.size and bool(given.isna().to_numpy().any()):
            raise MetricFault("Among the predictions are missing values.")
        given = np.asarray(given)
    if type(given) is np.ma.MaskedArray:
        if np.ma.is_masked(given):
            raise MetricFault("Among the predictions are missing values.")
        given = given.data
    if type(given) is np.matrix:
        given = np.asarray(given)
    if type(given) in {list, tuple}:
        given = _from_list(given)
    if type(given) is not np.ndarray or given.ndim not in {1, 2}:
        raise MetricFault(
            f"The function gave {_named(given)}; give a one-dimensional array, a Series or a list of predictions."
        )
    if given.dtype.kind == "O":
        return _from_list(given.tolist())
    if given.dtype.kind not in "biufUT":
        raise MetricFault(f"The function gave predictions of type {given.dtype}.")
    return given


def _from_list(items: Any) -> Any:
    """Return a list of plain scalars, or of rows of them, as an array."""
    import numpy as np

    flat = [part for item in items for part in (item if type(item) in {list, tuple} else (item,))]
    flat = [part.item() if isinstance(part, np.generic) and not is_remote(part) else part for part in flat]
    if any(type(part) not in _SCALARS for part in flat):
        strange = next(part for part in flat if type(part) not in _SCALARS)
        raise MetricFault(f"Among the predictions is {_named(strange)}, neither a number nor text.")
    if any(type(part) is str for part in flat) and not all(type(part) is str for part in flat):
        raise MetricFault("Among the predictions are both numbers and text.")
    widths = {len(item) if type(item) in {list, tuple} else 0 for item in items}
    if len(widths) > 1:
        raise MetricFault("The predictions are rows of unequal length.")
    try:
        array = np.array(flat) if flat else np.zeros(0)
        array = array if array.dtype.kind in "biufU" else np.array([float(part) for part in flat])
    except (OverflowError, ValueError):
        raise MetricFault("Among the predictions are numbers too large to be used.") from None
    width = widths.pop() if widths else 0
    return array.reshape(-1, width) if width else array


def _named(value: Any) -> str:
    if value is None:
        return "None"
    shape = getattr(value, "shape", None) if not is_remote(value) else None
    about = f" of shape {shape}" if type(shape) is tuple else ""
    return f"an object of type {type(value).__name__!r}{about}"


def _codes(found: Any, tables: Tables) -> Any:
    import numpy as np

    codes = {label: code for code, label in enumerate(tables.classes)}
    labels = [plain_label(label) for label in found.tolist()]
    unknown = next((label for label in labels if label not in codes), None)
    if unknown is not None:
        raise MetricFault(
            f"Among the predictions is {str(unknown)[:_SHOWN]!r}, which is no label of the training data;"
            " the metric takes labels, not probabilities."
        )
    return np.array([codes[label] for label in labels], dtype=np.int64)
