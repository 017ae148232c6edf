import pytest
from solution import AttributeDict, Slotted, Tag, by_length, count, tags, unique


def test_set_of_own_objects():
    assert unique("a b a") == {Tag("a"), Tag("b")}
    assert len(unique("a b a c")) == 3


def test_dict_with_own_keys():
    found = count("a b a")
    assert found == {Tag("a"): 2, Tag("b"): 1}
    assert found[Tag("a")] == 2
    assert Tag("c") not in found


def test_counted_from_a_list_of_the_test():
    assert count(["x", "x"]) == {Tag("x"): 2}


def test_keys_with_equal_hashes():
    assert by_length("aa bb c") == {2: frozenset({Tag("aa"), Tag("bb")}), 1: frozenset({Tag("c")})}
    assert hash(Tag("aa")) == hash(Tag("bb"))


def test_keys_within_tuples():
    table = {(tag, n): n for n, tag in enumerate(tags("a b"))}
    assert table[Tag("b"), 1] == 1


def test_keys_go_there_and_back():
    found = count("a a")
    assert count(found) == {Tag("a"): 2}
    found[Tag("b")] = 5
    assert count(found) == {Tag("a"): 2, Tag("b"): 5}


def test_attributes_are_items():
    settings = AttributeDict(a=1)
    settings.b = 2
    assert settings == {"a": 1, "b": 2}
    assert settings["b"] == settings.b == 2
    del settings.a
    assert settings == {"b": 2}
    with pytest.raises(AttributeError):
        settings.missing


def test_slots():
    assert Slotted.__slots__ == ("x",)
    thing = Slotted(1)
    assert not hasattr(thing, "__dict__")
    with pytest.raises(AttributeError):
        thing.y = 2
