"""A small module."""

VERSION = (1, 2)
NAMES = ["a", "b"]


def area(width: float, height: float, *, unit="cm") -> float:
    """Return the area of a rectangle."""
    return width * height


class Shape:
    """A shape."""

    def __init__(self, name):
        self.name = name

    def scale(self, factor):
        """Scale it."""
        return factor


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
