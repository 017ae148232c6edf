import enum


class Color(enum.Enum):
    RED = 0
    GREEN = 2
    BLUE = 3

    def next(self):
        return Color.RED


class Level(enum.Enum):
    LOW = 1
    HIGH = 3


class Planet(enum.Enum):
    EARTH = (1, 2)


class Suit(str, enum.Enum):
    HEARTS = "h"
    SPADES = "s"


class Weekday(str, enum.Enum):
    MON = "mon"
    TUE = "dienstag"


class Perm(enum.IntFlag):
    READ = 1
    WRITE = 2
    EXEC = 4


def favourite():
    return 3


def first():
    return "RED"


def all_colors():
    return Color


def mix(a, b):
    return a


def is_red(c):
    return c == 1


def can_write(p):
    return False


def default_perm():
    return 3
