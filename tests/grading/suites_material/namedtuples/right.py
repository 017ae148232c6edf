from collections import namedtuple
from typing import NamedTuple

Card = namedtuple("Card", ["rank", "suit"])


class Employee(NamedTuple):
    name: str
    salary: int = 100

    def yearly(self):
        return self.salary * 12

    @property
    def label(self):
        return self.name + "!"


def best(staff):
    return max(staff, key=lambda e: e.salary)


def swap(p):
    x, y = p
    return y, x


def first_field(p):
    return p.x


def sort_deck(deck):
    return sorted(deck)
