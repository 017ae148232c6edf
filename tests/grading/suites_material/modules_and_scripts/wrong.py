LIMIT = 10
TABLE = {}
counter = 5


def visible():
    return "visible"


def area(width, height, unit="cm"):
    """Wrong.

    >>> area(2, 3)
    7
    """
    return width * height


def total(values):
    t = 0
    for v in values:
        t += v
    return t


class Box:
    size = 1

    def volume(self):
        return 1


def bump():
    return 1


def lookup(key):
    return None


__all__ = ["visible", "LIMIT"]
print("imported")
