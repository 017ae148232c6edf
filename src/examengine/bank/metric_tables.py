"""Checks the two tables of a metric part as text; nothing is trained and no library is loaded."""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from examengine.core.metric import METRICS
from examengine.itemtypes.coding.model import MetricPart

_FEW_ROWS = 30
"""With fewer hold-out rows the bound lies far below the value, and luck decides."""
_BINARY = 2


class TableFault(NamedTuple):
    """One flaw of a table; `table` is `train` or `holdout`."""

    table: str
    code: str
    message: str
    hint: str
    line: int = 1
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    columns: list[str]
    rows: list[list[str]]

    def column(self, name: str) -> list[str]:
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def features(self, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
        places = [self.columns.index(name) for name in names]
        return (tuple(_plain(row[place]) for place in places) for row in self.rows)


def find_faults(part: MetricPart, train: bytes, holdout: bytes) -> list[TableFault]:
    """Return what is wrong with the tables of a part, and what would be right."""
    tables: dict[str, _Table] = {}
    for name, content in (("train", train), ("holdout", holdout)):
        table = _read(name, content)
        if isinstance(table, TableFault):
            return [table]
        if part.target not in table.columns:
            return [
                TableFault(
                    name, "missing-column", f"there is no column '{part.target}'", "name the target in the header line"
                )
            ]
        tables[name] = table
    known, held = tables["train"], tables["holdout"]
    if set(known.columns) != set(held.columns):
        odd = ", ".join(sorted(set(known.columns) ^ set(held.columns))[:5])
        return [TableFault("holdout", "other-columns", f"the tables differ in {odd}", "give both the same columns")]
    return [*_label_faults(part, known, held), *_row_faults(part, known, held)]


def _read(name: str, content: bytes) -> _Table | TableFault:
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        return TableFault(name, "not-utf-8", "the table is not UTF-8", "save it as UTF-8")
    except csv.Error as error:
        return TableFault(name, "not-csv", f"this is no CSV: {error}", "separate values by commas")
    lines = [line for line in lines if line]
    if len(lines) < 2:
        return TableFault(name, "no-rows", "the table has no rows", "a header line and rows are wanted")
    columns = lines[0]
    repeated = sorted({column for column in columns if columns.count(column) > 1})
    if repeated or len(columns) < _BINARY:
        what = f"column '{repeated[0]}' stands twice" if repeated else "there is one column alone"
        return TableFault(name, "wrong-header", what, "give features and target a column each")
    for number, row in enumerate(lines[1:], 2):
        if len(row) != len(columns):
            return TableFault(
                name, "wrong-row", f"row {number} has {len(row)} values for {len(columns)} columns", "", number
            )
    return _Table(columns, lines[1:])


def _label_faults(part: MetricPart, known: _Table, held: _Table) -> Iterator[TableFault]:
    rule = METRICS[part.metric]
    labels = {"train": known.column(part.target), "holdout": held.column(part.target)}
    for name, column in labels.items():
        if rule.kind == "values":
            line = next((i for i, text in enumerate(column, 2) if not _is_number(text)), 0)
            what = "is no number"
        else:
            line = next((i for i, text in enumerate(column, 2) if not text.strip()), 0)
            what = "is empty"
        if line:
            yield TableFault(name, "wrong-target", f"'{part.target}' {what} in row {line}", "every row needs one", line)
            return
    classes = {name: {_plain(text) for text in column} for name, column in labels.items()}
    if any(len(found) < _BINARY for found in classes.values()):
        name = "train" if len(classes["train"]) < _BINARY else "holdout"
        yield TableFault(name, "constant-target", f"'{part.target}' is the same in every row", "nothing can be learned")
        return
    if rule.kind == "values":
        return
    unknown = sorted(classes["holdout"] - classes["train"])
    if unknown:
        yield TableFault(
            "holdout", "unknown-label", f"label '{unknown[0][:40]}' is in no training row", "nobody could predict it"
        )
    if rule.is_binary and len(classes["train"]) != _BINARY:
        yield TableFault(
            "train",
            "not-binary",
            f"'{part.target}' has {len(classes['train'])} labels; {rule.title} takes two",
            "choose a metric for several labels, such as f1_macro",
        )
    elif part.positive is not None and _plain(part.positive) not in classes["train"]:
        yield TableFault(
            "train", "unknown-label", f"the positive label '{part.positive}' is in no row", "write it as the table does"
        )


def _row_faults(part: MetricPart, known: _Table, held: _Table) -> Iterator[TableFault]:
    names = [column for column in known.columns if column != part.target]
    seen = set(known.features(names))
    both = [line for line, row in enumerate(held.features(names), 2) if row in seen]
    if both:
        yield TableFault(
            "holdout",
            "row-in-training",
            f"{len(both)} of {len(held.rows)} hold-out rows stand in the training data too, the first in row {both[0]}",
            "take them out of one of the two",
            both[0],
            is_warning=True,
        )
    if len(held.rows) < _FEW_ROWS:
        yield TableFault(
            "holdout",
            "few-rows",
            f"{len(held.rows)} hold-out rows are few: the lower bound lies far from the value",
            f"give {_FEW_ROWS} at least",
            is_warning=True,
        )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _plain(text: str) -> str:
    """Return a value in one way of writing: 1, 1.0 and 1e0 are one value."""
    try:
        return repr(float(text))
    except ValueError:
        return text.strip()
