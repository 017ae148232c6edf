import ast
import importlib.util
import os
from pathlib import Path

import pytest
import solution

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "solution.py")


def load(name="submitted"):
    spec = importlib.util.spec_from_file_location(name, SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_file_is_there():
    assert os.path.exists(SOURCE) and os.path.isfile("solution.py")
    assert Path(SOURCE).is_file()
    assert not os.path.exists("solution_two.py")


def test_loaded_by_location():
    assert load().area(2, 3) == 6


def test_each_load_begins_anew():
    first = load()
    first.SEEN.append(1)
    assert load("other").SEEN == []
    assert first.SEEN == [1]


def test_no_loops_in_the_text():
    with open(SOURCE) as file:
        tree = ast.parse(file.read())
    assert not [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]


def test_text_is_the_same_by_every_way():
    text = Path("solution.py").read_text()
    assert text == open(solution.__file__).read()
    assert text.encode() == Path(SOURCE).read_bytes()


def test_run_in_a_namespace():
    names = {}
    exec(open("solution.py").read(), names)
    assert names["area"](4, 5) == 20


def test_compiled_and_run():
    names = {"__name__": "solution"}
    exec(compile(Path(SOURCE).read_text(), "solution.py", "exec"), names)
    assert names["area"](1, 5) == 5


def test_other_files_are_missing():
    with pytest.raises(FileNotFoundError):
        open("nothing.py")
