class Shape:
    registry = []

    def __init__(self, name="x"):
        self.name = name

    def area(self):
        return 0

    def describe(self):
        return "shape"


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3 * self.r


class Square:
    sides = 4

    def __init__(self, a):
        self.a = a
        self.name = "s"

    def area(self):
        return self.a

    def describe(self):
        return "square"


def total_area(shapes):
    return 0


def sides_of(s):
    return 4


class Process:
    def run(self, n):
        return []
