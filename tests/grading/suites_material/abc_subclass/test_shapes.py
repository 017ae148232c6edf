import abc
import inspect
import math

import pytest

import solution
from solution import Circle, Shape, Square


def test_cannot_instantiate():
    with pytest.raises(TypeError):
        Shape()
    assert inspect.isabstract(Shape)
    assert isinstance(Shape, abc.ABCMeta)


def test_subclasses():
    assert issubclass(Circle, Shape)
    assert isinstance(Square(2), Shape)
    assert Circle(1).area() == pytest.approx(math.pi)
    assert Square(2).describe() == "Square with area 4"


def test_own_subclass():
    class Triangle(Shape):
        def __init__(self, base, height):
            super().__init__("tri")
            self.base = base
            self.height = height

        def area(self):
            return self.base * self.height / 2

    t = Triangle(3, 4)
    assert t.area() == 6
    assert t.name == "tri"
    assert t.describe() == "Triangle with area 6.0"
    assert isinstance(t, Shape)
    assert solution.total_area([t, Square(1)]) == 7


def test_incomplete_subclass():
    class Blob(Shape):
        pass

    with pytest.raises(TypeError):
        Blob()


def test_override_and_super():
    class Loud(Square):
        def describe(self):
            return super().describe().upper()

    assert Loud(3).describe() == "LOUD WITH AREA 9"
    assert Loud(3).area() == 9


def test_polymorphism():
    shapes = [Circle(1), Square(1)]
    assert [type(s).__name__ for s in shapes] == ["Circle", "Square"]
    assert Shape.registry == ["Circle", "Square"]


def test_class_attribute():
    class Unit(Square):
        sides = 44

    assert Unit(1).sides == 44
    assert Square(1).sides == 4
    assert solution.sides_of(Unit(1)) == 44


def test_mro():
    assert [c.__name__ for c in Circle.__mro__][:2] == ["Circle", "Shape"]
    assert Square.__bases__ == (Shape,)


def test_duck():
    class Duck:
        def area(self):
            return 10

    assert solution.total_area([Duck()]) == 10
    with pytest.raises(AttributeError):
        solution.total_area([object()])


def test_template_method():
    class Steps(solution.Process):
        def step(self, n):
            return n * 2

    assert Steps().run(3) == [0, 2, 4]


def test_property_override():
    class Named(Square):
        @property
        def name(self):
            return "fixed"

    with pytest.raises(AttributeError):
        Named(1)


def test_static_and_class():
    class Other(Square):
        @classmethod
        def unit(cls):
            return cls(1)

        @staticmethod
        def hint():
            return "static"

    assert Other.unit().area() == 1
    assert isinstance(Other.unit(), Other)
    assert Other.hint() == "static"
