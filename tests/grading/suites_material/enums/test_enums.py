import enum

import pytest

import solution
from solution import Color, Level, Perm, Planet, Suit, Weekday


def test_members():
    assert [c.name for c in Color] == ["RED", "GREEN", "BLUE"]
    assert Color.RED.value == 1
    assert len(Color) == 3


def test_identity():
    assert Color.RED is Color.RED
    assert Color(1) is Color.RED
    assert Color["RED"] is Color.RED
    assert solution.favourite() is Color.BLUE
    assert Color.RED is not Color.BLUE


def test_types():
    assert isinstance(Color.RED, Color)
    assert issubclass(Color, enum.Enum)
    assert isinstance(Level.LOW, int)
    assert Color.RED != 1
    assert not Color.RED == 1
    assert Level.LOW == 1
    assert Level.LOW < Level.HIGH
    assert sorted([Level.HIGH, Level.LOW]) == [Level.LOW, Level.HIGH]


def test_invalid():
    with pytest.raises(ValueError):
        Color(99)
    with pytest.raises(KeyError):
        Color["PINK"]
    with pytest.raises(AttributeError):
        Color.PINK


def test_methods_and_properties():
    assert Color.RED.describe() == "red is 1"
    assert Planet.EARTH.gravity > 9.7
    assert Planet.EARTH.mass == 5.976e24
    assert Suit.HEARTS.symbol == "♥"


def test_missing():
    assert Color("red") is Color.RED


def test_in_containers():
    seen = {Color.RED: "r", Color.GREEN: "g"}
    assert seen[solution.first()] == "r"
    assert Color.RED in Color
    assert solution.first() in {Color.RED}
    assert solution.all_colors() == [Color.RED, Color.GREEN, Color.BLUE]


def test_as_argument():
    assert solution.mix(Color.RED, Color.BLUE) == "RED+BLUE"
    assert solution.is_red(Color.RED) is True


def test_str_enum():
    assert Weekday.MON == "mon"
    assert Weekday("tue") is Weekday.TUE
    assert Weekday.MON.upper() == "MON"


def test_flags():
    both = Perm.READ | Perm.WRITE
    assert Perm.READ in both
    assert Perm.EXEC not in both
    assert solution.can_write(both)
    assert solution.default_perm() == Perm.READ | Perm.WRITE
    assert (both & Perm.READ) == Perm.READ


def test_alias():
    assert Suit.HERZ is Suit.HEARTS
    assert list(Suit) == [Suit.HEARTS, Suit.SPADES]


def test_repr():
    assert str(Color.RED) == "Color.RED"
    assert repr(Color.RED) == "<Color.RED: 1>"
    assert str(Suit.SPADES) == "suit SPADES"


def test_match():
    match solution.first():
        case Color.RED:
            hit = True
        case _:
            hit = False
    assert hit


def test_next():
    assert Color.RED.next() is Color.GREEN
    assert Color.BLUE.next() is Color.RED
