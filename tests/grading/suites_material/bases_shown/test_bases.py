import functools
import inspect

import solution as s
import pytest


def test_the_order_is_that_of_the_diamond():
    assert [c.__name__ for c in s.D.mro()] == ["D", "B", "C", "A", "object"]
    assert s.D.__mro__ == (s.D, s.B, s.C, s.A, object)
    assert inspect.getmro(s.B) == (s.B, s.A, object)


def test_bases_are_shown_without_more():
    assert s.D.__bases__ == (s.B, s.C)
    assert s.A.__bases__ == (object,)
    assert s.A.__base__ is object


def test_exceptions_and_lists_have_their_own():
    assert s.F.__mro__[:2] == (s.F, s.E)
    assert s.F.__bases__ == (s.E,)
    assert s.L.__mro__ == (s.L, list, object)


def test_each_asks_the_next():
    assert s.D().who() == "DBCA"


def test_a_class_of_the_tests_stands_before_them():
    class X(s.D):
        def who(self):
            return "X" + super().who()

    assert X().who() == "XDBCA"
    assert [c.__name__ for c in X.__mro__] == ["X", "D", "B", "C", "A", "object"]


def test_single_dispatch_goes_by_the_bases():
    @functools.singledispatch
    def kind(x):
        return "any"

    @kind.register(s.A)
    def _(x):
        return "A"

    assert kind(s.D()) == "A"
    assert kind(3) == "any"


def test_an_abstract_class_is_not_made():
    assert s.Shape.__mro__[0] is s.Shape
    with pytest.raises(TypeError):
        s.Shape()
