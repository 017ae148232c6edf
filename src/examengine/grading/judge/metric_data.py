"""What a metric part is measured on: training rows to hand over, hold-out features, and labels that stay here.

NumPy and pandas are imported where they are needed: a judge without metric parts does without them.
"""

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_TURN_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class MetricOrder:
    """One measurement as the judge is told of it; see `core.metric.MetricTask`."""

    part: str
    metric: str
    title: str
    kind: str
    greater_is_better: bool
    is_binary: bool
    function: str
    train: str
    holdout: str
    target: str
    positive: str | None
    anchors: tuple[tuple[str, str], ...]
    seeds: tuple[int, ...]


class FaultyData(Exception):  # noqa: N818 - a fact about the author's files
    """The exercise's own tables do not fit its metric: trouble on our side, never the candidate's."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of one metric part. Frames are copied before they leave; n hold-out rows."""

    train: Any
    """DataFrame: features and target."""
    features: Any
    """DataFrame (n, columns): the hold-out rows without their target."""
    truth: Any
    """ndarray (n,): codes of the labels (int), or values (float)."""
    classes: tuple[Any, ...]
    """Labels of the training rows in order; the code of a label is its place. Empty for values."""
    target: str


def read_tables(folder: Path, order: MetricOrder) -> Tables:
    """Read the two tables; the hold-out rows come in an order that tells nothing of their labels.

    Raises:
        FaultyData: they do not fit the metric.
    """
    import numpy as np
    import pandas as pd

    try:
        train = pd.read_csv(folder / order.train)
        held = pd.read_csv(folder / order.holdout)
    except (OSError, ValueError) as error:
        raise FaultyData(f"a table cannot be read: {type(error).__name__}") from error
    if order.target not in train or set(train.columns) != set(held.columns) or not len(train) or not len(held):
        raise FaultyData(f"{order.train} and {order.holdout} need rows and the same columns, {order.target!r} in both")
    secret = zlib.crc32((folder / order.holdout).read_bytes())
    held = held.iloc[np.random.RandomState(secret).permutation(len(held))].reset_index(drop=True)
    features = held[[name for name in train.columns if name != order.target]]
    if order.kind == "values":
        truth = np.asarray(held[order.target], dtype=float)
        if not np.isfinite(truth).all():
            raise FaultyData(f"{order.target!r} holds what is no number")
        return Tables(train, features, truth, (), order.target)
    classes = _classes(train[order.target], order)
    codes = {label: code for code, label in enumerate(classes)}
    try:
        truth = np.array([codes[plain_label(label)] for label in held[order.target].tolist()], dtype=np.int64)
    except KeyError as error:
        raise FaultyData("the hold-out rows have a label that the training rows lack") from error
    return Tables(train, features, truth, classes, order.target)


def _classes(column: Any, order: MetricOrder) -> tuple[Any, ...]:
    """Return the labels in order; of two, the positive one last."""
    if column.isna().any():
        raise FaultyData("a training row has no label")
    written = {plain_label(label): str(label) for label in column.tolist()}
    classes = sorted(written)
    if len(classes) < _TURN_LEAST or (order.is_binary and len(classes) != _TURN_LEAST):
        raise FaultyData(f"{order.target!r} has {len(classes)} labels, which {order.title} cannot take")
    if order.positive is not None:
        named = [label for label in classes if order.positive in {str(label), written[label]}]
        if len(classes) != _TURN_LEAST or not named:
            raise FaultyData(f"{order.positive!r} is none of two labels")
        classes = [label for label in classes if label not in named] + named
    return tuple(classes)


def plain_label(label: Any) -> Any:
    """Return a label as text or a plain number: 1, 1.0 and True are one label."""
    if isinstance(label, bool):
        return int(label)
    if isinstance(label, float) and label.is_integer():
        return int(label)
    return label


def turned(tables: Tables) -> Any:
    """Return the training rows with every label replaced by another: classes exchanged, values mirrored.

    What learns from labels predicts the opposite. (Shuffled labels would not do as well: with few features a
    model of pure chance still orders the rows along them, rightly as often as wrongly.)
    """
    train = tables.train.copy(deep=True)
    column = train[tables.target]
    if not tables.classes:
        train[tables.target] = column.max() + column.min() - column
        return train
    count = len(tables.classes)
    original = {plain_label(label): label for label in column.tolist()}
    place = {label: code for code, label in enumerate(tables.classes)}
    mirrored = {
        label: original[tables.classes[count - 1 - code if count % 2 == 0 else (code + 1) % count]]
        for label, code in place.items()
    }
    labels = [mirrored[plain_label(label)] for label in column.tolist()]
    train[tables.target] = type(column)(labels, index=column.index, dtype=column.dtype)
    return train


def low_half(tables: Tables) -> Any:
    """Return places of the half of the hold-out rows that lies lowest in some column, the lowest last.

    A half unlike the whole: what is computed over the rows at hand comes out differently there.
    """
    import numpy as np

    best, most = np.arange(len(tables.features)), 1
    for name in tables.features.columns:
        column = tables.features[name]
        if column.dtype.kind in "iuf":
            distinct = int(column.nunique())
            if distinct > most:
                best, most = np.argsort(column.to_numpy(dtype=float), kind="stable"), distinct
    return best[: len(best) // 2][::-1]
