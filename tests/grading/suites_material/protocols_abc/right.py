import functools
from collections.abc import Iterator, Mapping, Sequence


class Deck(Sequence):
    __hash__ = None

    def __init__(self, items):
        self.items = list(items)

    def __getitem__(self, i):
        return Deck(self.items[i]) if isinstance(i, slice) else self.items[i]

    def __len__(self):
        return len(self.items)

    def __eq__(self, other):
        return isinstance(other, Deck) and self.items == other.items


class FrozenMap(Mapping):
    def __init__(self, **kw):
        self._d = kw

    @classmethod
    def of(cls, mapping):
        return cls(**mapping)

    def __getitem__(self, k):
        return self._d[k]

    def __iter__(self):
        return iter(self._d)

    def __len__(self):
        return len(self._d)


class Stream(Iterator):
    def __init__(self, n):
        self.n = n

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


@functools.total_ordering
class Ordered:
    def __init__(self, n):
        self.n = n

    def __eq__(self, o):
        return self.n == o.n

    def __lt__(self, o):
        if not isinstance(o, Ordered):
            return NotImplemented
        return self.n < o.n

    def __hash__(self):
        return hash(self.n)


class Temperature:
    def __init__(self, n):
        self.n = n

    def area(self):
        return self.n


def total_length(items):
    return sum(len(x) for x in items)
