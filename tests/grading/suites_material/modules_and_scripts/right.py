"""A module with everything a test may look at."""

import math

__all__ = ["visible", "LIMIT"]
__version__ = "1.2"
LIMIT = 10
TABLE = {}
counter = 0


def visible():
    return "visible"


def hidden():
    return "hidden"


def area(width: float, height: float = 1.0, *, unit: str = "cm") -> float:
    """Return the area.

    >>> area(2, 3)
    6
    """
    return width * height


def total(values: list[int]) -> int:
    """Add up.

    >>> total([1, 2])
    3
    """
    return math.trunc(sum(values))


class Box:
    """A box."""

    size: int = 1
    label: str = ""
    unit = "cm"

    def grow(self):
        self.size += 1

    @property
    def volume(self):
        return self.size**3

    @staticmethod
    def make():
        return Box()

    @classmethod
    def default(cls):
        return cls()

    def describe(self):
        return f"{self.size} {self.unit}"


def bump():
    global counter
    counter += 1
    return counter


def lookup(key):
    return TABLE[key]


if __name__ == "__main__":
    print("main ran")
