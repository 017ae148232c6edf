import enum


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    BLUE = 3

    def describe(self):
        return f"{self.name.lower()} is {self.value}"

    @classmethod
    def _missing_(cls, value):
        for member in cls:
            if isinstance(value, str) and member.name.lower() == value:
                return member
        return None

    def next(self):
        members = list(Color)
        return members[(members.index(self) + 1) % len(members)]


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 3


class Planet(enum.Enum):
    EARTH = (5.976e24, 6.37814e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def gravity(self):
        return 6.6743e-11 * self.mass / self.radius**2


class Suit(enum.Enum):
    HEARTS = "h"
    SPADES = "s"
    HERZ = "h"

    @property
    def symbol(self):
        return {"h": "♥", "s": "♠"}[self.value]

    def __str__(self):
        return f"suit {self.name}"


class Weekday(enum.StrEnum):
    MON = "mon"
    TUE = "tue"


class Perm(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    EXEC = enum.auto()


def favourite():
    return Color.BLUE


def first():
    return Color.RED


def all_colors():
    return list(Color)


def mix(a, b):
    return f"{a.name}+{b.name}"


def is_red(c):
    return c is Color.RED


def can_write(p):
    return Perm.WRITE in p


def default_perm():
    return Perm.READ | Perm.WRITE
