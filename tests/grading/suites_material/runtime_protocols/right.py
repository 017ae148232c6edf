from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable


@runtime_checkable
class Shape(Protocol):
    def area(self) -> float: ...


class Circle:
    def __init__(self, radius):
        self.radius = radius
        self.name = "circle"

    def area(self):
        return 3 * self.radius**2

    def __float__(self):
        return float(self.radius)


class Square:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


def area_of_all(shapes):
    return sum(s.area() for s in shapes if isinstance(s, Shape))


class Queue:
    __hash__ = None

    def __init__(self):
        self._items = []

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, item):
        return item in self._items


class Deck(Sequence):
    def __init__(self):
        self._cards = [r + s for s in "CDHS" for r in "23456789TJQKA"]

    def __len__(self):
        return len(self._cards)

    def __getitem__(self, i):
        return self._cards[i]


class Table(Mapping):
    def __init__(self, data):
        self._data = dict(data)

    def __getitem__(self, key):
        return self._data[key]

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)


class Animal(ABC):
    @abstractmethod
    def sound(self): ...

    def speak(self):
        return self.sound() + "!"


class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees


class Fahrenheit:
    def __init__(self, degrees):
        self.degrees = degrees


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Opened:
    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self.file

    def __exit__(self, *exc):
        self.file.close()


def describe(value):
    match value:
        case None:
            return "nothing"
        case int():
            return "integer"
        case float():
            return "real"
        case str():
            return "text"
        case (a, b):
            return f"pair {a} and {b}"
        case [*items]:
            return f"list of {len(items)}"
        case {}:
            return "empty dict"
