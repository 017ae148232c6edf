from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass
class Point3:
    x: float
    y: float
    z: float = 0


@dataclass(order=True)
class Card:
    name: str = field(compare=False)
    rank: int


@dataclass
class Line:
    start: Point3
    end: Point3


@dataclass(frozen=True)
class Config:
    host: str
    port: int = 80


@dataclass
class Inventory:
    items: list = field(default_factory=list)
    owner: str = "nobody"


@dataclass
class Employee:
    name: str
    salary: int = field(kw_only=True)
    secret: int = field(default=0, repr=False, compare=False, kw_only=True)
    email: str = field(init=False)

    def __post_init__(self):
        if self.salary < 0:
            raise ValueError("negative salary")
        self.email = f"{self.name}@example.org"
        self.name = self.name.title()


@dataclass(slots=True)
class Money:
    amount: int
    currency: str

    def __add__(self, other):
        if other.currency != self.currency:
            raise ValueError("currencies differ")
        return Money(self.amount + other.amount, self.currency)


@dataclass
class Temperature:
    celsius: float

    @classmethod
    def from_fahrenheit(cls, f):
        return cls((f - 32) * 5 / 9)

    @property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, f):
        self.celsius = (f - 32) * 5 / 9


@dataclass
class Node:
    value: int
    children: list["Node"] = field(default_factory=list)

    def total(self):
        return self.value + sum(c.total() for c in self.children)


class Color(NamedTuple):
    r: int
    g: int
    b: int = 0

    def hex(self):
        return f"#{self.r:02x}{self.g:02x}{self.b:02x}"
