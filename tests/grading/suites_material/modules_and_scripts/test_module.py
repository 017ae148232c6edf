import ast
import doctest
import importlib
import inspect
import os
import pathlib
import runpy
import subprocess
import sys
import types
import typing

import pytest

import solution
import solution as s
from solution import *  # noqa: F403

HERE = pathlib.Path(__file__).parent


def test_star_import_brings_only_all():
    assert visible() == "visible"  # noqa: F405
    assert "hidden" not in globals()
    assert solution.__all__ == ["visible", "LIMIT"]
    assert LIMIT == 10  # noqa: F405
    assert s is solution


def test_module_facts():
    assert isinstance(solution, types.ModuleType)
    assert inspect.ismodule(solution)
    assert solution.__name__ == "solution"
    assert solution.__doc__.strip().startswith("A module")
    assert solution.__version__ == "1.2"
    assert "hidden" in dir(solution)
    assert hasattr(solution, "hidden")
    assert not hasattr(solution, "nothing")
    assert getattr(solution, "nothing", 5) == 5
    assert "visible" in vars(solution)


def test_signature():
    sig = inspect.signature(solution.area)
    assert list(sig.parameters) == ["width", "height", "unit"]
    assert sig.parameters["unit"].default == "cm"
    assert sig.parameters["unit"].kind is inspect.Parameter.KEYWORD_ONLY
    assert sig.return_annotation is float
    assert str(sig) == "(width: float, height: float = 1.0, *, unit: str = 'cm') -> float"
    assert inspect.getfullargspec(solution.area).kwonlyargs == ["unit"]


def test_hints():
    assert typing.get_type_hints(solution.area) == {"width": float, "height": float, "unit": str, "return": float}
    assert solution.area.__annotations__["width"] is float
    assert solution.area.__defaults__ == (1.0,)
    assert solution.area.__kwdefaults__ == {"unit": "cm"}
    assert solution.total.__annotations__["values"] == list[int]
    assert typing.get_type_hints(solution.Box)["size"] is int
    assert solution.Box.__annotations__ == {"size": int, "label": str}


def test_doc():
    assert inspect.getdoc(solution.area) == "Return the area.\n\n>>> area(2, 3)\n6"
    assert solution.area.__doc__
    assert inspect.getdoc(solution.Box) == "A box."


def test_code_facts():
    assert solution.area.__name__ == "area"
    assert solution.area.__qualname__ == "area"
    assert solution.area.__module__ == "solution"
    assert solution.area.__code__.co_argcount == 2
    assert "width" in solution.area.__code__.co_varnames
    assert solution.Box.grow.__qualname__ == "Box.grow"
    assert inspect.isfunction(solution.area)
    assert inspect.isclass(solution.Box)
    assert inspect.ismethod(solution.Box().grow)
    assert not inspect.isbuiltin(solution.area)
    assert isinstance(solution.area, types.FunctionType)


def test_members():
    functions = [name for name, _ in inspect.getmembers(solution, inspect.isfunction)]
    assert {"area", "total", "visible", "hidden"} <= set(functions)
    classes = [name for name, _ in inspect.getmembers(solution, inspect.isclass)]
    assert "Box" in classes
    methods = [name for name, _ in inspect.getmembers(solution.Box, inspect.isfunction)]
    assert "grow" in methods


def test_source():
    source = inspect.getsource(solution.total)
    assert source.startswith("def total")
    tree = ast.parse(source)
    loops = [n for n in ast.walk(tree) if isinstance(n, (ast.For, ast.While))]
    assert loops == []
    assert any(isinstance(n, ast.Call) for n in ast.walk(tree))
    assert "import" in inspect.getsource(solution)


def test_property_is_one():
    assert isinstance(solution.Box.__dict__["volume"], property)
    assert isinstance(inspect.getattr_static(solution.Box, "volume"), property)
    assert isinstance(vars(solution.Box)["make"], staticmethod)
    assert isinstance(vars(solution.Box)["default"], classmethod)


def test_doctests():
    results = doctest.testmod(solution)
    assert results.attempted >= 2
    assert results.failed == 0


def test_reload_resets_state():
    solution.bump()
    solution.bump()
    assert solution.counter == 2
    importlib.reload(solution)
    assert solution.counter == 0


def test_global_state_set_by_the_test():
    solution.counter = 10
    assert solution.bump() == 11
    assert solution.counter == 11
    solution.TABLE["x"] = 1
    assert solution.lookup("x") == 1
    solution.Box.unit = "mm"
    assert solution.Box().describe() == "1 mm"
    del solution.TABLE["x"]
    with pytest.raises(KeyError):
        solution.lookup("x")


def test_import_module_by_name():
    again = importlib.import_module("solution")
    assert again is sys.modules["solution"]
    f = getattr(again, "area")
    assert f(2, 3) == 6
    assert __import__("solution").area(1, 1) == 1


def test_code_of_the_solution_is_not_run_as_main(capsys):
    importlib.reload(solution)
    assert capsys.readouterr().out == ""


def test_run_as_script(capsys):
    runpy.run_module("solution", run_name="__main__")
    assert capsys.readouterr().out == "main ran\n"
