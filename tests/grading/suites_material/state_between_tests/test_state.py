import importlib

import pytest

import solution


def setup_module(module):
    solution.reset()


def teardown_module(module):
    solution.reset()


def test_first():
    solution.register("a")
    assert solution.names() == ["a"]


def test_second_sees_first():
    assert solution.names() == ["a"]
    assert solution.NAMES is solution.names()


class TestState:
    def setup_method(self):
        solution.reset()

    def teardown_method(self):
        solution.NAMES.append("left")

    def test_clean(self):
        assert solution.names() == []

    def test_clean_again(self):
        assert solution.names() == []
        solution.NAMES.append("direct")
        assert solution.names() == ["direct"]


def test_reload():
    solution.register("z")
    importlib.reload(solution)
    assert solution.names() == []


def test_global_changed_by_function():
    assert solution.level == 0
    solution.raise_level()
    assert solution.level == 1
    solution.level = 10
    solution.raise_level()
    assert solution.level == 11


def test_config_dict():
    solution.CONFIG["depth"] = 3
    assert solution.depth() == 3
    solution.CONFIG.update(depth=4, extra=[1])
    assert solution.depth() == 4
    solution.CONFIG["extra"].append(2)
    assert solution.CONFIG["extra"] == [1, 2]
    assert solution.extras() == 2


def test_class_attribute_state():
    a, b = solution.Tally(), solution.Tally()
    a.hit()
    b.hit()
    assert solution.Tally.total == 2
    solution.Tally.total = 50
    a.hit()
    assert solution.Tally.total == 51
