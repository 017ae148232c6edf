# submission: geometry
import importlib

import pytest

import geometry
import geometry.shapes as gs
from geometry import area_of
from geometry.shapes import Square
from geometry.util.numbers import clamp
from tools import double


def test_package():
    assert geometry.__version__ == "1.0"
    assert area_of(Square(2)) == 4


def test_submodule_identity():
    assert gs.Square is Square
    assert geometry.shapes is gs
    assert geometry.Square is Square


def test_deep():
    assert clamp(5, 0, 3) == 3
    assert geometry.util.numbers.clamp(-1, 0, 3) == 0


def test_second_module():
    assert double(4) == 8


def test_missing():
    with pytest.raises(ImportError):
        importlib.import_module("geometry.nothing")
    with pytest.raises(ImportError):
        from geometry import nothing  # noqa: F401


def test_import_module():
    mod = importlib.import_module("geometry.shapes")
    assert mod.Square(3).area() == 9


def test_patch_in_submodule(monkeypatch):
    monkeypatch.setattr("geometry.util.numbers.LIMIT", 2)
    assert geometry.util.numbers.limited(5) == 2


def test_unpatched():
    assert geometry.util.numbers.limited(500) == 100
