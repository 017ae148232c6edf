import math
from abc import ABC, abstractmethod


class Shape(ABC):
    registry = ["Circle", "Square"]

    def __init__(self, name):
        self.name = name

    @abstractmethod
    def area(self):
        ...

    def describe(self):
        return f"{type(self).__name__} with area {self.area()}"


class Circle(Shape):
    def __init__(self, r):
        super().__init__("circle")
        self.r = r

    def area(self):
        return math.pi * self.r**2


class Square(Shape):
    sides = 4

    def __init__(self, a):
        super().__init__("square")
        self.a = a

    def area(self):
        return self.a**2


def total_area(shapes):
    return sum(s.area() for s in shapes)


def sides_of(s):
    return s.sides


class Process:
    def run(self, n):
        return [self.step(i) for i in range(n)]

    def step(self, n):
        raise NotImplementedError
