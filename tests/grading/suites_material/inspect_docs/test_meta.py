import inspect
import types
import typing

import solution


def test_docstrings():
    assert solution.__doc__ == "A small module."
    assert solution.area.__doc__.startswith("Return the area")
    assert solution.Shape.__doc__ == "A shape."
    assert solution.Shape.scale.__doc__ == "Scale it."
    assert inspect.getdoc(solution.area) == "Return the area of a rectangle."


def test_signature():
    sig = inspect.signature(solution.area)
    assert list(sig.parameters) == ["width", "height", "unit"]
    assert sig.parameters["unit"].default == "cm"
    assert sig.parameters["unit"].kind is inspect.Parameter.KEYWORD_ONLY
    assert sig.parameters["width"].annotation is float
    assert sig.return_annotation is float
    assert str(inspect.signature(solution.Shape)) == "(name)"
    assert list(inspect.signature(solution.Shape.scale).parameters) == ["self", "factor"]
    assert list(inspect.signature(solution.Shape("x").scale).parameters) == ["factor"]


def test_annotations():
    assert solution.area.__annotations__["height"] is float
    assert typing.get_type_hints(solution.area)["return"] is float


def test_kinds():
    assert inspect.isfunction(solution.area)
    assert callable(solution.area)
    assert inspect.isclass(solution.Shape)
    assert inspect.ismodule(solution)
    assert inspect.ismethod(solution.Shape("x").scale)
    assert isinstance(solution.area, types.FunctionType)
    assert solution.area.__name__ == "area"
    assert solution.Shape.__name__ == "Shape"
    assert type(solution.Shape("x")).__name__ == "Shape"
    assert solution.Shape("x").__class__ is solution.Shape
    assert not callable(solution.VERSION)


def test_source():
    assert "for " not in inspect.getsource(solution.area)
    assert "def scale" in inspect.getsource(solution.Shape)


def test_attributes():
    assert hasattr(solution, "area")
    assert not hasattr(solution, "volume")
    assert hasattr(solution.Shape, "scale")
    s = solution.Shape("x")
    assert hasattr(s, "name")
    assert not hasattr(s, "colour")
    assert getattr(s, "colour", "none") == "none"
    assert "area" in dir(solution)
    assert "scale" in dir(s)
    setattr(s, "colour", "red")
    assert s.colour == "red"
    del s.colour
    assert not hasattr(s, "colour")


def test_defaults():
    assert solution.area.__kwdefaults__ == {"unit": "cm"}
    assert solution.area.__defaults__ is None
    assert solution.area.__code__.co_argcount == 2


def test_constants():
    assert solution.VERSION == (1, 2)
    assert solution.NAMES == ["a", "b"]


def test_recursion_used():
    names = solution.fact.__code__.co_names
    assert "fact" in names
    assert solution.fact(5) == 120


def test_callable_members():
    functions = [name for name, f in inspect.getmembers(solution, inspect.isfunction)]
    assert functions == ["area", "fact"]
