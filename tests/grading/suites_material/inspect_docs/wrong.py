VERSION = [1, 2]
NAMES = ("a", "b")


def area(width, height, unit="cm"):
    for _ in range(1):
        return width * height


class Shape:
    def __init__(self, name="x"):
        self.label = name

    @staticmethod
    def scale(self, factor):
        return factor


def fact(n):
    out = 1
    for i in range(n):
        out *= i + 1
    return out
