import collections.abc
import contextlib
import io
import numbers
import typing
from abc import ABC, abstractmethod
from typing import Protocol, runtime_checkable

import pytest

import solution
from solution import Celsius, Circle, Deck, Fahrenheit, Queue, Square, area_of_all, describe


@runtime_checkable
class HasArea(Protocol):
    def area(self) -> float: ...


@runtime_checkable
class Named(Protocol):
    name: str


class Volume(ABC):
    @abstractmethod
    def volume(self): ...


class Cube:
    def __init__(self, side):
        self.side = side

    def area(self):
        return 6 * self.side**2


def test_objects_of_the_solution_fit_a_protocol_of_the_test():
    assert isinstance(Circle(1), HasArea)
    assert isinstance(Square(1), HasArea)
    assert not isinstance(Queue(), HasArea)
    assert issubclass(Circle, HasArea)


def test_data_protocol():
    assert isinstance(Circle(1), Named)
    assert not isinstance(Square(1), Named)


def test_protocol_of_the_solution_accepts_a_class_of_the_test():
    assert isinstance(Cube(1), solution.Shape)
    assert not isinstance(object(), solution.Shape)
    assert area_of_all([Cube(1), Square(2)]) == 10
    assert not isinstance(3, solution.Shape)


def test_abc_of_the_test_registered():
    Volume.register(Circle)
    assert isinstance(Circle(1), Volume)
    assert issubclass(Circle, Volume)
    assert not issubclass(Square, Volume)


def test_collections_abcs():
    q = Queue()
    assert isinstance(q, collections.abc.Sized)
    assert isinstance(q, collections.abc.Iterable)
    assert isinstance(q, collections.abc.Container)
    assert isinstance(q, collections.abc.Collection)
    assert not isinstance(q, collections.abc.Sequence)
    assert not isinstance(q, collections.abc.Hashable)
    assert isinstance(Circle(1), collections.abc.Hashable)


def test_sequence_subclass():
    d = Deck()
    assert isinstance(d, collections.abc.Sequence)
    assert len(d) == 52
    assert d[0] == "2C"
    assert d.index("3C") == 1
    assert d.count("2C") == 1
    assert "AS" in d
    assert next(reversed(d)) == "AS"
    assert d[:2] == ["2C", "3C"]


def test_mapping_subclass():
    t = solution.Table({"a": 1, "b": 2})
    assert isinstance(t, collections.abc.Mapping)
    assert t == {"a": 1, "b": 2}
    assert dict(t) == {"a": 1, "b": 2}
    assert {**t} == {"a": 1, "b": 2}
    assert list(t.items()) == [("a", 1), ("b", 2)]
    assert t.get("z", 0) == 0
    assert sorted(t.keys()) == ["a", "b"]
    with pytest.raises(KeyError):
        t["z"]


def test_abstract_class_cannot_be_made():
    with pytest.raises(TypeError, match="abstract"):
        solution.Animal()


def test_abstract_class_derived_in_the_test():
    class Dog(solution.Animal):
        def sound(self):
            return "woof"

    dog = Dog()
    assert dog.speak() == "woof!"
    assert isinstance(dog, solution.Animal)
    assert issubclass(Dog, solution.Animal)

    class Silent(solution.Animal):
        pass

    with pytest.raises(TypeError):
        Silent()


def test_abstract_methods_listed():
    assert solution.Animal.__abstractmethods__ == frozenset({"sound"})


def test_numbers():
    assert isinstance(Celsius(1), Celsius)
    assert not isinstance(Celsius(1), Fahrenheit)
    assert not isinstance(Celsius(1), numbers.Number)
    assert isinstance(Celsius(3).degrees, numbers.Real)


def test_typing_checks():
    assert isinstance(Circle(1), typing.SupportsFloat)
    assert isinstance(Circle(1), typing.Hashable)
    assert not isinstance(Queue(), typing.SupportsInt)
    assert isinstance(Queue(), typing.Sized)


def test_isinstance_with_tuple_and_union():
    assert isinstance(Circle(1), (Square, Circle))
    assert isinstance(Circle(1), Square | Circle)
    assert not isinstance(Circle(1), (Square, str))
    assert isinstance(Circle(1), object)
    assert type(Circle(1)) is Circle
    assert type(Circle(1)).__name__ == "Circle"
    assert Circle.__mro__[-1] is object
    assert Circle(1).__class__ is Circle


def test_context_manager_protocols():
    assert isinstance(solution.Opened(io.StringIO("x")), contextlib.AbstractContextManager)
    with solution.Opened(io.StringIO("hello\nworld\n")) as f:
        assert f.readline() == "hello\n"


@pytest.mark.parametrize("value, text", [(1, "integer"), (1.5, "real"), ("a", "text"), ([1], "list of 1"), (None, "nothing"), ({}, "empty dict"), ((1, 2), "pair 1 and 2")])
def test_pattern_matching_in_the_solution(value, text):
    assert describe(value) == text


def test_pattern_matching_in_the_test():
    match Celsius(20):
        case Fahrenheit():
            found = "f"
        case Celsius(degrees=d):
            found = d
        case _:
            found = None
    assert found == 20
    match solution.Point(1, 2):
        case solution.Point(0, y):
            found = y
        case solution.Point(x, 2):
            found = ("x", x)
    assert found == ("x", 1)
