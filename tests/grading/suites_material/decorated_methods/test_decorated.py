import pytest
from solution import cached, count_calls, typed


class Box:
    def __init__(self, size):
        self.size = size

    @count_calls
    def volume(self, height=1):
        return self.size**2 * height

    @cached
    def name(self, n):
        return f"box {self.size} {n}"


def test_methods_know_their_object():
    assert Box(2).volume(3) == 12
    assert Box(3).volume() == 9


def test_calls_are_counted_for_the_class():
    before = Box.volume.calls
    Box(1).volume()
    Box(1).volume()
    assert Box.volume.calls == before + 2


def test_cached_method():
    box = Box(5)
    assert box.name(1) == "box 5 1"
    assert box.name(1) == "box 5 1"


def test_types_are_checked():
    @typed
    def repeat(text: str, times: int) -> str:
        return text * times

    assert repeat("ab", 2) == "abab"
    assert repeat(text="x", times=3) == "xxx"
    with pytest.raises(TypeError, match="times"):
        repeat("ab", "2")


def test_without_annotations_all_goes():
    assert typed(lambda a, b: (a, b))(1, "x") == (1, "x")
