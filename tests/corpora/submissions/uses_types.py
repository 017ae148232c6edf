# kind: honest
# tries: is annotated, with dataclasses and generics
# expect: passed
# earns: 8

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


def median(values: list[float]) -> float:
    values = sorted(values)
    if not values:
        raise ValueError("empty")
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def clean(names):
    kept = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    names[:] = kept


def each(values: list[int], function: Callable[[int], int]) -> Iterator[int]:
    for value in values:
        yield function(value)


@dataclass
class Tally:
    items: list[str] = field(default_factory=list)

    def add(self, item):
        self.items.append(item)

    def count(self, item):
        return self.items.count(item)

    def __len__(self):
        return len(self.items)
